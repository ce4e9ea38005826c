"""The marks of a cohort: the page and the file say the same, and only those who may see them do."""

import csv
import io

import pytest
from support.marks import SUMA, a_mark, an_attempt
from support.practice import LESSON
from support.webclient import Pages, School, TableReader

from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.gradebook import service as gradebook
from webapp.services.people.records import Person
from webapp.services.submissions.records import ExerciseKey
from webapp.services.submissions.service import mark_state

ELIGE = ExerciseKey(LESSON.course_id, LESSON.lesson_id, "elige")


def a_cohort(school: School, trainer: Person, *members: Person, name: str = "Lunes") -> Cohort:
    with school.aula.sessions.write() as session:
        now = school.clock()
        cohort = cohorts.make_cohort(session, actor=trainer, name=name, course_id=LESSON.course_id, now=now)
        for one in members:
            cohorts.join(session, actor=one.id, code=cohort.code, now=now)
    return cohort


def shown(pages: Pages, cohort: Cohort) -> list[list[str]]:
    """A row for each learner: who, the points of each exercise ("" where there is none), and the sum."""
    rows = TableReader(pages.get(f"/grupos/{cohort.id}").text).rows[2:]
    return [[row[0], *("" if cell.startswith("—") else cell.split()[0] for cell in row[2:-1]), row[-1]] for row in rows]


