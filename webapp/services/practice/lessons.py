"""The lesson that a run belongs to: as its learner is taught it, or as its author is writing it."""

from courses import Lesson
from webapp.jobs import JobContext
from webapp.services.cohorts import pins
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import WORKSHOP
from webapp.services.practice.records import LessonKey


def find_lesson(context: JobContext, learner_id: int, key: LessonKey) -> Lesson | None:
    """None where there is none, or a manuscript's text cannot be read at present."""
    catalogue = context.catalogue
    with context.reading() as session:
        if key.course_id == WORKSHOP:
            number = manuscripts.manuscript_number(key.lesson_id)
            return manuscripts.read_lesson(session, catalogue, number)[0] if number else None
        course = catalogue.find_course(key.course_id)
        if course is None:
            return None
        return pins.course_for(session, context.shelf, course, person_id=learner_id).find_lesson(key.lesson_id)
