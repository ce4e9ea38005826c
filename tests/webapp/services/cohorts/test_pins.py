"""A cohort is taught the versions that it began with until its trainer moves it, and nobody's work is lost then."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.manuscripts import COURSE, LESSON, offer, shipped_files
from support.webclient import School, open_school

from courses import Catalogue, remove_exercise, set_field
from webapp.services.catalogue import editions
from webapp.services.cohorts import service as cohorts
from webapp.services.people.records import Person
from webapp.services.practice import service as practice
from webapp.services.practice.records import LessonKey
from webapp.store import Sessions

EXERCISE = "cinco-ramos"


@pytest.fixture
def school(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue) -> School:
    return open_school(sqlite_sessions, tmp_path / "home", catalogue)


@pytest.fixture
def teresa(school: School) -> Person:
    return school.person("trainer", name="Teresa Rivas")


def retitled(title: str) -> Mapping[str, bytes]:
    files = shipped_files()
    sheet = set_field(files["lesson.yaml"].decode(), ("title", "es"), title)
    return {**files, "lesson.yaml": sheet.encode()}


def a_cohort(school: School, trainer: Person, learner: Person) -> int:
    browser = school.browser(trainer)
    assert browser.submit("/grupos", name="Lunes", course=COURSE).status_code == 303
    with school.aula.sessions.write() as session:
        (cohort,) = cohorts.list_cohorts(session, trainer_id=int(trainer.id))
        cohorts.join(session, actor=int(learner.id), code=cohort.code, now=school.clock())
    return cohort.id


def title_on_page(school: School, person: Person | None) -> str:
    page = school.browser(person).get(f"/cursos/{COURSE}/{LESSON}")
    found = re.search("<h1>(.*?)</h1>", page.text)
    assert found
    return found[1]


def test_a_cohort_stays_until_it_is_moved(school: School, teresa: Person) -> None:
    offer(school, teresa, shipped_files())
    ana = school.person("learner")
    cohort_id = a_cohort(school, teresa, ana)
    offer(school, teresa, retitled("Agrupar de otro modo"))
    assert title_on_page(school, ana) == "Agrupar y comparar"
    assert title_on_page(school, None) == "Agrupar de otro modo"
    browser = school.browser(teresa)
    page = browser.get(f"/grupos/{cohort_id}/versiones")
    assert "Siguen igual, con su trabajo y sus puntos" in page.text
    assert browser.submit(f"/grupos/{cohort_id}/versiones").status_code == 303
    assert title_on_page(school, ana) == "Agrupar de otro modo"
    assert "No hay nada que mover" in browser.get(f"/grupos/{cohort_id}/versiones").text


def test_a_withdrawn_lesson_stays_with_the_cohort_that_began_it(school: School, teresa: Person) -> None:
    offer(school, teresa, shipped_files())
    ana = school.person("learner")
    a_cohort(school, teresa, ana)
    with school.aula.sessions.write() as session:
        editions.withdraw(session, COURSE, LESSON, actor_id=int(teresa.id), now=school.clock())
    assert title_on_page(school, ana) == "Agrupar y comparar"
    assert school.browser().get(f"/cursos/{COURSE}/{LESSON}").status_code == 404


def test_work_on_an_exercise_that_went_is_kept_to_be_read(school: School, teresa: Person) -> None:
    offer(school, teresa, shipped_files())
    ana = school.person("learner")
    cohort_id = a_cohort(school, teresa, ana)
    with school.aula.sessions.write() as session:
        practice.save_cell(
            session, actor=int(ana.id), lesson=LessonKey(COURSE, LESSON), cell_id=EXERCISE, source="lo_mio = 42",
            base_version=0, now=school.clock(),
        )  # fmt: skip
    offer(school, teresa, remove_exercise(shipped_files(), EXERCISE))
    reader = school.browser(ana)
    assert "trabajo-anterior" not in reader.get(f"/cursos/{COURSE}/{LESSON}").text
    page = school.browser(teresa).get(f"/grupos/{cohort_id}/versiones").text
    assert "Ya no están: lo que se escribió se conserva" in page
    school.browser(teresa).submit(f"/grupos/{cohort_id}/versiones")
    assert "trabajo-anterior" in reader.get(f"/cursos/{COURSE}/{LESSON}").text
    assert "lo_mio" in reader.get(f"/cursos/{COURSE}/{LESSON}/trabajo-anterior").text


def test_another_trainers_cohort_is_not_mine_to_move(school: School, teresa: Person) -> None:
    offer(school, teresa, shipped_files())
    cohort_id = a_cohort(school, teresa, school.person("learner"))
    other = school.browser(school.person("trainer"))
    assert other.get(f"/grupos/{cohort_id}/versiones").status_code == 404
    assert other.submit(f"/grupos/{cohort_id}/versiones").status_code == 404


def test_a_shipped_lesson_is_kept_when_a_cohort_begins_with_it(school: School, teresa: Person) -> None:
    browser = school.browser(teresa)
    assert browser.submit("/grupos", name="Lunes", course="analisis-con-pandas").status_code == 303
    lesson = school.aula.catalogue.find_lesson("analisis-con-pandas", "agrupar")
    assert lesson is not None
    with school.aula.sessions.read() as session:
        kept = editions.read_files(session, "analisis-con-pandas", "agrupar", lesson.version)
    assert kept == dict(shipped_files())
