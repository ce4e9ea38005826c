"""What is asked of a function besides its results, and the further calls that show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses import Check
from graders.checks.alike import Closeness, closeness_of, is_alike, is_number
from graders.checks.finding import Finding, miss
from graders.errors import EvidenceRefused
from graders.evidence import Absent, Outcome, Raised, TooSlow, Value, read_outcomes

# What may be asked of a function besides its results: the further calls that show it, and the code of a miss.
PROPERTIES: Mapping[str, tuple[str, str]] = {
    "deterministic": ("again", "function.not_deterministic"),
    "keeps_arguments": ("after", "function.changes_arguments"),
    "symmetric": ("swapped", "function.not_symmetric"),
    "idempotent": ("twice", "function.not_idempotent"),
}
ORDERS: Mapping[str, str] = {"increasing": "function.not_increasing", "decreasing": "function.not_decreasing"}


@dataclass(frozen=True)
class Calls:
    """What a function gave for each case. also: the same of further calls, by the probe's word for them."""

    outcomes: tuple[Outcome, ...]
    also: Mapping[str, tuple[Outcome, ...]]


def read_calls(raw: Any) -> Calls | Value | Absent | TooSlow:
    """As `read_outcomes`, with what further calls gave. Raises EvidenceRefused."""
    told = dict(raw) if isinstance(raw, dict) else {}
    also = told.pop("also", {})
    outcomes = read_outcomes(told)
    if not isinstance(outcomes, tuple):
        return outcomes
    if not isinstance(also, dict):
        raise EvidenceRefused("further calls are no object")
    return Calls(outcomes, {word: _only_outcomes(one) for word, one in also.items()})


def _only_outcomes(raw: Any) -> tuple[Outcome, ...]:
    outcomes = read_outcomes({"outcomes": raw})
    if not isinstance(outcomes, tuple):
        raise EvidenceRefused("further calls have no outcomes")
    return outcomes


def all_calls(check: Check, calls: Calls) -> list[tuple[Outcome, ...]]:
    """The outcomes of the cases, and of the further calls that the check asks for."""
    return [calls.outcomes, *(calls.also.get(word, ()) for word in further_calls(check))]


def further_calls(check: Check) -> list[str]:
    """The probe's words for the calls that the check's properties need."""
    asked = check.params.get("properties", ())
    return [call for word, (call, _) in PROPERTIES.items() if word in asked]


def are_whole(check: Check, *told: Calls) -> bool:
    """Whether there is an outcome for each case of each call."""
    length = len(check.params["cases"])
    return all(len(outcomes) == length for calls in told for outcomes in all_calls(check, calls))


def find_lacking_property(check: Check, have: Calls, want: Calls) -> Finding | None:
    """The first property that a case shows to be missing, an open case if there is such.

    Cases in which the function must raise show none.
    """
    cases = check.params["cases"]
    giving = [at for at, case in enumerate(cases) if "raises" not in case]
    open_first = sorted(giving, key=lambda at: cases[at].get("hidden") is True)
    for word in check.params.get("properties", ()):
        if word in ORDERS:
            at, code = _first_out_of_order(cases, have.outcomes, is_up=word == "increasing"), ORDERS[word]
        else:
            call, code = PROPERTIES[word]
            # Arguments are left alone where they are as the solution left them; all else compares with the result.
            right = want.also[call] if call == "after" else have.outcomes
            close = {} if call == "after" else check.params
            outcomes = have.also[call]
            at = next((at for at in open_first if not _are_alike(outcomes[at], right[at], closeness_of(close))), None)
        if at is not None:
            return miss(code, name=check.params["name"], case=dict(cases[at]["label"]))
    return None


def _are_alike(have: Outcome, want: Outcome, close: Closeness) -> bool:
    return not isinstance(have, Raised) and not isinstance(want, Raised) and is_alike(have[0], want[0], close)


def _first_out_of_order(cases: Sequence[Mapping[str, Any]], outcomes: Sequence[Outcome], *, is_up: bool) -> int | None:
    """The case whose result is on the wrong side of that of the next smaller first argument, all others equal."""
    groups: dict[str, list[tuple[float, int]]] = {}
    for at, case in enumerate(cases):
        args = case.get("args", ())
        if args and is_number(args[0]) and "raises" not in case:
            groups.setdefault(repr((args[1:], case.get("kwargs"))), []).append((args[0], at))
    for group in groups.values():
        steps = sorted(group)
        for (_, before), (_, after) in zip(steps, steps[1:], strict=False):
            low, high = (before, after) if is_up else (after, before)
            if not _is_at_most(outcomes[low], outcomes[high]):
                return after
    return None


def _is_at_most(low: Outcome, high: Outcome) -> bool:
    if isinstance(low, Raised) or isinstance(high, Raised) or not (is_number(low[0]) and is_number(high[0])):
        return False
    return float(low[0]) <= float(high[0])  # type: ignore[arg-type]  # numbers, as just found
