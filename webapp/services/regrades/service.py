"""Regrades: begun as a dry run, watched, stopped, and applied as a separate order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses import Catalogue
from webapp.jobs import enqueue, is_waited_for
from webapp.services.audit.service import note
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.gradebook.replace import Graded, list_graded
from webapp.services.practice import service as practice
from webapp.services.regrades import rules
from webapp.services.regrades.records import (
    CHANGED,
    Item,
    LessonContent,
    MarkChange,
    Regrade,
    RegradeId,
    Scope,
    Tally,
)
from webapp.services.regrades.tables import ItemRow, MarkRow, RegradeRow
from webapp.store import Refusal, change


class UnknownRegrade(Refusal):
    code = "unknown_regrade"


class NothingToRegrade(Refusal):
    """No attempt was graded that the scope asks for."""

    code = "nothing_to_regrade"


class NotReady(Refusal):
    """The dry run has not ended, was stopped, or has been applied already."""

    code = "regrade_not_ready"


class NothingToApply(Refusal):
    """The dry run changes no attempt."""

    code = "nothing_to_apply"


class StaleRegrade(Refusal):
    """A lesson or its data changed since the dry run, so what it found is of another version."""

    code = "stale_regrade"


def list_attempts(session: Session, catalogue: Catalogue, scope: Scope) -> tuple[Graded, ...]:
    """The graded attempts that a regrade of this scope takes up, oldest first."""
    learners = None
    if scope.cohort_id is not None:
        learners = [int(one.id) for one in cohorts.list_members(session, cohort_id=scope.cohort_id)]
    found = list_graded(
        session, course_id=scope.course_id, lesson_id=scope.lesson_id, exercise_id=scope.exercise_id,
        learner_ids=learners,
    )  # fmt: skip
    if not scope.only_older:
        return found
    now = rules.content_of(catalogue, scope)
    return tuple(
        one
        for one in found
        if rules.is_older(one.lesson_version, one.dataset_versions, now.get(one.exercise.lesson_id))
    )


def start(session: Session, catalogue: Catalogue, scope: Scope, *, actor: int | None, now: datetime) -> Regrade:
    """A dry run, which begins when no other one goes on. Nobody's mark changes by it. Raises: NothingToRegrade."""
    if not list_attempts(session, catalogue, scope):
        raise NothingToRegrade
    row = RegradeRow(
        course_id=scope.course_id, lesson_id=scope.lesson_id, exercise_id=scope.exercise_id,
        cohort_id=scope.cohort_id, only_older=scope.only_older, content=to_json(rules.content_of(catalogue, scope)),
        state="waiting", started_by=actor, started_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    note(
        session, "regrade_started", "regrade", row.id, actor=actor, now=now, course=scope.course_id,
        lesson=scope.lesson_id, exercise=scope.exercise_id, cohort=scope.cohort_id, only_older=scope.only_older,
    )  # fmt: skip
    call_next(session)
    return get_regrade(session, row.id)


def call_next(session: Session) -> None:
    """Let the dry run that has waited longest begin, unless one goes on. Call it where one is added or ends."""
    # Whoever ends the one that goes on waits for us here, or we for them: nobody who waits is overlooked.
    if session.scalar(select(RegradeRow.id).where(RegradeRow.turn == 1).with_for_update()) is not None:
        return
    first = session.scalar(select(RegradeRow.id).where(RegradeRow.state == "waiting").order_by(RegradeRow.id).limit(1))
    if first is None:
        return
    try:
        with session.begin_nested():
            begun = change(
                session,
                update(RegradeRow)
                .where(RegradeRow.id == first, RegradeRow.state == "waiting")
                .values(state="running", turn=1),
            )
    except IntegrityError:
        return
    if begun:
        enqueue(session, "begin_regrade", "batch", regrade_id=first)


def stop(session: Session, regrade_id: RegradeId, *, actor: int | None, now: datetime) -> None:
    """End a dry run before its time. Raises: NotReady where it has ended."""
    if not end(session, regrade_id, "stopped", now=now):
        raise NotReady
    note(session, "regrade_stopped", "regrade", regrade_id, actor=actor, now=now)


def end(session: Session, regrade_id: RegradeId, state: str, *, now: datetime) -> bool:
    """Whether the dry run was still on and has this state now; the next one begins then."""
    ended = change(
        session,
        update(RegradeRow)
        .where(RegradeRow.id == regrade_id, RegradeRow.state.in_(("waiting", "running")))
        .values(state=state, turn=None, ended_at=now),
    )
    if ended:
        call_next(session)
    return bool(ended)


def ask_apply(
    session: Session,
    catalogue: Catalogue,
    regrade_id: RegradeId,
    *,
    actor: int | None,
    never_lower: bool,
    now: datetime,
) -> None:
    """Have the new marks written, in the background. Raises: NotReady, NothingToApply, StaleRegrade."""
    regrade = get_regrade(session, regrade_id)
    if is_stale(catalogue, regrade):
        raise StaleRegrade
    tally = count_items(session, regrade_id)
    if regrade.state == "ready" and not tally.gain + (0 if never_lower else tally.lose):
        raise NothingToApply
    asked = change(
        session,
        update(RegradeRow)
        .where(RegradeRow.id == regrade_id, RegradeRow.state == "ready")
        .values(state="applying", never_lower=never_lower, applied_by=actor),
    )
    if not asked:
        raise NotReady
    note(
        session, "regrade_apply_asked", "regrade", regrade_id, actor=actor, now=now, never_lower=never_lower,
        gain=tally.gain, lose=tally.lose,
    )  # fmt: skip
    enqueue(session, "apply_regrade", "batch", regrade_id=int(regrade_id))


def is_held_up(session: Session) -> bool:
    """Whether learners wait for a check or for room: dry runs let them go first."""
    return is_waited_for(session, "check") or any(practice.count_waiting(session).values())


def is_stale(catalogue: Catalogue, regrade: Regrade) -> bool:
    """Whether the lessons that it graded with are not those that there are now."""
    return rules.content_of(catalogue, regrade.scope) != regrade.content


def get_regrade(session: Session, regrade_id: int) -> Regrade:
    """Raises: UnknownRegrade."""
    row = session.get(RegradeRow, regrade_id, populate_existing=True)
    if row is None:
        raise UnknownRegrade
    return to_record(row, cohorts.get_cohort(session, row.cohort_id) if row.cohort_id is not None else None)


def list_regrades(session: Session, *, trainer_id: int | None = None, limit: int = 100) -> tuple[Regrade, ...]:
    """The newest first; of one trainer's cohorts only if it is given."""
    known = {int(one.id): one for one in cohorts.list_cohorts(session, trainer_id=trainer_id)}
    query = select(RegradeRow).order_by(RegradeRow.id.desc()).limit(limit)
    if trainer_id is not None:
        query = query.where(RegradeRow.cohort_id.in_(known))
    return tuple(to_record(row, known[row.cohort_id] if row.cohort_id else None) for row in session.scalars(query))


def count_items(session: Session, regrade_id: RegradeId) -> Tally:
    """How its attempts came out so far; none while it waits for its turn."""
    return map_tallies(session, (regrade_id,))[regrade_id]


def map_tallies(session: Session, regrade_ids: Sequence[RegradeId]) -> Mapping[RegradeId, Tally]:
    """The same for several."""
    found = session.execute(
        select(ItemRow.regrade_id, ItemRow.state, func.count())
        .where(ItemRow.regrade_id.in_(regrade_ids))
        .group_by(ItemRow.regrade_id, ItemRow.state)
    )
    counts: dict[int, dict[str, int]] = {number: {} for number in regrade_ids}
    for number, state, count in found:
        counts[number][state] = count
    return {number: Tally(**counts[number]) for number in regrade_ids}


def count_applied(session: Session, regrade_id: RegradeId) -> Mapping[str, int]:
    """What became of the changed attempts, by records.Applied."""
    found = session.execute(
        select(ItemRow.applied, func.count())
        .where(ItemRow.regrade_id == regrade_id, ItemRow.applied.is_not(None))
        .group_by(ItemRow.applied)
    )
    return {str(applied): count for applied, count in found}


def list_items(session: Session, regrade_id: RegradeId) -> tuple[Item, ...]:
    """Its attempts, oldest first."""
    columns = [getattr(ItemRow, name) for name in Item.__dataclass_fields__]
    found = session.execute(
        select(*columns).where(ItemRow.regrade_id == regrade_id).order_by(ItemRow.submission_id)
    ).all()
    return tuple(Item(*row) for row in found)


def list_mark_changes(
    session: Session, regrade_id: RegradeId, *, learner_id: int | None = None
) -> tuple[MarkChange, ...]:
    """The marks that changed when it was applied, by learner and exercise."""
    query = select(MarkRow).where(MarkRow.regrade_id == regrade_id)
    if learner_id is not None:
        query = query.where(MarkRow.learner_id == learner_id)
    found = session.scalars(query.order_by(MarkRow.learner_id, MarkRow.lesson_id, MarkRow.exercise_id))
    return tuple(
        MarkChange(row.learner_id, row.lesson_id, row.exercise_id, row.before_points, row.after_points, row.max_points)
        for row in found
    )


def has_changes(tally: Tally) -> bool:
    return any(getattr(tally, state) for state in CHANGED)


def to_json(content: Mapping[str, LessonContent]) -> dict[str, object]:
    return {name: {"version": one.version, "datasets": dict(one.datasets)} for name, one in content.items()}


def to_record(row: RegradeRow, cohort: Cohort | None) -> Regrade:
    return Regrade(
        id=RegradeId(row.id),
        scope=Scope(row.course_id, row.lesson_id, row.exercise_id, row.cohort_id, row.only_older),
        state=row.state,  # type: ignore[arg-type]  # the check constraint keeps the words
        content={name: LessonContent(one["version"], one["datasets"]) for name, one in row.content.items()},
        started_by=row.started_by, started_at=row.started_at, ended_at=row.ended_at, never_lower=row.never_lower,
        applied_by=row.applied_by, applied_at=row.applied_at,
        cohort=cohort,
    )  # fmt: skip
