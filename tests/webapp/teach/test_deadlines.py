"""The page on which a trainer says when a cohort's work is due."""

from datetime import UTC, datetime

import pytest
from support.practice import LESSON
from support.webclient import Pages, School
from werkzeug.test import TestResponse

from webapp.services.cohorts import deadlines
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort, LatePolicy
from webapp.services.people.records import Person

DUE = f"due-{LESSON.lesson_id}"


def a_cohort(school: School, trainer: Person) -> Cohort:
    with school.aula.sessions.write() as session:
        return cohorts.make_cohort(
            session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=school.clock()
        )  # fmt: skip


def save(pages: Pages, cohort: Cohort, **fields: str) -> TestResponse:
    given = {"lost_percent": "10", "floor_percent": "50", "grace_hours": "6", DUE: "2026-03-09T18:00", **fields}
    return pages.submit(f"/grupos/{cohort.id}/fechas", **given)


def test_dates_are_written_on_the_clock_that_the_site_shows(school: School) -> None:
    """Central Mexico is six hours behind UTC all year."""
    trainer = school.person("trainer")
    cohort = a_cohort(school, trainer)
    pages = school.browser(trainer)
    assert save(pages, cohort).status_code == 303
    with school.aula.sessions.read() as session:
        assert deadlines.list_due(session, cohort_id=cohort.id) == {
            LESSON.lesson_id: datetime(2026, 3, 10, 0, 0, tzinfo=UTC)
        }
        assert deadlines.get_late_policy(session, cohort_id=cohort.id) == LatePolicy(0.1, 0.5, 6)
    page = pages.get(f"/grupos/{cohort.id}/fechas").text
    assert 'value="2026-03-09T18:00"' in page
    assert 'value="50"' in page


def test_an_empty_date_takes_it_away(school: School) -> None:
    trainer = school.person("trainer")
    cohort = a_cohort(school, trainer)
    pages = school.browser(trainer)
    save(pages, cohort)
    assert save(pages, cohort, **{DUE: ""}).status_code == 303
    with school.aula.sessions.read() as session:
        assert deadlines.list_due(session, cohort_id=cohort.id) == {}


@pytest.mark.parametrize(
    "fields",
    [{"lost_percent": "101"}, {"floor_percent": "-1"}, {"grace_hours": "721"}, {DUE: "mañana"}, {"lost_percent": ""}],
)
def test_what_means_nothing_is_told_beside_its_field(school: School, fields: dict[str, str]) -> None:
    trainer = school.person("trainer")
    cohort = a_cohort(school, trainer)
    answer = save(school.browser(trainer), cohort, **fields)
    assert answer.status_code == 422
    assert "field-error" in answer.text
    with school.aula.sessions.read() as session:
        assert deadlines.list_due(session, cohort_id=cohort.id) == {}


def test_only_the_cohorts_trainer_and_administrators_set_dates(school: School) -> None:
    trainer = school.person("trainer", institution="Salud")
    cohort = a_cohort(school, trainer)
    for role, status in (("trainer", 404), ("manager", 403), ("admin", 303), ("learner", 403)):
        other = school.person(role, institution="Salud")  # type: ignore[arg-type]  # a role by hand
        assert save(school.browser(other), cohort).status_code == status, role
