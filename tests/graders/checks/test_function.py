"""The check `function`: each case against what the solution gives."""

from typing import Any

import pytest
from support.lessons import a_check

from graders.checks.function import is_same, judge
from graders.evidence import Absent, Column, Raised, Table, TooSlow, Unreadable

CASES = [
    {"label": {"es": "abierto", "en": "open"}},
    {"label": {"es": "escondido", "en": "hidden one"}, "hidden": True},
]
CHECK = a_check("function", name="f", cases=CASES, relative=0.01)
WANT = ((10.0,), (777.0,))


def test_like_values_for_all_cases_pass() -> None:
    assert judge(CHECK, ((10.05,), (777,)), WANT).is_right


@pytest.mark.parametrize(
    ("have", "code"),
    [
        (Absent(), "function.missing"),
        (Unreadable("placeholder"), "function.placeholder"),
        (((Unreadable("placeholder"),), (Unreadable("placeholder"),)), "function.placeholder"),
        (3, "function.not_function"),
        (Unreadable("other", "X"), "function.not_function"),
        (((None,), (None,)), "function.no_return"),
        (((11.0,), (777.0,)), "function.case_differs"),
        (((10.0,), (778888.0,)), "function.hidden_case_differs"),
        ((Raised("KeyError", "'x'"), (777.0,)), "function.raised"),
        (((10.0,),), "function.different"),
    ],
)
def test_what_is_wrong_has_a_name(have: Any, code: str) -> None:
    finding = judge(CHECK, have, WANT)
    assert (finding.is_right, finding.is_error, finding.code) == (False, False, code)


def test_a_function_that_never_ends_could_not_be_looked_at() -> None:
    assert judge(CHECK, TooSlow(), WANT).is_error


def test_of_a_hidden_case_only_the_label_is_told() -> None:
    fields = judge(CHECK, ((10.0,), (123456.0,)), WANT).fields
    assert dict(fields) == {"name": "f", "case": {"es": "escondido", "en": "hidden one"}, "wrong": 1, "all": 2}


def test_a_hidden_case_cannot_be_told_through_an_exceptions_name() -> None:
    def error_of(name: str, case: int) -> str:
        outcomes: list[Any] = [(10.0,), (777.0,)]
        outcomes[case] = Raised(name, "123")
        return str(judge(CHECK, tuple(outcomes), WANT).fields["error"])

    assert error_of("Case123", 1) == "Exception"
    assert error_of("KeyError", 1) == "KeyError"
    assert error_of("Case123", 0) == "Case123"


def test_an_open_case_is_told_before_a_hidden_one() -> None:
    cases = [CASES[1], CASES[0]]
    finding = judge(a_check("function", name="f", cases=cases), ((1.0,), (2.0,)), ((3.0,), (4.0,)))
    assert (finding.code, finding.fields["value"]) == ("function.case_differs", "2")


def test_tables_are_compared_as_tables() -> None:
    def table(*values: int) -> Table:
        return Table((Column("a", "integer", values),), (), len(values), 1, False)

    check = a_check("function", name="f", cases=CASES[:1])
    assert judge(check, ((table(2, 1),),), ((table(1, 2),),)).is_right
    assert not judge(check, ((table(2, 2),),), ((table(1, 2),),)).is_right


def test_a_solution_that_raises_satisfies_nobody() -> None:
    raised = (Raised("KeyError", ""), (1,))
    assert not judge(CHECK, raised, raised).is_right


def test_a_wrong_answer_is_known_by_how_all_its_cases_end() -> None:
    assert is_same(CHECK, ((1.0,), Raised("KeyError", "a")), ((1.001,), Raised("KeyError", "b")))
    assert not is_same(CHECK, ((1.0,), Raised("KeyError", "a")), ((1.0,), Raised("ValueError", "a")))
    assert not is_same(CHECK, ((1.0,), (2.0,)), ((1.0,), (3.0,)))
    assert not is_same(CHECK, TooSlow(), TooSlow())
