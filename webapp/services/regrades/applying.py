"""Applying a regrade, learner by learner: the new marks, what changed by them, and the learner's mail together."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from courses import Catalogue
from graders import from_json
from webapp.jobs import enqueue
from webapp.services.audit.service import note
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import Mark
from webapp.services.gradebook.replace import replace_entry
from webapp.services.people.service import get_person
from webapp.services.regrades.dry_run import is_marked_by_person
from webapp.services.regrades.records import CHANGED, Applied, Regrade, RegradeId
from webapp.services.regrades.rules import TINY
from webapp.services.regrades.service import count_applied, get_regrade, is_stale
from webapp.services.regrades.tables import ItemRow, MarkRow, RegradeRow
from webapp.services.submissions.records import SubmissionId
from webapp.store import change

Marks = Mapping[tuple[str, str], Mark]


def apply_next(session: Session, catalogue: Catalogue, regrade_id: RegradeId, *, now: datetime) -> bool:
    """Write what changes for one learner; whether there may be more to do. The last turn ends the regrade."""
    # A worker that was taken for dead may still be at it: one after the other.
    session.execute(select(RegradeRow.id).where(RegradeRow.id == regrade_id).with_for_update())
    regrade = get_regrade(session, regrade_id)
    if regrade.state != "applying":
        return False
    if is_stale(catalogue, regrade):
        session.execute(update(ItemRow).where(*open_items(regrade_id)).values(applied="stale"))
    learner_id = session.scalar(
        select(ItemRow.learner_id).where(*open_items(regrade_id)).order_by(ItemRow.learner_id).limit(1)
    )
    if learner_id is None:
        finish(session, regrade, now=now)
        return False
    apply_to_learner(session, catalogue, regrade, learner_id, now=now)
    return True


def open_items(regrade_id: RegradeId) -> tuple[ColumnElement[bool], ...]:
    """The condition of attempts that change and of which nothing has become yet."""
    return (ItemRow.regrade_id == regrade_id, ItemRow.state.in_(CHANGED), ItemRow.applied.is_(None))


def apply_to_learner(
    session: Session, catalogue: Catalogue, regrade: Regrade, learner_id: int, *, now: datetime
) -> None:
    course = catalogue.find_course(regrade.scope.course_id)
    assert course is not None, "a regrade whose course is gone is stale"
    before = gradebook.list_marks(session, learner_ids=(learner_id,), course=course)[learner_id]
    query: Select[ItemRow] = select(ItemRow).where(*open_items(regrade.id), ItemRow.learner_id == learner_id)
    for row in session.scalars(query.order_by(ItemRow.submission_id)).all():
        row.applied = apply_item(session, regrade, row, now=now)
    session.flush()
    after = gradebook.list_marks(session, learner_ids=(learner_id,), course=course)[learner_id]
    changed = changed_marks(regrade.id, learner_id, before, after)
    session.add_all(changed)
    if changed:
        tell(session, regrade, learner_id)


def apply_item(session: Session, regrade: Regrade, row: ItemRow, *, now: datetime) -> Applied:
    """What becomes of one attempt."""
    number = SubmissionId(row.submission_id)
    if row.state == "lose" and regrade.never_lower:
        return "higher"
    if is_marked_by_person(session, number):
        return "person"
    is_written = replace_entry(
        session, number, from_json(row.report), revision=row.revision,
        dataset_versions=regrade.content[row.lesson_id].datasets, regrade_id=regrade.id, now=now,
    )  # fmt: skip
    return "written" if is_written else "changed"


def changed_marks(regrade_id: RegradeId, learner_id: int, before: Marks, after: Marks) -> Sequence[MarkRow]:
    return [
        MarkRow(
            regrade_id=regrade_id, learner_id=learner_id, lesson_id=lesson_id, exercise_id=exercise_id,
            before_points=before[lesson_id, exercise_id].points, after_points=mark.points, max_points=mark.max_points,
        )
        for (lesson_id, exercise_id), mark in after.items()
        if abs(mark.points - before[lesson_id, exercise_id].points) > TINY
    ]  # fmt: skip


def tell(session: Session, regrade: Regrade, learner_id: int) -> None:
    """A mail in the learner's language. It is asked for with the marks that it tells of, so there is one."""
    learner = get_person(session, learner_id)
    enqueue(
        session, "send_mail", "mail", key=f"regrade-{regrade.id}-{learner_id}", kind="marks_changed",
        email=learner.email, language=learner.language, path="/avance",
    )  # fmt: skip


def finish(session: Session, regrade: Regrade, *, now: datetime) -> None:
    ended = change(
        session,
        update(RegradeRow)
        .where(RegradeRow.id == regrade.id, RegradeRow.state == "applying")
        .values(state="applied", applied_at=now),
    )
    if ended:
        note(
            session, "regrade_applied", "regrade", regrade.id, actor=regrade.applied_by, now=now,
            never_lower=regrade.never_lower, **count_applied(session, regrade.id),
        )  # fmt: skip


def take_back(session: Session, regrade_id: RegradeId) -> None:
    """Let an application that broke off be asked for again; what it has written stays."""
    session.execute(
        update(RegradeRow).where(RegradeRow.id == regrade_id, RegradeRow.state == "applying").values(state="ready")
    )
