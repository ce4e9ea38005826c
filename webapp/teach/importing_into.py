"""Where what was uploaded goes: a new lesson, a new course, or a new version of a lesson that is there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from courses import CourseId, LocalText, assemble_course, find_circle, merge, set_field
from webapp.access import Permission, may
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.teach.course_choice import (
    LONGEST_ID,
    NEW,
    CourseChoice,
    Target,
    free_course_id,
    is_free,
    settle_lesson_id,
    settle_target,
)
from webapp.teach.importing_found import Found, FoundLesson
from webapp.ui.context import current_aula
from webapp.ui.forms import add_error
from webapp.ui.visitor import get_person


@dataclass(frozen=True)
class Outcome:
    """What came of an upload. remarks: what did not come along, or is to be done."""

    made: tuple[Manuscript, ...]
    remarks: tuple[LocalText, ...]


class ImportForm(CourseChoice):
    """into: a lesson of one's own that gets a new version; NEW for a new one."""

    into = SelectField(_l("Qué hacer con ella"), default=NEW)
    lesson_id = StringField(_l("Nombre en la dirección"), [Length(max=LONGEST_ID)])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        with current_aula().sessions.read() as session:
            own = manuscripts.list_manuscripts(session, person_id=int(get_person().id))
        self.into.flags.required = True
        self.into.choices = [
            (NEW, _("Una lección nueva")),
            *(
                (str(one.id), _("Versión nueva de «%(title)s»", title=one.title.for_language(g.language)))
                for one in own
            ),
        ]


def settle_form(found: Found, *, is_sent: bool = False) -> ImportForm:
    """The form as it was sent, or with what the file itself says."""
    if is_sent:
        return ImportForm()
    first = found.lessons[0]
    data = {"lesson_id": first.id, "course_title": found.title.for_language(g.language), "into": NEW}
    return ImportForm(formdata=None, data=data)


def bring_in(form: ImportForm, found: Found, name: str) -> Iterator[Outcome]:
    """What was made; nothing where a field has an error, which is written beside it. name: of the file."""
    if found.kind == "course":
        yield from bring_course(form, found, name)
    elif form.into.data != NEW:
        yield from bring_version(form, found, name)
    else:
        yield from bring_lesson(form, found.lessons[0], name, found.remarks)


def bring_lesson(form: ImportForm, lesson: FoundLesson, name: str, remarks: Sequence[LocalText]) -> Iterator[Outcome]:
    target, lesson_id = settle_target(form), settle_lesson_id(form, lesson.title)
    if target is not None and lesson_id is not None and is_free(form, target.course_id, lesson_id):
        yield Outcome((begin(target, lesson_id, lesson.files, name),), tuple(remarks))


def bring_course(form: ImportForm, found: Found, name: str) -> Iterator[Outcome]:
    """A new course of all lessons, with its own course.yaml under an id that is free."""
    course_id = free_course_id(found.course_id)
    sheet = set_field(found.sheet, ("id",), course_id)
    circle = circle_of(course_id, sheet)
    if circle:
        words = _("Los cursos se piden unos a otros en círculo: %(circle)s. Quita uno de prerequisites en course.yaml.")
        add_error(form, None, words % {"circle": " → ".join(circle)})
        return
    target = Target(course_id, None)
    made = [begin(target, one.id, one.files, name, course_sheet=sheet) for one in found.lessons]
    yield Outcome(tuple(made), found.remarks)


def bring_version(form: ImportForm, found: Found, name: str) -> Iterator[Outcome]:
    """A new version of a lesson of one's own. What others saved since its notebook was made is joined, not lost."""
    person, aula, lesson = get_person(), current_aula(), found.lessons[0]
    manuscript = manuscripts.get_manuscript(g.db, int(form.into.data))
    if not may(person, Permission.WRITE_LESSONS, manuscript):
        return
    head = manuscripts.read_files(g.db, manuscript.id)
    files: Mapping[str, bytes] | None = with_id(lesson.files, manuscript.lesson_id)
    if found.taken is not None:
        before = with_id(found.taken.before, manuscript.lesson_id)
        joined = merge(before, files or {}, head)
        files, conflicts = joined.files, [one for one in joined.parts if one.state == "conflict"]
        if files is None:
            parts = ", ".join(one.title.for_language(g.language) for one in conflicts)
            words = _(
                "Después de descargar el cuaderno, alguien cambió aquí las mismas partes: %(parts)s. "
                "No se guardó nada. Tráelo como lección nueva y compáralas."
            )
            add_error(form, form.into, words % {"parts": parts})
            return
    manuscripts.save_files(
        g.db, manuscript.id, actor_id=int(person.id), base=manuscript.head, files=files or {},
        what={"do": "import", "name": name}, now=aula.clock(),
    )  # fmt: skip
    yield Outcome((manuscript,), found.remarks)


def begin(target: Target, lesson_id: str, files: Mapping[str, bytes], name: str, **course: Any) -> Manuscript:
    aula = current_aula()
    return manuscripts.start(
        g.db, aula.catalogue, actor=get_person(), course_id=target.course_id, lesson_id=lesson_id, files=files,
        what={"do": "import", "name": name}, now=aula.clock(), course_title=target.title, **course,
    )  # fmt: skip


def with_id(files: Mapping[str, bytes], lesson_id: str) -> Mapping[str, bytes]:
    sheet = set_field(files["lesson.yaml"].decode("utf-8-sig", "replace"), ("id",), lesson_id)
    return {**files, "lesson.yaml": sheet.encode()}


def circle_of(course_id: str, sheet: str) -> tuple[str, ...]:
    """The way on which a new course would be asked for before itself; empty where there is none."""
    course, _problems = assemble_course(sheet.encode(), course_id, {})
    own = course.prerequisites if course else ()
    if course_id in own:
        return (course_id, course_id)
    needs = {one.id: one.prerequisites for one in current_aula().catalogue.courses}
    return find_circle(course_id, {**needs, CourseId(course_id): own})
