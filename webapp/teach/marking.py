"""Marking by hand: the line of what waits, a work with its form, second marks, moderation, and reviews."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from webapp.access import Permission
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.marking import mark_work
from webapp.services.gradebook.records import Score
from webapp.services.gradebook.rules import points_text
from webapp.services.marking import reviews, rules
from webapp.services.marking import service as marking
from webapp.services.marking.records import Judgement, ManualMark
from webapp.services.marking.refusals import MarkConflict
from webapp.services.people import service as people
from webapp.services.submissions.records import SubmissionId
from webapp.store import Refusal
from webapp.teach import blueprint
from webapp.teach.mark_forms import AnswerForm, MarkForm, criteria_of, judgement_of, made_for, seen_version
from webapp.teach.work import Line, Work, list_lines, load_work, neighbours
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.exercises import render_report
from webapp.ui.forms import add_error, try_filling
from webapp.ui.highlight import highlight_python
from webapp.ui.inline import inline
from webapp.ui.marks import mark_view, review_view, worth_notes
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
    except Refusal as refusal:
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


def conflict_page(work: Work, form: MarkForm, mine: Judgement, current: ManualMark) -> str:
    """Both marks side by side, and the own one ready to be given on top of the other, if that is what is wanted."""
    again = made_for(work.exercise, None, is_sent=True, seen_version=current.version)
    theirs = people.get_person(g.db, current.marker_id)
    own = as_mark(work, mine, current)
    return render_template(
        "teach/marking/conflict.html", **facts(work), form=again, criteria=criteria_of(again, work.exercise),
        action=request.path, theirs=mark_view(current, work.exercise, g.language), theirs_by=theirs.name,
        mine=mark_view(own, work.exercise, g.language),
    )  # fmt: skip


def as_mark(work: Work, judgement: Judgement, current: ManualMark) -> ManualMark:
    """A judgement that was not kept, in the shape in which marks are shown."""
    sheet = rules.sheet_of(work.exercise)
    return ManualMark(
        work.submission.id, current.slot, current.version + 1, int(get_person().id), judgement.check_points,
        judgement.levels, rules.rubric_points(judgement, sheet), sheet.points, sheet.needs_second, judgement.comment,
        current_aula().clock(),
    )  # fmt: skip


def work_page(work: Work, *, form: MarkForm | None = None, answer_form: AnswerForm | None = None) -> str:
    """form, answer_form: one that was sent and is not right."""
    actor = int(get_person().id)
    marks = marking.list_marks(g.db, work.submission.id)
    seen = rules.seen_by(actor, marks)
    slot = rules.slot_for(actor, marks, needs_second=work.exercise.needs_second_marker)
    own = rules.latest_by_slot(seen).get(slot or "moderator")
    form = form or made_for(work.exercise, own, is_sent=False)
    before, after = neighbours(list_lines(get_person()), work.submission.id)
    review = reviews.find_review(g.db, work.submission.id)
    markers = [one.marker_id for one in marks if one.slot != "moderator"]
    action = "teach.marking_mark" if slot else "teach.marking_moderate"
    return render_template(
        "teach/marking/show.html", **facts(work), form=form, criteria=criteria_of(form, work.exercise),
        action=url(action, **address(work)), is_moderation=slot is None,
        is_closed=work.submission.state != "graded" or actor == work.learner.id or (slot is None and actor in markers),
        is_blind=work.exercise.needs_second_marker and slot is not None, marks=mark_views(work, seen),
        review=review_view(review) if review else None, answer_form=answer_form or AnswerForm(formdata=None),
        error_form=form if form.errors else answer_form,
        before=line_href(before) if before else "", after=line_href(after) if after else "",
    )  # fmt: skip


def facts(work: Work) -> Mapping[str, Any]:
    """What every page about a work shows of it."""
    answer = work.submission.answer
    report = find_report(work)
    score = find_score(work)
    sheet = rules.sheet_of(work.exercise)
    options = {one.id: inline(one.text.for_language(g.language)) for one in work.exercise.options}
    return {
        "work": work,
        "lesson_title": work.lesson.title.for_language(g.language),
        "exercise_title": inline(work.exercise.title.for_language(g.language)),
        "report_html": render_report(report, work.exercise, g.language, source=answer.source) if report else "",
        "machine_points": points_text(report.points) if report else "",
        "most_by_checks": points_text(sheet.check_points),
        "most": points_text(sheet.points),
        "points": f"{points_text(score.parts.total)} / {points_text(score.max_points)}" if score else "",
        "notes": worth_notes(score) if score else (),
        "code_html": highlight_python(answer.source) if work.exercise.kind == "code" else None,
        "source": answer.source,
        "choice": [options.get(one, one) for one in answer.choice],
    }


def find_report(work: Work) -> Any:
    if work.submission.state != "graded":
        return None
    return gradebook.get_report(g.db, work.submission.id)


def find_score(work: Work) -> Score | None:
    scores = gradebook.list_scores(
        g.db, learner_id=int(work.learner.id), course=work.course, exercise=work.submission.exercise
    )
    return scores.get(SubmissionId(work.submission.id))


def mark_views(work: Work, marks: Sequence[ManualMark]) -> list[Mapping[str, Any]]:
    """Every version that the reader may see, the newest first."""
    names = people.map_people(g.db, [one.marker_id for one in marks])
    return [
        {"mark": mark_view(one, work.exercise, g.language), "name": names[one.marker_id].name, "version": one.version}
        for one in reversed(marks)
    ]


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


def address(work: Work) -> dict[str, Any]:
    return {"cohort_id": int(work.cohort.id), "submission_id": int(work.submission.id)}


def work_href(work: Work) -> str:
    return url("teach.marking_show", **address(work))


def line_href(line: Line) -> str:
    return url("teach.marking_show", cohort_id=line.cohort.id, submission_id=line.waiting.submission_id)


def learner_path(work: Work) -> str:
    """The page on which the learner reads of it, without any prefix of a language: a mail puts its own before it."""
    key = work.submission.exercise
    return f"/cursos/{key.course_id}/{key.lesson_id}/ejercicios/{key.exercise_id}/intentos#attempt-{work.submission.id}"
