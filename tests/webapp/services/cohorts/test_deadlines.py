"""When work is late, and what that costs."""

from datetime import UTC, datetime, timedelta

import pytest
from support.practice import LESSON
from support.webclient import School

from webapp.services.cohorts import deadlines
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort, Deadline, Lateness, LatePolicy
from webapp.services.cohorts.rules import lateness, latest_deadline
from webapp.services.people.records import Person

DUE = datetime(2026, 3, 2, 18, tzinfo=UTC)
TENTH = LatePolicy(share_per_day=0.1, floor_share=0.5, grace_hours=6)


@pytest.mark.parametrize(
    ("after", "late"),
    [
        (timedelta(days=-3), None),
        (timedelta(0), None),
        (timedelta(hours=6), None),
        (timedelta(hours=6, microseconds=1), Lateness(1, 0.1)),
        (timedelta(days=1), Lateness(1, 0.1)),
        (timedelta(days=1, seconds=1), Lateness(2, 0.2)),
        (timedelta(days=4, seconds=1), Lateness(5, 0.5)),
        (timedelta(days=400), Lateness(400, 0.5)),
    ],
)
def test_days_count_from_the_date_once_the_grace_is_over(after: timedelta, late: Lateness | None) -> None:
    assert lateness(DUE + after, Deadline(DUE, TENTH)) == late


def test_what_has_no_date_is_never_late() -> None:
    assert lateness(DUE, None) is None


def test_being_late_costs_nothing_unless_the_cohort_says_so() -> None:
    assert lateness(DUE + timedelta(days=9), Deadline(DUE, LatePolicy())) == Lateness(9, 0.0)


def test_of_two_dates_the_later_counts_and_of_equal_ones_the_kinder() -> None:
    early, late = Deadline(DUE, LatePolicy()), Deadline(DUE + timedelta(days=1), TENTH)
    assert latest_deadline([early, late]) == late
    kind = Deadline(late.due_at, LatePolicy(0.05))
    assert latest_deadline([late, kind]) == kind


def a_cohort(school: School, trainer: Person, member: Person, due: datetime, policy: LatePolicy) -> Cohort:
    with school.aula.sessions.write() as session:
        now = school.clock()
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=now)
        cohorts.join(session, actor=member.id, code=cohort.code, now=now)
        dates = {LESSON.lesson_id: due}
        deadlines.set_deadlines(session, actor=trainer.id, cohort_id=cohort.id, due=dates, policy=policy, now=now)
    return cohort


def test_who_is_in_two_cohorts_has_the_later_date_with_its_policy(each_school: School) -> None:
    trainer, ana, luis = each_school.person("trainer"), each_school.person(), each_school.person()
    a_cohort(each_school, trainer, ana, DUE, LatePolicy())
    a_cohort(each_school, trainer, ana, DUE + timedelta(days=1), TENTH)
    with each_school.aula.sessions.read() as session:
        found = deadlines.map_deadlines(session, person_ids=[ana.id, luis.id], course_id=LESSON.course_id)
    assert found == {(ana.id, LESSON.lesson_id): Deadline(DUE + timedelta(days=1), TENTH)}


def test_dates_that_are_saved_take_the_place_of_all_that_were_there(each_school: School) -> None:
    trainer, ana = each_school.person("trainer"), each_school.person()
    cohort = a_cohort(each_school, trainer, ana, DUE, TENTH)
    with each_school.aula.sessions.write() as session:
        deadlines.set_deadlines(session, actor=trainer.id, cohort_id=cohort.id, due={}, policy=LatePolicy(), now=DUE)
    with each_school.aula.sessions.read() as session:
        assert deadlines.list_due(session, cohort_id=cohort.id) == {}
        assert deadlines.get_late_policy(session, cohort_id=cohort.id) == LatePolicy()


@pytest.mark.parametrize("policy", [LatePolicy(1.1), LatePolicy(-0.1), LatePolicy(0, 2), LatePolicy(0, 0, 721)])
def test_a_policy_that_means_nothing_is_refused(school: School, policy: LatePolicy) -> None:
    trainer, ana = school.person("trainer"), school.person()
    with pytest.raises(deadlines.BadLatePolicy):
        a_cohort(school, trainer, ana, DUE, policy)
