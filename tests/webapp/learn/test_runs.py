"""The log of a run over HTTP: from any number on, as a stream or by long poll, with no line lost or doubled."""

import json
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from support.marks import an_attempt
from support.practice import LESSON
from support.webclient import Pages, School, open_school

from webapp.services.people.records import Person
from webapp.services.practice import service as practice
from webapp.services.practice.line import join
from webapp.services.practice.log import forget
from webapp.services.practice.records import RunCell, RunRecord

JSON = {"Accept": "application/json"}
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def ana(each_school: School) -> Person:
    return each_school.person()


@pytest.fixture
def pages(each_school: School, ana: Person) -> Pages:
    return each_school.browser(ana)


@pytest.fixture
def run(each_school: School, ana: Person) -> RunRecord:
    """A run of one cell that nobody carries out; the test writes its log."""
    return a_run_of(each_school, ana)


def a_run_of(school: School, person: Person) -> RunRecord:
    with school.aula.sessions.write() as session:
        return practice.start_run(
            session, actor=int(person.id), lesson=LESSON, cells=(RunCell("primera", "print(1)"),), language="es",
            key="k1", digest="", now=school.clock(),
        )  # fmt: skip


def write(school: School, run: RunRecord, *bodies: dict[str, Any]) -> None:
    with school.aula.sessions.write() as session:
        practice.append(session, run.id, bodies, now=school.clock())


def line(text: str) -> dict[str, Any]:
    return {"kind": "stream", "cell": "primera", "name": "stdout", "text": f"{text}\n"}


def end(school: School, run: RunRecord) -> None:
    with school.aula.sessions.write() as session:
        practice.end_run(session, run.id, "ok", now=school.clock())


def poll(pages: Pages, run: RunRecord, after: int, wait_s: float = 0) -> Sequence[dict[str, Any]]:
    return pages.get(f"/ejecuciones/{run.token}?desde={after}&espera={wait_s}", headers=JSON).json


