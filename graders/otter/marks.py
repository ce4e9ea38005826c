"""The points of each question by Otter's rule, and the status that our reports have for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graders.otter.cases import Case, Question
from graders.otter.run import CaseRun, Check, Runs
from graders.otter.source import Source
from graders.report import Verdict, Warning


@dataclass(frozen=True)
class CaseMark:
    """How one case came out. `code` and `fields` word it later."""

    case: Case
    status: Verdict
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return self.max_points if self.status == "passed" else 0.0

    @property
    def max_points(self) -> float:
        return round(self.case.points or 0.0, 5)


@dataclass(frozen=True)
class Mark:
    """How one question came out. points: 0 for what a person still marks; cases: none there."""

    question: str
    status: Verdict
    points: float
    max_points: float
    cases: tuple[CaseMark, ...] = ()
    warnings: tuple[Warning, ...] = ()


def marks_of(source: Source, runs: Runs) -> tuple[Mark, ...]:
    """The mark of each question, in the source's order."""
    return tuple(
        _mark(question, runs.checks[name]) if question.cases else _manual(question)
        for name, question in source.questions.items()
    )


def _manual(question: Question) -> Mark:
    return Mark(question.name, "manual", 0.0, question.max_points)


def _mark(question: Question, check: Check) -> Mark:
    """Source: otter-grader 7.0.0, test_files/abstract_test.py, score."""
    cases = tuple(_case(case, run, check) for case, run in zip(question.cases, check.cases, strict=True))
    lost = [one for one in cases if one.status != "passed"]
    points = sum((one.case.points or 0.0 for one in cases if one.status == "passed"), 0.0)
    if question.all_or_nothing and lost:
        points = 0.0
    status: Verdict = "passed" if not lost else "partial" if points > 0 else lost[0].status
    told = tuple(Warning("ran_in_kernel", one.name) for one, run in zip(question.cases, check.cases, strict=True)
                 if run.was_in_kernel)  # fmt: skip
    return Mark(question.name, status, round(points, 5), question.max_points, cases, told)


def _case(case: Case, run: CaseRun, check: Check) -> CaseMark:
    outcome = run.outcome
    if outcome is None:
        status = _status(run.ending) if run.ending != "done" else "passed"
        # A case in the learner's session that raised is one that did not hold.
        return _marked(case, "failed" if run.was_in_kernel and status == "error" else status)
    if outcome.status == "passed":
        return _marked(case, "passed")
    if outcome.status == "uncheckable":
        return _uncheckable(case, " ".join(outcome.uncheckable)[:500])
    if outcome.status == "timeout":
        return _marked(case, "timeout")
    if outcome.status == "died":
        return CaseMark(case, "error", "died")
    if case.acts_on_process and check.answer_ending == "done":
        return _uncheckable(case, "the random numbers or the figure of the process that the answer runs in")
    return _marked(case, _status(check.answer_ending))


def _uncheckable(case: Case, why: str) -> CaseMark:
    return CaseMark(case, "error", "uncheckable", {"why": why})


def _marked(case: Case, status: Verdict) -> CaseMark:
    return CaseMark(case, status, status)


def _status(ending: str) -> Verdict:
    """The status of a case that did not pass, by how the cells before it ended."""
    statuses: Mapping[str, Verdict] = {
        "done": "failed", "error": "error", "died": "error", "timeout": "timeout", "out_of_memory": "out_of_memory",
    }  # fmt: skip
    return statuses[ending]
