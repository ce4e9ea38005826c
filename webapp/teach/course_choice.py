"""Which course a lesson goes into, one of the trainer's own or a new one; and ids that nothing else has."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import Length

from courses import LocalText, find_title
from graders import slug_of
from webapp.services.catalogue import authored
from webapp.services.catalogue.records import AuthoredCourse
from webapp.services.manuscripts import service as manuscripts
from webapp.ui.context import current_aula
from webapp.ui.forms import add_error
from webapp.ui.visitor import get_person

NEW = "+"  # no id has it
LONGEST_ID, LONGEST_TITLE = 60, 200


@dataclass(frozen=True)
class Target:
    """Where a lesson goes. title: of a course that is to be made; None for one that is there."""

    course_id: str
    title: LocalText | None


class CourseChoice(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    course = SelectField(_l("Curso"))
    course_title = StringField(_l("Título del curso nuevo"), [Length(max=LONGEST_TITLE)])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        # Read apart, for a form is filled before anything is to be written.
        with current_aula().sessions.read() as session:
            own = authored.list_courses(session, owner_id=int(get_person().id))
        self.course.flags.required = True
        self.course.choices = [(NEW, _("Un curso nuevo")), *((one.id, title_of(one)) for one in own)]


def settle_target(form: CourseChoice) -> Target | None:
    """The course that the form names; None, with the reason beside its field, where it names none."""
    if form.course.data != NEW:
        return Target(form.course.data, None)
    title = " ".join((form.course_title.data or "").split())
    if not title:
        add_error(form, form.course_title, _("Escribe un título para el curso nuevo, o elige uno de los tuyos."))
        return None
    return Target(free_course_id(slug_of(title) or "curso"), LocalText(title, title))


def settle_lesson_id(form: Any, title: LocalText) -> str | None:
    """The id that the form gives, or one that is made of the title; None, with the reason, where it will not do."""
    given = (form.lesson_id.data or "").strip()
    made = slug_of(given or title.es) or ("" if given else "leccion")
    if given and given != made:
        example = made or "mi-leccion"
        text = _("Usa minúsculas sin acento, cifras y guiones; por ejemplo, %(example)s.", example=example)
        add_error(form, form.lesson_id, text)
        return None
    return made


def is_free(form: Any, course_id: str, lesson_id: str) -> bool:
    """Whether the course has no lesson of this id. A free one is proposed beside the field, and written into it."""
    if not is_lesson_taken(course_id, lesson_id):
        return True
    free = free_lesson_id(course_id, lesson_id)
    words = _("En ese curso ya hay una lección «%(id)s». «%(free)s» está libre y ya quedó escrito.")
    text = words % {"id": lesson_id, "free": free}
    add_error(form, form.lesson_id, text)
    form.lesson_id.data = free
    return False


def title_of(course: AuthoredCourse) -> str:
    """The title of a course that is written here, or its id where its sheet has none."""
    found = find_title({"course.yaml": course.sheet.encode()})
    return found.for_language(g.language) if found else course.id


def is_course_taken(course_id: str) -> bool:
    """Whether a course of this id was written here or is in the catalogue, hidden or not."""
    is_taught = current_aula().catalogue.find_course(course_id) is not None
    return is_taught or authored.find_course(g.db, course_id) is not None


def is_lesson_taken(course_id: str, lesson_id: str) -> bool:
    return manuscripts.find_manuscript(g.db, course_id, lesson_id) is not None


def free_course_id(wanted: str) -> str:
    """The id, or the next one that no course has: datos, datos-2, datos-3…"""
    return free_id(wanted, is_course_taken)


def free_lesson_id(course_id: str, wanted: str) -> str:
    """The same for a lesson of a course."""
    return free_id(wanted, lambda one: is_lesson_taken(course_id, one))


def free_id(wanted: str, is_taken: Callable[[str], bool]) -> str:
    return next(one for one in candidates(wanted) if not is_taken(one))


def candidates(wanted: str) -> Iterator[str]:
    stem = wanted[: LONGEST_ID - 5].rstrip("-")
    yield wanted
    for number in itertools.count(2):
        yield f"{stem}-{number}"
