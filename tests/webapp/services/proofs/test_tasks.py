"""A lesson written here is proved by a job in the real sandbox, and is published only when that came out green."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.manuscripts import a_manuscript, shipped_files, written
from support.webclient import School, open_school

from courses import Catalogue
from notebooks import ForkServer
from webapp.services.catalogue import editions
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript, ProofRecord
from webapp.services.people.records import Person
from webapp.store import Sessions

SOLUTION = "exercises/cinco-ramos/solution.py"


@pytest.fixture
def proving(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue, fork_server: ForkServer) -> School:
    return open_school(sqlite_sessions, tmp_path / "home", catalogue, fork_server=lambda: fork_server)


@pytest.fixture
def teresa(proving: School) -> Iterator[Person]:
    return proving.person("trainer", name="Teresa Rivas")


def prove(school: School, manuscript: Manuscript, actor: Person) -> ProofRecord:
    with school.aula.sessions.write() as session:
        asked = manuscripts.ask_proof(
            session, school.aula.catalogue, manuscript.id, actor_id=int(actor.id), now=school.clock()
        )
        assert asked.state == "queued"
    school.carry_out_jobs()
    with school.aula.sessions.read() as session:
        return manuscripts.get_proof(session, asked.token)


def test_a_green_lesson_is_published_and_served_to_everybody(proving: School, teresa: Person) -> None:
    made = a_manuscript(proving, teresa)
    with proving.aula.sessions.write() as session, pytest.raises(manuscripts.NotProved):
        manuscripts.publish(
            session, proving.aula.catalogue, made.id, actor_id=int(teresa.id), now=proving.clock()
        )  # fmt: skip
    done = prove(proving, made, teresa)
    assert done.proof is not None
    assert done.proof.errors == ()
    assert (done.state, done.mark, done.proof.lesson_id) == ("done", "green", "agrupar")
    with proving.aula.sessions.write() as session:
        again = manuscripts.ask_proof(
            session, proving.aula.catalogue, made.id, actor_id=int(teresa.id), now=proving.clock()
        )
        assert again.token == done.token
        manuscripts.publish(session, proving.aula.catalogue, made.id, actor_id=int(teresa.id), now=proving.clock())
    taught = proving.aula.shelf.current().find_lesson("mi-curso", "agrupar")
    assert taught is not None
    assert taught.version == done.version
    page = proving.browser().get("/cursos/mi-curso/agrupar")
    assert page.status_code == 200
    with proving.aula.sessions.write() as session:
        manuscripts.withdraw(session, made.id, actor_id=int(teresa.id), now=proving.clock())
    assert proving.browser().get("/cursos/mi-curso/agrupar").status_code == 404
    with proving.aula.sessions.read() as session:
        assert editions.read_files(session, "mi-curso", "agrupar", done.version) == dict(shipped_files())


def test_a_red_lesson_says_which_exercise_and_is_not_published(proving: School, teresa: Person) -> None:
    made = a_manuscript(proving, teresa)
    wrong = written(SOLUTION, "por_ramo = None\n")
    with proving.aula.sessions.write() as session:
        manuscripts.save(
            session, made.id, catalogue=proving.aula.catalogue, actor_id=int(teresa.id), base=1, change=wrong,
            now=proving.clock(),
        )  # fmt: skip
    done = prove(proving, made, teresa)
    assert done.proof is not None
    assert done.mark == "red"
    assert {one.exercise_id for one in done.proof.errors} == {"cinco-ramos"}
    with proving.aula.sessions.write() as session, pytest.raises(manuscripts.NotProved):
        manuscripts.publish(session, proving.aula.catalogue, made.id, actor_id=int(teresa.id), now=proving.clock())


def test_what_we_cannot_prove_is_our_failure_and_may_be_asked_again(
    sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue
) -> None:
    school = open_school(sqlite_sessions, tmp_path / "home", catalogue)
    teresa = school.person("trainer")
    made = a_manuscript(school, teresa)
    with school.aula.sessions.write() as session:
        asked = manuscripts.ask_proof(session, catalogue, made.id, actor_id=int(teresa.id), now=school.clock())
    for _attempt in range(3):
        school.carry_out_jobs()
    with school.aula.sessions.write() as session:
        assert manuscripts.get_proof(session, asked.token).mark == "failed"
        again = manuscripts.ask_proof(session, catalogue, made.id, actor_id=int(teresa.id), now=school.clock())
        assert (again.state, again.token == asked.token) == ("queued", False)
