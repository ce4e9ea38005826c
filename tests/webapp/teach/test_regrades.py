"""The pages of a regrade: who may, what is said before and after, and that nothing is written by looking."""

import csv
import io
from dataclasses import replace

import pytest
from support.marks import SUMA, a_mark, a_report
from support.regrades import COURSE, a_ready_one, apply_rest, begin, items, start, state
from support.webclient import Pages, School, TableReader

from graders import GradeReport
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.gradebook import service as gradebook
from webapp.services.people.records import Person
from webapp.services.regrades import service as regrades
from webapp.services.regrades.records import RegradeId

COURSE_FORM = f"/cursos/{SUMA.course_id}/recalificar"


def newer(points: float, verdict: str = "passed") -> GradeReport:
    return replace(a_report(points, verdict), lesson_version="v2")  # type: ignore[arg-type]  # a verdict's word


def a_cohort(school: School, trainer: Person, *members: Person) -> Cohort:
    with school.aula.sessions.write() as session:
        made = cohorts.make_cohort(session, actor=trainer, name="Mañana", course_id=SUMA.course_id, now=school.clock())
        for one in members:
            cohorts.join(session, actor=one.id, code=made.code, now=school.clock())
    return made


def admin(school: School) -> Pages:
    return school.browser(school.person("admin"))


def a_mixed_one(school: School) -> RegradeId:
    """Ana gains, Luis loses, Eva stays as she is."""
    ana, luis, eva = (school.person(name=name) for name in ("Ana", "Luis", "Eva"))
    up, down, same = a_mark(school, ana, 0.0, "failed"), a_mark(school, luis), a_mark(school, eva)
    after = {up.id: newer(2.0), down.id: newer(1.0, "partial"), same.id: newer(2.0)}
    return a_ready_one(school, after.__getitem__)


def test_a_dry_run_begins_from_the_form_which_says_what_there_is(school: School) -> None:
    a_mark(school, school.person())
    pages = admin(school)
    page = pages.get(COURSE_FORM)
    assert ["Lección", "1", "1", "v1", "v1"] in TableReader(page.text).rows
    answer = pages.submit(COURSE_FORM, scope=f"{SUMA.lesson_id}/{SUMA.exercise_id}", which="all")
    assert answer.status_code == 303
    page = pages.get(answer.headers["Location"])
    assert "En marcha" in page.text
    assert "Curso · Lección · Suma" in page.text


def test_what_nobody_has_done_is_said_beside_the_form(school: School) -> None:
    a_mark(school, school.person())
    answer = admin(school).submit(COURSE_FORM, scope=f"{SUMA.lesson_id}/elige", which="all")
    assert answer.status_code == 422
    assert "No hay intentos calificados que cumplan eso" in answer.text


def test_progress_is_shown_and_the_page_may_be_left_quiet(school: School) -> None:
    """It refreshes by itself, which a reader can turn off."""
    for _one in range(3):
        a_mark(school, school.person())
    number = start(school).id
    begin(school, number)
    pages = admin(school)
    page = pages.get(f"/recalificaciones/{number}").text
    assert "0 de 3 intentos" in page
    assert 'http-equiv="refresh"' in page
    assert 'http-equiv="refresh"' not in pages.get(f"/recalificaciones/{number}?quieta=1").text
    assert "Ahora espera" in page, "the jobs of the three attempts have not been carried out yet"


def test_the_difference_tells_sums_people_exercises_and_attempts(school: School) -> None:
    number = a_mixed_one(school)
    page = admin(school).get(f"/recalificaciones/{number}").text
    rows = TableReader(page).rows
    assert ["Ana", "1.1 Suma", "0", "2 / 2", "+2"] in rows
    assert ["Luis", "1.1 Suma", "2", "1 / 2", "−1"] in rows
    assert ["1.1 Suma", "1", "1", "1", "0"] in rows
    assert ["Eva", "0", "0", "1", "0"] in rows
    assert ["Luis", "1.1 Suma", "2 / 2", "1 / 2", "Baja", ""] in rows
    assert 'http-equiv="refresh"' not in page
    assert "mejora la calificación de 1 persona" in page


def test_attempts_are_filtered_by_their_result(school: School) -> None:
    number = a_mixed_one(school)
    page = admin(school).get(f"/recalificaciones/{number}?resultado=lose").text
    attempts = [row for row in TableReader(page).rows if len(row) == 6]
    assert [row[0] for row in attempts[1:]] == ["Luis"]


def test_applying_asks_for_a_yes_and_never_lowers_unless_told(school: School) -> None:
    number = a_mixed_one(school)
    pages, address = admin(school), f"/recalificaciones/{number}/aplicar"
    assert pages.submit(address, never_lower="y").status_code == 422
    assert state(school, number) == "ready"
    assert pages.submit(address, never_lower="y", is_sure="y").status_code == 303
    assert "Se escriben las calificaciones" in pages.get(f"/recalificaciones/{number}").text
    apply_rest(school, number)
    assert [one.applied for one in items(school, number)] == ["written", "higher", None]
    page = pages.get(f"/recalificaciones/{number}").text
    assert "Se escribió 1 calificación." in page
    assert "1 quedó como estaba, para no bajar." in page
    assert pages.submit(address, never_lower="y", is_sure="y").status_code == 422


