"""Catalogue, enrolment, resuming and progress, as learners see them."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.marks import SUMA, a_mark
from support.practice import a_course, a_lesson
from support.webclient import School, open_school

from courses import Catalogue, LocalText
from webapp.services.enrolment import service as enrolment
from webapp.services.submissions.records import ExerciseKey
from webapp.store import Sessions

COURSE = "/cursos/curso"


@pytest.fixture
def two_lessons(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    second = replace(a_lesson(), id="segunda", title=LocalText("Otra lección"))  # type: ignore[arg-type]  # a plain text
    course = replace(a_course(), lessons=(a_lesson(), second))
    return open_school(sqlite_sessions, tmp_path / "home", Catalogue((course,), (), ()))


def test_taking_a_course_is_written_once(each_school: School) -> None:
    ana = each_school.person()
    pages = each_school.browser(ana)
    for _press in range(2):
        assert pages.submit(f"{COURSE}/inscripcion").status_code == 302
    with each_school.aula.sessions.read() as session:
        found = enrolment.list_enrolments(session, actor=int(ana.id))
        assert enrolment.count_enrolments(session, ["curso", "otro"]) == {"curso": 1, "otro": 0}
    assert [one.course_id for one in found] == ["curso"]
    assert "Curso" in pages.get("/avance").text


def test_a_course_that_is_not_there_cannot_be_taken(school: School) -> None:
    pages = school.browser(school.person())
    assert pages.submit("/cursos/otro/inscripcion").status_code == 404
    assert pages.get("/cursos/otro").status_code == 404
    assert pages.get("/cursos/curso/otra").status_code == 404


def test_a_visitor_reads_a_lesson_whole_and_is_asked_to_sign_in_to_run_it(school: School) -> None:
    page = school.browser().get(f"{COURSE}/leccion").text
    assert "Suma x." in page
    assert "print(x)" in page
    assert "Entra para ejecutar el código" in page
    assert 'data-act="run"' not in page


def test_a_lesson_that_is_done_leads_on_to_the_next(two_lessons: School) -> None:
    ana = two_lessons.person()
    pages = two_lessons.browser(ana)
    pages.submit(f"{COURSE}/inscripcion")
    assert f'href="{COURSE}/leccion"' in pages.get("/").text or f'href="{COURSE}/leccion"' in pages.get(COURSE).text
    pages.send("PUT", f"{COURSE}/leccion/lugar", {"section": "dos"})
    a_mark(two_lessons, ana, 2.0)
    a_mark(two_lessons, ana, 1.0, key=ExerciseKey("curso", "leccion", "elige"))
    home = pages.get("/").text
    assert f'href="{COURSE}/segunda"' in home
    assert "Otra lección" in home


def test_progress_shows_points_and_steps(two_lessons: School) -> None:
    ana = two_lessons.person()
    a_mark(two_lessons, ana, 2.0)
    pages = two_lessons.browser(ana)
    pages.submit(f"{COURSE}/inscripcion")
    page = pages.get("/avance").text
    assert "1 de 2" in page or "0 de 2" in page
    assert ">2<" in page or "2 de 6" in page or "2 / 6" in page


def test_the_catalogue_is_searched_without_accents_and_in_both_languages(school: School) -> None:
    pages = school.browser()
    for query in ("curso", "CURSO", "leccion", "lección"):
        assert f'href="{COURSE}"' in pages.get(f"/?q={query}").text
    assert f'href="{COURSE}"' not in pages.get("/?q=astronomía").text


def test_a_search_cannot_write_into_the_page(school: School) -> None:
    page = school.browser().get('/?q="><script>alert(1)</script>').text
    assert "<script>alert(1)" not in page


def test_a_hidden_course_is_not_offered_and_its_work_is_kept(each_school: School) -> None:
    ana, admin = each_school.person(), each_school.browser(each_school.person("admin"))
    a_mark(each_school, ana)
    assert admin.submit("/administracion/cursos/curso/ocultar").status_code == 303
    visitor = each_school.browser()
    assert f'href="{COURSE}"' not in visitor.get("/").text
    assert visitor.get(COURSE).status_code == 404
    assert admin.submit("/administracion/cursos/curso/mostrar").status_code == 303
    assert visitor.get(COURSE).status_code == 200
    assert "Superado" in each_school.browser(ana).get(f"{COURSE}/leccion").text
    assert SUMA.exercise_id in each_school.browser(ana).get(f"{COURSE}/leccion").text
