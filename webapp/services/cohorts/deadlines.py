"""When a cohort's work is due, and what it costs to be late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.cohorts.records import Deadline, LatePolicy
from webapp.services.cohorts.rules import is_fair, latest_deadline
from webapp.services.cohorts.tables import CohortRow, DeadlineRow, LatePolicyRow, MemberRow
from webapp.store import Refusal

NO_COST = LatePolicy()


class BadLatePolicy(Refusal):
    """A share that is none, or a grace of more than thirty days."""

    code = "bad_late_policy"


def set_deadlines(
    session: Session, *, actor: int, cohort_id: int, due: Mapping[str, datetime], policy: LatePolicy, now: datetime
) -> None:
    """From now on these lessons are due, by lesson, and no others. Raises: BadLatePolicy."""
    if not is_fair(policy):
        raise BadLatePolicy
    session.get_one(CohortRow, cohort_id, with_for_update=True)  # of two who save at once one comes after the other
    session.execute(delete(DeadlineRow).where(DeadlineRow.cohort_id == cohort_id))
    session.add_all(DeadlineRow(cohort_id=cohort_id, lesson_id=one, due_at=due_at) for one, due_at in due.items())
    row = session.get(LatePolicyRow, cohort_id) or LatePolicyRow(cohort_id=cohort_id)
    row.share_per_day, row.floor_share, row.grace_hours = policy.share_per_day, policy.floor_share, policy.grace_hours
    session.add(row)
    note(
        session, "deadlines_set", "cohort", cohort_id, actor=actor, now=now,
        due={lesson_id: due_at.isoformat() for lesson_id, due_at in due.items()}, share_per_day=policy.share_per_day,
        floor_share=policy.floor_share, grace_hours=policy.grace_hours,
    )  # fmt: skip


def get_late_policy(session: Session, *, cohort_id: int) -> LatePolicy:
    """The cohort's policy; one that costs nothing where none was set."""
    row = session.get(LatePolicyRow, cohort_id)
    return to_policy(row) if row else NO_COST


def list_due(session: Session, *, cohort_id: int) -> Mapping[str, datetime]:
    """When each lesson of a cohort is due, by lesson; those without a date are absent."""
    found = session.scalars(select(DeadlineRow).where(DeadlineRow.cohort_id == cohort_id))
    return {row.lesson_id: row.due_at for row in found}


def map_deadlines(session: Session, *, person_ids: Sequence[int], course_id: str) -> Mapping[tuple[int, str], Deadline]:
    """What counts for each of these people in each lesson of a course, by person and lesson.

    Of several cohorts with a date the latest date counts; who has none is absent.
    """
    found = session.execute(
        select(MemberRow.person_id, DeadlineRow, LatePolicyRow)
        .join(CohortRow, CohortRow.id == MemberRow.cohort_id)
        .join(DeadlineRow, DeadlineRow.cohort_id == CohortRow.id)
        .outerjoin(LatePolicyRow, LatePolicyRow.cohort_id == CohortRow.id)
        .where(MemberRow.person_id.in_(person_ids), CohortRow.course_id == course_id)
    )
    grouped: dict[tuple[int, str], list[Deadline]] = defaultdict(list)
    for person_id, row, policy in found:
        grouped[person_id, row.lesson_id].append(Deadline(row.due_at, to_policy(policy) if policy else NO_COST))
    return {key: latest_deadline(deadlines) for key, deadlines in grouped.items()}


def to_policy(row: LatePolicyRow) -> LatePolicy:
    return LatePolicy(row.share_per_day, row.floor_share, row.grace_hours)
