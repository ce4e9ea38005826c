"""Whatever evidence says, the judge answers, in plain JSON, and never with what only the solution knows."""

import json
from datetime import UTC, date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.lessons import a_check

from graders.checks import file, function, sql, table, value
from graders.checks.calls import Calls
from graders.evidence import Absent, Column, Items, Narrow, Pairs, Raised, Table, Unreadable
from graders.files import File, NotAFile

SECRET = "lo que sólo sabe la solución"
SECRET_NUMBER = 987654321.125

PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**200), 2**200),
    st.floats(),
    st.floats(width=32, allow_nan=False, allow_infinity=False).map(Narrow),
    st.text(max_size=8),
    st.dates().map(lambda day: date(day.year, day.month, day.day)),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
    st.timedeltas(timedelta(-9), timedelta(9)),
    st.sampled_from([Unreadable("placeholder"), Unreadable("other", "X"), Unreadable("too_large", "list")]),
)


def tables(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    def build(rows: list[tuple[Any, Any, Any]], names: list[str], is_series: bool, is_told: bool) -> Table:
        width = 1 if is_series else 3
        words = ("integer", "number", "text", "mixed", "datetime")
        columns = tuple(
            Column(names[at], words[at + len(rows) % 3], tuple(row[at] for row in rows) if is_told or at else None)
            for at in range(width)
        )
        return Table(columns, columns[:1] if len(rows) % 2 else (), len(rows), width, is_series)

    rows = st.lists(st.tuples(cells, cells, cells), max_size=6)
    names = st.lists(st.sampled_from(["a", "b", "c", "A", ""]), min_size=3, max_size=3)
    return st.builds(build, rows, names, st.booleans(), st.booleans())


VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.builds(
            Items,
            st.sampled_from(["list", "tuple", "set", "array", "range", "index"]),
            st.lists(inner, max_size=5).map(tuple),
        ),
        st.builds(Pairs, st.lists(st.tuples(inner, inner), max_size=4).map(tuple)),
        tables(inner),
    ),
    max_leaves=12,
)
OUTCOMES = st.lists(
    st.one_of(VALUES.map(lambda one: (one,)), st.just(Raised("KeyError", "x"))), min_size=2, max_size=2
).map(tuple)
CALLS = st.builds(
    lambda outcomes, again: Calls(outcomes, {"again": again, "after": again, "twice": outcomes, "swapped": again}),
    OUTCOMES,
    OUTCOMES,
)
TABLE_PARAMS = st.fixed_dictionaries(
    {"name": st.just("t")},
    optional={
        "key": st.sampled_from([["a"], ["a", "b"], ["z"]]),
        "columns": st.sampled_from([["a"], ["b", "c"]]),
        "order_by": st.just(["b"]),
        "ordered": st.booleans(),
        "index": st.booleans(),
        "tolerance": st.sampled_from([0, 0.5]),
        "relative": st.sampled_from([0.01, 1]),
        "dtypes": st.just({"a": "number"}),
    },
)
TYPES = st.sampled_from(["number", "integer", "text", "boolean", "list", "date"])


@given(VALUES | st.just(Absent()), VALUES | st.just(Absent()), TYPES, st.booleans())
def test_a_value_is_judged(have: Any, want: Any, kind: str, ignores_case: bool) -> None:
    check = a_check(type=kind, ignore_case=ignores_case)
    json.dumps(dict(value.judge(check, have, want).fields))
    value.is_same(check, have, want)


@given(tables(PLAIN) | VALUES, tables(PLAIN) | VALUES, TABLE_PARAMS)
def test_a_table_is_judged(have: Any, want: Any, params: dict[str, Any]) -> None:
    check = a_check("table", **params)
    json.dumps(dict(table.judge(check, have, want).fields))
    table.is_same(check, have, want)


@given(CALLS, CALLS, st.booleans())
def test_a_function_is_judged(have: Any, want: Any, has_type: bool) -> None:
    cases = [{"label": {"es": "uno"}, "args": [1]}, {"label": {"es": "dos"}, "args": [2], "hidden": True}]
    properties = ["deterministic", "keeps_arguments", "symmetric", "idempotent", "increasing"]
    more = {"returns": "list"} if has_type else {}
    check = a_check("function", name="f", cases=cases, properties=properties, **more)
    json.dumps(dict(function.judge(check, have, want).fields))
    function.is_same(check, have, want)


LINES = st.lists(
    st.sampled_from(["a,b", "1,2", "é;x", '"', "09,1.5", "", "Ã©,\ufeff", "x\ty\0", "1e999,-0", ",1"]), max_size=5
)
BYTES = st.one_of(
    st.binary(max_size=40),
    st.builds(
        lambda lines, end, encoding: end.join(lines).encode(encoding, "replace"),
        LINES,
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.sampled_from(["utf-8", "utf-8-sig", "latin-1", "utf-16"]),
    ),
)
FILES = st.one_of(
    BYTES.map(lambda data: File(len(data), data)), st.just(Absent()), st.just(NotAFile()), st.just(File(99, b"a"))
)
FILE_PARAMS = st.fixed_dictionaries(
    {"path": st.just("x.csv")},
    optional={
        "format": st.sampled_from(["csv", "text"]),
        "encoding": st.sampled_from(["utf-8", "latin-1"]),
        "mark": st.booleans(),
        "delimiter": st.sampled_from([",", ";", "\t"]),
        "decimal": st.sampled_from([".", ","]),
        "header": st.booleans(),
        "key": st.sampled_from([["a"], ["1"]]),
    },
)


@given(FILES, FILES, FILE_PARAMS)
def test_a_file_is_judged(have: Any, want: Any, params: dict[str, Any]) -> None:
    check = a_check("file", **params)
    json.dumps(dict(file.judge(check, have, want).fields))
    file.is_same(check, have, want)


RESULTS = st.lists(tables(PLAIN) | st.just(sql.Failed("error", "no such table")), max_size=3).map(tuple)
QUERIES = st.builds(sql.Query, st.one_of(PLAIN, st.just(Absent()), st.just("SELECT 1")), RESULTS)


@given(QUERIES, QUERIES, st.sampled_from([{}, {"columns": ["A"]}, {"order_by": ["b"]}, {"relative": 0.1}]))
def test_a_query_is_judged(have: Any, want: Any, params: dict[str, Any]) -> None:
    check = a_check("sql", name="q", tables={}, **params)
    json.dumps(dict(sql.judge(check, have, want).fields))
    sql.is_same(check, have, want)


SECRETS = st.sampled_from([SECRET, SECRET_NUMBER])


@given(tables(PLAIN), tables(SECRETS), TABLE_PARAMS)
def test_what_only_the_solution_knows_is_never_told(have: Any, want: Any, params: dict[str, Any]) -> None:
    told = json.dumps(dict(table.judge(a_check("table", **params), have, want).fields), ensure_ascii=False)
    assert SECRET not in told
    assert "987" not in told.replace(",", "") or "987" in repr(have)


@given(VALUES, SECRETS | st.lists(SECRETS, max_size=3).map(lambda some: Items("list", tuple(some))), TYPES)
def test_nor_is_it_of_a_value(have: Any, want: Any, kind: str) -> None:
    told = json.dumps(dict(value.judge(a_check(type=kind), have, want).fields), ensure_ascii=False)
    assert SECRET not in told
    assert "987" not in told.replace(",", "") or "987" in repr(have)
