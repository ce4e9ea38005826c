"""The check `function`: each case against what the solution gives."""

from typing import Any

import pytest
from support.lessons import a_check

from graders.checks.calls import Calls
from graders.checks.function import is_same, judge
from graders.evidence import Absent, Column, Items, Outcome, Raised, Table, TooSlow, Unreadable

CASES = [
    {"label": {"es": "abierto", "en": "open"}},
    {"label": {"es": "escondido", "en": "hidden one"}, "hidden": True},
]
CHECK = a_check("function", name="f", cases=CASES, relative=0.01)


def calls(*outcomes: Outcome, **also: tuple[Outcome, ...]) -> Calls:
    return Calls(outcomes, also)


WANT = calls((10.0,), (777.0,))


def test_like_values_for_all_cases_pass() -> None:
    assert judge(CHECK, calls((10.05,), (777,)), WANT).is_right


@pytest.mark.parametrize(
    ("have", "code"),
    [
        (Absent(), "function.missing"),
        (Unreadable("placeholder"), "function.placeholder"),
        (calls((Unreadable("placeholder"),), (Unreadable("placeholder"),)), "function.placeholder"),
        (3, "function.not_function"),
        (Unreadable("other", "X"), "function.not_function"),
        (calls((None,), (None,)), "function.no_return"),
        (calls((11.0,), (777.0,)), "function.case_differs"),
        (calls((10.0,), (778888.0,)), "function.hidden_case_differs"),
        (calls(Raised("KeyError", "'x'"), (777.0,)), "function.raised"),
        (calls((10.0,)), "function.different"),
    ],
)
def test_what_is_wrong_has_a_name(have: Any, code: str) -> None:
    finding = judge(CHECK, have, WANT)
    assert (finding.is_right, finding.is_error, finding.code) == (False, False, code)


def test_a_function_that_never_ends_could_not_be_looked_at() -> None:
    assert judge(CHECK, TooSlow(), WANT).is_error


def test_of_a_hidden_case_only_the_label_is_told() -> None:
    fields = judge(CHECK, calls((10.0,), (123456.0,)), WANT).fields
    assert dict(fields) == {"name": "f", "case": {"es": "escondido", "en": "hidden one"}, "wrong": 1, "all": 2}


def test_a_hidden_case_cannot_be_told_through_an_exceptions_name() -> None:
    def error_of(name: str, case: int) -> str:
        outcomes: list[Any] = [(10.0,), (777.0,)]
        outcomes[case] = Raised(name, "123")
        return str(judge(CHECK, calls(*outcomes), WANT).fields["error"])

    assert error_of("Case123", 1) == "Exception"
    assert error_of("KeyError", 1) == "KeyError"
    assert error_of("Case123", 0) == "Case123"


def test_an_open_case_is_told_before_a_hidden_one() -> None:
    cases = [CASES[1], CASES[0]]
    finding = judge(a_check("function", name="f", cases=cases), calls((1.0,), (2.0,)), calls((3.0,), (4.0,)))
    assert (finding.code, finding.fields["value"]) == ("function.case_differs", "2")


def test_tables_are_compared_as_tables() -> None:
    def table(*values: int) -> Table:
        return Table((Column("a", "integer", values),), (), len(values), 1, False)

    check = a_check("function", name="f", cases=CASES[:1])
    assert judge(check, calls((table(2, 1),)), calls((table(1, 2),))).is_right
    assert not judge(check, calls((table(2, 2),)), calls((table(1, 2),))).is_right


def test_a_solution_that_raises_satisfies_nobody() -> None:
    raised = calls(Raised("KeyError", ""), (1,))
    assert not judge(CHECK, raised, raised).is_right


def test_a_wrong_answer_is_known_by_how_all_its_cases_end() -> None:
    assert is_same(CHECK, calls((1.0,), Raised("KeyError", "a")), calls((1.001,), Raised("KeyError", "b")))
    assert not is_same(CHECK, calls((1.0,), Raised("KeyError", "a")), calls((1.0,), Raised("ValueError", "a")))
    assert not is_same(CHECK, calls((1.0,), (2.0,)), calls((1.0,), (3.0,)))
    assert not is_same(CHECK, TooSlow(), TooSlow())


def test_where_only_values_matter_it_means_nothing_what_they_are_kept_in() -> None:
    check = a_check("function", name="f", cases=CASES[:1])
    series = Table((Column("x", "integer", (1, 2)),), (), 2, 1, True)
    wanted = calls((Items("list", (1, 2)),))
    assert judge(check, calls((series,)), wanted).is_right
    assert judge(check, calls((Items("array", (1, 2)),)), wanted).is_right


