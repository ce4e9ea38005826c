"""A learner's part in a class: the lesson's page says that there is one, and help is asked for without scripts too."""

import pytest
from support.practice import LESSON
from support.webclient import School

from webapp.services.classes import service as classes
from webapp.services.classes.records import ClassSession
from webapp.services.cohorts import service as cohorts
from webapp.services.people.records import Person

PAGE = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}"


@pytest.fixture
def ana(school: School) -> Person:
    return school.person()


@pytest.fixture
def taught(school: School, ana: Person) -> ClassSession:
    trainer, now = school.person("trainer"), school.clock()
    with school.aula.sessions.write() as session:
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=now)
        cohorts.join(session, actor=ana.id, code=cohort.code, now=now)
        return classes.start(session, actor=int(trainer.id), cohort=cohort, lesson_id=LESSON.lesson_id, now=now)


def asks(school: School, taught: ClassSession, person: Person) -> bool:
    with school.aula.sessions.read() as session:
        return classes.asks_for_help(session, class_id=taught.id, learner_id=int(person.id))


def test_the_lesson_says_that_a_class_goes_on_to_those_who_are_in_it(
    school: School, ana: Person, taught: ClassSession
) -> None:
    assert "Estás en la clase de Lunes" in school.browser(ana).get(PAGE).text
    for other in (school.browser(), school.browser(school.person())):
        assert "Estás en la clase" not in other.get(PAGE).text
    school.clock.advance(5 * 3600)
    assert "Estás en la clase" not in school.browser(ana).get(PAGE).text


def test_help_is_asked_for_and_taken_back_by_a_form(school: School, ana: Person, taught: ClassSession) -> None:
    pages, path = school.browser(ana), f"/clases/{taught.id}/ayuda"
    assert pages.submit(path, ask="1").headers["Location"] == PAGE
    assert asks(school, taught, ana)
    assert 'aria-pressed="true"' in pages.get(PAGE).text
    pages.submit(path, ask="0")
    assert not asks(school, taught, ana)


def test_help_is_asked_for_by_the_pages_scripts(school: School, ana: Person, taught: ClassSession) -> None:
    pages, path = school.browser(ana), f"/clases/{taught.id}/ayuda"
    answer = pages.send("POST", path, {"ask": "1"})
    assert answer.get_json() == {"asks": True, "text": "Avisamos a tu docente que necesitas ayuda."}
    assert asks(school, taught, ana)
    assert pages.send("POST", path, {"ask": "0"}).get_json()["asks"] is False


@pytest.mark.parametrize("body", [[], "1", {"ask": [1]}, {}])
def test_a_body_that_says_nothing_asks_for_nothing(
    school: School, ana: Person, taught: ClassSession, body: object
) -> None:
    pages = school.browser(ana)
    assert pages.send("POST", f"/clases/{taught.id}/ayuda", body).status_code == 200
    assert not asks(school, taught, ana)


def test_help_in_a_class_of_others_or_after_its_end_is_refused(
    school: School, ana: Person, taught: ClassSession
) -> None:
    path = f"/clases/{taught.id}/ayuda"
    assert school.browser(school.person()).send("POST", path, {"ask": "1"}).status_code == 404
    school.clock.advance(5 * 3600)
    answer = school.browser(ana).send("POST", path, {"ask": "1"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "class_over")
