"""One's own attempts: how many there may be, what they are worth, and asking for a review."""

from datetime import timedelta
from pathlib import Path

import pytest
from support.marking import a_marked_catalogue
from support.marks import SUMA, a_mark, an_attempt
from support.practice import LESSON
from support.webclient import Pages, School, open_school
from werkzeug.test import TestResponse

from webapp.services.cohorts import deadlines
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import LatePolicy
from webapp.services.gradebook import service as gradebook
from webapp.services.submissions.service import list_submissions, mark_state
from webapp.store import Sessions

BASE = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}"
ATTEMPTS = f"{BASE}/ejercicios/suma/intentos"


@pytest.fixture
def two_tries(sessions: Sessions, tmp_path: Path) -> School:
    """The site with a course that lets an exercise have two attempts, of which the last counts; on each engine."""
    return open_school(sessions, tmp_path / "home", a_marked_catalogue(attempts_most=2, counts="last"))


def check(pages: Pages, source: str, key: str, version: int = 0) -> TestResponse:
    body = {"source": source, "base_version": version}
    return pages.send("POST", f"{BASE}/ejercicios/suma/comprobar", body, key=key)


def ask(pages: Pages, submission_id: int, reason: str = "Usé groupby, como se pide.") -> TestResponse:
    return pages.submit(f"{ATTEMPTS}/{submission_id}/revision", **{f"attempt-{submission_id}-reason": reason})


def test_past_the_last_attempt_nothing_is_handed_in(two_tries: School) -> None:
    school = two_tries
    ana = school.person()
    pages = school.browser(ana)
    assert [check(pages, f"total = {number}", f"k{number}", number).status_code for number in (0, 1)] == [202, 202]
    refused = check(pages, "total = 9", "k9", 2)
    assert (refused.status_code, refused.json["code"]) == (409, "attempts_spent")
    assert "Ya usaste todos los intentos" in refused.json["detail"]
    with school.aula.sessions.read() as session:
        assert len(list_submissions(session, learner_id=int(ana.id), exercise=SUMA)) == 2


def test_a_request_that_is_repeated_is_no_further_attempt(two_tries: School) -> None:
    pages = two_tries.browser(two_tries.person())
    check(pages, "total = 1", "k1", 0)
    first = check(pages, "total = 2", "k2", 1)
    again = check(pages, "total = 2", "k2", 1)
    assert (again.status_code, again.json["run"]) == (202, first.json["run"])


def test_an_attempt_that_we_failed_to_grade_leaves_its_place_to_another(two_tries: School) -> None:
    school = two_tries
    ana = school.person()
    a_mark(school, ana)
    failed = an_attempt(school, ana)
    with school.aula.sessions.write() as session:
        mark_state(session, (failed.id,), "platform_failure")
    assert check(school.browser(ana), "total = 3", "k3").status_code == 202


def test_the_pages_say_how_many_attempts_there_are_and_how_many_are_left(two_tries: School) -> None:
    school = two_tries
    ana = school.person()
    pages = school.browser(ana)
    assert "hasta 2 intentos" in pages.get(BASE).text
    assert "hasta 2 intentos" in school.browser().get(BASE).text
    a_mark(school, ana, 0.5, "partial")
    assert "Intento 1 de 2: te queda 1" in pages.get(BASE).text
    assert "te queda 1." in pages.get(ATTEMPTS).text
    assert "Cuenta tu último intento." in pages.get(ATTEMPTS).text


def test_without_a_limit_one_may_try_as_often_as_one_likes(school: School) -> None:
    ana = school.person()
    a_mark(school, ana, 0.5, "partial")
    pages = school.browser(ana)
    assert "puedes intentarlo las veces que quieras" in pages.get(BASE).text
    assert "te queda" not in pages.get(ATTEMPTS).text


def test_the_lesson_leads_to_ones_own_attempts(school: School) -> None:
    ana = school.person()
    pages = school.browser(ana)
    assert ATTEMPTS not in pages.get(BASE).text
    a_mark(school, ana, 0.5, "partial", source="total = mi_idea")
    assert ATTEMPTS in pages.get(BASE).text
    assert "mi_idea" in pages.get(ATTEMPTS).text
    assert "mi_idea" not in school.browser(school.person()).get(ATTEMPTS).text


def test_a_review_is_asked_for_on_the_page_and_told_there(school: School) -> None:
    ana = school.person()
    submission = a_mark(school, ana, 0.0, "failed")
    pages = school.browser(ana)
    wrong = ask(pages, submission.id, "")
    assert wrong.status_code == 422
    assert "Escribe por qué pides la revisión." in wrong.text
    assert ask(pages, submission.id).status_code == 303
    page = pages.get(ATTEMPTS).text
    assert "Revisión pedida: espera respuesta" in page
    assert "Usé groupby, como se pide." in page
    again = ask(pages, submission.id)
    assert again.status_code == 422
    assert "Ya pediste una revisión" in again.text


def test_nobody_asks_for_a_review_of_anothers_attempt(school: School) -> None:
    submission = a_mark(school, school.person())
    for other in (school.person(), school.person("admin")):
        assert ask(school.browser(other), submission.id).status_code == 404


@pytest.mark.parametrize(
    ("days", "points", "words"),
    [
        (-1, 2.0, ""),
        (2, 1.6, "1.6 de 2: entregado 2 días tarde, −20 %."),
        (9, 1.0, "1 de 2: entregado 9 días tarde, −50 %."),
    ],
)
def test_what_lateness_costs_is_shown_apart_from_the_machines_report(
    each_school: School, days: int, points: float, words: str
) -> None:
    school = each_school
    trainer, ana = school.person("trainer"), school.person()
    with school.aula.sessions.write() as session:
        now = school.clock()
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=now)
        cohorts.join(session, actor=ana.id, code=cohort.code, now=now)
        deadlines.set_deadlines(
            session, actor=trainer.id, cohort_id=cohort.id, due={LESSON.lesson_id: now - timedelta(days=days)},
            policy=LatePolicy(0.1, 0.5), now=now,
        )  # fmt: skip
    submission = a_mark(school, ana)
    with school.aula.sessions.read() as session:
        marks = gradebook.list_marks(session, learner_ids=[int(ana.id)], course=school.aula.catalogue.courses[0])
        assert gradebook.get_report(session, submission.id).points == 2.0
    assert marks[int(ana.id)][LESSON.lesson_id, "suma"].points == pytest.approx(points)
    page = school.browser(ana).get(ATTEMPTS).text
    assert words in page
    assert "Superado: 2 de 2 puntos" in page
