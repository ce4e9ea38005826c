"""The report of a graded exercise: codes and fields, never sentences, so that it can be reworded later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

SCHEMA = "aula-report/1"  # of a submission, as `python -m graders grade` writes it
EXERCISE_SCHEMA = "aula-exercise-report/1"  # of one exercise, as records keep it

Verdict = Literal["passed", "partial", "failed", "error", "timeout", "out_of_memory", "manual", "missing"]
CheckStatus = Literal["passed", "failed", "error"]


@dataclass(frozen=True)
class CheckResult:
    """How one check came out. `code` names what was seen (table.missing_rows…), `fields` its particulars as JSON.

    wrong_answer_id: the declared wrong answer that this evidence equals, if any.
    """

    check_id: str
    status: CheckStatus
    points: float
    max_points: float
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    wrong_answer_id: str | None = None


@dataclass(frozen=True)
class CodeFault:
    """Where the learner's code ended, and what Python said; name is empty where a limit ended it, not an exception."""

    cell_id: str
    name: str
    value: str
    line: int | None
    traceback: tuple[str, ...] = ()


@dataclass(frozen=True)
class Warning:
    """Something the learner or trainer should know though it cost nothing, for instance a restored cell."""

    code: str
    cell_id: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class GradeReport:
    """The marking of one exercise. 0 ≤ points ≤ max_points. A platform failure is never a report: it is raised."""

    exercise_id: str
    verdict: Verdict
    points: float
    max_points: float
    checks: tuple[CheckResult, ...]
    seconds: float
    lesson_version: str
    fault: CodeFault | None = None
    warnings: tuple[Warning, ...] = ()
