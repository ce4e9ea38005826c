"""Step 4, compare: the evidence of an answer against that of the solution, check by check. Pure."""

from courses import Check, Exercise
from graders.checks import Finding, get_kind
from graders.errors import EvidenceRefused
from graders.observe import Observation
from graders.report import CheckResult, CheckStatus

STOPPED = {
    "error": "cell.stopped",
    "timeout": "cell.too_slow",
    "out_of_memory": "cell.out_of_memory",
    "died": "cell.died",
}
UNREADABLE = Finding(False, "evidence.unreadable")


def compare(exercise: Exercise, seen: Observation, expected: Observation) -> tuple[CheckResult, ...]:
    """One result per check, in the exercise's order. Nothing is looked at in an answer that did not run to its end."""
    if seen.ending != "done":
        stopped = Finding(False, STOPPED[seen.ending], is_error=True)
        return tuple(to_result(check, stopped) for check in exercise.checks)
    return tuple(to_result(check, _judge(check, seen, expected)) for check in exercise.checks)


def to_result(check: Check, finding: Finding) -> CheckResult:
    """All of the check's points, or the part of them that the finding says, to a hundredth."""
    status: CheckStatus = "passed" if finding.is_right else "error" if finding.is_error else "failed"
    points = check.points if finding.is_right else round(check.points * finding.share, 2)
    return CheckResult(check.id, status, points, check.points, finding.code, finding.fields)


def _judge(check: Check, seen: Observation, expected: Observation) -> Finding:
    kind = get_kind(check.kind)
    try:
        have = kind.read(seen.evidence.get(check.id))
    except EvidenceRefused:
        return UNREADABLE
    return kind.judge(check, have, kind.read(expected.evidence[check.id]))
