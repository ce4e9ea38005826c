"""A work as whoever marks it sees it: what was handed in, what was given so far, and the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from graders import GradeReport
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import Score
from webapp.services.gradebook.rules import points_text
from webapp.services.marking import reviews, rules
from webapp.services.marking import service as marking
from webapp.services.marking.records import Judgement, ManualMark
from webapp.services.people import service as people
from webapp.services.submissions.records import SubmissionId
from webapp.teach.mark_forms import AnswerForm, MarkForm, criteria_of, made_for
from webapp.teach.work import Work, address, line_href, list_lines, neighbours
from webapp.ui.answers import render_answer
from webapp.ui.context import current_aula
from webapp.ui.exercises import render_report
from webapp.ui.inline import inline
from webapp.ui.marks import mark_view, review_view, worth_notes
from webapp.ui.urls import url
from webapp.ui.visitor import get_person


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
    form.answer.flags.required = review is not None and review.state == "open"
    markers = [one.marker_id for one in marks if one.slot != "moderator"]
    action = "teach.marking_mark" if slot else "teach.marking_moderate"
    return render_template(
        "teach/marking/show.html", **facts(work), form=form, criteria=criteria_of(form, work.exercise),
        action=url(action, **address(work)), is_moderation=slot is None,
        is_closed=work.submission.state != "graded" or actor == work.learner.id or (slot is None and actor in markers),
        is_blind=work.exercise.needs_second_marker and slot is not None, marks=mark_views(work, seen),
        sum=sum_of(work, own),
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
    source = answer.source if work.exercise.kind == "code" else ""
    return {
        "work": work,
        "lesson_title": work.lesson.title.for_language(g.language),
        "exercise_title": inline(work.exercise.title.for_language(g.language)),
        "answer_html": render_answer(
            work.exercise, answer, g.language, name=_("Respuesta de %(name)s", name=work.learner.name)
        ),
        "report_html": render_report(report, work.exercise, g.language, source=source) if report else "",
        "machine_points": points_text(report.points) if report else "",
        "most_by_checks": points_text(sheet.check_points),
        "most": points_text(sheet.points),
        "points": f"{points_text(score.parts.total)} / {points_text(score.max_points)}" if score else "",
        "notes": worth_notes(score, is_own=False) if score else (),
    }


def find_report(work: Work) -> GradeReport | None:
    if work.submission.state != "graded":
        return None
    return gradebook.get_report(g.db, work.submission.id)


def find_score(work: Work) -> Score | None:
    scores = gradebook.list_scores(
        g.db, learner_id=int(work.learner.id), course=work.course, exercise=work.submission.exercise
    )
    return scores.get(SubmissionId(work.submission.id))


def sum_of(work: Work, mark: ManualMark | None) -> str:
    """What a mark comes to with the machine's points where it let them stand; empty for none."""
    report = find_report(work)
    return points_text(rules.total(mark, report.points)) if mark and report else ""


def mark_views(work: Work, marks: Sequence[ManualMark]) -> list[Mapping[str, Any]]:
    """Every version that the reader may see, the newest first."""
    names = people.map_people(g.db, [one.marker_id for one in marks])
    return [
        {"mark": mark_view(one, work.exercise, g.language), "name": names[one.marker_id].name, "version": one.version}
        for one in reversed(marks)
    ]
