"""Marking on the pages: what waits, a work with its form, two markers, moderation, reviews, and conflicts."""

import re
from pathlib import Path

import pytest
from support.marking import ESSAY, PROJECT, a_marked_catalogue
from support.marks import SUMA, a_mark
from support.practice import LESSON
from support.webclient import Pages, School, TableReader, open_school
from werkzeug.test import TestResponse

from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import Mark
from webapp.services.marking import reviews
from webapp.services.people.records import Person
from webapp.services.submissions.records import ExerciseKey, Submission
from webapp.services.submissions.service import get_submission
from webapp.store import Sessions


@pytest.fixture
def marked_school(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    """The site with a course whose exercises people mark."""
    return open_school(sqlite_sessions, tmp_path / "home", a_marked_catalogue())


def a_cohort(school: School, trainer: Person, *members: Person) -> Cohort:
    with school.aula.sessions.write() as session:
        now = school.clock()
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=now)
        for one in members:
            cohorts.join(session, actor=one.id, code=cohort.code, now=now)
    return cohort


def ask(school: School, submission: Submission) -> None:
    with school.aula.sessions.write() as session:
        reviews.ask_review(
            session, submission=get_submission(session, submission.id), reason="Sí está bien.", now=school.clock()
        )


def work_path(cohort: Cohort, submission: Submission) -> str:
    return f"/calificar/{cohort.id}/{submission.id}"


def mark(pages: Pages, path: str, claridad: str = "2", metodo: str = "2", **fields: str) -> TestResponse:
    given = {"level-claridad": claridad, "level-metodo": metodo, "seen_version": "0", **fields}
    return pages.submit(path, **given)


def line(pages: Pages) -> list[tuple[str, str]]:
    """Who waits and for what, in the order of the page."""
    return [(row[0], row[3]) for row in TableReader(pages.get("/calificar").text).rows[1:]]


def what_ana_has(school: School, ana: Person, exercise_id: str) -> Mark:
    course = school.aula.catalogue.courses[0]
    with school.aula.sessions.read() as session:
        marks = gradebook.list_marks(session, learner_ids=[int(ana.id)], course=course)
    return marks[int(ana.id)][LESSON.lesson_id, exercise_id]


def test_what_waits_is_listed_the_longest_waiting_first(marked_school: School) -> None:
    school = marked_school
    trainer, ana, luis = school.person("trainer"), school.person(name="Ana"), school.person(name="Luis")
    cohort = a_cohort(school, trainer, ana, luis)
    a_mark(school, luis, key=ESSAY)
    school.clock.advance(60)
    reviewed = a_mark(school, ana)
    ask(school, reviewed)
    school.clock.advance(60)
    a_mark(school, ana, key=PROJECT)
    pages = school.browser(trainer)
    assert line(pages) == [("Luis", "Por calificar"), ("Ana", "Piden revisión"), ("Ana", "Por calificar")]
    assert work_path(cohort, reviewed) in pages.get("/calificar").text


