"""Marking: what people give for an attempt. Every judgement is a new row; nothing is ever written over."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.jobs import enqueue
from webapp.services.audit.service import note
from webapp.services.marking import rules
from webapp.services.marking.records import Judgement, ManualMark, Sheet, Slot
from webapp.services.marking.refusals import (
    BadComment,
    BadMark,
    MarkConflict,
    MarksAreIn,
    NotGraded,
    NotModerator,
    OwnWork,
)
from webapp.services.marking.tables import MarkRow
from webapp.services.people import service as people
from webapp.services.submissions.records import Submission, SubmissionId
from webapp.store import add_once


def give_mark(
    session: Session,
    *,
    actor: int,
    submission: Submission,
    sheet: Sheet,
    judgement: Judgement,
    seen_version: int,
    now: datetime,
) -> ManualMark:
    """The judgement, kept as the next version of its slot.

    seen_version: of the actor's slot when the form was opened, 0 for none. Who decides between two markers is
    `moderate`'s. Raises: OwnWork, NotGraded, BadMark, BadComment, MarksAreIn, MarkConflict with what is there.
    """
    judgement = usable(judgement, sheet)
    require_markable(actor, submission)
    marks = list_marks(session, submission.id)
    slot = rules.slot_for(actor, marks, needs_second=sheet.needs_second)
    if slot is None:
        raise MarksAreIn
    try:
        return keep(session, actor, submission, sheet, judgement, slot=slot, seen_version=seen_version, now=now)
    except MarkConflict as conflict:
        if not sheet.needs_second or slot != "first" or conflict.current.marker_id == actor:
            raise
        # Two blind markers began at once: who was slower is the second, and has not seen the other's mark.
        return keep(session, actor, submission, sheet, judgement, slot="second", seen_version=0, now=now)


def moderate(
    session: Session,
    *,
    actor: int,
    submission: Submission,
    sheet: Sheet,
    judgement: Judgement,
    seen_version: int,
    now: datetime,
) -> ManualMark:
    """The decision between two markers, kept as the next version of the moderator's mark.

    Raises: as give_mark, and NotModerator for one of the two markers or while they are not both in.
    """
    judgement = usable(judgement, sheet)
    require_markable(actor, submission)
    by_slot = rules.latest_by_slot(list_marks(session, submission.id))
    if "second" not in by_slot or actor in (by_slot["first"].marker_id, by_slot["second"].marker_id):
        raise NotModerator
    return keep(session, actor, submission, sheet, judgement, slot="moderator", seen_version=seen_version, now=now)


def list_marks(session: Session, submission_id: SubmissionId) -> tuple[ManualMark, ...]:
    """Every version of every mark of an attempt, in the order of their writing."""
    found = session.scalars(select(MarkRow).where(MarkRow.submission_id == submission_id).order_by(MarkRow.id))
    return tuple(to_record(row) for row in found)


def list_marks_in_course(
    session: Session, *, learner_ids: Sequence[int], course_id: str
) -> Mapping[SubmissionId, tuple[ManualMark, ...]]:
    """The same for all attempts of these learners in a course; attempts that nobody has marked are absent."""
    found = session.scalars(
        select(MarkRow).where(MarkRow.learner_id.in_(learner_ids), MarkRow.course_id == course_id).order_by(MarkRow.id)
    )
    grouped: dict[SubmissionId, list[ManualMark]] = defaultdict(list)
    for row in found:
        grouped[SubmissionId(row.submission_id)].append(to_record(row))
    return {submission_id: tuple(marks) for submission_id, marks in grouped.items()}


def usable(judgement: Judgement, sheet: Sheet) -> Judgement:
    """The judgement with a clean comment. Raises: BadMark, BadComment."""
    comment = rules.clean_words(judgement.comment, most=rules.MOST_COMMENT)
    if comment is None:
        raise BadComment
    if not rules.is_usable(judgement, sheet):
        raise BadMark
    return Judgement(judgement.check_points, judgement.levels, comment)


def require_markable(actor: int, submission: Submission) -> None:
    if submission.learner_id == actor:
        raise OwnWork
    if submission.state != "graded":
        raise NotGraded


def keep(
    session: Session,
    actor: int,
    submission: Submission,
    sheet: Sheet,
    judgement: Judgement,
    *,
    slot: Slot,
    seen_version: int,
    now: datetime,
) -> ManualMark:
    current = find_latest(session, submission.id, slot)
    if current is not None and current.version != seen_version:
        raise MarkConflict(current)
    row = MarkRow(
        submission_id=submission.id, learner_id=submission.learner_id, course_id=submission.exercise.course_id,
        slot=slot, version=seen_version + 1, marker_id=actor, check_points=judgement.check_points,
        levels=dict(judgement.levels), rubric_points=rules.rubric_points(judgement, sheet), max_points=sheet.points,
        needs_second=sheet.needs_second, comment=judgement.comment, marked_at=now,
    )  # fmt: skip
    if not add_once(session, row):
        current = find_latest(session, submission.id, slot)
        assert current is not None, "the row that was in the way is there"
        raise MarkConflict(current)
    note(
        session, "work_marked", "submission", submission.id, actor=actor, now=now, slot=slot, version=row.version,
        check_points=row.check_points, rubric_points=row.rubric_points,
    )  # fmt: skip
    return to_record(row)


def find_latest(session: Session, submission_id: SubmissionId, slot: Slot) -> ManualMark | None:
    row = session.scalar(
        select(MarkRow)
        .where(MarkRow.submission_id == submission_id, MarkRow.slot == slot)
        .order_by(MarkRow.version.desc())
        .limit(1)
    )
    return to_record(row) if row else None


def tell_learner(session: Session, kind: str, learner_id: int, *, path: str) -> None:
    """A mail with a link to a page of the site. kind: see messages.records.MailKind."""
    learner = people.get_person(session, learner_id)
    enqueue(
        session, "send_mail", "mail", key=secrets.token_hex(16), kind=kind, email=learner.email,
        language=learner.language, path=path,
    )  # fmt: skip


def to_record(row: MarkRow) -> ManualMark:
    return ManualMark(
        submission_id=SubmissionId(row.submission_id),
        slot=row.slot,  # type: ignore[arg-type]  # the check constraint keeps the words
        version=row.version,
        marker_id=row.marker_id,
        check_points=row.check_points,
        levels=row.levels,
        rubric_points=row.rubric_points,
        max_points=row.max_points,
        needs_second=row.needs_second,
        comment=row.comment,
        marked_at=row.marked_at,
    )
