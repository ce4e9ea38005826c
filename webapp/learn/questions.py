"""The form of a question as a browser without scripts sends it: handed in like any check, and back to the lesson."""

from flask import g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from courses import Exercise
from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.practice import EXERCISE, begin_work, get_exercise, hand_in_answer
from webapp.services.practice import service as practice
from webapp.services.practice.service import Writing
from webapp.services.submissions import service as submissions
from webapp.ui.doors import door
from webapp.ui.question_page import shown_order
from webapp.ui.urls import url

LONGEST_NUMBER = 10


@blueprint.post(f"{EXERCISE}/responder")
@door(Permission.STUDY)
def questions_answer(course_id: str, lesson_id: str, exercise_id: str) -> BaseResponse:
    wish = begin_work(course_id, lesson_id, exercise_id, key=request.form.get("key", ""))
    exercise = get_exercise(wish.lesson, exercise_id)
    if exercise.kind == "code":
        raise practice.UnknownExercise
    latest = submissions.list_latest(g.db, learner_id=wish.actor, course_id=course_id, lesson_id=lesson_id)
    before = latest[exercise_id].answer.choice if exercise_id in latest else ()
    hand_in_answer(wish, exercise, the_form(exercise_id), chosen(exercise, before))
    page = url("learn.lessons_show", course_id=course_id, lesson_id=lesson_id)
    return redirect(f"{page}#exercise-{exercise_id}", 303)


def the_form(exercise_id: str) -> Writing:
    source = request.form.get("source")
    text = source.replace("\r\n", "\n") if source is not None else None
    return Writing(exercise_id, text, whole(request.form.get("base_version", "0"), default=-1))


def whole(text: str, *, default: int) -> int:
    """The whole number that a field holds; the default for any other text."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else default


def chosen(exercise: Exercise, before: tuple[str, ...]) -> list[str]:
    """What the form's fields mark, order or pair; `practice` decides whether that is an answer.

    before: as the items were ordered last, which is how the page showed them: of two with the same number, the one
    that stood first comes first.
    """
    if exercise.kind == "order":
        shown = [item.id for item in shown_order(exercise, before)]
        return sorted(shown, key=lambda id_: whole(request.form.get(f"place-{id_}", ""), default=len(shown) + 1))
    if exercise.kind == "match":
        picked = [(item.id, request.form.get(f"match-{item.id}", "")) for item in exercise.match_items]
        return [f"{item_id}={answer_id}" for item_id, answer_id in picked if answer_id]
    return request.form.getlist("choice")
