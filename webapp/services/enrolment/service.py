"""Enrolment: taking a course, and going on where one left."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.enrolment.records import Enrolment
from webapp.services.enrolment.tables import EnrolmentRow


def enrol(session: Session, *, actor: int, course_id: str, now: datetime) -> Enrolment:
    """The actor's enrolment in a course, made if there is none."""
    row = session.get(EnrolmentRow, (actor, course_id))
    if row is None:
        row = EnrolmentRow(
            person_id=actor, course_id=course_id, enrolled_at=now, seen_at=now, lesson_id="", section_id=""
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            # Two requests at once: the other one made it.
            row = session.get_one(EnrolmentRow, (actor, course_id))
        else:
            note(session, "enrolled", "course", course_id, actor=actor, now=now)
    return to_record(row)


def keep_place(session: Session, *, actor: int, course_id: str, lesson_id: str, section_id: str, now: datetime) -> None:
    """Remember where the actor is; who works in a lesson takes its course."""
    enrol(session, actor=actor, course_id=course_id, now=now)
    row = session.get_one(EnrolmentRow, (actor, course_id))
    row.lesson_id, row.section_id, row.seen_at = lesson_id, section_id, now


def find_enrolment(session: Session, *, actor: int, course_id: str) -> Enrolment | None:
    row = session.get(EnrolmentRow, (actor, course_id))
    return to_record(row) if row else None


def list_enrolments(session: Session, *, actor: int) -> tuple[Enrolment, ...]:
    """The courses that the actor takes, the latest visited first."""
    found = session.scalars(
        select(EnrolmentRow).where(EnrolmentRow.person_id == actor).order_by(EnrolmentRow.seen_at.desc())
    )
    return tuple(to_record(row) for row in found)


def count_enrolments(session: Session, course_ids: Sequence[str]) -> Mapping[str, int]:
    """How many people take each of these courses; 0 for nobody."""
    found = session.execute(
        select(EnrolmentRow.course_id, func.count().label("people"))
        .where(EnrolmentRow.course_id.in_(course_ids))
        .group_by(EnrolmentRow.course_id)
    )
    counted = {row.course_id: row.people for row in found}
    return {course_id: counted.get(course_id, 0) for course_id in course_ids}


def to_record(row: EnrolmentRow) -> Enrolment:
    return Enrolment(row.person_id, row.course_id, row.enrolled_at, row.lesson_id, row.section_id, row.seen_at)
