"""The table of permissions, asked directly: no request, no database."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from webapp.access import TABLE, Permission, may
from webapp.services.people.records import InstitutionId, Person, PersonId, Role

HERE, ELSEWHERE = InstitutionId(1), InstitutionId(2)
ROLES: tuple[Role, ...] = ("learner", "trainer", "manager", "admin")

# By permission, the roles that may do such things at all. Everything else is refused.
WHO = {
    Permission.STUDY: set(ROLES),
    Permission.KEEP_ACCOUNT: set(ROLES),
    Permission.SEE_COHORT_MARKS: {"trainer", "manager", "admin"},
    Permission.MAKE_COHORTS: {"trainer", "admin"},
    Permission.SET_DEADLINES: {"trainer", "admin"},
    Permission.MARK_WORK: {"trainer", "manager", "admin"},
    Permission.MODERATE: {"trainer", "manager", "admin"},
    Permission.ASK_REVIEW: set(ROLES),
    Permission.REGRADE: {"trainer", "admin"},
    Permission.REGRADE_COURSE: {"admin"},
    Permission.WRITE_LESSONS: {"trainer", "admin"},
    Permission.FORK_LESSONS: {"trainer", "admin"},
    Permission.OWN_LESSON: {"trainer", "admin"},
    Permission.WRITE_COURSE: {"trainer", "admin"},
    Permission.TEACH_CLASS: {"trainer", "admin"},
    Permission.MOVE_COHORT: {"trainer", "admin"},
    Permission.SEE_ADMINISTRATION: {"manager", "admin"},
    Permission.CHANGE_PEOPLE: {"admin"},
    Permission.SEE_SYSTEM: {"admin"},
    Permission.CHANGE_OFFER: {"admin"},
}


@dataclass(frozen=True)
class Thing:
    trainer_id: int
    institution_id: int | None
    needs_second_marker: bool = False
    learner_id: int = 0
    owner_id: int = 0
    author_ids: tuple[int, ...] = ()


def a_person(role: Role, number: int = 1, institution: InstitutionId | None = HERE) -> Person:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return Person(PersonId(number), f"p{number}@prueba.test", "Ana", role, "es", institution, True, now)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_the_table_says(permission: Permission, role: Role) -> None:
    assert may(a_person(role), permission) is (role in WHO[permission])


@pytest.mark.parametrize("permission", Permission)
def test_a_visitor_may_nothing(permission: Permission) -> None:
    assert may(None, permission) is False


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", ROLES)
def test_a_closed_account_may_nothing(permission: Permission, role: Role) -> None:
    assert may(replace(a_person(role), is_active=False), permission) is False


def test_a_trainer_sees_their_own_cohorts_only() -> None:
    trainer = a_person("trainer", number=7)
    assert may(trainer, Permission.SEE_COHORT_MARKS, Thing(7, ELSEWHERE))
    assert not may(trainer, Permission.SEE_COHORT_MARKS, Thing(8, HERE))


def test_a_learner_who_once_taught_a_cohort_sees_it_no_more() -> None:
    assert not may(a_person("learner", number=7), Permission.SEE_COHORT_MARKS, Thing(7, HERE))


@pytest.mark.parametrize("permission", [Permission.SEE_COHORT_MARKS, Permission.SEE_ADMINISTRATION])
def test_a_manager_sees_their_own_institution_only(permission: Permission) -> None:
    manager = a_person("manager")
    assert may(manager, permission, Thing(8, HERE))
    assert not may(manager, permission, Thing(8, ELSEWHERE))
    assert not may(manager, permission, Thing(8, None))


@pytest.mark.parametrize("permission", [Permission.SEE_COHORT_MARKS, Permission.SEE_ADMINISTRATION])
def test_a_manager_of_no_institution_manages_nobody(permission: Permission) -> None:
    manager = a_person("manager", institution=None)
    assert not may(manager, permission)
    assert not may(manager, permission, Thing(8, None))


@pytest.mark.parametrize("permission", [Permission.MARK_WORK, Permission.MODERATE])
def test_a_colleague_marks_what_needs_two_markers_in_their_own_institution(permission: Permission) -> None:
    colleague = a_person("trainer", number=7)
    assert may(colleague, permission, Thing(8, HERE, needs_second_marker=True))
    assert not may(colleague, permission, Thing(8, HERE))
    assert not may(colleague, permission, Thing(8, ELSEWHERE, needs_second_marker=True))
    nowhere = a_person("trainer", number=7, institution=None)
    assert not may(nowhere, permission, Thing(8, None, needs_second_marker=True))


def test_a_colleague_does_not_see_the_marks_of_the_cohort() -> None:
    thing = Thing(8, HERE, needs_second_marker=True)
    assert not may(a_person("trainer", number=7), Permission.SEE_COHORT_MARKS, thing)


def test_a_trainer_writes_what_they_are_an_author_of() -> None:
    trainer = a_person("trainer", number=7)
    assert may(trainer, Permission.WRITE_LESSONS, Thing(0, HERE, author_ids=(3, 7)))
    assert not may(trainer, Permission.WRITE_LESSONS, Thing(0, HERE, author_ids=(3,)))


def test_only_the_owner_says_who_else_writes() -> None:
    trainer = a_person("trainer", number=7)
    assert may(trainer, Permission.OWN_LESSON, Thing(0, HERE, owner_id=7))
    assert not may(trainer, Permission.OWN_LESSON, Thing(0, HERE, owner_id=3, author_ids=(3, 7)))


def test_nobody_asks_for_a_review_of_anothers_work() -> None:
    assert may(a_person("learner", number=7), Permission.ASK_REVIEW, Thing(8, HERE, learner_id=7))
    assert not may(a_person("admin"), Permission.ASK_REVIEW, Thing(8, HERE, learner_id=7))


def test_an_admin_may_everything_but_speak_for_a_learner() -> None:
    refused = [one for one in TABLE if not may(a_person("admin", institution=None), one, Thing(8, ELSEWHERE))]
    assert refused == [Permission.ASK_REVIEW]
