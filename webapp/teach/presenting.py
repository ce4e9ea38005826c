"""Presenting a lesson: what is projected, and beside it the view of whoever teaches, with notes and a clock."""

from collections.abc import Mapping
from typing import Any

from flask import abort, g, render_template, request
from flask_babel import gettext as _

from courses import Course, Lesson
from webapp.access import Permission, may
from webapp.services.classes import service as classes
from webapp.services.classes.records import ClassSession
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.rules import shown_code
from webapp.teach import blueprint
from webapp.teach.cohorts import find_course
from webapp.teach.teaching_page import list_notes, list_slides
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.urls import url
from webapp.ui.visitor import get_person


@blueprint.get("/taller/leccion/<course_id>/<lesson_id>/presentar")
@door(Permission.TEACH_CLASS)
def presentations_show(course_id: str, lesson_id: str) -> str:
    """The lesson section by section in large type. Nothing of its notes is on this page."""
    taught = find_class(course_id, lesson_id)
    course, lesson = get_taught(course_id, lesson_id, taught)
    return render_template(
        "teach/classes/present.html",
        **heads(course, lesson, taught),
        summary=lesson.summary.for_language(g.language),
        slides=list_slides(lesson, g.language),
        presentation=script_data(lesson, taught),
    )


@blueprint.get("/taller/leccion/<course_id>/<lesson_id>/presentar/notas")
@door(Permission.TEACH_CLASS)
def presentations_notes(course_id: str, lesson_id: str) -> str:
    """For the eyes of whoever teaches: notes, answers, planned minutes and the clock. It follows what is projected."""
    taught = find_class(course_id, lesson_id)
    course, lesson = get_taught(course_id, lesson_id, taught)
    return render_template(
        "teach/classes/notes.html",
        **heads(course, lesson, taught),
        sections=list_notes(lesson, g.language),
        presentation={**script_data(lesson, taught), "texts": clock_texts()},
    )


def find_class(course_id: str, lesson_id: str) -> ClassSession | None:
    """The open class that the address names, if it is one of the reader's at this lesson."""
    number = request.args.get("clase", type=int)
    if number is None:
        return None
    try:
        taught = classes.get_class(g.db, number)
    except classes.UnknownClass:
        return None
    is_here = (taught.course_id, taught.lesson_id) == (course_id, lesson_id)
    is_mine = may(get_person(), Permission.TEACH_CLASS, taught)
    return taught if is_here and is_mine and taught.is_open(current_aula().clock()) else None


def get_taught(course_id: str, lesson_id: str, taught: ClassSession | None = None) -> tuple[Course, Lesson]:
    """A lesson as the cohort of a class is taught it, or without a class as it is today. Aborts with 404."""
    if taught is None:
        course = current_aula().catalogue.find_course(course_id)
    else:
        course = find_course(cohorts.get_cohort(g.db, taught.cohort_id))
    lesson = course.find_lesson(lesson_id) if course else None
    if course is None or lesson is None:
        abort(404)
    return course, lesson


def heads(course: Course, lesson: Lesson, taught: ClassSession | None) -> Mapping[str, Any]:
    """What stands above both views, and the way from one to the other."""
    address: dict[str, Any] = {"course_id": course.id, "lesson_id": lesson.id}
    of_class: dict[str, Any] = {"clase": taught.id} if taught else {}
    return {
        "title": lesson.title.for_language(g.language),
        "course_title": course.title.for_language(g.language),
        "minutes": lesson.minutes,
        "code": shown_code(taught.code) if taught else "",
        "join_address": url("account.account_show", _external=True) if taught else "",
        "lesson_href": url("learn.lessons_show", **address),
        "lesson_address": url("learn.lessons_show", _external=True, **address),
        "present_href": url("teach.presentations_show", **address, **of_class),
        "notes_href": url("teach.presentations_notes", **address, **of_class),
        "sheet_href": url("teach.handouts_show", **address),
        "board_href": url("teach.classes_show", class_id=taught.id) if taught else "",
    }


def script_data(lesson: Lesson, taught: ClassSession | None) -> Mapping[str, Any]:
    """What the scripts of both windows need: the name of their channel, and when the class began ("" without one)."""
    return {
        "channel": f"{lesson.course_id}/{lesson.id}",
        "startedAt": taught.started_at.isoformat() if taught else "",
    }


def clock_texts() -> Mapping[str, str]:
    """`%(minutes)s` stays in place, for the script fills it."""
    return {
        "on_time": _("Vas según lo planeado."),
        "ahead": _("Vas %(minutes)s min antes de lo planeado. Hay tiempo para preguntas.", minutes="%(minutes)s"),
        "behind": _(
            "Vas %(minutes)s min después de lo planeado. Si hace falta, deja un ejercicio para después de la clase.",
            minutes="%(minutes)s",
        ),
        "over": _("Se cumplió el tiempo planeado de la lección."),
        "start": _("Empezar el reloj"),
        "pause": _("Pausar el reloj"),
        "resume": _("Seguir con el reloj"),
    }
