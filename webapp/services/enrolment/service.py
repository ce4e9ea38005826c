"""Enrolment: taking a course. Where one left it is practice's to know."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.enrolment.records import Enrolment
from webapp.services.enrolment.tables import EnrolmentRow
from webapp.store import add_once


def enrol(session: Session, *, actor: int, course_id: str, now: datetime) -> Enrolment:
    """The actor's enrolment in a course, made if there is none."""
    row = session.get(EnrolmentRow, (actor, course_id))
    if row is None:
        row = EnrolmentRow(person_id=actor, course_id=course_id, enrolled_at=now)
        if add_once(session, row):
            note(session, "enrolled", "course", course_id, actor=actor, now=now)
        else:
            row = session.get_one(EnrolmentRow, (actor, course_id))
    return to_record(row)


def list_enrolments(session: Session, *, actor: int) -> tuple[Enrolment, ...]:
    """The courses that the actor takes, the latest taken first."""
    found = session.scalars(
        select(EnrolmentRow).where(EnrolmentRow.person_id == actor).order_by(EnrolmentRow.enrolled_at.desc())
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
    return Enrolment(row.person_id, row.course_id, row.enrolled_at)
