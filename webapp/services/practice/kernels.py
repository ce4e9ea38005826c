"""A learner's kernels as rows: who is attached, what state they are in, and which are to rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, case, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses import Language
from notebooks import KernelAddress
from webapp.jobs import LEASE_S, TakenOver, enqueue
from webapp.services.practice.records import Environment, KernelRowId, KernelState, LessonKey
from webapp.services.practice.tables import KernelRow, RunRow
from webapp.store import change

NO_ADDRESS: Mapping[str, Any] = {"gateway_url": "", "kernel_id": "", "session_id": "", "variables": []}


@dataclass(frozen=True)
class KernelFacts:
    """A kernel's row as a runner needs it. address: None where no process stands behind it."""

    id: KernelRowId
    learner_id: int
    lesson: LessonKey
    language: Language
    address: KernelAddress | None
    state: KernelState
    is_restart_wanted: bool


def find_or_add_row(session: Session, *, actor: int, lesson: LessonKey, language: Language, now: datetime) -> KernelRow:
    row = find_row(session, actor, lesson)
    if row is not None:
        return row
    row = KernelRow(
        learner_id=actor,
        course_id=lesson.course_id,
        lesson_id=lesson.lesson_id,
        language=language,
        used_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # Another request of the same learner was first.
        other = find_row(session, actor, lesson)
        if other is None:
            raise
        return other
    return row


def find_row(session: Session, actor: int, lesson: LessonKey) -> KernelRow | None:
    return session.scalar(
        select(KernelRow).where(
            KernelRow.learner_id == actor,
            KernelRow.course_id == lesson.course_id,
            KernelRow.lesson_id == lesson.lesson_id,
        )
    )


def claim_kernel(session: Session, row_id: KernelRowId, owner: str, *, now: datetime) -> KernelFacts | None:
    """The kernel, ours alone until the lease ends; None while somebody with a live lease has it."""
    taken = change(
        session,
        update(KernelRow)
        .where(KernelRow.id == row_id, or_(KernelRow.owner.is_(None), KernelRow.lease_until < now))
        .values(owner=owner, lease_until=now + timedelta(seconds=LEASE_S)),
    )
    if not taken:
        return None
    return to_facts(session.get_one(KernelRow, row_id, populate_existing=True))


def claim_for_rest(session: Session, row_id: KernelRowId, owner: str, *, now: datetime) -> KernelFacts | None:
    """The kernel, ours alone and already told as resting; None where it is not awake, or somebody uses it or will.

    Whoever presses Run from now on knows that the memory is gone.
    """
    facts = claim_kernel(session, row_id, owner, now=now)
    if facts is None:
        return None
    if facts.state != "ready" or has_waiting(session, row_id):
        session.execute(released(row_id, owner))
        return None
    hold(session, row_id, owner, now=now, state="resting")
    return facts


def hold(session: Session, row_id: KernelRowId, owner: str, *, now: datetime, **values: Any) -> None:
    """Renew the lease, and write what is known of the kernel with it. Raises: TakenOver if it is not ours any more.

    Called in every transaction of a runner, so that one that was taken for dead can write nothing more.
    """
    changed = change(
        session,
        update(KernelRow)
        .where(KernelRow.id == row_id, KernelRow.owner == owner)
        .values(lease_until=now + timedelta(seconds=LEASE_S), **values),
    )
    if not changed:
        raise TakenOver(f"kernel {row_id}")


def release(session: Session, row_id: KernelRowId, owner: str, *, now: datetime) -> bool:
    """Give the kernel back; whether runs came in the meantime. They get a job, so none is left waiting."""
    changed = change(
        session,
        update(KernelRow)
        .where(KernelRow.id == row_id, KernelRow.owner == owner)
        .values(owner=None, lease_until=None, used_at=now),
    )
    if changed and has_waiting(session, row_id):
        enqueue(session, "drain_kernel", "interactive", kernel_row_id=row_id)
        return True
    return False


def released(row_id: KernelRowId, owner: str) -> Update:
    """The statement that gives a kernel back and asks nothing."""
    return (
        update(KernelRow).where(KernelRow.id == row_id, KernelRow.owner == owner).values(owner=None, lease_until=None)
    )


def abandoned(row_id: KernelRowId) -> Update:
    """The statement that marks a kernel as lost, whoever had it."""
    return (
        update(KernelRow)
        .where(KernelRow.id == row_id)
        .values(owner=None, lease_until=None, state="lost", is_restart_wanted=False, **NO_ADDRESS)
    )


def is_restart_wanted(session: Session, row_id: KernelRowId) -> bool:
    return bool(session.scalar(select(KernelRow.is_restart_wanted).where(KernelRow.id == row_id)))


def has_waiting(session: Session, row_id: KernelRowId) -> bool:
    """Whether a run or a restart waits for this kernel."""
    waits = session.scalar(
        select(RunRow.id).where(RunRow.kernel_row_id == row_id, RunRow.state.in_(("queued", "running"))).limit(1)
    )
    return waits is not None or is_restart_wanted(session, row_id)


def want_restart(session: Session, *, actor: int, lesson: LessonKey, language: Language, now: datetime) -> None:
    """End what runs on the learner's kernel and start a fresh one."""
    row = find_or_add_row(session, actor=actor, lesson=lesson, language=language, now=now)
    session.execute(update(KernelRow).where(KernelRow.id == row.id).values(is_restart_wanted=True))
    session.execute(
        update(RunRow)
        .where(RunRow.kernel_row_id == row.id, RunRow.state.in_(("queued", "running")))
        .values(is_stop_wanted=True)
    )
    enqueue(session, "drain_kernel", "interactive", kernel_row_id=row.id)


def look_at(session: Session, *, actor: int, lesson: LessonKey) -> tuple[Environment, KernelAddress | None]:
    """The state of a learner's kernel as the rows tell it, and its address if one should be there."""
    row = find_row(session, actor, lesson)
    if row is None:
        return Environment("none"), None
    facts = to_facts(row)
    return Environment(told_state(session, row), tuple(row.variables or ())), facts.address


def told_state(session: Session, row: KernelRow) -> KernelState:
    """A kernel's state as people are told it: what its row says, and what is done with it."""
    if row.is_restart_wanted:
        return "starting"
    if row.state == "ready":
        return "ready" if row.owner is None else "busy"
    waits = select(RunRow.id).where(RunRow.kernel_row_id == row.id, RunRow.waiting_since.is_not(None)).limit(1)
    return "waiting" if session.scalar(waits) is not None else to_facts(row).state


def list_idle(session: Session, *, before: datetime, limit: int = 50) -> tuple[KernelRowId, ...]:
    """Awake kernels that nobody has used since a moment, the longest unused first."""
    found = session.scalars(
        select(KernelRow.id)
        .where(KernelRow.state == "ready", KernelRow.used_at < before, KernelRow.owner.is_(None))
        .order_by(KernelRow.used_at)
        .limit(limit)
    )
    return tuple(KernelRowId(row_id) for row_id in found)


def list_awake(session: Session, *, actor: int) -> tuple[KernelRowId, ...]:
    """A learner's awake kernels, the one unused for longest first."""
    found = session.scalars(
        select(KernelRow.id)
        .where(KernelRow.learner_id == actor, KernelRow.state == "ready")
        .order_by(KernelRow.used_at)
    )
    return tuple(KernelRowId(row_id) for row_id in found)


def count_states(session: Session) -> Mapping[str, int]:
    """How many kernels are in each state, for operators; those whose runs wait for room are counted as waiting."""
    waits = KernelRow.id.in_(select(RunRow.kernel_row_id).where(RunRow.waiting_since.is_not(None)))
    state = case((waits, "waiting"), else_=KernelRow.state)
    return dict(session.execute(select(state, func.count()).group_by(state).order_by(state)).all())


def to_facts(row: KernelRow) -> KernelFacts:
    address = KernelAddress(row.gateway_url, row.kernel_id, row.session_id) if row.kernel_id else None
    return KernelFacts(
        id=KernelRowId(row.id), learner_id=row.learner_id, lesson=LessonKey(row.course_id, row.lesson_id),
        language=row.language, address=address, state=row.state, is_restart_wanted=row.is_restart_wanted,  # type: ignore[arg-type]  # the check constraint keeps both to their words
    )  # fmt: skip
