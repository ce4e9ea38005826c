"""The printable sheet of a lesson: for anybody without answers, for trainers with them."""

from typing import Any

from flask import g, render_template

from webapp.access import Permission, may
from webapp.teach import blueprint
from webapp.teach.handout_page import list_citations, list_exercises, list_ideas
from webapp.teach.presenting import get_taught
from webapp.ui.context import current_aula
from webapp.ui.doors import door, public
from webapp.ui.urls import url
from webapp.ui.visitor import current_person


@blueprint.get("/taller/leccion/<course_id>/<lesson_id>/hoja")
@public
def handouts_show(course_id: str, lesson_id: str) -> str:
    """What can be given to learners: it holds no answer and no note."""
    return sheet(course_id, lesson_id, with_answers=False)


@blueprint.get("/taller/leccion/<course_id>/<lesson_id>/hoja/soluciones")
@door(Permission.TEACH_CLASS)
def handouts_solutions(course_id: str, lesson_id: str) -> str:
    return sheet(course_id, lesson_id, with_answers=True)


def sheet(course_id: str, lesson_id: str, *, with_answers: bool) -> str:
    course, lesson = get_taught(course_id, lesson_id)
    address: dict[str, Any] = {"course_id": course_id, "lesson_id": lesson_id}
    return render_template(
        "teach/classes/handout.html",
        title=lesson.title.for_language(g.language),
        course_title=course.title.for_language(g.language),
        summary=lesson.summary.for_language(g.language),
        minutes=lesson.minutes,
        headings=[one.title.for_language(g.language) for one in lesson.sections],
        ideas=list_ideas(lesson, g.language),
        exercises=list_exercises(lesson, g.language, with_answers=with_answers),
        citations=list_citations(lesson, current_aula().catalogue, g.language),
        has_answers=with_answers,
        is_trainer=may(current_person(), Permission.TEACH_CLASS),
        lesson_href=url("learn.lessons_show", **address),
        lesson_address=url("learn.lessons_show", _external=True, **address),
        plain_href=url("teach.handouts_show", **address),
        solutions_href=url("teach.handouts_solutions", **address),
    )