def test_only_the_latest_unmarked_attempt_waits(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person(name="Ana")
    cohort = a_cohort(school, trainer, ana)
    first, second = a_mark(school, ana, key=ESSAY), a_mark(school, ana, key=ESSAY)
    page = school.browser(trainer).get("/calificar").text
    assert work_path(cohort, second) in page
    assert f'{work_path(cohort, first)}"' not in page


def test_a_mark_by_hand_counts_and_the_learner_reads_it(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person(name="Ana")
    cohort = a_cohort(school, trainer, ana)
    submission = a_mark(school, ana, key=ESSAY)
    pages = school.browser(trainer)
    answer = mark(pages, work_path(cohort, submission), "1", "2", comment="Muy *claro*.<script>x</script>")
    assert (answer.status_code, answer.location) == (303, work_path(cohort, submission))
    found = what_ana_has(school, ana, "ensayo")
    assert (found.points, found.max_points, found.state, found.is_passed) == (7.0, 8.0, "final", True)
    own = school.browser(ana).get("/cursos/curso/leccion/ejercicios/ensayo/intentos").text
    assert "2 puntos de las comprobaciones y 5 de tu docente." in own
    assert "Muy <em>claro</em>." in own
    assert "<script>x" not in own
    assert line(pages) == []


def test_the_learner_is_told_when_a_mark_stands(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person(name="Ana")
    cohort = a_cohort(school, trainer, ana)
    submission = a_mark(school, ana, key=ESSAY)
    mark(school.browser(trainer), work_path(cohort, submission))
    school.carry_out_jobs()
    (mail,) = school.mails()
    assert mail["To"] == ana.email
    assert f"/cursos/curso/leccion/ejercicios/ensayo/intentos#attempt-{submission.id}" in mail.get_content()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"claridad": ""}, "Elige un nivel en cada criterio."),
        ({"check_points": "2.5"}, "Escribe un número entre 0 y 2."),
        ({"check_points": "-1"}, "Escribe un número entre 0 y 2."),
        ({"check_points": "nan"}, "Escribe un número entre 0 y 2."),
        ({"check_points": "1e0"}, "Escribe un número entre 0 y 2."),
    ],
)
def test_a_form_that_is_not_right_keeps_what_was_written(
    marked_school: School, fields: dict[str, str], words: str
) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person()
    submission = a_mark(school, ana, key=ESSAY)
    path = work_path(a_cohort(school, trainer, ana), submission)
    answer = mark(school.browser(trainer), path, **{"comment": "Lo pensé mucho.", **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Lo pensé mucho." in answer.text
    assert what_ana_has(school, ana, "ensayo").state == "waiting"


def test_points_may_be_written_with_a_comma(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person()
    submission = a_mark(school, ana, 0.0, "failed", key=SUMA)
    answer = school.browser(trainer).submit(
        work_path(a_cohort(school, trainer, ana), submission), check_points="1,5", seen_version="0"
    )
    assert answer.status_code == 303
    found = what_ana_has(school, ana, "suma")
    assert (found.points, found.parts.machine, found.is_passed) == (1.5, 0.0, True)


def test_two_at_one_work_meet_on_a_page_with_both(marked_school: School) -> None:
    school = marked_school
    trainer, admin, ana = school.person("trainer", name="Teresa"), school.person("admin"), school.person()
    submission = a_mark(school, ana, key=ESSAY)
    path = work_path(a_cohort(school, trainer, ana), submission)
    mark(school.browser(trainer), path, "2", "2", comment="Lo de Teresa.")
    pages = school.browser(admin)
    answer = mark(pages, path, "0", "0", comment="Lo mío.")
    assert answer.status_code == 409
    assert "Teresa calificó este trabajo mientras lo tenías abierto" in answer.text
    assert "Lo de Teresa." in answer.text
    assert "Lo mío." in answer.text
    assert what_ana_has(school, ana, "ensayo").points == 8.0
    (seen,) = re.findall(r'name="seen_version"[^>]*value="(\d+)"', answer.text)
    assert mark(pages, path, "0", "0", seen_version=seen).status_code == 303
    assert what_ana_has(school, ana, "ensayo").points == 2.0


def test_two_markers_are_blind_and_a_third_decides_between_them(marked_school: School) -> None:
    school = marked_school
    one, two, three = (school.person("trainer", institution="Salud", name=f"T{number}") for number in range(3))
    ana = school.person(name="Ana")
    cohort = a_cohort(school, one, ana)
    submission = a_mark(school, ana, key=PROJECT)
    path = work_path(cohort, submission)
    mark(school.browser(one), path, "2", "2", comment="Excelente de veras.")
    assert what_ana_has(school, ana, "proyecto").state == "in_review"
    assert line(school.browser(one)) == []
    second = school.browser(two)
    assert line(second) == [("Ana", "Segunda calificación")]
    assert "Excelente de veras." not in second.get(path).text
    mark(second, path, "0", "0", comment="No llega.")
    assert what_ana_has(school, ana, "proyecto").points == 2.0
    third = school.browser(three)
    assert line(third) == [("Ana", "Por moderar")]
    page = third.get(path).text
    assert "Excelente de veras." in page
    assert "No llega." in page
    assert f"{path}/moderacion" in page
    assert "En revisión" in school.browser(ana).get("/cursos/curso/leccion/ejercicios/proyecto/intentos").text
    assert mark(third, f"{path}/moderacion", "1", "1").status_code == 303
    found = what_ana_has(school, ana, "proyecto")
    assert (found.points, found.state) == (5.0, "final")


def test_two_markers_who_agree_need_no_third(marked_school: School) -> None:
    school = marked_school
    one, two = (school.person("trainer", institution="Salud") for _number in range(2))
    ana = school.person(name="Ana")
    path = work_path(a_cohort(school, one, ana), a_mark(school, ana, key=PROJECT))
    mark(school.browser(one), path, "2", "2")
    mark(school.browser(two), path, "2", "2")
    assert what_ana_has(school, ana, "proyecto").points == 8.0
    school.carry_out_jobs()
    assert len(school.mails()) == 1


def test_one_of_the_two_markers_does_not_moderate(marked_school: School) -> None:
    school = marked_school
    one, two = (school.person("trainer", institution="Salud") for _number in range(2))
    ana = school.person()
    path = work_path(a_cohort(school, one, ana), a_mark(school, ana, key=PROJECT))
    mark(school.browser(one), path, "2", "2")
    mark(school.browser(two), path, "0", "0")
    answer = mark(school.browser(two), f"{path}/moderacion", "0", "0")
    assert answer.status_code == 422
    assert "Modera una tercera persona" in answer.text
    assert what_ana_has(school, ana, "proyecto").state == "in_review"


def test_a_trainer_of_another_institution_does_not_find_the_work(marked_school: School) -> None:
    school = marked_school
    trainer, stranger = school.person("trainer", institution="Salud"), school.person("trainer", institution="Agua")
    colleague, ana = school.person("trainer", institution="Salud"), school.person()
    cohort = a_cohort(school, trainer, ana)
    for key, status in ((PROJECT, 200), (ESSAY, 404)):
        path = work_path(cohort, a_mark(school, ana, key=key))
        assert school.browser(stranger).get(path).status_code == 404
        assert mark(school.browser(stranger), path).status_code == 404
        assert school.browser(colleague).get(path).status_code == status


def test_a_trainer_who_learns_in_their_own_cohort_does_not_mark_themselves(marked_school: School) -> None:
    school = marked_school
    trainer = school.person("trainer")
    path = work_path(a_cohort(school, trainer, trainer), a_mark(school, trainer, key=ESSAY))
    pages = school.browser(trainer)
    assert line(pages) == []
    answer = mark(pages, path)
    assert answer.status_code == 422
    assert "Nadie califica ni revisa su propio trabajo" in answer.text


def test_a_review_is_answered_without_changing_the_mark(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person()
    submission = a_mark(school, ana, 0.5, "partial")
    path = work_path(a_cohort(school, trainer, ana), submission)
    ask(school, submission)
    pages = school.browser(trainer)
    assert pages.submit(f"{path}/revision", keep_answer="").status_code == 422
    assert pages.submit(f"{path}/revision", keep_answer="El total no suma.").status_code == 303
    own = school.browser(ana).get("/cursos/curso/leccion/ejercicios/suma/intentos").text
    assert "Revisada: la calificación se queda" in own
    assert "El total no suma." in own
    assert what_ana_has(school, ana, "suma").points == 0.5
    assert line(pages) == []


def test_a_review_may_change_the_mark_and_is_answered_with_it(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person()
    submission = a_mark(school, ana, 0.0, "failed")
    path = work_path(a_cohort(school, trainer, ana), submission)
    ask(school, submission)
    pages = school.browser(trainer)
    silent = pages.submit(path, check_points="2", seen_version="0")
    assert silent.status_code == 422
    assert "lo leerá quien pidió la revisión" in silent.text
    assert pages.submit(path, check_points="2", seen_version="0", answer="Tienes razón.").status_code == 303
    assert what_ana_has(school, ana, "suma").points == 2.0
    assert (
        "Revisada: la calificación cambió"
        in school.browser(ana).get("/cursos/curso/leccion/ejercicios/suma/intentos").text
    )
    school.carry_out_jobs()
    assert [one["To"] for one in school.mails()] == [ana.email]


def test_saving_and_going_on_opens_the_next_work(marked_school: School) -> None:
    school = marked_school
    trainer, ana, luis = school.person("trainer"), school.person(), school.person()
    cohort = a_cohort(school, trainer, ana, luis)
    first, second = a_mark(school, ana, key=ESSAY), a_mark(school, luis, key=ESSAY)
    pages = school.browser(trainer)
    assert mark(pages, work_path(cohort, first), next="1").location == work_path(cohort, second)
    assert mark(pages, work_path(cohort, second), next="1").location == "/calificar"


def test_what_the_course_no_longer_has_waits_for_nobody(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person()
    cohort = a_cohort(school, trainer, ana)
    gone = a_mark(school, ana, key=ExerciseKey(LESSON.course_id, LESSON.lesson_id, "quitado"))
    ask(school, gone)
    pages = school.browser(trainer)
    assert line(pages) == []
    assert pages.get(work_path(cohort, gone)).status_code == 404


def test_a_pass_that_a_person_gives_opens_the_solution(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person()
    path = work_path(a_cohort(school, trainer, ana), a_mark(school, ana, 0.0, "failed"))
    pages = school.browser(ana)
    solution = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}/ejercicios/suma/solucion"
    assert pages.send("POST", solution, {}).status_code == 403
    school.browser(trainer).submit(path, check_points="2", seen_version="0")
    assert pages.send("POST", solution, {}).status_code == 200
