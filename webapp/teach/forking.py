"""Making one's own version of a lesson or a whole course: everything in it travels along, and so does the credit."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse
from wtforms import StringField
from wtforms.validators import Length

from courses import Course, set_field
from webapp.access import Permission
from webapp.services.catalogue import service as catalogue
from webapp.services.catalogue.records import Origin
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.teach import blueprint
from webapp.teach.course_choice import (
    LONGEST_ID,
    CourseChoice,
    free_course_id,
    is_free,
    settle_lesson_id,
    settle_target,
)
from webapp.teach.forking_sources import (
    Source,
    keep_base,
    read_course_sheet,
    read_shared,
    read_taught,
)
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import try_filling
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

Answer = BaseResponse | tuple[str, int]
PERMISSION = Permission.FORK_LESSONS


class ForkForm(CourseChoice):
    lesson_id = StringField(_l("Nombre en la dirección"), [Length(max=LONGEST_ID)])


class CourseForkForm(CourseChoice):
    """Only the title is asked for: the course is a new one."""


@blueprint.get("/taller/mi-version/<course_id>/<lesson_id>")
@door(PERMISSION)
def forks_lesson_show(course_id: str, lesson_id: str) -> str:
    return lesson_page(get_taught(course_id, lesson_id))


@blueprint.post("/taller/mi-version/<course_id>/<lesson_id>")
@door(PERMISSION)
def forks_lesson_make(course_id: str, lesson_id: str) -> Answer:
    return fork_lesson(get_taught(course_id, lesson_id))


@blueprint.get("/taller/<int:manuscript_id>/mi-version")
@door(PERMISSION)
def forks_manuscript_show(manuscript_id: int) -> str:
    return lesson_page(get_shown(manuscript_id))


@blueprint.post("/taller/<int:manuscript_id>/mi-version")
@door(PERMISSION)
def forks_manuscript_make(manuscript_id: int) -> Answer:
    return fork_lesson(get_shown(manuscript_id))


@blueprint.get("/taller/mi-version/<course_id>")
@door(PERMISSION)
def forks_course_show(course_id: str) -> str:
    course = get_course(course_id)
    title = course.title.for_language(g.language)
    return course_page(course, CourseForkForm(formdata=None, data={"course_title": title}))


@blueprint.post("/taller/mi-version/<course_id>")
@door(PERMISSION)
def forks_course_make(course_id: str) -> Answer:
    course, form, made = get_course(course_id), CourseForkForm(), list[Manuscript]()
    if form.validate_on_submit() and try_filling(form, lambda: fork_all(course, form, made), {}) and made:
        flash(_("Tu versión del curso está lista. Cada lección tiene su propia página para escribir."), "success")
        return redirect(url("teach.manuscripts_list"), 303)
    return course_page(course, form), 422


def get_course(course_id: str) -> Course:
    """A course that is offered. Raises: UnknownCourse, which is answered with 404."""
    return catalogue.get_course(g.db, current_aula().catalogue, course_id)


def get_taught(course_id: str, lesson_id: str) -> Source:
    course = get_course(course_id)
    lesson = course.find_lesson(lesson_id)
    source = read_taught(course, lesson) if lesson else None
    if source is None:
        abort(404)
    return source


def get_shown(manuscript_id: int) -> Source:
    """What a colleague shows, or what is taught of it."""
    manuscript = manuscripts.get_manuscript(g.db, manuscript_id)
    source = read_shared(manuscript)
    if source is None and manuscript.published_number is not None:
        return get_taught(manuscript.course_id, manuscript.lesson_id)
    if source is None:
        abort(404)
    return source


def lesson_page(source: Source, form: ForkForm | None = None) -> str:
    origin = source.origin
    if form is None:
        data = {"lesson_id": origin.lesson_id, "course_title": origin.title.for_language(g.language)}
        form = ForkForm(formdata=None, data=data)
    return render_template(
        "teach/manuscripts/fork.html",
        form=form,
        title=origin.title.for_language(g.language),
        authors=", ".join(origin.authors),
        files=len(source.files),
    )


def course_page(course: Course, form: CourseForkForm) -> str:
    return render_template(
        "teach/manuscripts/fork_course.html",
        form=form,
        title=course.title.for_language(g.language),
        lessons=[one.title.for_language(g.language) for one in course.lessons],
    )


def fork_lesson(source: Source) -> Answer:
    form, made = ForkForm(), list[Manuscript]()
    act = filling(form, source, made)
    if form.validate_on_submit() and try_filling(form, act, {"id_taken": form.lesson_id}) and made:
        flash(_("Tu versión está lista. Lo que cambies aquí no toca la original."), "success")
        return redirect(url("teach.manuscripts_show", manuscript_id=made[0].id), 303)
    return lesson_page(source, form), 422


def filling(form: ForkForm, source: Source, made: list[Manuscript]) -> Callable[[], None]:
    def act() -> None:
        target, lesson_id = settle_target(form), settle_lesson_id(form, source.origin.title)
        if target is not None and lesson_id is not None and is_free(form, target.course_id, lesson_id):
            made.append(begin(source, target.course_id, lesson_id, course_title=target.title))

    return act


def fork_all(course: Course, form: CourseForkForm, made: list[Manuscript]) -> None:
    """A new course with a version of one's own of each lesson. Lessons whose files are gone stay behind."""
    title, sheet = (form.course_title.data or "").strip(), read_course_sheet(course.id)
    sources = [one for lesson in course.lessons if (one := read_taught(course, lesson)) is not None]
    if sheet is None or not sources:
        abort(404)
    course_id = free_course_id(course.id)
    new = set_field(sheet, ("id",), course_id)
    if title and title not in (course.title.es, course.title.en):
        new = set_field(new, ("title",), {"es": title, "en": title})
    credit = Origin(course.id, "", "", course.title)
    made += [begin(one, course_id, one.origin.lesson_id, course_sheet=new, course_origin=credit) for one in sources]


def begin(source: Source, course_id: str, lesson_id: str, **course: Any) -> Manuscript:
    """The manuscript of a fork, and its proof. course: what `start` needs for a course that is made."""
    aula = current_aula()
    keep_base(source)
    what = {"do": "fork", "course": source.origin.course_id, "lesson": source.origin.lesson_id}
    manuscript = manuscripts.start(
        g.db, aula.catalogue, actor=get_person(), course_id=course_id, lesson_id=lesson_id, files=source.files,
        what=what, now=aula.clock(), origin=source.origin, **course,
    )  # fmt: skip
    # What was proved is so again, under its new name, before its trainer asks; a draft that cannot be read waits.
    lesson, _problems = manuscripts.read_lesson(g.db, aula.catalogue, manuscript.id)
    if lesson is not None:
        manuscripts.ask_proof(g.db, aula.catalogue, manuscript.id, actor_id=int(get_person().id), now=aula.clock())
    return manuscript