def test_losing_marks_are_written_where_the_box_is_cleared(school: School) -> None:
    number = a_mixed_one(school)
    assert admin(school).submit(f"/recalificaciones/{number}/aplicar", is_sure="y").status_code == 303
    apply_rest(school, number)
    assert [one.applied for one in items(school, number)] == ["written", "written", None]


def test_the_file_has_every_attempt(school: School) -> None:
    number = a_mixed_one(school)
    answer = admin(school).get(f"/recalificaciones/{number}/intentos.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    told = [(row["name"], row["points_before"], row["points_after"], row["result"]) for row in rows]
    assert told == [("Ana", "0", "2", "gain"), ("Luis", "2", "1", "lose"), ("Eva", "2", "2", "same")]


def test_a_dry_run_is_stopped(school: School) -> None:
    a_mark(school, school.person())
    number = start(school).id
    assert admin(school).submit(f"/recalificaciones/{number}/detener").status_code == 303
    assert state(school, number) == "stopped"


def test_a_trainer_grades_again_what_their_own_cohorts_members_did(school: School) -> None:
    teresa, oscar, ana, luis = (school.person(role) for role in ("trainer", "trainer", "learner", "learner"))
    mine, theirs = a_mark(school, ana, 0.0, "failed"), a_mark(school, luis, 0.0, "failed")
    cohort = a_cohort(school, teresa, ana)
    address = f"/grupos/{cohort.id}/recalificar"
    answer = school.browser(teresa).submit(address, scope="curso", which="all")
    assert answer.status_code == 303
    with school.aula.sessions.read() as session:
        (regrade,) = regrades.list_regrades(session)
    begin(school, regrade.id)
    assert [one.submission_id for one in items(school, regrade.id)] == [mine.id]
    assert theirs.id not in [one.submission_id for one in items(school, regrade.id)]
    other = school.browser(oscar)
    shown = f"/recalificaciones/{regrade.id}"
    assert [other.get(one).status_code for one in (address, shown, f"{shown}/intentos.csv")] == [404] * 3
    assert [other.submit(f"{shown}/{one}").status_code for one in ("detener", "aplicar")] == [404] * 2
    assert f"Nº {regrade.id}" not in other.get("/recalificaciones").text
    assert f"Nº {regrade.id}" in school.browser(teresa).get("/recalificaciones").text


@pytest.mark.parametrize("role", ["learner", "manager"])
def test_nobody_else_grades_again(school: School, role: str) -> None:
    number = a_mixed_one(school)
    pages = school.browser(school.person(role))  # type: ignore[arg-type]  # a role's word
    addresses = ("/recalificaciones", f"/recalificaciones/{number}", COURSE_FORM)
    assert [pages.get(one).status_code for one in addresses] == [403] * 3


def test_a_trainer_does_not_grade_a_whole_course_again(school: School) -> None:
    a_mark(school, school.person())
    assert school.browser(school.person("trainer")).get(COURSE_FORM).status_code == 403


def test_the_report_before_stays_readable_for_the_learner_and_their_trainer(school: School) -> None:
    teresa, ana = school.person("trainer"), school.person()
    cohort = a_cohort(school, teresa, ana)
    submission = a_mark(school, ana, 0.5, "partial")
    number = a_ready_one(school, lambda _number: newer(2.0))
    with school.aula.sessions.write() as session:
        regrades.ask_apply(session, school.aula.catalogue, number, actor=None, never_lower=True, now=school.clock())
    apply_rest(school, number)
    exercise = f"{SUMA.lesson_id}/{SUMA.exercise_id}"
    seen_by_trainer = school.browser(teresa).get(f"/grupos/{cohort.id}/ejercicios/{SUMA.course_id}/{exercise}/{ana.id}")
    own = school.browser(ana).get(f"/cursos/{SUMA.course_id}/{SUMA.lesson_id}/ejercicios/{SUMA.exercise_id}/intentos")
    for page in (seen_by_trainer.text, own.text):
        assert "Reporte anterior: 0.5 / 2 puntos" in page
        assert "Lección, versión v1" in page
        assert "2 / 2" in page
    assert "se calificó con la versión v2" in seen_by_trainer.text
    with school.aula.sessions.read() as session:
        assert gradebook.get_report(session, submission.id).points == 2.0


def test_the_mail_is_written_in_the_learners_language(school: School) -> None:
    ana = school.person(name="Ana")
    a_mark(school, ana, 0.0, "failed")
    number = a_ready_one(school, lambda _number: newer(2.0), COURSE)
    admin(school).submit(f"/recalificaciones/{number}/aplicar", never_lower="y", is_sure="y")
    apply_rest(school, number)
    school.carry_out_jobs()
    (mail,) = school.mails()
    assert (mail["To"], mail["Subject"]) == (ana.email, "Tus calificaciones cambiaron en Aula Abierta")
    assert "/avance" in mail.get_content()
