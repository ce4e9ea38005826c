"""How far a reader has come in a course, and where to go on: from gradebook, enrolment and practice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import g
from flask_babel import gettext as _

from courses import Course, Language, Lesson
from webapp.learn.course_cards import Climb, climb
from webapp.learn.reader import as_taught
from webapp.services.enrolment import service as enrolment
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import CourseProgress
from webapp.services.practice import service as practice
from webapp.services.practice.records import Place
from webapp.ui.urls import url


@dataclass(frozen=True)
class Headway:
    """A reader in a course. lesson: the one to take next; climb: None for who does not take the course.

    points: earned in each lesson that was begun; done: lessons that reach the course's share.
    """

    lesson: Lesson
    is_enrolled: bool = False
    is_begun: bool = False
    climb: Climb | None = None
    points: Mapping[str, float] = field(default_factory=dict)
    done: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Resume:
    """The card that takes a learner back to where they left."""

    kicker: str
    title: str
    note: str
    href: str
    done: tuple[bool, ...]
    here: int
    total: int
    stair_label: str


def list_taken_ids(reader_id: int) -> tuple[str, ...]:
    """The courses that a learner takes, the latest first: enrolled in, or simply begun."""
    begun = [place.lesson.course_id for place in practice.list_places(g.db, actor=reader_id)]
    enrolled = [one.course_id for one in enrolment.list_enrolments(g.db, actor=reader_id)]
    return tuple(dict.fromkeys((*begun, *enrolled)))


def find_headway(course: Course, reader_id: int | None) -> Headway:
    """The course must have lessons. A visitor stands before the first."""
    if reader_id is None or course.id not in list_taken_ids(reader_id):
        return Headway(course.lessons[0])
    progress = gradebook.get_progress(g.db, learner_id=reader_id, course=course)
    places = practice.list_places(g.db, actor=reader_id)
    return headway_of(course, progress, next((one for one in places if one.lesson.course_id == course.id), None))


def headway_of(course: Course, progress: CourseProgress, seen: Place | None) -> Headway:
    """seen: where the learner was last in the course, if anywhere."""
    done = frozenset(one.lesson_id for one in progress.lessons if one.is_done)
    lesson = lesson_to_take(course, done, seen.lesson.lesson_id if seen else "")
    begun = {lesson_id for lesson_id, _exercise in progress.marks}
    stair = climb(
        [one.id in done for one in course.lessons],
        0 if progress.is_passed else course.lessons.index(lesson) + 1,
        is_passed=progress.is_passed,
    )
    return Headway(
        lesson=lesson,
        is_enrolled=True,
        is_begun=seen is not None or bool(begun),
        climb=stair,
        points={one.lesson_id: one.points for one in progress.lessons if one.lesson_id in begun},
        done=done,
    )


def lesson_to_take(course: Course, done: frozenset[str], seen_id: str) -> Lesson:
    """The lesson last seen unless it is done; then the first that is not done; the last one where all are."""
    open_lessons = [one for one in course.lessons if one.id not in done]
    seen = next((one for one in open_lessons if one.id == seen_id), None)
    return seen or next(iter(open_lessons), course.lessons[-1])


def find_resume(courses: Sequence[Course], reader_id: int, language: Language) -> Resume | None:
    """Where the learner was last in a course that is still offered; None before the first lesson."""
    by_id: Mapping[str, Course] = {course.id: course for course in courses}
    for place in practice.list_places(g.db, actor=reader_id):
        offered = by_id.get(place.lesson.course_id)
        course = as_taught(offered) if offered else None
        lesson = course.find_lesson(place.lesson.lesson_id) if course else None
        if course and lesson:
            progress = gradebook.get_progress(g.db, learner_id=reader_id, course=course)
            return resume_card(course, headway_of(course, progress, place), place, language)
    return None


def resume_card(course: Course, headway: Headway, place: Place, language: Language) -> Resume:
    lesson = headway.lesson
    number = course.lessons.index(lesson) + 1
    is_same = lesson.id == place.lesson.lesson_id and any(one.id == place.section_id for one in lesson.sections)
    stair = headway.climb or climb([False] * len(course.lessons), number)
    return Resume(
        kicker=_(
            "Sigue donde te quedaste · lección %(number)s de %(total)s",
            number=number,
            total=len(course.lessons),
        ),
        title=lesson.title.for_language(language),
        note=_("%(course)s · %(count)s min", course=course.title.for_language(language), count=lesson.minutes),
        href=url(
            "learn.lessons_show",
            course_id=course.id,
            lesson_id=lesson.id,
            _anchor=place.section_id if is_same else None,
        ),
        done=stair.done,
        here=number,
        total=len(course.lessons),
        stair_label=stair.stair_label,
    )
