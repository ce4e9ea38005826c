"""Grading as a job, with the real grader in the real sandbox, on a shipped lesson."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.jobs import a_context
from support.sandbox import running_fork_server
from support.webclient import Pages, School, open_school

from courses import Catalogue, Exercise
from notebooks import ForkServer
from webapp.jobs import LeaseKeeper, list_jobs, perform
from webapp.services.gradebook.tasks import grade_submission
from webapp.services.submissions.records import ExerciseKey
from webapp.services.submissions.service import list_submissions
from webapp.store import Sessions

COURSE, LESSON, EXERCISE = "analisis-con-pandas", "agrupar", "total-de-un-ramo"
BASE = f"/cursos/{COURSE}/{LESSON}"
JSON = {"Accept": "application/json"}


@pytest.fixture
def live_school(sessions: Sessions, tmp_path: Path, catalogue: Catalogue, fork_server: ForkServer) -> School:
    return open_school(sessions, tmp_path / "home", catalogue, fork_server=lambda: fork_server)


@pytest.fixture
def exercise(catalogue: Catalogue) -> Exercise:
    lesson = catalogue.find_lesson(COURSE, LESSON)
    found = lesson.find_exercise(EXERCISE) if lesson else None
    assert found is not None
    return found


def check(pages: Pages, source: str, base: int, key: str) -> str:
    """Press *Comprobar*; the address of the run's events."""
    body = {"source": source, "base_version": base}
    answer = pages.send("POST", f"{BASE}/ejercicios/{EXERCISE}/comprobar", body, key=key)
    assert answer.status_code == 202, answer.text
    return str(answer.json["url"])


def events(pages: Pages, address: str) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = pages.get(address, headers=JSON).json
    return found


def test_an_answer_is_graded_and_told_with_its_own_message(live_school: School, exercise: Exercise) -> None:
    pages = live_school.browser(live_school.person())
    wrong = exercise.wrong_answers[0]
    first = check(pages, wrong.source, 0, "k1")
    second = check(pages, exercise.solutions[0], 1, "k2")
    assert {job.state for job in live_school.carry_out_jobs()} == {"done"}
    told = events(pages, first)
    assert [one["op"] for one in told] == ["state", "state", "report", "end"]
    assert wrong.message.es.split("`")[0][:25] in told[2]["html"]
    assert told[-1]["ok"] is False
    told = events(pages, second)
    assert told[-1]["ok"] is True
    assert "Superado" in told[2]["html"]
    assert "Análisis con pandas" in pages.get("/avance").text, "who works in a lesson takes its course"


def test_an_error_of_the_learner_is_no_failure_of_ours(live_school: School) -> None:
    pages = live_school.browser(live_school.person())
    address = check(pages, "medio_ambiente = gasto.nada()", 0, "k1")
    (job,) = live_school.carry_out_jobs()
    assert (job.state, job.attempt) == ("done", 1)
    report = events(pages, address)[2]["html"]
    assert "AttributeError" in report


def test_an_attempt_is_graded_once_though_two_workers_have_it(live_school: School, exercise: Exercise) -> None:
    """A lease may run out under a worker that still works: both end, one mark and one end of the log are written."""
    ana = live_school.person()
    pages = live_school.browser(ana)
    address = check(pages, exercise.solutions[0], 0, "k1")
    context = a_context(
        live_school.aula.sessions, live_school.home, live_school.clock, catalogue=live_school.aula.catalogue,
        fork_server=live_school.fork_server,
    )  # fmt: skip
    with live_school.aula.sessions.read() as session:
        key = ExerciseKey(COURSE, LESSON, EXERCISE)
        (submission,) = list_submissions(session, learner_id=int(ana.id), exercise=key)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _worker: grade_submission(context, submission_id=int(submission.id)), range(2)))
    told = [one["op"] for one in events(pages, address)]
    assert (told.count("report"), told.count("end"), told[-1]) == (1, 1, "end")
    assert live_school.carry_out_jobs()[0].state == "done"
    assert [one["op"] for one in events(pages, address)] == told


def test_without_memory_an_answer_waits_in_line_and_nothing_counts(live_school: School, exercise: Exercise) -> None:
    """A fork server whose reserve is more than the machine has refuses every session."""
    pages = [live_school.browser(live_school.person()) for _person in range(4)]
    addresses = [check(one, exercise.solutions[0], 0, "k1") for one in pages]
    context = a_context(
        live_school.aula.sessions, live_school.home, live_school.clock, catalogue=live_school.aula.catalogue,
        fork_server=live_school.fork_server,
    )  # fmt: skip
    with context.reading() as session:
        numbers = sorted(job.id for job in list_jobs(session))
    with running_fork_server(reserve_mib=10_000_000) as full:
        for _round in range(6):
            for number in numbers:
                perform(replace(context, fork_server=lambda: full), LeaseKeeper(context), number)
    with context.reading() as session:
        assert {(job.state, job.attempt, job.error) for job in list_jobs(session)} == {("queued", 0, "")}
    told = [events(one, address) for one, address in zip(pages, addresses, strict=True)]
    assert ["sigues tú" in told[0][-1]["text"], "hay 1 persona antes" in told[1][-1]["text"]] == [True, True]
    assert [one["text"].partition(".")[0] for one in told[3]] == [
        "En fila",
        "En fila: hay 3 personas antes que tú",
        "En fila: hay 2 personas antes que tú",
        "En fila: hay 3 personas antes que tú",
    ], "the first was taken up once and put back; after that nothing is told anew"
    assert "hay 3 personas antes que tú. Revisaremos tu respuesta" in told[3][-1]["text"]
    perform(context, LeaseKeeper(context), numbers[3])
    assert events(pages[3], addresses[3]) == told[3], "there is room, and it is not for the last who came"
    assert {job.state for job in live_school.carry_out_jobs()} == {"done"}
    for one, address in zip(pages, addresses, strict=True):
        assert events(one, address)[-1]["ok"] is True
        assert "1 intento" in pages[0].get(BASE).text
