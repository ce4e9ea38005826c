"""Where a learner goes on in a course."""

from courses import Course, Lesson
from webapp.services.enrolment.records import Enrolment


def resume_lesson(course: Course, enrolment: Enrolment | None) -> Lesson | None:
    """The lesson last seen, else the first; None for a course without lessons.

    A lesson that the course no longer has counts as never seen.
    """
    seen = course.find_lesson(enrolment.lesson_id) if enrolment else None
    return seen or next(iter(course.lessons), None)
