"""The catalogue that a school offers: its files, less what it has hidden."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses import Catalogue, Course
from webapp.services.audit.service import note
from webapp.services.catalogue import rules
from webapp.services.catalogue.records import Offer
from webapp.services.catalogue.tables import HiddenCourseRow
from webapp.store import Refusal, add_once


class UnknownCourse(Refusal):
    """There is no such course, or it is hidden; both are told alike."""

    code = "unknown_course"


def list_courses(session: Session, catalogue: Catalogue) -> tuple[Course, ...]:
    """The courses that are offered, in the catalogue's order."""
    return rules.visible_courses(catalogue, hidden_ids(session))


def get_course(session: Session, catalogue: Catalogue, course_id: str) -> Course:
    """Raises: UnknownCourse."""
    course = next((one for one in list_courses(session, catalogue) if one.id == course_id), None)
    if course is None:
        raise UnknownCourse
    return course


def list_offers(session: Session, catalogue: Catalogue) -> tuple[Offer, ...]:
    """Every course with lessons, hidden or not."""
    hidden = hidden_ids(session)
    return tuple(Offer(course, course.id in hidden) for course in rules.visible_courses(catalogue, ()))


def hide_course(session: Session, *, actor: int, course_id: str, now: datetime) -> None:
    is_shown = session.get(HiddenCourseRow, course_id) is None
    if is_shown and add_once(session, HiddenCourseRow(course_id=course_id, hidden_by=actor, hidden_at=now)):
        note(session, "course_hidden", "course", course_id, actor=actor, now=now)


def show_course(session: Session, *, actor: int, course_id: str, now: datetime) -> None:
    row = session.get(HiddenCourseRow, course_id)
    if row is not None:
        session.delete(row)
        note(session, "course_shown", "course", course_id, actor=actor, now=now)


def hidden_ids(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(HiddenCourseRow.course_id)))
