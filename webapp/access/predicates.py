"""Questions about somebody and, where there is one, about the thing they want. Pure.

Each takes the person, or None for a visitor, and the thing, or None where only the menu asks: then the answer says
whether there could be such a thing at all.
"""

from collections.abc import Sequence
from typing import Protocol

from webapp.services.people.records import Person, Role


class OfCohort(Protocol):
    """Something that belongs to a cohort: the cohort itself, or a learner's work in it."""

    @property
    def trainer_id(self) -> int: ...

    @property
    def institution_id(self) -> int | None: ...


class Work(OfCohort, Protocol):
    """A learner's attempt, which a trainer of the same institution may have to mark for the second time."""

    @property
    def needs_second_marker(self) -> bool: ...


class OfLearner(Protocol):
    """Something that a learner made."""

    @property
    def learner_id(self) -> int: ...


class OfInstitution(Protocol):
    """Something that belongs to an institution, such as a person."""

    @property
    def institution_id(self) -> int | None: ...


class Written(Protocol):
    """Something that people write together, such as a lesson."""

    @property
    def author_ids(self) -> Sequence[int]: ...


class Owned(Protocol):
    """Something that somebody began and answers for."""

    @property
    def owner_id(self) -> int: ...


def has_role(person: Person | None, role: Role) -> bool:
    return person is not None and person.is_active and person.role == role


def is_signed_in(person: Person | None, _thing: object = None) -> bool:
    return person is not None and person.is_active


def is_admin(person: Person | None, _thing: object = None) -> bool:
    return has_role(person, "admin")


def is_trainer(person: Person | None, _thing: object = None) -> bool:
    return has_role(person, "trainer")


def teaches_it(person: Person | None, thing: OfCohort | None) -> bool:
    """A trainer, and the cohort is theirs."""
    if person is None or not has_role(person, "trainer"):
        return False
    return thing is None or thing.trainer_id == person.id


def manages_its_institution(person: Person | None, thing: OfInstitution | None) -> bool:
    """A manager, and the thing belongs to their own institution. Who has no institution manages none."""
    if person is None or not has_role(person, "manager") or person.institution_id is None:
        return False
    return thing is None or thing.institution_id == person.institution_id


def is_colleague(person: Person | None, thing: Work | None) -> bool:
    """A trainer of the institution whose work it is, where that work needs a second marker."""
    if person is None or not has_role(person, "trainer"):
        return False
    if thing is None:
        return True
    is_ours = person.institution_id is not None and person.institution_id == thing.institution_id
    return is_ours and thing.needs_second_marker


def made_it(person: Person | None, thing: OfLearner | None) -> bool:
    """Whoever's work it is."""
    return person is not None and person.is_active and (thing is None or thing.learner_id == person.id)


def writes_it(person: Person | None, thing: Written | None) -> bool:
    """A trainer, and one of its authors."""
    if person is None or not has_role(person, "trainer"):
        return False
    return thing is None or person.id in thing.author_ids


def owns_it(person: Person | None, thing: Owned | None) -> bool:
    """A trainer, and the one whose it is."""
    if person is None or not has_role(person, "trainer"):
        return False
    return thing is None or thing.owner_id == person.id
