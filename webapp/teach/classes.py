"""Classes: beginning one, its live board, and its end."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from courses import Lesson
from webapp.access import Permission
from webapp.services.classes import service as classes
from webapp.services.classes.records import ClassSession
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.cohorts.rules import shown_code
from webapp.services.people import service as people
from webapp.teach import blueprint
from webapp.teach.class_page import board_view, state_words
from webapp.teach.cohorts import course_title, find_course, load_cohort
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.urls import url
from webapp.ui.visitor import get_person


def load_class(class_id: int, **_rest: int) -> ClassSession:
    """Raises: UnknownClass, which is answered with 404."""
    return classes.get_class(g.db, class_id)


def get_lesson(taught: ClassSession) -> Lesson:
    """The lesson as the class is taught it. Aborts with 404 where its files are gone."""
    course = find_course(cohorts.get_cohort(g.db, taught.cohort_id))
    lesson = course.find_lesson(taught.lesson_id) if course else None
    if lesson is None:
        abort(404)
    return lesson


@blueprint.get("/grupos/<int:cohort_id>/clases")
@door(Permission.TEACH_CLASS, load_cohort)
def classes_list(cohort: Cohort) -> str:
    """The classes of a cohort, and the form that begins one."""
    course = find_course(cohort)
    titles = {str(one.id): one.title.for_language(g.language) for one in course.lessons} if course else {}
    now = current_aula().clock()
    held = [
        {"href": url("teach.classes_show", class_id=one.id), "title": titles.get(one.lesson_id, one.lesson_id),
         "at": one.started_at, "is_open": one.is_open(now)}
        for one in classes.list_classes(g.db, cohort=cohort)
    ]  # fmt: skip
    return render_template(
        "teach/classes/list.html", cohort=cohort, course=course_title(cohort), lessons=titles, held=held,
        chosen=request.args.get("leccion", ""),
    )  # fmt: skip


@blueprint.post("/grupos/<int:cohort_id>/clases")
@door(Permission.TEACH_CLASS, load_cohort)
def classes_start(cohort: Cohort) -> BaseResponse:
    course = find_course(cohort)
    lesson = course.find_lesson(request.form.get("lesson", "")) if course else None
    if lesson is None:
        flash(_("Elige la lección de la clase."), "error")
        return redirect(url("teach.classes_list", cohort_id=cohort.id), 303)
    now = current_aula().clock()
    taught = classes.start(g.db, actor=int(get_person().id), cohort=cohort, lesson_id=lesson.id, now=now)
    return redirect(url("teach.classes_show", class_id=taught.id), 303)


@blueprint.get("/taller/clases/<int:class_id>")
@door(Permission.TEACH_CLASS, load_class)
def classes_show(taught: ClassSession) -> str:
    """The board without names, fit to be projected."""
    return board_page(taught, with_names=False)


@blueprint.post("/taller/clases/<int:class_id>/nombres")
@door(Permission.TEACH_CLASS, load_class)
def classes_names(taught: ClassSession) -> str:
    """The board with names, for this once: its address does not hold them, so that it is never opened by accident."""
    return board_page(taught, with_names=True)


@blueprint.get("/taller/clases/<int:class_id>/nombres")
@door(Permission.TEACH_CLASS, load_class)
def classes_unnamed(taught: ClassSession) -> BaseResponse:
    """Who comes back to the address of the names gets the board without them."""
    return redirect(url("teach.classes_show", class_id=taught.id))


@blueprint.post("/taller/clases/<int:class_id>/ayuda/<int:learner_id>")
@door(Permission.TEACH_CLASS, load_class)
def classes_settle(taught: ClassSession) -> BaseResponse | str:
    """Help was given."""
    classes.settle_help(g.db, class_id=taught.id, learner_id=asking_id())
    if request.form.get("names"):
        return board_page(taught, with_names=True)
    return redirect(url("teach.classes_show", class_id=taught.id), 303)


def asking_id() -> int:
    """The learner whom the address names."""
    return int((request.view_args or {})["learner_id"])


@blueprint.post("/taller/clases/<int:class_id>/terminar")
@door(Permission.TEACH_CLASS, load_class)
def classes_end(taught: ClassSession) -> BaseResponse:
    classes.end(g.db, taught.id, actor=int(get_person().id), now=current_aula().clock())
    flash(_("La clase terminó. Lo que hizo cada quien está en las calificaciones del grupo."), "success")
    return redirect(url("teach.classes_show", class_id=taught.id), 303)


def board_page(taught: ClassSession, *, with_names: bool) -> str:
    lesson = get_lesson(taught)
    names = None
    if with_names:
        members = cohorts.list_member_ids(g.db, cohort_ids=[taught.cohort_id])
        names = {int(number): one.name for number, one in people.map_people(g.db, members).items()}
    board = classes.read_board(g.db, taught=taught, lesson=lesson)
    return render_template(
        "teach/classes/board.html",
        **heads(taught, lesson),
        board=board_view(board, lesson, g.language, names=names),
        has_names=with_names,
        states=state_words(),
    )


def heads(taught: ClassSession, lesson: Lesson) -> Mapping[str, Any]:
    address: dict[str, Any] = {"course_id": taught.course_id, "lesson_id": taught.lesson_id}
    return {
        "taught": taught,
        "is_open": taught.is_open(current_aula().clock()),
        "code": shown_code(taught.code),
        "lesson_title": lesson.title.for_language(g.language),
        "present_href": url("teach.presentations_show", clase=taught.id, **address),
        "notes_href": url("teach.presentations_notes", clase=taught.id, **address),
        "sheet_href": url("teach.handouts_show", **address),
        "study_href": url("teach.study_cohort_show", cohort_id=taught.cohort_id),
        "cohort_href": url("teach.cohorts_show", cohort_id=taught.cohort_id),
    }
