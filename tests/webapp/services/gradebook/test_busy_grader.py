"""Answers that wait because the grader is busy hear their place, in the reader's language, while they wait."""

import threading
from pathlib import Path
from typing import Any

from support.jobs import a_context
from support.webclient import Pages, School, open_school

from courses import Catalogue
from notebooks import ForkServer
from webapp.jobs import LeaseKeeper, list_jobs, perform
from webapp.store import Sessions

EXERCISE = "/cursos/analisis-con-pandas/agrupar/ejercicios/total-de-un-ramo/comprobar"
JSON = {"Accept": "application/json"}
ONE_GRADER = {"AULA_GRADERS": "1", "AULA_CELL_TIMEOUT_S": "5"}


def check(pages: Pages, source: str) -> str:
    """Press *Comprobar*; the address of the run's events."""
    answer = pages.send("POST", EXERCISE, {"source": source, "base_version": 0}, key="k1")
    assert answer.status_code == 202, answer.text
    return str(answer.json["url"])


def texts(pages: Pages, address: str, **asked: int) -> list[str]:
    """What the page says of the run; with `espera` it waits for news."""
    found: list[dict[str, Any]] = pages.get(address, headers=JSON, query_string=asked).json
    return [one.get("text", one["op"]) for one in found]


def test_while_one_answer_is_graded_the_others_hear_their_place(
    sessions: Sessions, tmp_path: Path, catalogue: Catalogue, fork_server: ForkServer
) -> None:
    school = open_school(sessions, tmp_path / "home", catalogue, ONE_GRADER, fork_server=lambda: fork_server)
    ana, luis, eva = (school.browser(school.person()) for _ in range(3))
    slow = check(ana, "while True: pass")
    grader = threading.Thread(target=grade_the_first, args=[school])
    grader.start()
    assert texts(ana, slow, desde=1, espera=25) == ["Comprobando…"]
    second, third = check(luis, "medio_ambiente = 1"), check(eva, "medio_ambiente = 2")
    assert texts(luis, second)[-1].startswith("En fila: sigues tú.")
    assert texts(eva, third)[-1].startswith("En fila: hay 1 persona antes que tú.")
    assert texts(eva, f"/en{third}")[-1].startswith("In line: there is 1 person before you.")
    grader.join()
    assert {job.state for job in school.carry_out_jobs()} == {"done"}
    told = texts(eva, third)
    assert [text.partition(".")[0] for text in told[1:3]] == [
        "En fila: hay 1 persona antes que tú",
        "En fila: sigues tú",
    ]
    assert told[3] == "Comprobando…"


def grade_the_first(school: School) -> None:
    """What the only grader does: the first job, to its end."""
    context = a_context(
        school.aula.sessions, school.home, school.clock, catalogue=school.aula.catalogue,
        fork_server=school.fork_server, settings=school.aula.settings,
    )  # fmt: skip
    with context.reading() as session:
        first = min(job.id for job in list_jobs(session))
    perform(context, LeaseKeeper(context), first)
