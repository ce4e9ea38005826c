"""The check `function`: a function of the learner gives, for each case, what the solution's gives."""

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from courses import Check
from graders.checks.alike import closeness_of, is_alike, shown
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.table import compare_tables
from graders.checks.value import type_word
from graders.evidence import Absent, Outcome, Raised, Table, TooSlow, Unreadable, Value

Evidence: TypeAlias = tuple[Outcome, ...] | Value | Absent | TooSlow


def judge(check: Check, have: Evidence, want: Evidence) -> Finding:
    """Tells the first case that differs, an open one if there is such; of a hidden one no more than its label."""
    name = check.params["name"]
    if isinstance(have, TooSlow):
        return Finding(False, "function.too_slow", {"name": name}, is_error=True)
    if not isinstance(have, tuple):
        return _no_function(name, have)
    cases = check.params["cases"]
    if not isinstance(want, tuple) or not len(cases) == len(have) == len(want):
        return miss("function.different", name=name)
    wrong = [at for at in range(len(cases)) if not _is_right(check, have[at], want[at])]
    if not wrong:
        return RIGHT
    return _wrong_case(name, cases, have, wrong)


def is_same(check: Check, one: Evidence, other: Evidence) -> bool:
    """Whether each case ended in the same way: a like value, or an exception of the same class."""
    if not isinstance(one, tuple) or not isinstance(other, tuple) or len(one) != len(other):
        return False
    return all(
        first.name == second.name
        if isinstance(first, Raised) and isinstance(second, Raised)
        else _is_right(check, first, second)
        for first, second in zip(one, other, strict=True)
    )


def _no_function(name: str, have: Value | Absent) -> Finding:
    if isinstance(have, Absent):
        return miss("function.missing", name=name)
    if isinstance(have, Unreadable) and have.reason == "placeholder":
        return miss("function.placeholder", name=name)
    return miss("function.not_function", name=name, type=type_word(have))


def _is_right(check: Check, have: Outcome, want: Outcome) -> bool:
    """Never where either raised: a solution that does is refused elsewhere."""
    if isinstance(have, Raised) or isinstance(want, Raised):
        return False
    if isinstance(have[0], Table) and isinstance(want[0], Table):
        return compare_tables(check.params, have[0], want[0]).is_right
    return is_alike(have[0], want[0], closeness_of(check.params))


def _wrong_case(
    name: str, cases: Sequence[Mapping[str, Any]], have: Sequence[Outcome], wrong: Sequence[int]
) -> Finding:
    if all(not isinstance(one, Raised) and one[0] is None for one in have):
        return miss("function.no_return", name=name)
    at = next((one for one in wrong if not cases[one].get("hidden")), wrong[0])
    outcome, is_hidden = have[at], cases[at].get("hidden") is True
    label = cases[at]["label"]
    known = {"name": name, "case": dict(label), "wrong": len(wrong), "all": len(cases)}
    if isinstance(outcome, Raised):
        return miss("function.raised", **known, error=_told_error(outcome.name, is_hidden))
    if isinstance(outcome[0], Unreadable) and outcome[0].reason == "placeholder":
        return miss("function.placeholder", name=name)
    if is_hidden:
        return miss("function.hidden_case_differs", **known)
    return miss("function.case_differs", **known, value=shown(outcome[0]))


def _told_error(name: str, is_hidden: bool) -> str:
    """The exception's class; of a hidden case only Python's own, for a name can be made of the case's values."""
    kind = vars(builtins).get(name)
    is_own = isinstance(kind, type) and issubclass(kind, BaseException)
    return name if is_own or not is_hidden else "Exception"
