"""One's own attempts at an exercise: what was handed in, what it is worth and why, and asking for a review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, g, redirect, render_template
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from courses import Course, Exercise, Lesson
from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.catalogue import course_href, lesson_href
from webapp.learn.lessons import get_lesson
from webapp.learn.reader import get_reader_id
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import Attempt, Score
from webapp.services.gradebook.replace import PastEntry, list_past
from webapp.services.gradebook.rules import points_text
from webapp.services.marking import reviews
from webapp.services.marking import service as marking
from webapp.services.marking.records import ManualMark, Review
from webapp.services.marking.rules import MOST_REASON
from webapp.services.practice import service as practice
from webapp.services.submissions import service as submissions
from webapp.services.submissions.records import ExerciseKey, Submission
from webapp.ui.answers import render_answer
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.exercises import render_report
from webapp.ui.forms import try_filling
from webapp.ui.inline import inline
from webapp.ui.marks import mark_view, review_view, shown_to_learner, worth_notes
from webapp.ui.past import render_past
from webapp.ui.urls import url

ATTEMPTS = "/cursos/<course_id>/<lesson_id>/ejercicios/<exercise_id>/intentos"


class ReviewForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    reason = TextAreaField(
        _l("¿Qué quieres que se vuelva a mirar?"),
        [InputRequired(_l("Escribe por qué pides la revisión.")), Length(max=MOST_REASON)],
    )


def made_for(submission_id: int, **values: Any) -> ReviewForm:
    """The form for one of the attempts of a page; the names of its fields tell them apart."""
    return ReviewForm(prefix=f"attempt-{submission_id}", **values)


@dataclass(frozen=True)
class OwnAttempt:
    """An attempt at its place in the course; whose it is says who may ask for a review."""

    course: Course
    lesson: Lesson
    exercise: Exercise
    submission: Submission

    @property
    def learner_id(self) -> int:
        return self.submission.learner_id


def load_own(course_id: str, lesson_id: str, exercise_id: str, submission_id: int) -> OwnAttempt:
    """Aborts with 404 for an attempt that is not there, or is at another exercise."""
    course, lesson, exercise = find_place(course_id, lesson_id, exercise_id)
    submission = submissions.find_submission(g.db, submission_id)
    if submission is None or submission.exercise != ExerciseKey(course_id, lesson_id, exercise_id):
        abort(404)
    return OwnAttempt(course, lesson, exercise, submission)


def find_place(course_id: str, lesson_id: str, exercise_id: str) -> tuple[Course, Lesson, Exercise]:
    course, lesson = get_lesson(course_id, lesson_id)
    exercise = lesson.find_exercise(exercise_id)
    if exercise is None:
        raise practice.UnknownExercise
    return course, lesson, exercise


@blueprint.get(ATTEMPTS)
@door(Permission.STUDY)
def attempts_list(course_id: str, lesson_id: str, exercise_id: str) -> str:
    return attempts_page(*find_place(course_id, lesson_id, exercise_id))


@blueprint.post(f"{ATTEMPTS}/<int:submission_id>/revision")
@door(Permission.ASK_REVIEW, load_own)
def attempts_ask_review(own: OwnAttempt) -> BaseResponse | tuple[str, int]:
    form = made_for(own.submission.id)
    place = (own.course, own.lesson, own.exercise)
    if form.validate_on_submit() and try_filling(form, lambda: ask(own, form), {"bad_reason": form.reason}):
        return redirect(attempts_href(*place), 303)
    return attempts_page(*place, form=form, asked=own.submission.id), 422


def ask(own: OwnAttempt, form: ReviewForm) -> None:
    reviews.ask_review(g.db, submission=own.submission, reason=form.reason.data or "", now=current_aula().clock())


def attempts_href(course: Course, lesson: Lesson, exercise: Exercise) -> str:
    return url("learn.attempts_list", course_id=course.id, lesson_id=lesson.id, exercise_id=exercise.id)


def attempts_page(
    course: Course, lesson: Lesson, exercise: Exercise, *, form: ReviewForm | None = None, asked: int | None = None
) -> str:
    """form: one that was sent and is not right, for the attempt `asked`."""
    reader_id, key = get_reader_id(), ExerciseKey(course.id, lesson.id, exercise.id)
    attempts = gradebook.list_attempts(g.db, learner_id=reader_id, exercise=key)
    scores = gradebook.list_scores(g.db, learner_id=reader_id, course=course, exercise=key)
    requests = {one.submission_id: one for one in reviews.list_reviews(g.db, learner_id=reader_id, exercise=key)}
    given = marking.list_marks_in_course(g.db, learner_ids=(reader_id,), course_id=course.id)
    graded = [one for one in attempts if one.report is not None]
    past = list_past(g.db, [one.submission.id for one in attempts])
    views = [
        {
            **attempt_view(
                one,
                exercise,
                scores.get(one.submission.id),
                given.get(one.submission.id, ()),
                requests.get(one.submission.id),
            ),
            "past_html": past_html(one, exercise, past.get(one.submission.id, ())),
            "number": graded.index(one) + 1 if one in graded else None,
            "form": form
            if one.submission.id == asked and form is not None
            else made_for(one.submission.id, formdata=None),
            "has_error": one.submission.id == asked,
        }
        for one in reversed(attempts)
    ]
    return render_template(
        "learn/attempts.html", course_title=course.title.for_language(g.language), course_href=course_href(course),
        lesson_title=lesson.title.for_language(g.language), lesson_href=lesson_href(course, lesson),
        exercise_title=inline(exercise.title.for_language(g.language)), exercise=exercise, attempts=views,
        most=course.attempts_most, counts=course.counts,
        left=None if course.attempts_most is None else max(0, course.attempts_most - len(graded)),
        error_form=form,
    )  # fmt: skip


def past_html(attempt: Attempt, exercise: Exercise, past: Sequence[PastEntry]) -> Markup:
    source = attempt.submission.answer.source if exercise.kind == "code" else ""
    return render_past(past, exercise, g.language, source=source)


def answer_name(submission: Submission) -> str:
    """What a screen reader calls an answer, to tell it from those of the other attempts."""
    return str(_("Lo que enviaste el %(moment)s", moment=format_datetime(submission.handed_in_at, "medium")))


def attempt_view(
    attempt: Attempt, exercise: Exercise, score: Score | None, marks: Sequence[ManualMark], review: Review | None
) -> Mapping[str, Any]:
    """marks: every version of what people gave for the attempt."""
    submission, report = attempt.submission, attempt.report
    source = submission.answer.source if exercise.kind == "code" else ""
    return {
        "id": submission.id,
        "state": submission.state,
        "at": submission.handed_in_at,
        "points": f"{points_text(score.parts.total)} / {points_text(score.max_points)}" if score else "",
        "is_open": score is not None and score.state != "final",
        "notes": worth_notes(score) if score else (),
        "report_html": render_report(report, exercise, g.language, source=source) if report else "",
        "answer_html": render_answer(exercise, submission.answer, g.language, name=answer_name(submission)),
        "marks": [mark_view(one, exercise, g.language) for one in shown_to_learner(marks, score.state)]
        if score
        else [],
        "review": review_view(review) if review else None,
    }
