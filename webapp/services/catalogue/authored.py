"""Courses that are written here: whose they are, and their course.yaml."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.catalogue.origins import from_json, to_json
from webapp.services.catalogue.records import AuthoredCourse, Origin
from webapp.services.catalogue.tables import AuthoredCourseRow, PublicationRow
from webapp.store import Refusal, add_once, change


class IdTaken(Refusal):
    """A course or a lesson of this id is there already."""

    code = "id_taken"


class UnknownAuthoredCourse(Refusal):
    code = "unknown_course"


class CourseOvertaken(Refusal):
    """Somebody else has saved the course meanwhile."""

    code = "course_overtaken"


def make_course(
    session: Session, *, owner_id: int, course_id: str, sheet: str, now: datetime, origin: Origin | None = None
) -> AuthoredCourse:
    """A new course. sheet: its course.yaml, known to be good. Raises: IdTaken."""
    row = AuthoredCourseRow(
        id=course_id, owner_id=owner_id, sheet=sheet, revision=1, origin=to_json(origin), made_at=now, saved_at=now
    )
    if session.get(AuthoredCourseRow, course_id) is not None or not add_once(session, row):
        raise IdTaken(id=course_id)
    note(session, "course_written", "course", course_id, actor=owner_id, now=now)
    return to_record(row)


def find_course(session: Session, course_id: str) -> AuthoredCourse | None:
    row = session.get(AuthoredCourseRow, course_id)
    return to_record(row) if row else None


def get_course(session: Session, course_id: str) -> AuthoredCourse:
    """Raises: UnknownAuthoredCourse."""
    course = find_course(session, course_id)
    if course is None:
        raise UnknownAuthoredCourse(id=course_id)
    return course


def list_courses(session: Session, *, owner_id: int | None = None) -> tuple[AuthoredCourse, ...]:
    """All, or somebody's own; by id."""
    query = select(AuthoredCourseRow).order_by(AuthoredCourseRow.id)
    if owner_id is not None:
        query = query.where(AuthoredCourseRow.owner_id == owner_id)
    return tuple(to_record(row) for row in session.scalars(query))


def save_sheet(
    session: Session, course_id: str, sheet: str, *, base: int, actor_id: int, now: datetime
) -> AuthoredCourse:
    """The course with another course.yaml, known to be good. Raises: CourseOvertaken if `base` is not its revision."""
    changed = change(
        session,
        update(AuthoredCourseRow)
        .where(AuthoredCourseRow.id == course_id, AuthoredCourseRow.revision == base)
        .values(sheet=sheet, revision=base + 1, saved_at=now),
    )
    if not changed:
        raise CourseOvertaken
    session.add(
        PublicationRow(course_id=course_id, lesson_id="", edition_id=None, published_by=actor_id, published_at=now)
    )
    note(session, "course_saved", "course", course_id, actor=actor_id, now=now)
    return get_course(session, course_id)


def to_record(row: AuthoredCourseRow) -> AuthoredCourse:
    return AuthoredCourse(
        row.id, row.owner_id, row.sheet, row.revision, from_json(row.origin), row.made_at, row.saved_at
    )
