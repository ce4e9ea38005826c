"""Step 5, explain: which declared wrong answer a failing check shows, if any."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from courses import Check, Exercise, WrongAnswer
from graders.checks import get_kind
from graders.errors import EvidenceRefused
from graders.observe import Observation
from graders.report import CheckResult

Observe = Callable[[WrongAnswer], Observation]


def explain(
    exercise: Exercise, results: Sequence[CheckResult], seen: Observation, observe_wrong: Observe
) -> tuple[CheckResult, ...]:
    """The results, those that did not pass with the wrong answer that their evidence equals.

    observe_wrong: is asked only for wrong answers of checks that did not pass.
    """
    return tuple(
        result
        if result.status == "passed"
        else replace(result, wrong_answer_id=_recognised(check, exercise, seen, observe_wrong))
        for check, result in zip(exercise.checks, results, strict=True)
    )


def shows_the_same(check: Check, one: Observation, other: Observation) -> bool:
    """Whether a check sees the same in two answers: the same exception in both, or evidence that it holds for equal."""
    if one.ending == other.ending == "error" and one.fault and other.fault:
        return (one.fault.name, one.fault.value) == (other.fault.name, other.fault.value)
    if one.ending != "done" or other.ending != "done":
        return False
    kind = get_kind(check.kind)
    try:
        return kind.is_same(check, kind.read(one.evidence.get(check.id)), kind.read(other.evidence.get(check.id)))
    except EvidenceRefused:
        return False


def _recognised(check: Check, exercise: Exercise, seen: Observation, observe_wrong: Observe) -> str | None:
    # An answer that a limit ended left nothing to compare.
    if seen.ending not in ("done", "error"):
        return None
    declared = [one for one in exercise.wrong_answers if one.check_id == check.id]
    return next((one.id for one in declared if shows_the_same(check, seen, observe_wrong(one))), None)
