"""The report on a graded notebook, as `python -m graders grade` writes it."""

from typing import Any

from courses import Language
from graders.nbgrader.grade import Graded
from graders.nbgrader.marks import Mark
from graders.nbgrader.words import say
from graders.report import SCHEMA


def to_report(graded: Graded, language: Language) -> dict[str, Any]:
    """The report as plain JSON values, one exercise for each cell that earns points, its id the grade_id."""
    return {
        "schema": SCHEMA,
        "points": graded.points,
        "max_points": graded.max_points,
        "seconds": graded.seconds,
        "exercises": [_exercise(one, language) for one in graded.marks],
        "warnings": [{"code": one.code, "cell": one.cell_id, "message": say(one, language)} for one in graded.warnings],
    }


def _exercise(mark: Mark, language: Language) -> dict[str, Any]:
    message = say(mark, language)
    is_machine_made = mark.status not in ("manual", "missing")
    check = {
        "id": mark.grade_id,
        "status": _check_status(mark),
        "points": mark.points,
        "max_points": mark.max_points,
        "message": message,
    }
    return {
        "id": mark.grade_id,
        "points": mark.points,
        "max_points": mark.max_points,
        "status": mark.status,
        "message": message,
        "checks": [check] if is_machine_made else [],
    }


def _check_status(mark: Mark) -> str:
    if mark.status in ("passed", "partial", "failed"):
        return "passed" if mark.status == "passed" else "failed"
    return "error"
