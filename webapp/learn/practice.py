"""What the lesson page asks while somebody works on it: saving, running, checking, and help with an exercise."""

from typing import Any

from flask import Response, abort, g, jsonify, request
from flask_babel import gettext as _

from courses import Exercise, Lesson
from notebooks import write_notebook
from webapp.access import Permission
from webapp.learn import blueprint
from webapp.learn.lessons import get_lesson
from webapp.learn.reader import find_reader_id, get_reader_id
from webapp.services.enrolment import service as enrolment
from webapp.services.gradebook import service as gradebook
from webapp.services.practice import service as practice
from webapp.services.practice.records import Draft, LessonKey, RunRecord
from webapp.services.practice.service import Wish, Writing
from webapp.services.submissions import service as submissions
from webapp.services.submissions.records import Answer, ExerciseKey
from webapp.ui.context import current_aula
from webapp.ui.doors import door, public
from webapp.ui.exercises import render_hint, render_solution
from webapp.ui.urls import url

BASE = "/cursos/<course_id>/<lesson_id>"
CELL = f"{BASE}/celdas/<cell_id>"
EXERCISE = f"{BASE}/ejercicios/<exercise_id>"


@blueprint.put(CELL)
@door(Permission.STUDY)
def practice_save(course_id: str, lesson_id: str, cell_id: str) -> Response:
    wish = begin_work(course_id, lesson_id, cell_id)
    draft = practice.save_writing(g.db, wish, the_writing(cell_id), most_bytes=most_bytes())
    return jsonify(version=draft.version, saved_at=draft.saved_at.isoformat(), message=_("Guardado"))


@blueprint.get(f"{CELL}/versiones")
@door(Permission.STUDY)
def practice_versions(course_id: str, lesson_id: str, cell_id: str) -> Response:
    wish = the_wish(course_id, lesson_id)
    versions = practice.list_versions(g.db, actor=wish.actor, lesson=wish.lesson_key, cell_id=cell_id)
    return jsonify(versions=[to_version(draft) for draft in versions])


@blueprint.post(f"{CELL}/ejecutar")
@door(Permission.STUDY)
def practice_run(course_id: str, lesson_id: str, cell_id: str) -> Response:
    wish = begin_work(course_id, lesson_id, cell_id)
    practice.check_datasets(current_aula().catalogue, wish.lesson)
    current_aula().kernels()  # a "no" while none can be had, before anything waits for one
    above = the_body().get("above")
    run, version = practice.press_run(
        g.db, wish, the_writing(cell_id), with_above=above if isinstance(above, bool) else None, most_bytes=most_bytes()
    )
    return begun(run, version)


@blueprint.post(f"{EXERCISE}/comprobar")
@door(Permission.STUDY)
def practice_check(course_id: str, lesson_id: str, exercise_id: str) -> Response:
    wish = begin_work(course_id, lesson_id, exercise_id)
    exercise = get_exercise(wish.lesson, exercise_id)
    run, version = hand_in_answer(wish, exercise, the_writing(exercise.id), the_body().get("choice"))
    return begun(run, version)


@blueprint.post(f"{EXERCISE}/pistas")
@door(Permission.STUDY)
def practice_hint(course_id: str, lesson_id: str, exercise_id: str) -> Response:
    wish = the_wish(course_id, lesson_id)
    exercise = get_exercise(wish.lesson, exercise_id)
    if not exercise.hints:
        raise practice.NoHints
    number = practice.reveal_hint(
        g.db, actor=wish.actor, lesson=wish.lesson_key, exercise_id=exercise_id, of=len(exercise.hints)
    )
    return jsonify(number=number, of=len(exercise.hints), html=str(render_hint(exercise, number, g.language)))


@blueprint.post(f"{EXERCISE}/solucion")
@door(Permission.STUDY)
def practice_solution(course_id: str, lesson_id: str, exercise_id: str) -> Response:
    wish = the_wish(course_id, lesson_id)
    exercise = get_exercise(wish.lesson, exercise_id)
    key = ExerciseKey(course_id, lesson_id, exercise_id)
    if not exercise.solutions:
        raise practice.UnknownExercise
    course, _lesson = get_lesson(course_id, lesson_id)
    marks = gradebook.list_marks(g.db, learner_ids=(wish.actor,), course=course)[wish.actor]
    if not gradebook.may_see_solution(
        g.db, actor=wish.actor, key=key, exercise=exercise, mark=marks.get((lesson_id, exercise_id)),
        attempts_most=course.attempts_most,
    ):  # fmt: skip
        raise practice.SolutionLocked
    practice.open_solution(g.db, actor=wish.actor, lesson=wish.lesson_key, exercise_id=exercise_id, now=wish.now)
    return jsonify(html=str(render_solution(exercise, g.language)))


@blueprint.put(f"{BASE}/lugar")
@door(Permission.STUDY)
def practice_place(course_id: str, lesson_id: str) -> Response:
    wish = the_wish(course_id, lesson_id)
    section_id = the_body().get("section")
    if not isinstance(section_id, str) or section_id not in [one.id for one in wish.lesson.sections]:
        abort(422)
    practice.keep_place(g.db, actor=wish.actor, lesson=wish.lesson_key, section_id=section_id, now=wish.now)
    return Response(status=204)


