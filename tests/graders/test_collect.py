"""Step 3: what probes tell of odd, large and hostile values, read back as plain ones."""

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from support.lessons import a_check
from support.scenes import a_scene

from graders.checks.calls import Calls, read_calls
from graders.collect import collect
from graders.evidence import Absent, Items, Narrow, Pairs, Raised, Table, Unreadable, read_holding, read_outcomes
from graders.view import REFUSED
from notebooks import ForkServer, Session

SETUP = """
import datetime, decimal, fractions
import numpy as np
import pandas as pd
"""


@pytest.fixture(scope="module")
def session(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session(datasets=("mx-entidades",)) as opened:
        opened.run(SETUP)
        yield opened


def held(session: Session, source: str, **params: Any) -> Any:
    session.run(f"total = None\n{source}")
    check = a_check(**{"name": "total", **params})
    return read_holding(collect(a_scene(session), [check])[check.id])


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("None", None),
        ("pd.NA", None),
        ("pd.NaT", None),
        ("np.datetime64('NaT')", None),
        ("True", True),
        ("np.bool_(False)", False),
        ("7", 7),
        ("np.int8(7)", 7),
        ("2**53 + 1", 2**53 + 1),
        ("-(2**90)", -(2**90)),
        ("np.float32(0.1)", Narrow(0.1)),
        ("np.float16(0.1)", 0.1),
        ("np.longdouble('0.1')", 0.1),
        ("np.ma.array([1], mask=[1])[0]", None),
        ("decimal.Decimal('sNaN')", Unreadable("too_large", "Decimal")),
        ("datetime.time(10, 30)", "10:30:00"),
        ("decimal.Decimal('1.25')", 1.25),
        ("fractions.Fraction(1, 4)", 0.25),
        ("float('inf')", math.inf),
        ("'año'", "año"),
        ("'\\ud800'", "?"),
        ("np.str_('x')", "x"),
        ("datetime.date(2024, 2, 29)", date(2024, 2, 29)),
        ("pd.Timestamp('2024-02-29 10:00')", datetime(2024, 2, 29, 10)),  # noqa: DTZ001  # without a zone, as asked
        ("pd.Timestamp('2024-02-29 10:00', tz='America/Mexico_City')", datetime(2024, 2, 29, 16, tzinfo=UTC)),
        ("np.datetime64('2024-02-29')", datetime(2024, 2, 29)),  # noqa: DTZ001  # without a zone, as asked
        ("datetime.timedelta(hours=1)", timedelta(hours=1)),
        ("pd.Period('2024-02')", "2024-02"),
        ("[1, 'a', None]", Items("list", (1, "a", None))),
        ("(1, (2,))", Items("tuple", (1, Items("tuple", (2,))))),
        ("{1}", Items("set", (1,))),
        ("range(3)", Items("range", (0, 1, 2))),
        ("np.array([[1, 2], [3, 4]])", Items("array", (Items("array", (1, 2)), Items("array", (3, 4))))),
        ("np.array(3)", 3),
        ("pd.Index(['a'])", Items("index", ("a",))),
        ("pd.array([1, None], dtype='Int64')", Items("array", (1, None))),
        ("{'a': [1]}", Pairs((("a", Items("list", (1,))),))),
        ("...", Unreadable("placeholder")),
        ("object()", Unreadable("other", "object")),
        ("(x for x in [1])", Unreadable("other", "generator")),
        ("1j", Unreadable("other", "complex")),
        ("10**400", Unreadable("too_large", "int")),
        ("list(range(10**6))", Unreadable("too_large", "list")),
        ("'x' * 10**7", Unreadable("too_large", "str")),
    ],
)
def test_a_value_is_told_as_it_is(session: Session, expression: str, value: Any) -> None:
    found = held(session, f"total = {expression}")
    assert found == value
    assert type(found) is type(value)


def test_not_a_number_is_told(session: Session) -> None:
    assert math.isnan(held(session, "total = float('nan')"))


