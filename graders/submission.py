"""A whole submission of a lesson graded, as the report that `python -m graders grade` writes."""

from collections.abc import Sequence
from typing import Any

from courses import Exercise, Language, Lesson
from graders.engine import grade
from graders.feedback import say
from graders.keys import AnswerKeys
from graders.prepare import with_answers_named
from graders.report import SCHEMA, CheckResult, GradeReport, Warning
from notebooks import ForkServer, Limits, Notebook


def grade_submission(
    lesson: Lesson,
    exercises: Sequence[Exercise],
    work: Notebook,
    *,
    sandbox: ForkServer,
    keys: AnswerKeys,
    limits: Limits,
    language: Language,
) -> dict[str, Any]:
    """The report over these exercises of the lesson, each run on its own. Raises: as `grade`."""
    reports = [
        grade(lesson, one.id, work, sandbox=sandbox, keys=keys, limits=limits, language=language) for one in exercises
    ]
    told: dict[tuple[str, str], Warning] = {}
    for report in reports:
        for warning in report.warnings:
            told.setdefault((warning.code, warning.cell_id), warning)
    return {
        "schema": SCHEMA,
        "points": sum(report.points for report in reports),
        "max_points": sum(report.max_points for report in reports),
        "seconds": round(sum(report.seconds for report in reports), 3),
        "exercises": [_exercise(one, report, language) for one, report in zip(exercises, reports, strict=True)],
        "warnings": [
            {"code": one.code, "cell": one.cell_id, "message": say(one, exercises[0], language)}
            for one in told.values()
        ],
    }


def is_of_this_lesson(lesson: Lesson, work: Notebook) -> bool:
    """Whether the notebook has at least one answer cell of the lesson."""
    named = with_answers_named(work)
    return any(named.find_cell(exercise.id) is not None for exercise in lesson.exercises)


def _exercise(exercise: Exercise, report: GradeReport, language: Language) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "points": report.points,
        "max_points": report.max_points,
        "status": report.verdict,
        "message": say(report, exercise, language),
        "checks": [_check(result, exercise, language) for result in report.checks],
    }


def _check(result: CheckResult, exercise: Exercise, language: Language) -> dict[str, Any]:
    return {
        "id": result.check_id,
        "status": result.status,
        "points": result.points,
        "max_points": result.max_points,
        "message": say(result, exercise, language),
    }
