"""The report on a graded notebook, as `python -m graders grade` writes it."""

from typing import Any

from courses import Language
from graders.otter.grade import Graded
from graders.otter.marks import CaseMark, Mark
from graders.otter.words import say, say_mark
from graders.report import SCHEMA


def to_report(graded: Graded, language: Language) -> dict[str, Any]:
    """The report as plain JSON values: an exercise for each question that earns points, a check for each case."""
    return {
        "schema": SCHEMA,
        "points": graded.points,
        "max_points": graded.max_points,
        "seconds": graded.seconds,
        "exercises": [_exercise(one, language) for one in graded.marks],
        "warnings": [{"code": one.code, "cell": one.cell_id, "message": say(one, language)} for one in graded.warnings],
    }


def _exercise(mark: Mark, language: Language) -> dict[str, Any]:
    return {
        "id": mark.question,
        "points": mark.points,
        "max_points": mark.max_points,
        "status": mark.status,
        "message": say_mark(mark, language),
        "checks": [_check(one, language) for one in mark.cases],
    }


def _check(one: CaseMark, language: Language) -> dict[str, Any]:
    return {
        "id": one.case.name,
        "status": one.status if one.status in ("passed", "failed") else "error",
        "points": one.points,
        "max_points": one.max_points,
        "message": say(one, language),
    }