def test_a_name_that_is_not_there_is_absent(session: Session) -> None:
    assert held(session, "", name="nadie") == Absent()


def test_a_list_within_itself_ends_somewhere(session: Session) -> None:
    assert held(session, "total = []\ntotal.append(total)") == Unreadable("too_large", "list")


def test_an_object_cannot_pretend_to_be_a_number(session: Session) -> None:
    source = """
class Liar:
    __class__ = int
    def __eq__(self, other): return True
    def __int__(self): return 42
    def __float__(self): return 42.0
total = Liar()"""
    assert held(session, source) == Unreadable("other", "Liar")


def test_a_table_comes_with_its_columns_and_index(session: Session) -> None:
    found = held(session, "total = pd.DataFrame({'a': [1, 2], 'b': ['x', None]}, index=pd.Index(['p', 'q'], name='k'))")
    assert isinstance(found, Table)
    assert [(one.name, one.dtype, one.values) for one in found.columns] == [
        ("a", "integer", (1, 2)),
        ("b", "text", ("x", None)),
    ]
    assert [(one.name, one.values) for one in found.index] == [("k", ("p", "q"))]
    assert (found.row_count, found.width, found.is_series) == (2, 2, False)


@pytest.mark.parametrize(
    ("series", "dtype", "values"),
    [
        ("[1.5, np.nan]", "number", (1.5, None)),
        ("[1.5, np.inf]", "number", (1.5, math.inf)),
        ("[True, False]", "boolean", (True, False)),
        ("pd.array([1, None], dtype='Int64')", "integer", (1, None)),
        ("pd.array([True, None], dtype='boolean')", "boolean", (True, None)),
        ("pd.Categorical(['a', None])", "category", ("a", None)),
        ("[datetime.date(2024, 1, 1), None]", "date", (date(2024, 1, 1), None)),
        ("[1, 'a']", "mixed", (1, "a")),
        ("[...]", "mixed", (Unreadable("placeholder"),)),
        ("pd.to_timedelta(['1h'])", "duration", (timedelta(hours=1),)),
        ("pd.to_datetime(['2024-01-01', None])", "datetime", (datetime(2024, 1, 1), None)),  # noqa: DTZ001  # as asked
    ],
)
def test_a_column_has_a_type_word_and_values(session: Session, series: str, dtype: str, values: Any) -> None:
    found = held(session, f"total = pd.Series({series})")
    assert isinstance(found, Table)
    assert found.is_series
    assert (found.columns[0].dtype, found.columns[0].values) == (dtype, values)


def test_a_table_of_a_hundred_thousand_rows_and_three_columns_is_told_whole(session: Session) -> None:
    source = "total = pd.DataFrame({'k': range(100_000), 'x': np.linspace(0, 1, 100_000), 't': ['año'] * 100_000})"
    found = held(session, source)
    assert isinstance(found, Table)
    assert [len(one.values or ()) for one in found.columns] == [100_000] * 3


def test_what_fits_is_told_however_long_it_is_when_written(session: Session) -> None:
    assert isinstance(held(session, "total = ['\\x01' * 7] * 390_000"), Items)


def test_odd_column_names_are_told_as_text(session: Session) -> None:
    source = "total = pd.DataFrame([[1, 2, 3, 4]], columns=pd.Index([2020, 'a', 'a', ('x', 1)], dtype=object))"
    found = held(session, source)
    assert isinstance(found, Table)
    assert [one.name for one in found.columns] == ["2020", "a", "a", "x / 1"]


def test_levels_of_columns_and_rows_are_told(session: Session) -> None:
    source = (
        "t = pd.DataFrame({'a': [1, 2], 'b': [3, 4], 'c': [5, 6]})\ntotal = t.groupby(['a', 'b']).agg({'c': ['sum']})"
    )
    found = held(session, source)
    assert isinstance(found, Table)
    assert [one.name for one in found.columns] == ["c / sum"]
    assert [one.name for one in found.index] == ["a", "b"]


