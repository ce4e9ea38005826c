"""A course that is written here: what it is called, whom it is for, and the order of its lessons."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from courses import LANGUAGES, CourseId, Problem, assemble_course, find_circle, read_sheet_value, set_field
from webapp.access import Permission
from webapp.services.catalogue import authored
from webapp.services.catalogue import service as catalogue
from webapp.services.catalogue.records import AuthoredCourse
from webapp.services.manuscripts import service as manuscripts
from webapp.teach import blueprint
from webapp.ui.context import current_aula
from webapp.ui.course_words import COVERS, LEVELS, TOPICS, cover_name, level_name, topic_name
from webapp.ui.doors import door
from webapp.ui.forms import add_error, try_filling
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

TITLE = [InputRequired(_l("Escribe un título.")), Length(max=120)]
SUMMARY = [InputRequired(_l("Di en una o dos frases qué se puede hacer después del curso.")), Length(max=400)]
PERCENT = [InputRequired(_l("Escribe un número de 1 a 100.")), NumberRange(1, 100, _l("Escribe un número de 1 a 100."))]


class CourseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """lessons: their ids in order, as the page shows them."""

    base = HiddenField()
    title_es = StringField(_l("Título en español"), TITLE)
    title_en = StringField(_l("Título en inglés"), TITLE)
    summary_es = TextAreaField(_l("Resumen en español"), SUMMARY)
    summary_en = TextAreaField(_l("Resumen en inglés"), SUMMARY)
    level = SelectField(_l("Nivel"))
    cover = SelectField(_l("Portada"))
    topics = SelectMultipleField(
        _l("Temas"),
        [Length(1, 6, _l("Elige de uno a seis temas."))],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    pass_percent = IntegerField(_l("Porcentaje de los puntos con el que se aprueba"), PERCENT)
    prerequisites = SelectMultipleField(_l("Cursos que van antes"), widget=ListWidget(), option_widget=CheckboxInput())

    def __init__(self, course: AuthoredCourse, **values: Any) -> None:
        super().__init__(**values)
        known = read_sheet_value(course.sheet)["topics"]
        self.level.choices = [(one, level_name(one)) for one in LEVELS]
        self.cover.choices = [(one, cover_name(one)) for one in COVERS]
        self.topics.choices = [(one, topic_name(one)) for one in dict.fromkeys((*TOPICS, *known))]
        with current_aula().sessions.read() as session:
            offered = catalogue.list_courses(session, current_aula().catalogue)
        others = [one for one in offered if one.id != course.id]
        self.prerequisites.choices = [(one.id, one.title.for_language(g.language)) for one in others]


def find(course_id: str) -> AuthoredCourse:
    """Raises: UnknownAuthoredCourse, which is answered with 404."""
    return authored.get_course(g.db, course_id)


@blueprint.get("/taller/cursos/<course_id>")
@door(Permission.WRITE_COURSE, find)
def written_courses_show(course: AuthoredCourse) -> str:
    return page(course, CourseForm(course, formdata=None, data=values_of(course)))


@blueprint.post("/taller/cursos/<course_id>")
@door(Permission.WRITE_COURSE, find)
def written_courses_save(course: AuthoredCourse) -> BaseResponse | tuple[str, int]:
    form = CourseForm(course)
    if form.validate_on_submit() and is_straight(course, form) and try_filling(form, lambda: keep(course, form), {}):
        flash(_("El curso quedó guardado."), "success")
        return redirect(url("teach.written_courses_show", course_id=course.id), 303)
    return page(course, form), 422


def values_of(course: AuthoredCourse) -> Mapping[str, Any]:
    record = read_sheet_value(course.sheet)
    return {
        "base": str(course.revision),
        **{f"{name}_{one}": record[name].get(one, "") for name in ("title", "summary") for one in LANGUAGES},
        "level": record["level"], "cover": record["cover"], "topics": list(record["topics"]),
        "pass_percent": round(record["pass_share"] * 100), "prerequisites": list(record.get("prerequisites", ())),
    }  # fmt: skip


def is_straight(course: AuthoredCourse, form: CourseForm) -> bool:
    """Whether no course would have to be taken before itself; else that is written beside the field."""
    needs = {one.id: one.prerequisites for one in current_aula().catalogue.courses}
    wanted = tuple(map(CourseId, form.prerequisites.data))
    circle = find_circle(course.id, {**needs, CourseId(course.id): wanted})
    if circle:
        way = " → ".join(circle)
        add_error(form, form.prerequisites, _("Estos cursos se esperarían unos a otros: %(way)s. Quita uno.", way=way))
    return not circle


def keep(course: AuthoredCourse, form: CourseForm) -> None:
    sheet = changed_sheet(course, form)
    made, problems = assemble_course(sheet.encode(), course.id, {})
    if made is None:
        raise BadCourse(problems)
    base = int(form.base.data) if (form.base.data or "").isdigit() else 0
    authored.save_sheet(
        g.db, course.id, sheet, base=base, actor_id=int(get_person().id), now=current_aula().clock()
    )  # fmt: skip


class BadCourse(Exception):
    """Our own form wrote a course.yaml that cannot be read."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))


def changed_sheet(course: AuthoredCourse, form: CourseForm) -> str:
    """course.yaml with what the form says; its comments and all else stay."""
    fields: Mapping[str, Any] = {
        "title": {"es": form.title_es.data.strip(), "en": form.title_en.data.strip()},
        "summary": {"es": form.summary_es.data.strip(), "en": form.summary_en.data.strip()},
        "level": form.level.data, "cover": form.cover.data, "topics": form.topics.data,
        "pass_share": form.pass_percent.data / 100, "lessons": ordered_ids(course),
    }  # fmt: skip
    if form.prerequisites.data or "prerequisites" in read_sheet_value(course.sheet):
        fields = {**fields, "prerequisites": form.prerequisites.data}
    sheet = course.sheet
    for name, value in fields.items():
        sheet = set_field(sheet, (name,), value)
    return sheet


def list_lesson_ids(course: AuthoredCourse) -> Sequence[str]:
    """The lessons of the course, published or not, in the order in which they are taken."""
    there = [one.lesson_id for one in manuscripts.list_of_course(g.db, course.id)]
    listed = [one for one in read_sheet_value(course.sheet)["lessons"] if one in there]
    return [*listed, *(one for one in there if one not in listed)]


def ordered_ids(course: AuthoredCourse) -> Sequence[str]:
    """The same as the form wants them: by the numbers that were written beside them."""
    ids = list_lesson_ids(course)
    numbers = {one: request.form.get(f"place-{one}", "", type=str) for one in ids}
    return sorted(ids, key=lambda one: int(numbers[one]) if numbers[one].isascii() and numbers[one].isdigit() else 999)


def page(course: AuthoredCourse, form: CourseForm) -> str:
    written = {one.lesson_id: one for one in manuscripts.list_of_course(g.db, course.id)}
    return render_template(
        "teach/manuscripts/course.html", course=course, form=form,
        lessons=[
            {"id": one, "title": written[one].title.for_language(g.language),
             "href": url("teach.manuscripts_show", manuscript_id=written[one].id),
             "is_published": written[one].published_number is not None}
            for one in list_lesson_ids(course)
        ],
    )  # fmt: skip
