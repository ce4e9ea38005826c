"""A version of one's own, of a lesson or a course: all of it travels along, and whose it was stays said."""

import shutil
from pathlib import Path

import pytest
from support.webclient import School, open_school
from support.workshop import a_workshop, content_of, fields_of, files_in, lesson_files, own_lessons, publish

from courses import load_catalogue
from webapp.services.catalogue import editions
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person
from webapp.store import Sessions

LESSON, COURSE = "/taller/mi-version/curso/mi-leccion", "/taller/mi-version/curso"


@pytest.fixture
def workshop(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


def fork(workshop: School, trainer: Person, path: str = LESSON) -> Manuscript:
    browser = workshop.browser(trainer)
    answer = browser.submit(path, **fields_of(browser.get(path).text))
    assert answer.status_code == 303, answer.text
    return max(own_lessons(workshop, trainer), key=lambda one: one.id)


def test_pages_offer_it_to_trainers_alone(workshop: School) -> None:
    trainer, learner = (workshop.browser(workshop.person(role)) for role in ("trainer", "learner"))
    assert f'href="{LESSON}"' in trainer.get("/cursos/curso/mi-leccion").text
    assert f'href="{COURSE}"' in trainer.get("/cursos/curso").text
    assert LESSON not in learner.get("/cursos/curso/mi-leccion").text
    assert learner.get(LESSON).status_code == 403
    assert trainer.get("/taller/mi-version/curso/nada").status_code == 404


def test_all_files_travel_along_with_the_credit(workshop: School) -> None:
    made = fork(workshop, workshop.person("trainer"))
    assert files_in(workshop, made) == lesson_files(workshop)
    lesson = workshop.aula.catalogue.find_lesson("curso", "mi-leccion")
    assert made.origin is not None
    assert lesson is not None
    assert (made.origin.course_id, made.origin.lesson_id, made.origin.version) == (
        "curso",
        "mi-leccion",
        lesson.version,
    )
    with workshop.aula.sessions.read() as session:
        assert editions.read_files(session, "curso", "mi-leccion", lesson.version) == lesson_files(workshop)
        proof = manuscripts.find_proof(session, made.id)
    assert proof is not None
    assert proof.state == "queued"


def test_a_whole_course_is_a_new_one_with_every_lesson(workshop: School) -> None:
    trainer = workshop.person("trainer")
    browser = workshop.browser(trainer)
    page = browser.get(COURSE).text
    assert "Se copia 1 lección" in page
    assert browser.submit(COURSE, **{**fields_of(page), "course_title": "El mío"}).status_code == 303
    (made,) = own_lessons(workshop, trainer)
    assert (made.course_id, made.lesson_id) == ("curso-2", "mi-leccion")
    assert "El mío" in browser.get("/taller").text


def test_a_published_fork_says_what_it_is_made_from(workshop: School) -> None:
    made = fork(workshop, workshop.person("trainer"))
    publish(workshop, made)
    page = workshop.browser().get(f"/cursos/{made.course_id}/{made.lesson_id}").text
    assert "Basada en «" in page
    assert 'href="/cursos/curso/mi-leccion"' in page
    assert "Basada en" not in workshop.browser().get("/cursos/curso/mi-leccion").text


def test_a_fork_of_a_fork_names_the_authors_of_the_one_before(workshop: School) -> None:
    first = fork(workshop, workshop.person("trainer"))
    publish(workshop, first)
    second = fork(workshop, workshop.person("trainer"), f"/taller/mi-version/{first.course_id}/{first.lesson_id}")
    assert second.origin is not None
    assert (second.origin.manuscript_id, second.origin.authors) == (first.id, ("Ana Ruiz",))
    publish(workshop, second)
    page = workshop.browser().get(f"/cursos/{second.course_id}/{second.lesson_id}").text
    assert "de Ana Ruiz, versión" in page


def test_a_shared_draft_can_be_forked_and_a_private_one_cannot(workshop: School) -> None:
    owner = workshop.person("trainer", name="Ana Ruiz")
    made = fork(workshop, owner)
    path, other = f"/taller/{made.id}/mi-version", workshop.person("trainer")
    assert workshop.browser(other).get(path).status_code == 404
    with workshop.aula.sessions.write() as session:
        manuscripts.share(session, made.id, actor_id=int(owner.id), is_shared=True, now=workshop.clock())
    mine = fork(workshop, other, path)
    assert mine.origin is not None
    assert (mine.origin.manuscript_id, mine.origin.number, mine.origin.authors) == (made.id, 1, ("Ana Ruiz",))


def test_a_fork_of_a_lesson_that_is_gone_stays_whole_with_its_credit(
    workshop: School, sqlite_sessions: Sessions
) -> None:
    """The original's folder goes with the next version of the site; who forked it keeps all there is."""
    trainer = workshop.person("trainer")
    made = fork(workshop, trainer)
    publish(workshop, made)
    shutil.rmtree(content_of(workshop) / "curso")
    content = content_of(workshop)
    later = open_school(sqlite_sessions, workshop.home, load_catalogue(content), {"AULA_CONTENT": str(content)})
    browser = later.browser(trainer)
    page = browser.get(f"/cursos/{made.course_id}/{made.lesson_id}").text
    assert "La lección original ya no se imparte aquí." in page
    assert 'href="/cursos/curso/mi-leccion"' not in page
    assert browser.get("/taller").status_code == 200
    assert browser.get(f"/taller/{made.id}/leccion.zip").status_code == 200
    assert browser.get(LESSON).status_code == 404