def exported(pages: Pages, cohort: Cohort) -> list[list[str]]:
    answer = pages.get(f"/grupos/{cohort.id}/calificaciones.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def attempts_path(cohort: Cohort, learner: Person, key: ExerciseKey = SUMA) -> str:
    return f"/grupos/{cohort.id}/ejercicios/{key.course_id}/{key.lesson_id}/{key.exercise_id}/{learner.id}"


def test_the_file_equals_the_page_cell_by_cell(each_school: School) -> None:
    school = each_school
    trainer = school.person("trainer")
    ana, luis, ema = (school.person(name=name) for name in ("Ana", "Luis", "Ema Ñ."))
    cohort = a_cohort(school, trainer, ana, luis, ema)
    a_mark(school, ana, 0.5, "partial")
    a_mark(school, ana, 2.0)
    a_mark(school, ana, 0.0, "failed")
    a_mark(school, luis, 0.0, "error")
    a_mark(school, luis, 1.25, "partial", key=ELIGE)
    pages = school.browser(trainer)
    page, (header, *rows) = shown(pages, cohort), exported(pages, cohort)
    assert header[:6] == ["name", "email", "leccion/suma", "leccion/elige", "points", "max_points"]
    told = [
        [f"{name} {email}", *cells, f"{points} / {most}"] for name, email, *cells, points, most, _m, _p, _l, _n in rows
    ]
    assert page == told
    assert page == [
        [f"Ana {ana.email}", "2", "", "2 / 3"],
        [f"Ema Ñ. {ema.email}", "", "", "0 / 3"],
        [f"Luis {luis.email}", "0", "1.25", "1.25 / 3"],
    ]


def test_an_attempt_that_we_failed_to_grade_is_no_mark(school: School) -> None:
    trainer, ana = school.person("trainer"), school.person(name="Ana")
    cohort = a_cohort(school, trainer, ana)
    submission = an_attempt(school, ana)
    with school.aula.sessions.write() as session:
        mark_state(session, (submission.id,), "platform_failure")
    pages = school.browser(trainer)
    assert shown(pages, cohort)[0][1:] == ["", "", "0 / 3"]
    assert "no se pudo calificar y no cuenta" in pages.get(attempts_path(cohort, ana)).text


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_name_is_no_formula_in_a_spreadsheet(school: School, name: str) -> None:
    trainer = school.person("trainer")
    cohort = a_cohort(school, trainer, school.person(name=name))
    (_header, row) = exported(school.browser(trainer), cohort)
    assert row[0] == f"'{name}"


def test_a_name_with_commas_quotes_and_line_ends_stays_one_cell(school: School) -> None:
    trainer = school.person("trainer")
    cohort = a_cohort(school, trainer, school.person(name='Ruiz, "Ana"; \n segunda'))
    (_header, row) = exported(school.browser(trainer), cohort)
    assert row[0] == 'Ruiz, "Ana"; segunda'


def test_the_attempts_behind_a_mark_are_there_with_their_code_and_versions(school: School) -> None:
    trainer, ana = school.person("trainer"), school.person(name="Ana")
    cohort = a_cohort(school, trainer, ana)
    a_mark(school, ana, 0.0, "failed", source="total = primera_idea")
    a_mark(school, ana, 2.0, source="total = segunda_idea")
    page = school.browser(trainer).get(attempts_path(cohort, ana)).text
    assert page.index("segunda_idea") < page.index("primera_idea")
    assert "Lección, versión v1" in page
    assert "datos datos, versión 1.0" in page


def test_another_trainer_finds_nothing_there(each_school: School) -> None:
    school = each_school
    trainer, other, ana = school.person("trainer"), school.person("trainer"), school.person()
    cohort = a_cohort(school, trainer, ana)
    a_mark(school, ana)
    pages = school.browser(other)
    assert shown(school.browser(trainer), cohort)
    paths = (f"/grupos/{cohort.id}", f"/grupos/{cohort.id}/calificaciones.csv", attempts_path(cohort, ana))
    assert [pages.get(path).status_code for path in paths] == [404, 404, 404]
    assert "Lunes" not in pages.get("/grupos").text


def test_a_learner_does_not_see_the_marks_of_their_own_cohort(school: School) -> None:
    trainer, ana = school.person("trainer"), school.person()
    cohort = a_cohort(school, trainer, ana)
    pages = school.browser(ana)
    paths = (f"/grupos/{cohort.id}", f"/grupos/{cohort.id}/calificaciones.csv", attempts_path(cohort, ana))
    assert [pages.get(path).status_code for path in paths] == [403, 403, 403]


def test_a_manager_sees_the_people_of_their_institution_and_no_others(school: School) -> None:
    trainer = school.person("trainer", institution="Salud")
    ours, theirs = school.person(institution="Salud", name="Ana"), school.person(institution="Agua", name="Luis")
    cohort = a_cohort(school, trainer, ours, theirs)
    a_mark(school, theirs)
    pages = school.browser(school.person("manager", institution="Salud"))
    assert [row[0] for row in shown(pages, cohort)] == [f"Ana {ours.email}"]
    assert [row[0] for row in exported(pages, cohort)[1:]] == ["Ana"]
    assert pages.get(attempts_path(cohort, theirs)).status_code == 404
    elsewhere = school.browser(school.person("manager", institution="Agua"))
    assert elsewhere.get(f"/grupos/{cohort.id}").status_code == 404


def test_an_admin_sees_every_cohort(school: School) -> None:
    cohort = a_cohort(school, school.person("trainer"), school.person(name="Ana"))
    pages = school.browser(school.person("admin"))
    assert "Lunes" in pages.get("/grupos").text
    assert [row[0].split()[0] for row in shown(pages, cohort)] == ["Ana"]


def test_somebody_who_is_not_in_the_cohort_is_not_found_through_it(school: School) -> None:
    """A trainer cannot look up any learner's work by writing their number in the address."""
    trainer, ana, stranger = school.person("trainer"), school.person(), school.person()
    cohort = a_cohort(school, trainer, ana)
    a_mark(school, stranger)
    assert school.browser(trainer).get(attempts_path(cohort, stranger)).status_code == 404


def test_a_trainer_makes_a_cohort_and_its_code_lets_learners_in(each_school: School) -> None:
    school = each_school
    trainer, ana = school.person("trainer"), school.person(name="Ana")
    pages = school.browser(trainer)
    assert pages.submit("/grupos", name="Martes", course=LESSON.course_id).status_code == 303
    with school.aula.sessions.read() as session:
        (cohort,) = cohorts.list_cohorts(session, trainer_id=trainer.id)
    learner = school.browser(ana)
    assert learner.submit("/cuenta/grupos", code=cohort.code).status_code == 303
    assert learner.submit("/cuenta/grupos", code=cohort.code).status_code == 303, "again does no harm"
    assert [row[0] for row in shown(pages, cohort)] == [f"Ana {ana.email}"]


@pytest.mark.parametrize("fields", [{"name": " ", "course": "curso"}, {"name": "Martes", "course": "otro"}])
def test_a_cohort_needs_a_name_and_a_course_that_is_offered(school: School, fields: dict[str, str]) -> None:
    trainer = school.person("trainer")
    assert school.browser(trainer).submit("/grupos", **fields).status_code == 422
    with school.aula.sessions.read() as session:
        assert cohorts.list_cohorts(session) == ()


def test_marks_of_an_exercise_that_the_course_no_longer_has_count_for_nothing(school: School) -> None:
    trainer, ana = school.person("trainer"), school.person()
    cohort = a_cohort(school, trainer, ana)
    a_mark(school, ana, 2.0, key=ExerciseKey(LESSON.course_id, LESSON.lesson_id, "quitado"))
    assert shown(school.browser(trainer), cohort)[0][1:] == ["", "", "0 / 3"]
    with school.aula.sessions.read() as session:
        course = school.aula.catalogue.courses[0]
        assert gradebook.get_progress(session, learner_id=ana.id, course=course).points == 0
