"""Classes: beginning and ending one, how far everybody is, and who asks for help."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses import Lesson
from webapp.services.audit.service import note
from webapp.services.classes.records import Board, ClassId, ClassSession, Tried
from webapp.services.classes.rules import LASTS, stand
from webapp.services.classes.tables import ClassRow, HelpWantedRow
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.gradebook.reading import list_outcomes
from webapp.services.insight.service import cluster_attempts
from webapp.services.practice.activity import list_traces
from webapp.services.practice.records import LessonKey
from webapp.services.submissions.reading import list_handed_in
from webapp.store import Refusal, add_once

# An answer that a person will mark is done for the class.
DONE = ("passed", "manual")


class UnknownClass(Refusal):
    """There is no such class, or not for this learner."""

    code = "unknown_class"


class ClassOver(Refusal):
    """Its trainer has ended it, or it ended by itself."""

    code = "class_over"


def start(session: Session, *, actor: int, cohort: Cohort, lesson_id: str, now: datetime) -> ClassSession:
    """The class of a cohort at a lesson from now on. One that is open at the same lesson goes on; another one ends."""
    going = session.scalars(select(ClassRow).where(ClassRow.cohort_id == cohort.id, ClassRow.ends_at > now)).all()
    same = next((one for one in going if one.lesson_id == lesson_id), None)
    for row in going:
        row.ends_at = row.ends_at if row is same else now
    if same is not None:
        return to_record(same, cohort)
    row = ClassRow(
        cohort_id=cohort.id, course_id=cohort.course_id, lesson_id=lesson_id, started_by=actor, started_at=now,
        ends_at=now + LASTS,
    )  # fmt: skip
    session.add(row)
    session.flush()
    note(session, "class_started", "class", row.id, actor=actor, now=now, lesson_id=lesson_id)
    return to_record(row, cohort)


def end(session: Session, class_id: int, *, actor: int, now: datetime) -> None:
    """The class is over now, if it was not. Raises: UnknownClass."""
    row = get_row(session, class_id)
    if row.ends_at > now:
        row.ends_at = now
        note(session, "class_ended", "class", row.id, actor=actor, now=now)


def get_class(session: Session, class_id: int) -> ClassSession:
    """Raises: UnknownClass."""
    row = get_row(session, class_id)
    return to_record(row, cohorts.get_cohort(session, row.cohort_id))


def list_classes(session: Session, *, cohort: Cohort, limit: int = 20) -> tuple[ClassSession, ...]:
    """The classes of a cohort, the latest first."""
    rows = session.scalars(
        select(ClassRow).where(ClassRow.cohort_id == cohort.id).order_by(ClassRow.id.desc()).limit(limit)
    )
    return tuple(to_record(row, cohort) for row in rows)


def find_open(session: Session, *, learner_id: int, lesson: LessonKey, now: datetime) -> ClassSession | None:
    """The class at a lesson that goes on now in a cohort of the learner; of several the one that began last."""
    mine = {int(one.id): one for one in cohorts.list_cohorts_of(session, person_id=learner_id)}
    row = session.scalars(
        select(ClassRow)
        .where(ClassRow.course_id == lesson.course_id, ClassRow.lesson_id == lesson.lesson_id, ClassRow.ends_at > now)
        .where(ClassRow.cohort_id.in_(mine))
        .order_by(ClassRow.id.desc())
        .limit(1)
    ).first()
    return to_record(row, mine[row.cohort_id]) if row else None


def asks_for_help(session: Session, *, class_id: int, learner_id: int) -> bool:
    return session.get(HelpWantedRow, (class_id, learner_id)) is not None


def ask_for_help(session: Session, *, class_id: int, actor: int, now: datetime) -> None:
    """The actor waits for help from now on; again does nothing. Raises: UnknownClass, ClassOver."""
    row = get_row(session, class_id)
    if actor not in cohorts.list_member_ids(session, cohort_ids=[row.cohort_id]):
        raise UnknownClass
    if row.ends_at <= now:
        raise ClassOver
    if not asks_for_help(session, class_id=class_id, learner_id=actor):
        add_once(session, HelpWantedRow(session_id=class_id, learner_id=actor, asked_at=now))


def settle_help(session: Session, *, class_id: int, learner_id: int) -> None:
    """The learner no longer waits for help: it was given, or they went on alone."""
    row = session.get(HelpWantedRow, (class_id, learner_id))
    if row is not None:
        session.delete(row)


def read_board(session: Session, *, taught: ClassSession, lesson: Lesson) -> Board:
    """How far everybody of the cohort is, by what they did since the class began."""
    learner_ids = cohorts.list_member_ids(session, cohort_ids=[taught.cohort_id])
    key, since = LessonKey(taught.course_id, taught.lesson_id), taught.started_at
    outcomes = list_outcomes(session, course_id=key.course_id, learner_ids=learner_ids, lesson_id=key.lesson_id)
    handed_in = list_handed_in(
        session, course_id=key.course_id, lesson_id=key.lesson_id, learner_ids=learner_ids, since=since
    )
    standings = stand(
        lesson,
        learner_ids,
        traces=list_traces(session, lesson=key, learner_ids=learner_ids, since=since),
        tries=[
            Tried(one.learner_id, one.exercise_id, one.verdict in DONE, one.submission_id in handed_in)
            for one in outcomes
        ],
        asked=map_asked(session, taught.id),
    )
    recent = [one for one in outcomes if one.submission_id in handed_in]
    return Board(standings, cluster_attempts(session, lesson=lesson, outcomes=recent))


def map_asked(session: Session, class_id: int) -> Mapping[int, datetime]:
    """Since when each learner waits for help in a class."""
    rows = session.scalars(select(HelpWantedRow).where(HelpWantedRow.session_id == class_id))
    return {row.learner_id: row.asked_at for row in rows}


def get_row(session: Session, class_id: int) -> ClassRow:
    """Raises: UnknownClass."""
    row = session.get(ClassRow, class_id)
    if row is None:
        raise UnknownClass
    return row


def to_record(row: ClassRow, cohort: Cohort) -> ClassSession:
    return ClassSession(
        ClassId(row.id), row.cohort_id, cohort.name, cohort.code, row.course_id, row.lesson_id, row.started_by,
        row.started_at, row.ends_at, cohort.trainer_id, cohort.institution_id,
    )  # fmt: skip
