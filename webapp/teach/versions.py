"""The versions of its lessons that a cohort is taught: what moving it to today's would change, and the move."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, g, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from courses import Course, Lesson
from webapp.access import Permission
from webapp.services.cohorts import pins
from webapp.services.cohorts.records import Cohort, LessonMove
from webapp.services.cohorts.rules import compare_exercises
from webapp.teach import blueprint
from webapp.teach.cohorts import load_cohort
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

FATES = ("same", "changed", "new", "gone")


@blueprint.get("/grupos/<int:cohort_id>/versiones")
@door(Permission.MOVE_COHORT, load_cohort)
def versions_show(cohort: Cohort) -> str:
    course = get_offered(cohort)
    moves = pins.list_moves(g.db, current_aula().shelf, course, cohort_id=cohort.id)
    return render_template(
        "teach/cohorts/versions.html", cohort=cohort, course=course.title.for_language(g.language),
        is_pinned=bool(pins.find_pins(g.db, cohort.id)), moves=[move_view(course, one) for one in moves],
    )  # fmt: skip


@blueprint.post("/grupos/<int:cohort_id>/versiones")
@door(Permission.MOVE_COHORT, load_cohort)
def versions_move(cohort: Cohort) -> Response:
    aula = current_aula()
    course = get_offered(cohort)
    pins.move(g.db, aula.shelf, cohort.id, course, actor_id=int(get_person().id), now=aula.clock())
    flash(_("El grupo sigue ahora las lecciones de hoy. Ningún trabajo se perdió."), "success")
    return redirect(url("teach.versions_show", cohort_id=cohort.id), 303)


def get_offered(cohort: Cohort) -> Course:
    """The course as it is taught today. Aborts with 404 where it is gone."""
    course = current_aula().catalogue.find_course(cohort.course_id)
    if course is None:
        abort(404)
    return course


def move_view(course: Course, move: LessonMove) -> Mapping[str, Any]:
    """A lesson that would change, with its exercises by what becomes of them."""
    shelf = current_aula().shelf
    before = shelf.find_edition(course.id, move.lesson_id, move.before) if move.before else None
    after = course.find_lesson(move.lesson_id)
    return {
        "title": move.title.for_language(g.language),
        "kind": "new" if not move.before else "gone" if not move.after else "changed",
        "before": move.before,
        "after": move.after,
        "exercises": list_fates(before, after) if before and after else (),
    }


def list_fates(before: Lesson, after: Lesson) -> Sequence[tuple[str, Sequence[str]]]:
    """The titles of exercises by their fate; fates that no exercise has are left out."""
    fates = compare_exercises(before, after)
    both = (*before.exercises, *after.exercises)
    titles: dict[str, str] = {one.id: one.title.for_language(g.language) for one in both}
    grouped = {fate: [titles[id_] for id_, one in fates.items() if one == fate] for fate in FATES}
    return [(fate, found) for fate, found in grouped.items() if found]
