"""The points of each graded cell, by nbgrader's rule, and the status that our reports have for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graders.nbgrader.restore import Placed
from graders.nbgrader.run import CellRun
from graders.nbgrader.source import SourceCell
from graders.report import Verdict, Warning

NUMPY_NUMBER = re.compile(r"np\.\w+\((.*)\)")


@dataclass(frozen=True)
class Mark:
    """How one graded cell came out. points: 0 for what a person still marks. `code` and `fields` word it later."""

    grade_id: str
    status: Verdict
    points: float
    max_points: float
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Warning, ...] = ()


def mark_missing(cell: SourceCell) -> Mark:
    """The mark of an answer that was not sent in."""
    return Mark(cell.marking.grade_id, "missing", 0.0, cell.marking.points, "missing")


def mark(cell: SourceCell, placed: Placed, run: CellRun) -> Mark:
    """The mark of a cell that earns points. Source: nbgrader 0.9.6, utils.py, determine_grade."""
    marking = cell.marking
    if not cell.is_test:
        if placed.is_unchanged:
            return Mark(marking.grade_id, "failed", 0.0, marking.points, "no_response")
        return Mark(marking.grade_id, "manual", 0.0, marking.points, "manual")
    if run.was_in_kernel:
        told = (Warning("ran_in_kernel", marking.grade_id),)
        if run.reply is None or run.ending != "done":
            return _lost(cell, _status(run.ending), warnings=told)
        return _earned(cell, (run.reply.result or {}).get("text/plain"), told)
    return _mark_outcome(cell, run)


def _mark_outcome(cell: SourceCell, run: CellRun) -> Mark:
    outcome = run.outcome
    if outcome is None:
        return _lost(cell, _status(run.ending))
    if outcome.status == "passed":
        return _earned(cell, outcome.value)
    if outcome.status == "uncheckable":
        why = " ".join(outcome.uncheckable)[:500]
        return _lost(cell, "error", "uncheckable", {"why": why})
    if outcome.status == "timeout":
        return _lost(cell, "timeout")
    if outcome.status == "died":
        return _lost(cell, "error", "died")
    return _lost(cell, _status(run.answer_ending))


def _status(ending: str) -> Verdict:
    """The status of a test that was not passed, by how the answer before it ended."""
    statuses: Mapping[str, Verdict] = {
        "done": "failed", "error": "error", "died": "error", "timeout": "timeout", "out_of_memory": "out_of_memory",
    }  # fmt: skip
    return statuses[ending]


def _lost(
    cell: SourceCell,
    status: Verdict,
    code: str | None = None,
    fields: Mapping[str, Any] | None = None,
    warnings: tuple[Warning, ...] = (),
) -> Mark:
    return Mark(cell.marking.grade_id, status, 0.0, cell.marking.points, code or status, fields or {}, warnings)


def _earned(cell: SourceCell, value: str | None, warnings: tuple[Warning, ...] = ()) -> Mark:
    """The mark of a test that ran to its end: all points, or as many as its last expression says."""
    grade_id, most = cell.marking.grade_id, cell.marking.points
    points, code = _points_said(value, most)
    if code is not None:
        warnings = (*warnings, Warning(code, grade_id, {"value": (value or "")[:100]}))
    status: Verdict = "passed" if points >= most else "partial" if points > 0 else "failed"
    return Mark(grade_id, status, points, most, status, {}, warnings)


def _points_said(value: str | None, most: float) -> tuple[float, str | None]:
    """The points that a last expression's text says, and a warning's code where it says none that can be."""
    if value is None:
        return most, None
    number = NUMPY_NUMBER.fullmatch(value)
    try:
        points = float(number[1] if number else value)
    except ValueError:
        return most, "value_no_points"
    if points > most:
        return most, "value_above_points"
    return (points, None) if points >= 0 else (most, "value_no_points")
