"""Cohorts: making them, joining them by code, and who is in them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.cohorts.records import Cohort, CohortId
from webapp.services.cohorts.rules import clean_code, clean_name, new_code
from webapp.services.cohorts.tables import CohortRow, MemberRow
from webapp.services.people.records import Person
from webapp.services.people.service import map_people
from webapp.store import Refusal, add_once


class UnknownCohort(Refusal):
    code = "unknown_cohort"


class UnknownCode(Refusal):
    """No cohort has this code."""

    code = "unknown_code"


class BadCohortName(Refusal):
    code = "bad_cohort_name"


def make_cohort(session: Session, *, actor: Person, name: str, course_id: str, now: datetime) -> Cohort:
    """A new, empty cohort of the actor, in the actor's institution. Raises: BadCohortName."""
    cleaned = clean_name(name)
    if cleaned is None:
        raise BadCohortName
    row = CohortRow(
        name=cleaned, course_id=course_id, code=new_code(), trainer_id=actor.id, institution_id=actor.institution_id,
        created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    note(session, "cohort_made", "cohort", row.id, actor=actor.id, now=now)
    return to_record(row, 0)


def join(session: Session, *, actor: int, code: str, now: datetime) -> Cohort:
    """Add the actor to the cohort with this code; again does nothing. Raises: UnknownCode."""
    row = session.scalar(select(CohortRow).where(CohortRow.code == clean_code(code)))
    if row is None:
        raise UnknownCode
    is_new = session.get(MemberRow, (row.id, actor)) is None
    if is_new and add_once(session, MemberRow(cohort_id=row.id, person_id=actor, joined_at=now)):
        note(session, "cohort_joined", "cohort", row.id, actor=actor, now=now)
    return get_cohort(session, row.id)


def get_cohort(session: Session, cohort_id: int) -> Cohort:
    """Raises: UnknownCohort."""
    found = read(session, counted().where(CohortRow.id == cohort_id))
    if not found:
        raise UnknownCohort
    return found[0]


def list_cohorts(
    session: Session, *, trainer_id: int | None = None, institution_id: int | None = None
) -> tuple[Cohort, ...]:
    """The newest first: all, or those of a trainer, or those of an institution."""
    query = counted().order_by(CohortRow.id.desc())
    if trainer_id is not None:
        query = query.where(CohortRow.trainer_id == trainer_id)
    if institution_id is not None:
        query = query.where(CohortRow.institution_id == institution_id)
    return read(session, query)


def list_cohorts_of(session: Session, *, person_id: int) -> tuple[Cohort, ...]:
    """The cohorts that a person is in, the latest joined first."""
    mine = select(MemberRow.cohort_id).where(MemberRow.person_id == person_id)
    return read(session, counted().where(CohortRow.id.in_(mine)).order_by(CohortRow.id.desc()))


def list_members(session: Session, *, cohort_id: int, institution_id: int | None = None) -> tuple[Person, ...]:
    """Who is in a cohort, by name; only those of an institution if it is given."""
    ids = session.scalars(select(MemberRow.person_id).where(MemberRow.cohort_id == cohort_id)).all()
    people = map_people(session, ids).values()
    wanted = (one for one in people if institution_id is None or one.institution_id == institution_id)
    return tuple(sorted(wanted, key=lambda one: (one.name.casefold(), one.id)))


def list_member_ids(session: Session, *, cohort_ids: Sequence[int]) -> tuple[int, ...]:
    """The numbers of all who are in any of these cohorts, each once, in order."""
    found = session.scalars(select(MemberRow.person_id).where(MemberRow.cohort_id.in_(cohort_ids)).distinct())
    return tuple(sorted(found))


def map_member_ids(session: Session, *, cohort_ids: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    """The numbers of who is in each of these cohorts, in order; cohorts without anybody are absent."""
    found = session.execute(
        select(MemberRow.cohort_id, MemberRow.person_id)
        .where(MemberRow.cohort_id.in_(cohort_ids))
        .order_by(MemberRow.cohort_id, MemberRow.person_id)
    )
    grouped: dict[int, list[int]] = defaultdict(list)
    for cohort_id, person_id in found:
        grouped[cohort_id].append(person_id)
    return {cohort_id: tuple(ids) for cohort_id, ids in grouped.items()}


def counted() -> Select[CohortRow, int]:
    """Every cohort with how many are in it."""
    count = select(func.count()).where(MemberRow.cohort_id == CohortRow.id).correlate(CohortRow).scalar_subquery()
    return select(CohortRow, count)


def read(session: Session, query: Select[CohortRow, int]) -> tuple[Cohort, ...]:
    return tuple(to_record(row, count) for row, count in session.execute(query))


def to_record(row: CohortRow, member_count: int) -> Cohort:
    return Cohort(
        CohortId(row.id), row.name, row.course_id, row.code, row.trainer_id, row.institution_id, row.created_at,
        member_count,
    )  # fmt: skip
