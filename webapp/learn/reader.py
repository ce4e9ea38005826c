"""Who reads the page, as far as learners' pages need to know."""

from flask import g

from courses import Course
from webapp.services.cohorts import pins
from webapp.ui.context import current_aula
from webapp.ui.urls import url
from webapp.ui.visitor import current_person, get_person


def find_reader_id() -> int | None:
    """The signed-in person's id; None for a visitor."""
    person = current_person()
    return int(person.id) if person else None


def get_reader_id() -> int:
    """The same behind a door that lets in signed-in people only."""
    return int(get_person().id)


def find_taught(course_id: str) -> Course | None:
    """The course as the reader is taught it; None where there is none."""
    course = current_aula().catalogue.find_course(course_id)
    return as_taught(course) if course else None


def as_taught(course: Course) -> Course:
    """A course with the versions that the reader's cohort began with; for all others as it is today."""
    reader_id = find_reader_id()
    return course if reader_id is None else pins.course_for(g.db, current_aula().shelf, course, person_id=reader_id)


def sign_in_address(next_path: str) -> str:
    """Where a visitor signs in, to come back to a path of the site afterwards."""
    return url("account.sign_in", next=next_path)
