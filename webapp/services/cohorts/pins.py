"""The versions of lessons that a cohort is taught: those it began with, until its trainer moves it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from courses import Course, Lesson, LocalText
from webapp.jobs import Shelf
from webapp.services.audit.service import note
from webapp.services.cohorts.records import LessonMove
from webapp.services.cohorts.tables import CohortRow, MemberRow, PinRow

Pins = Mapping[str, str]


def pin(session: Session, shelf: Shelf, cohort_id: int, course: Course, *, now: datetime) -> None:
    """Teach the cohort the lessons of the course as they are now, from here on."""
    session.execute(delete(PinRow).where(PinRow.cohort_id == cohort_id))
    for position, lesson in enumerate(course.lessons):
        shelf.keep(session, course.id, lesson.id, now=now)
        session.add(
            PinRow(
                cohort_id=cohort_id, lesson_id=lesson.id, version=lesson.version, position=position, pinned_at=now
            )  # fmt: skip
        )
    session.flush()


def move(session: Session, shelf: Shelf, cohort_id: int, course: Course, *, actor_id: int, now: datetime) -> None:
    """The same on a trainer's order, with a line in the log."""
    pin(session, shelf, cohort_id, course, now=now)
    note(session, "cohort_moved", "cohort", cohort_id, actor=actor_id, now=now)


def find_pins(session: Session, cohort_id: int) -> Pins:
    """Version by lesson, in order; empty for a cohort that follows what is taught now."""
    rows = session.execute(
        select(PinRow.lesson_id, PinRow.version).where(PinRow.cohort_id == cohort_id).order_by(PinRow.position)
    )
    return {row.lesson_id: row.version for row in rows}


def find_pins_of(session: Session, course_id: str, *, person_id: int) -> Pins:
    """The pins of the cohort of this course that somebody joined last; empty where they are in none that has any."""
    rows = session.execute(
        select(PinRow.cohort_id, PinRow.lesson_id, PinRow.version)
        .join(CohortRow, CohortRow.id == PinRow.cohort_id)
        .join(MemberRow, MemberRow.cohort_id == PinRow.cohort_id)
        .where(CohortRow.course_id == course_id, MemberRow.person_id == person_id)
        .order_by(MemberRow.joined_at.desc(), PinRow.cohort_id.desc(), PinRow.position)
    ).all()
    return {lesson_id: version for cohort_id, lesson_id, version in rows if cohort_id == rows[0][0]}


def course_of_cohort(session: Session, shelf: Shelf, course: Course, *, cohort_id: int) -> Course:
    """The course as the cohort is taught it."""
    return with_pins(shelf, course, find_pins(session, cohort_id))


def course_for(session: Session, shelf: Shelf, course: Course, *, person_id: int) -> Course:
    """The course as somebody is taught it: their cohort's versions, or what is taught now."""
    return with_pins(shelf, course, find_pins_of(session, course.id, person_id=person_id))


def with_pins(shelf: Shelf, course: Course, pins: Pins) -> Course:
    """The course with pinned lessons. A version that nobody kept gives way to the lesson of today."""
    if not pins:
        return course
    lessons = (find_lesson(shelf, course, lesson_id, version) for lesson_id, version in pins.items())
    return replace(course, lessons=tuple(one for one in lessons if one is not None))


def find_lesson(shelf: Shelf, course: Course, lesson_id: str, version: str) -> Lesson | None:
    today = course.find_lesson(lesson_id)
    if today is not None and today.version == version:
        return today
    return shelf.find_edition(course.id, lesson_id, version) or today


def list_moves(session: Session, shelf: Shelf, course: Course, *, cohort_id: int) -> Sequence[LessonMove]:
    """What would change if the cohort were moved to what is taught now; empty where nothing would."""
    pins = find_pins(session, cohort_id)
    if not pins:
        return ()
    pinned = with_pins(shelf, course, pins)
    titles: dict[str, LocalText] = {one.id: one.title for one in (*pinned.lessons, *course.lessons)}
    now: dict[str, str] = {one.id: one.version for one in course.lessons}
    return tuple(
        LessonMove(
            lesson_id, titles.get(lesson_id, LocalText(lesson_id)), pins.get(lesson_id, ""), now.get(lesson_id, "")
        )
        for lesson_id in dict.fromkeys((*pins, *now))
        if pins.get(lesson_id) != now.get(lesson_id)
    )
