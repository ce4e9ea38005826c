"""Marking by hand: the line of what waits, a work with its form, second marks, moderation, and reviews."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from webapp.access import Permission
from webapp.services.gradebook.marking import mark_work
from webapp.services.marking import reviews
from webapp.services.marking.records import Judgement
from webapp.services.marking.refusals import MarkConflict, MarkingRefusal
from webapp.teach import blueprint
from webapp.teach.mark_forms import AnswerForm, MarkForm, judgement_of, made_for, seen_version
from webapp.teach.marking_page import conflict_page, work_page
from webapp.teach.work import Line, Work, learner_path, line_href, list_lines, load_work, neighbours, work_href
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import add_error, try_filling
from webapp.ui.inline import inline
from webapp.ui.urls import url
from webapp.ui.visitor import get_person
from webapp.ui.words import sentence

WORK = "/calificar/<int:cohort_id>/<int:submission_id>"


@blueprint.get("/calificar")
@door(Permission.MARK_WORK)
def marking_list() -> str:
    return render_template("teach/marking/list.html", lines=[line_view(one) for one in list_lines(get_person())])


@blueprint.get(WORK)
@door(Permission.MARK_WORK, load_work)
def marking_show(work: Work) -> str:
    return work_page(work)


@blueprint.post(WORK)
@door(Permission.MARK_WORK, load_work)
def marking_mark(work: Work) -> BaseResponse | tuple[str, int]:
    return take_mark(work, is_moderator=False)


@blueprint.post(f"{WORK}/moderacion")
@door(Permission.MODERATE, load_work)
def marking_moderate(work: Work) -> BaseResponse | tuple[str, int]:
    return take_mark(work, is_moderator=True)


@blueprint.post(f"{WORK}/revision")
@door(Permission.MARK_WORK, load_work)
def marking_keep(work: Work) -> BaseResponse | tuple[str, int]:
    """The mark stays as it is, and who asked reads why."""
    form = AnswerForm()

    def act() -> None:
        reviews.answer_review(
            g.db, actor=int(get_person().id), submission=work.submission, answer=form.keep_answer.data or "",
            state="kept", path=learner_path(work), now=current_aula().clock(),
        )  # fmt: skip

    if form.validate_on_submit() and try_filling(form, act, {"bad_comment": form.keep_answer}):
        flash(_("La revisión quedó contestada."), "success")
        return redirect(work_href(work), 303)
    return work_page(work, answer_form=form), 422


def take_mark(work: Work, *, is_moderator: bool) -> BaseResponse | tuple[str, int]:
    form = made_for(work.exercise, None, is_sent=True)
    judgement = judgement_of(form, work.exercise) if form.validate_on_submit() else None
    review = reviews.find_review(g.db, work.submission.id)
    if review is not None and review.state == "open" and not (form.answer.data or "").strip():
        add_error(form, form.answer, _("Escribe qué cambió: lo leerá quien pidió la revisión."))
        judgement = None
    if judgement is None:
        return work_page(work, form=form), 422
    try:
        give(work, form, judgement, is_moderator=is_moderator)
    except MarkConflict as conflict:
        return conflict_page(work, form, judgement, conflict.current), 409
    except MarkingRefusal as refusal:
        add_error(form, None, sentence(refusal.code))
        return work_page(work, form=form), 422
    flash(_("La calificación quedó guardada."), "success")
    return redirect(where_next(work), 303)


def give(work: Work, form: MarkForm, judgement: Judgement, *, is_moderator: bool) -> None:
    mark_work(
        g.db, actor=int(get_person().id), submission=work.submission, course=work.course, exercise=work.exercise,
        judgement=judgement, seen_version=seen_version(form), answer=(form.answer.data or "").strip(),
        is_moderator=is_moderator, path=learner_path(work), now=current_aula().clock(),
    )  # fmt: skip


def where_next(work: Work) -> str:
    """The next work of the line where that was asked for, else this one again."""
    if "next" not in request.form:
        return work_href(work)
    _before, after = neighbours(list_lines(get_person()), work.submission.id)
    return line_href(after) if after else url("teach.marking_list")


def line_view(line: Line) -> Mapping[str, Any]:
    key = line.waiting.exercise
    lesson = line.course.find_lesson(key.lesson_id)
    exercise = lesson.find_exercise(key.exercise_id) if lesson else None
    if lesson is None or exercise is None:
        abort(404)
    return {
        "href": line_href(line),
        "learner": line.learner.name,
        "cohort": line.cohort.name,
        "lesson": lesson.title.for_language(g.language),
        "exercise": inline(exercise.title.for_language(g.language)),
        "kind": wait_words()[line.waiting.kind],
        "since": line.waiting.since,
    }


def wait_words() -> Mapping[str, tuple[str, str]]:
    """What somebody waits for: a colour and words."""
    return {
        "first": ("", _("Por calificar")),
        "second": ("", _("Segunda calificación")),
        "dispute": ("hint", _("Por moderar")),
        "review": ("hint", _("Piden revisión")),
    }
