"""Who may do what: one line for each permission. It is given if any of its predicates says so."""

from collections.abc import Mapping
from typing import Any

from webapp.access.permissions import Permission
from webapp.access.predicates import (
    is_admin,
    is_colleague,
    is_signed_in,
    is_trainer,
    made_it,
    manages_its_institution,
    owns_it,
    teaches_it,
    writes_it,
)
from webapp.services.people.records import Person

# Any: each predicate knows the kind of thing that its permission is about; see predicates.py.
TABLE: Mapping[Permission, tuple[Any, ...]] = {
    Permission.STUDY: (is_signed_in,),
    Permission.KEEP_ACCOUNT: (is_signed_in,),
    Permission.SEE_COHORT_MARKS: (teaches_it, manages_its_institution, is_admin),
    Permission.MAKE_COHORTS: (is_trainer, is_admin),
    Permission.SET_DEADLINES: (teaches_it, is_admin),
    Permission.MARK_WORK: (teaches_it, is_colleague, manages_its_institution, is_admin),
    Permission.MODERATE: (teaches_it, is_colleague, manages_its_institution, is_admin),
    Permission.ASK_REVIEW: (made_it,),
    Permission.REGRADE: (teaches_it, is_admin),
    Permission.REGRADE_COURSE: (is_admin,),
    Permission.WRITE_LESSONS: (writes_it, is_admin),
    Permission.FORK_LESSONS: (is_trainer, is_admin),
    Permission.OWN_LESSON: (owns_it, is_admin),
    Permission.WRITE_COURSE: (owns_it, is_admin),
    Permission.TEACH_CLASS: (teaches_it, is_admin),
    Permission.MOVE_COHORT: (teaches_it, is_admin),
    Permission.SEE_ADMINISTRATION: (manages_its_institution, is_admin),
    Permission.CHANGE_PEOPLE: (is_admin,),
    Permission.SEE_SYSTEM: (is_admin,),
    Permission.CHANGE_OFFER: (is_admin,),
}


def may(person: Person | None, permission: Permission, thing: object = None) -> bool:
    """Whether a person may; None is a visitor. Without a thing: whether they may with any thing at all."""
    return any(predicate(person, thing) for predicate in TABLE[permission])