@blueprint.get(f"{BASE}/cuaderno.ipynb")
@public
def practice_notebook(course_id: str, lesson_id: str) -> Response:
    """The lesson as a notebook, with the reader's own code where there is one."""
    _course, lesson = get_lesson(course_id, lesson_id)
    actor = find_reader_id()
    key = LessonKey(course_id, lesson_id)
    drafts = practice.list_drafts(g.db, actor=actor, lesson=key) if actor is not None else {}
    notebook = practice.compose_notebook(lesson, g.language, drafts, latest_choices(actor, key))
    return Response(
        write_notebook(notebook),
        content_type="application/x-ipynb+json",
        headers={"Content-Disposition": f'attachment; filename="{lesson_id}.ipynb"'},
    )


def hand_in_answer(wish: Wish, exercise: Exercise, writing: Writing, choice: object) -> tuple[RunRecord, int]:
    """The run that tells of the grading, and the saved version of the answer. Raises what keeps it from being taken."""
    course, _lesson = get_lesson(wish.lesson.course_id, wish.lesson.id)
    practice.check_datasets(current_aula().catalogue, wish.lesson)
    run, version, marked = practice.press_check(g.db, wish, exercise, writing, choice, most_bytes=most_bytes())
    submissions.hand_in(
        g.db,
        actor=wish.actor,
        exercise=ExerciseKey(course.id, wish.lesson.id, exercise.id),
        run_id=run.id,
        answer=the_answer(wish, exercise, marked),
        now=wish.now,
        attempts_most=course.attempts_most,
    )
    practice.tell_new(g.db, run, at_once=current_aula().settings.graders, now=wish.now)
    return run, version


def latest_choices(actor: int | None, lesson: LessonKey) -> dict[str, tuple[str, ...]]:
    """What a reader marked, ordered or paired last, by exercise; nothing for a visitor."""
    if actor is None:
        return {}
    latest = submissions.list_latest(g.db, learner_id=actor, course_id=lesson.course_id, lesson_id=lesson.lesson_id)
    return {exercise_id: one.answer.choice for exercise_id, one in latest.items() if one.answer.choice}


def the_wish(course_id: str, lesson_id: str, *, key: str = "") -> Wish:
    """Who asks for what, from the address, the session and the headers. Aborts with 404 for an unknown lesson.

    key: of a form, which has no header for it.
    """
    _course, lesson = get_lesson(course_id, lesson_id)
    key = key or request.headers.get("Idempotency-Key", "")
    return Wish(actor=get_reader_id(), lesson=lesson, language=g.language, now=current_aula().clock(), key=key)


def begin_work(course_id: str, lesson_id: str, cell_id: str, *, key: str = "") -> Wish:
    """The same, for what is work: who works in a lesson takes its course, and goes on next time where they worked."""
    wish = the_wish(course_id, lesson_id, key=key)
    enrolment.enrol(g.db, actor=wish.actor, course_id=course_id, now=wish.now)
    section_id = wish.lesson.find_section_id(cell_id)
    if section_id is not None:
        practice.keep_place(g.db, actor=wish.actor, lesson=wish.lesson_key, section_id=section_id, now=wish.now)
    return wish


def the_body() -> dict[str, Any]:
    """The request's JSON object. Aborts with 400 where it is none."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        # Brackets within brackets, thousands deep: nothing that our pages send.
        body = None
    if not isinstance(body, dict):
        abort(400)
    return body


def the_writing(cell_id: str) -> Writing:
    body = the_body()
    return Writing(cell_id, body.get("source"), body.get("base_version", 0))


def the_answer(wish: Wish, exercise: Exercise, choice: tuple[str, ...]) -> Answer:
    """The answer with the whole notebook that it stands in, as it is saved now."""
    drafts = practice.list_drafts(g.db, actor=wish.actor, lesson=wish.lesson_key)
    source = drafts[exercise.id].source if exercise.id in drafts else ""
    notebook = practice.compose_notebook(wish.lesson, wish.language, drafts, {exercise.id: choice})
    return Answer(
        source=source,
        choice=choice,
        notebook=write_notebook(notebook),
        lesson_version=wish.lesson.version,
        dataset_versions={pin.name: pin.version for pin in wish.lesson.datasets},
        language=wish.language,
    )


def begun(run: RunRecord, version: int) -> Response:
    address = url("learn.runs_show", token=run.token)
    response = jsonify(run=run.token, url=address, version=version)
    response.status_code = 202
    response.headers["Location"] = address
    return response


def get_exercise(lesson: Lesson, exercise_id: str) -> Exercise:
    exercise = lesson.find_exercise(exercise_id)
    if exercise is None:
        raise practice.UnknownExercise
    return exercise


def to_version(draft: Draft) -> dict[str, Any]:
    return {"version": draft.version, "saved_at": draft.saved_at.isoformat(), "source": draft.source}


def most_bytes() -> int:
    return current_aula().settings.answer_kib * 1024
