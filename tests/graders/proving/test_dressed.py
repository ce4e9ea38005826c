"""Right answers in unusual forms pass; a check that refuses one of them is found."""

from dataclasses import replace

import pytest
from support.lessons import a_check, a_lesson, an_exercise

from courses import Check, Exercise
from graders.checks import get_kind
from graders.expected import Workbench
from graders.keys import AnswerKeys
from graders.proving.dressed import FORGIVEN, GARBS, Garb, list_garbs, prove_garb
from notebooks import ForkServer, Limits

TABLE = "import pandas as pd\ntabla = pd.DataFrame({'a': [3, 1, 2], 'b': ['x', 'y', 'z']})"
FUNCTION = "def total(x):\n    return [x, 1]"


@pytest.fixture
def bench(fork_server: ForkServer, keys: AnswerKeys) -> Workbench:
    return Workbench(fork_server, keys, Limits(), "es")


def table(**params: object) -> Check:
    return a_check("table", name="tabla", **params)


def garbs_of(*checks: Check) -> list[str]:
    return [one.id for one in list_garbs(an_exercise(*checks))]


@pytest.mark.parametrize(
    ("params", "left"),
    [
        ({}, ["other_rows", "other_index", "other_columns", "nullable_types"]),
        ({"ordered": True}, ["other_index", "other_columns", "nullable_types"]),
        ({"ordered": False}, ["other_rows", "other_index", "other_columns", "nullable_types"]),
        ({"order_by": ["a"]}, ["other_index", "other_columns", "nullable_types"]),
        ({"index": True}, ["other_columns", "nullable_types"]),
        ({"dtypes": {"a": "integer"}}, ["other_rows", "other_index", "other_columns"]),
    ],
)
def test_what_a_check_asks_for_is_not_changed(params: dict[str, object], left: list[str]) -> None:
    assert garbs_of(table(**params)) == [f"{one}:tabla" for one in left]


def test_all_checks_of_a_name_have_a_say() -> None:
    checks = (table(), replace(table(ordered=True), id="orden"))
    assert "other_rows:tabla" not in garbs_of(*checks)
    assert garbs_of(table(), a_check(name="tabla")) == []


def test_code_and_charts_are_left_alone() -> None:
    assert garbs_of(a_check(), a_check("chart")) == []


def test_each_garb_is_a_program_and_belongs_to_a_kind_that_there_is() -> None:
    for what, source in GARBS.values():
        compile(source.format(name="total"), "garb", "exec")
        assert what.es
        assert what.en
    assert {name for garbs in FORGIVEN.values() for name in garbs} == set(GARBS)
    assert all(get_kind(kind).name == kind for kind in FORGIVEN)


@pytest.mark.parametrize(
    "exercise",
    [
        an_exercise(table(), solution=TABLE),
        an_exercise(a_check(), solution="total = 42.5"),
        an_exercise(a_check(type="integer"), solution="total = 42"),
        an_exercise(a_check(type="text"), solution="total = 'hola'"),
        an_exercise(a_check(type="boolean"), solution="total = True"),
        an_exercise(a_check(type="list"), solution="total = [1, 2]"),
        an_exercise(a_check("collection", name="total"), solution="total = [1, 2]"),
        an_exercise(
            a_check("function", name="total", cases=[{"label": {"es": "uno", "en": "one"}, "args": [4]}]),
            solution=FUNCTION,
        ),
    ],
    ids=lambda exercise: f"{exercise.checks[0].kind}-{exercise.checks[0].params.get('type', '')}",
)
def test_our_own_kinds_of_check_forgive_every_garb(exercise: Exercise, bench: Workbench) -> None:
    lesson = a_lesson(exercise)
    assert list_garbs(exercise)
    assert [one for garb in list_garbs(exercise) for one in prove_garb(lesson, exercise, garb, bench)] == []


def test_a_check_that_refuses_a_right_answer_is_found(bench: Workbench) -> None:
    exercise = an_exercise(table(ordered=True), solution=TABLE)
    shuffled = Garb("other_rows:tabla", GARBS["other_rows"][0], GARBS["other_rows"][1].format(name="tabla"))
    (found,) = prove_garb(a_lesson(exercise), exercise, shuffled, bench)
    assert (found.code, found.severity, found.exercise_id) == ("right_answer_fails", "error", "suma")
    assert "filas en otro orden" in found.message.es


def test_a_garb_that_cannot_be_put_on_says_nothing(bench: Workbench) -> None:
    exercise = an_exercise(table(), solution=TABLE)
    assert prove_garb(a_lesson(exercise), exercise, Garb("x", GARBS["other_rows"][0], "1 / 0"), bench) == ()