def test_a_subclass_of_a_table_is_read_as_the_table_that_it_holds(session: Session) -> None:
    source = """
class Mine(pd.DataFrame):
    def __len__(self): return 99
    @property
    def columns(self): raise RuntimeError
total = Mine({'a': [1, 2]})"""
    found = held(session, source)
    assert isinstance(found, Table)
    assert (found.row_count, found.columns[0].values) == (2, (1, 2))


def test_of_a_wide_table_the_columns_that_matter_come_first(session: Session) -> None:
    source = "total = pd.DataFrame({f'c{i}': range(60_000) for i in range(12)})"
    found = held(session, source, kind="table", columns=["c11"])
    assert isinstance(found, Table)
    told = {one.name: one.values is not None for one in found.columns}
    assert (told["c11"], told["c0"], told["c10"]) == (True, True, False)


def test_a_table_too_large_for_what_matters_is_told_as_such(session: Session) -> None:
    assert held(session, "total = pd.DataFrame({'a': range(500_000)})") == Unreadable("too_large", "DataFrame")


@pytest.mark.parametrize(
    "series",
    [
        "pd.Series([0.1, 2], dtype='float32')",
        "pd.Series([0.1, None], dtype='float32')",
        "pd.Series([0.1, None], dtype='Float32')",
    ],
)
def test_numbers_of_four_bytes_are_told_as_the_decimals_that_they_stand_for(session: Session, series: str) -> None:
    found = held(session, f"total = {series}")
    assert isinstance(found, Table)
    values = found.columns[0].values
    assert values is not None
    assert (values[0], type(values[0])) == (0.1, Narrow)


def test_a_function_is_called_again_where_its_properties_are_asked(session: Session) -> None:
    session.run("def f(x, y=0):\n    x.append(len(x))\n    return x + [y]")
    cases = [{"label": {"es": "lista"}, "args": [[5], 7]}, {"label": {"es": "csv"}, "args": [{"csv": "a,b\n1,x\n"}]}]
    check = a_check("function", name="f", cases=cases, properties=["deterministic", "keeps_arguments", "idempotent"])
    calls = read_calls(collect(a_scene(session), [check])[check.id])
    assert isinstance(calls, Calls)
    assert calls.also["again"] == calls.outcomes
    assert calls.outcomes[0] == (Items("list", (5, 1, 7)),)
    assert calls.also["after"][0] == (Items("list", (Items("list", (5, 1)), 7)),)
    assert calls.also["twice"][0] == (Items("list", (5, 1, 7, 3, 7)),)
    assert isinstance(calls.outcomes[1], Raised)


CASES = [
    {"label": {"es": "uno"}, "args": [2]},
    {"label": {"es": "tabla"}, "args": [{"table": {"a": [1, None]}}]},
    {"label": {"es": "datos"}, "kwargs": {"x": {"dataset": "mx-entidades", "query": "cve_ent == '09'"}}},
]


def test_a_function_is_called_with_each_case(session: Session) -> None:
    session.run("def f(x):\n    print('ruido')\n    return x * 2 if type(x) is int else len(x)")
    check = a_check("function", name="f", cases=CASES)
    raw = collect(a_scene(session), [check])
    assert read_outcomes(raw[check.id]) == ((4,), (2,), (1,))


def test_what_a_function_raises_is_told(session: Session) -> None:
    session.run("def f(x):\n    raise SystemExit('adiós')")
    check = a_check("function", name="f", cases=CASES[:1])
    raw = collect(a_scene(session), [check])
    assert read_outcomes(raw[check.id]) == (Raised("SystemExit", "adiós"),)


def test_a_probe_that_cannot_work_is_refused_evidence(fork_server: ForkServer) -> None:
    with fork_server.open_session() as session:
        session.run("import builtins, pandas\ntotal = 1\ndel pandas.DataFrame, pandas.Series")
        assert collect(a_scene(session), [a_check()]) == {"value": REFUSED}
