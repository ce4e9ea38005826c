"""The attempts behind a mark: what was handed in, what was said of it, and on which lesson and data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, g, render_template
from flask_babel import gettext as _

from courses import Course, Exercise, Lesson
from webapp.access import Permission
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import Attempt, Score
from webapp.services.gradebook.replace import PastEntry, list_past
from webapp.services.gradebook.rules import points_text
from webapp.services.people.records import Person
from webapp.services.submissions.records import ExerciseKey
from webapp.teach import blueprint
from webapp.teach.cohorts import find_course, list_seen_members
from webapp.teach.marks import verdict_words
from webapp.ui.answers import render_answer
from webapp.ui.doors import door
from webapp.ui.exercises import render_report
from webapp.ui.inline import inline
from webapp.ui.marks import worth_notes
from webapp.ui.past import render_past
from webapp.ui.urls import url


@dataclass(frozen=True)
class Seat:
    """A learner's work in one exercise, as a member of a cohort."""

    cohort: Cohort
    learner: Person
    course: Course
    lesson: Lesson
    exercise: Exercise

    @property
    def trainer_id(self) -> int:
        return self.cohort.trainer_id

    @property
    def institution_id(self) -> int | None:
        return self.cohort.institution_id


def load_seat(cohort_id: int, course_id: str, lesson_id: str, exercise_id: str, learner_id: int) -> Seat:
    """Aborts with 404 where the cohort has no such member, or its course no such exercise."""
    cohort = cohorts.get_cohort(g.db, cohort_id)
    course = find_course(cohort)
    lesson = course.find_lesson(lesson_id) if course else None
    exercise = lesson.find_exercise(exercise_id) if lesson else None
    learner = next((one for one in list_seen_members(cohort) if one.id == learner_id), None)
    if cohort.course_id != course_id or course is None or lesson is None or exercise is None or learner is None:
        abort(404)
    return Seat(cohort, learner, course, lesson, exercise)


@blueprint.get("/grupos/<int:cohort_id>/ejercicios/<course_id>/<lesson_id>/<exercise_id>/<int:learner_id>")
@door(Permission.SEE_COHORT_MARKS, load_seat)
def attempts_list(seat: Seat) -> str:
    key = ExerciseKey(seat.cohort.course_id, seat.lesson.id, seat.exercise.id)
    attempts = gradebook.list_attempts(g.db, learner_id=seat.learner.id, exercise=key)
    scores = gradebook.list_scores(g.db, learner_id=seat.learner.id, course=seat.course, exercise=key)
    past = list_past(g.db, [one.submission.id for one in attempts])
    return render_template(
        "teach/attempts/list.html",
        seat=seat,
        cohort_href=url("teach.cohorts_show", cohort_id=seat.cohort.id),
        lesson_title=seat.lesson.title.for_language(g.language),
        exercise_title=inline(seat.exercise.title.for_language(g.language)),
        attempts=[
            {
                **attempt_view(seat, one, number, past.get(one.submission.id, ())),
                **worth_view(seat, one, scores.get(one.submission.id)),
            }
            for number, one in reversed(list(enumerate(attempts, 1)))
        ],
    )


def worth_view(seat: Seat, attempt: Attempt, score: Score | None) -> Mapping[str, Any]:
    """What an attempt is worth with people's marks and lateness, and where it is marked."""
    return {
        "points": f"{points_text(score.parts.total)} / {points_text(score.max_points)}" if score else "",
        "notes": worth_notes(score, is_own=False) if score else (),
        "mark_href": url("teach.marking_show", cohort_id=seat.cohort.id, submission_id=attempt.submission.id)
        if score
        else "",
    }


def attempt_view(seat: Seat, attempt: Attempt, number: int, past: Sequence[PastEntry]) -> Mapping[str, Any]:
    answer, report = attempt.submission.answer, attempt.report
    is_code = seat.exercise.kind == "code"
    name = (
        _("Código del intento %(number)s", number=number)
        if is_code
        else _("Respuesta del intento %(number)s", number=number)
    )
    # Only of code does a report explain what it was made of; the answer itself stands above it.
    source = answer.source if is_code else ""
    return {
        "number": number,
        "state": attempt.submission.state,
        "at": attempt.submission.handed_in_at,
        "verdict": verdict_words(report.verdict) if report else None,
        "report_html": render_report(report, seat.exercise, g.language, attempt=number, source=source)
        if report
        else "",
        "answer_html": render_answer(seat.exercise, answer, g.language, name=name),
        "past_html": render_past(past, seat.exercise, g.language, source=source),
        "graded_version": report.lesson_version if report and past else "",
        "lesson_version": answer.lesson_version,
        "is_older_lesson": answer.lesson_version != seat.lesson.version,
        "datasets": sorted(answer.dataset_versions.items()),
    }
