"""What a learner wrote for an earlier version of a lesson and today's has no place for: kept, to be read."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, render_template

from courses import Lesson
from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.lesson_desk import list_left
from webapp.learn.lessons import get_lesson
from webapp.learn.reader import get_reader_id
from webapp.services.gradebook import service as gradebook
from webapp.services.practice import service as practice
from webapp.services.practice.records import Draft, LessonKey
from webapp.services.submissions import service as submissions
from webapp.services.submissions.records import Submission
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.exercises import short_number
from webapp.ui.highlight import highlight_python
from webapp.ui.urls import url


@blueprint.get("/cursos/<course_id>/<lesson_id>/trabajo-anterior")
@door(Permission.STUDY)
def earlier_work_show(course_id: str, lesson_id: str) -> str:
    _course, lesson = get_lesson(course_id, lesson_id)
    drafts = practice.list_drafts(g.db, actor=get_reader_id(), lesson=LessonKey(course_id, lesson_id))
    return render_template(
        "learn/earlier_work.html", lesson_title=lesson.title.for_language(g.language),
        lesson_href=url("learn.lessons_show", course_id=course_id, lesson_id=lesson_id),
        cells=[cell_view(drafts[one]) for one in list_left(drafts, lesson)],
        answers=list_answers(get_reader_id(), lesson),
    )  # fmt: skip


def cell_view(draft: Draft) -> Mapping[str, Any]:
    return {"id": draft.cell_id, "saved_at": draft.saved_at, "code_html": highlight_python(draft.source)}


def list_answers(learner_id: int, lesson: Lesson) -> Sequence[Mapping[str, Any]]:
    """The latest attempt at each exercise that the lesson has no more, with what it earned."""
    course_id, lesson_id = lesson.course_id, lesson.id
    latest = submissions.list_latest(g.db, learner_id=learner_id, course_id=course_id, lesson_id=lesson_id)
    reports = gradebook.list_latest_reports(g.db, learner_id=learner_id, course_id=course_id, lesson_id=lesson_id)
    return [
        {
            "title": title_then(one),
            "at": one.handed_in_at,
            "code_html": highlight_python(one.answer.source) if one.answer.source else "",
            "points": short_number(reports[id_].points) if id_ in reports else "",
            "most": short_number(reports[id_].max_points) if id_ in reports else "",
        }
        for id_, one in latest.items()
        if lesson.find_exercise(id_) is None
    ]


def title_then(submission: Submission) -> str:
    """What the exercise was called in the version that the learner had, or its id where nobody kept that."""
    key = submission.exercise
    then = current_aula().shelf.find_edition(key.course_id, key.lesson_id, submission.answer.lesson_version)
    exercise = then.find_exercise(key.exercise_id) if then else None
    return exercise.title.for_language(g.language) if exercise else key.exercise_id
