"""Kinds of checks. Pure: evidence of an answer and of the solution in, a finding out. No learner code runs here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from courses import Check
from graders.checks import chart, code, function, table, value
from graders.checks.choice import judge_choice
from graders.checks.finding import Finding
from graders.evidence import read_axes, read_holding, read_outcomes


@dataclass(frozen=True)
class Kind:
    """read: raw evidence into values, EvidenceRefused where it is none; judge: learner's against the solution's.

    is_same: whether the check sees the same in two answers, by which a declared wrong answer is recognised.
    """

    read: Callable[[Any], Any]
    judge: Callable[[Check, Any, Any], Finding]
    is_same: Callable[[Check, Any, Any], bool]


KINDS: Mapping[str, Kind] = {
    "value": Kind(read_holding, value.judge, value.is_same),
    "table": Kind(read_holding, table.judge, table.is_same),
    "function": Kind(read_outcomes, function.judge, function.is_same),
    "chart": Kind(read_axes, chart.judge, chart.is_same),
    "code": Kind(code.as_text, code.judge, code.is_same),
}

__all__ = ["KINDS", "Finding", "Kind", "judge_choice"]
