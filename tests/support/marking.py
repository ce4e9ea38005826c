"""A course whose exercises people mark, and what people say of its attempts."""

from dataclasses import replace
from typing import Any

from support.jobs import NOON
from support.practice import LESSON, a_lesson, an_exercise

from courses import Catalogue, Course, Criterion, Exercise, LocalText, RubricLevel
from webapp.services.marking.records import Judgement, ManualMark, Slot
from webapp.services.submissions.records import ExerciseKey, SubmissionId

PROJECT = ExerciseKey(LESSON.course_id, LESSON.lesson_id, "proyecto")
ESSAY = ExerciseKey(LESSON.course_id, LESSON.lesson_id, "ensayo")


def a_criterion(name: str, *points: float) -> Criterion:
    """A criterion with a level for each number of points."""
    levels = tuple(RubricLevel(one, LocalText(f"Nivel {number}")) for number, one in enumerate(points))
    return Criterion(name, LocalText(f"Criterio {name}"), levels)


def a_project(*, needs_second: bool = False, exercise_id: str = "proyecto") -> Exercise:
    """Checks worth 2 points, and a rubric worth 6 more."""
    rubric = (a_criterion("claridad", 0, 1, 2), a_criterion("metodo", 0, 2, 4))
    return replace(an_exercise(exercise_id, 2.0), points=8.0, rubric=rubric, needs_second_marker=needs_second)


def a_marked_course(**fields: Any) -> Course:
    """The small course with a project for two markers and an essay for one. fields: of the course."""
    lesson = a_lesson()
    exercises = (*lesson.exercises, a_project(needs_second=True), a_project(exercise_id="ensayo"))
    lesson = replace(lesson, exercises=exercises)
    return Course(
        id=LESSON.course_id, title=LocalText("Curso"), summary=LocalText(""), level="explora", topics=(), cover="bars",
        lessons=(lesson,), pass_share=0.7, **fields,
    )  # type: ignore[arg-type]  # plain texts stand for the named ids  # fmt: skip


def a_marked_catalogue(**fields: Any) -> Catalogue:
    return Catalogue((a_marked_course(**fields),), (), ())


def a_judgement(claridad: int = 2, metodo: int = 2, *, checks: float | None = None, comment: str = "") -> Judgement:
    """Levels of the two criteria; 2 and 2 are all six points."""
    return Judgement(checks, {"claridad": claridad, "metodo": metodo}, comment)


def a_manual_mark(
    slot: Slot = "first",
    version: int = 1,
    *,
    marker_id: int = 7,
    checks: float | None = None,
    rubric: float | None = 6.0,
    needs_second: bool = False,
    most: float = 8.0,
) -> ManualMark:
    return ManualMark(
        SubmissionId(1), slot, version, marker_id, checks, {}, rubric, most, needs_second, "", NOON
    )  # fmt: skip