@pytest.mark.parametrize(
    ("wanted", "gave", "is_right"),
    [
        ("list", Items("tuple", (1,)), True),
        ("list", Items("array", (1,)), False),
        ("set", Items("set", (1,)), True),
        ("number", 1.5, True),
        ("number", True, False),
        ("integer", 3.0, True),
        ("integer", 3.5, False),
        ("text", "a", True),
        ("text", Unreadable("other", "X"), False),
        ("DataFrame", Table((Column("x", "integer", (1,)),), (), 1, 1, False), True),
        ("Series", Table((Column("x", "integer", (1,)),), (), 1, 1, False), False),
    ],
)
def test_a_result_is_of_the_type_that_the_statement_asks_for(wanted: str, gave: Any, is_right: bool) -> None:
    check = a_check("function", name="f", cases=CASES[:1], returns=wanted)
    assert (judge(check, calls((gave,)), calls((gave,))).code != "function.wrong_return") is is_right


@pytest.mark.parametrize(
    ("word", "call", "code"),
    [
        ("deterministic", "again", "function.not_deterministic"),
        ("symmetric", "swapped", "function.not_symmetric"),
        ("idempotent", "twice", "function.not_idempotent"),
    ],
)
def test_a_further_call_gives_the_same_result(word: str, call: str, code: str) -> None:
    check = a_check("function", name="f", cases=CASES, relative=0.01, properties=[word])
    good = calls((10.0,), (777.0,), **{call: ((10.01,), (777.0,))})
    assert judge(check, good, good).is_right
    bad = judge(check, calls((10.0,), (777.0,), **{call: ((10.0,), (1.0,))}), good)
    assert (bad.code, dict(bad.fields)) == (code, {"name": "f", "case": CASES[1]["label"]})
    raises = calls((10.0,), (777.0,), **{call: ((10.0,), Raised("ValueError", ""))})
    assert judge(check, raises, good).code == code


def test_arguments_are_left_as_the_solution_leaves_them() -> None:
    check = a_check("function", name="f", cases=CASES[:1], properties=["keeps_arguments"])
    good = calls((1.0,), after=((Items("list", (Items("list", (1, 2)),)),),))
    assert judge(check, good, good).is_right
    changed = calls((1.0,), after=((Items("list", (Items("list", (1, 2, 3)),)),),))
    assert judge(check, changed, good).code == "function.changes_arguments"


@pytest.mark.parametrize(
    ("word", "results", "code"),
    [
        ("increasing", (1.0, 2.0, 2.0), "right"),
        ("increasing", (1.0, 3.0, 2.0), "function.not_increasing"),
        ("decreasing", (3.0, 2.0, 2.0), "right"),
        ("decreasing", (3.0, 1.0, 2.0), "function.not_decreasing"),
        ("increasing", (1.0, "a", 2.0), "function.not_increasing"),
    ],
)
def test_results_go_one_way_as_the_first_argument_grows(word: str, results: tuple[Any, ...], code: str) -> None:
    cases = [{"label": {"es": str(one)}, "args": [one, "x"]} for one in (10, 20, 30)]
    cases.append({"label": {"es": "otro"}, "args": [15, "y"]})
    check = a_check("function", name="f", cases=cases, properties=[word])
    given = calls(*((one,) for one in (*results, -99.0)))
    assert judge(check, given, given).code == code


def test_wrong_results_are_told_before_what_else_is_asked() -> None:
    check = a_check("function", name="f", cases=CASES[:1], properties=["deterministic"])
    have = calls((11.0,), again=((12.0,),))
    assert judge(check, have, calls((10.0,), again=((10.0,),))).code == "function.case_differs"


def test_further_calls_that_are_missing_could_not_be_looked_at() -> None:
    check = a_check("function", name="f", cases=CASES[:1], properties=["deterministic"])
    assert judge(check, calls((10.0,)), calls((10.0,), again=((10.0,),))).code == "function.different"


def test_a_case_may_ask_for_an_exception() -> None:
    cases = [CASES[0], {**CASES[1], "raises": "ValueError"}]
    check = a_check("function", name="f", cases=cases, properties=["deterministic"], returns="number")
    refuses = Raised("ValueError", "no")
    want = calls((10.0,), refuses, again=((10.0,), refuses))
    assert judge(check, want, want).is_right
    gives = judge(check, calls((10.0,), (1.0,), again=((10.0,), (1.0,))), want)
    assert (gives.code, gives.fields["case"]) == ("function.not_raised", CASES[1]["label"])
    other = calls((10.0,), Raised("KeyError", ""), again=((10.0,), refuses))
    assert judge(check, other, want).code == "function.raised"