def events_of(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The events of a stream: the number of each, and what it holds."""
    for block in text.split("\n\n"):
        fields = dict(one.split(": ", 1) for one in block.splitlines() if not one.startswith(":"))
        if fields:
            yield int(fields["id"]), json.loads(fields["data"])


def test_a_reader_gets_what_came_after_the_number_that_it_saw_last(
    each_school: School, pages: Pages, run: RunRecord
) -> None:
    write(each_school, run, line("uno"), line("dos"), line("tres"))
    everything = poll(pages, run, 0)
    assert [one["seq"] for one in everything] == [1, 2, 3, 4]
    for seen in range(5):
        assert poll(pages, run, seen) == everything[seen:]


def test_the_stream_tells_the_same_as_the_poll_and_ends_with_the_run(
    each_school: School, pages: Pages, run: RunRecord
) -> None:
    write(each_school, run, line("uno"), line("dos"))
    end(each_school, run)
    answer = pages.get(f"/ejecuciones/{run.token}?desde=1", headers=STREAM)
    assert answer.content_type == "text/event-stream; charset=utf-8"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.text.startswith(": aula\n\n")
    told = list(events_of(answer.text))
    assert [seq for seq, _event in told] == [2, 3, 4]
    assert [event for _seq, event in told] == poll(pages, run, 1)
    assert told[-1][1]["op"] == "end"


def test_a_stream_hears_what_is_written_while_it_is_open(each_school: School, pages: Pages, run: RunRecord) -> None:
    heard: list[str] = []

    def listen() -> None:
        heard.append(pages.get(f"/ejecuciones/{run.token}", headers=STREAM).text)

    reader = threading.Thread(target=listen)
    reader.start()
    for number in range(20):
        write(each_school, run, line(f"linea {number}"))
    end(each_school, run)
    reader.join(60)
    told = list(events_of(heard[0]))
    assert [seq for seq, _event in told] == list(range(1, 23))
    assert [f"linea {number}" in told[number + 1][1]["html"] for number in range(20)] == [True] * 20


def test_a_long_poll_ends_with_the_news(each_school: School, pages: Pages, run: RunRecord) -> None:
    heard: list[Sequence[dict[str, Any]]] = []
    reader = threading.Thread(target=lambda: heard.append(poll(pages, run, 1, 20)))
    reader.start()
    write(each_school, run, line("ya"))
    reader.join(60)
    assert [one["seq"] for one in heard[0]] == [2]


def test_when_all_seats_are_taken_a_stream_becomes_a_poll_that_does_not_wait(each_school: School, ana: Person) -> None:
    small = open_school(
        each_school.aula.sessions, each_school.home, each_school.aula.catalogue, {"AULA_OPEN_STREAMS": "1"}
    )
    submission = an_attempt(each_school, ana)
    with each_school.aula.sessions.read() as session:
        run = practice.get_run_by_id(session, submission.run_id)  # type: ignore[arg-type]  # the same number, named
    first, second = small.browser(ana), small.browser(ana)
    stream = first.get(f"/ejecuciones/{run.token}", headers=STREAM, buffered=False)
    next(stream.response)
    answer = second.get(f"/ejecuciones/{run.token}?espera=20", headers=STREAM)
    assert answer.mimetype == "application/json"
    assert [one["op"] for one in answer.json] == ["state"]
    stream.close()
    end(each_school, run)
    assert second.get(f"/ejecuciones/{run.token}", headers=STREAM).mimetype == "text/event-stream"


@pytest.mark.parametrize(
    "query", ["desde=-5", "desde=x", "desde=", f"desde={10**30}", "espera=nan&desde=9", "espera=-1"]
)
def test_strange_numbers_are_no_failure(pages: Pages, run: RunRecord, query: str) -> None:
    address = f"/ejecuciones/{run.token}?{query}"
    if "nan" in query:
        address = address.replace("desde=9", "desde=0")
    assert pages.get(address, headers=JSON).status_code == 200


def test_events_are_told_in_the_readers_language(each_school: School, pages: Pages, run: RunRecord) -> None:
    spanish = pages.get(f"/ejecuciones/{run.token}", headers=JSON).json
    english = pages.get(f"/en/ejecuciones/{run.token}", headers=JSON).json
    assert (spanish[0]["text"], english[0]["text"]) == ("En fila", "In line")


def test_a_place_in_the_line_is_told_in_words_and_again_after_a_reload(
    each_school: School, pages: Pages, run: RunRecord
) -> None:
    other = a_run_of(each_school, each_school.person())
    with each_school.aula.sessions.write() as session:
        join(session, other, now=each_school.clock())
        join(session, run, now=each_school.clock() + timedelta(seconds=1))
    told = poll(pages, run, 1)
    assert [(one["op"], one["state"]) for one in told] == [("state", "waiting")]
    assert told[0]["text"].startswith("En fila: hay 1 persona antes que tú.")
    english = pages.get(f"/en/ejecuciones/{run.token}?desde=1", headers=JSON).json
    assert english[0]["text"].startswith("In line: there is 1 person before you.")
    page = pages.get(f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}").text
    assert f'data-run="{run.token}" data-seq="1"' in page
    assert "En fila para un entorno" in page
    end(each_school, other)
    with each_school.aula.sessions.write() as session:
        join(session, practice.get_run_by_id(session, run.id), now=each_school.clock())
    assert poll(pages, run, 2)[0]["text"].startswith("En fila: sigues tú.")


def test_a_log_that_was_deleted_days_later_is_told_as_gone(each_school: School, pages: Pages, run: RunRecord) -> None:
    write(each_school, run, line("uno"))
    end(each_school, run)
    with each_school.aula.sessions.write() as session:
        assert forget(session, ended_before=each_school.clock() + timedelta(days=3)) == 1
    assert pages.get(f"/ejecuciones/{run.token}?desde=0", headers=JSON).status_code == 404
    assert [one["op"] for one in poll(pages, run, 2)] == ["end"], "a reader that saw all but the end still hears it"


def test_wishing_a_stop_is_written_for_whoever_carries_the_run_out(
    each_school: School, pages: Pages, run: RunRecord, ana: Person
) -> None:
    assert pages.send("POST", f"/ejecuciones/{run.token}/interrumpir", {}).status_code == 202
    with each_school.aula.sessions.read() as session:
        assert practice.get_run(session, actor=int(ana.id), token=run.token).is_stop_wanted
