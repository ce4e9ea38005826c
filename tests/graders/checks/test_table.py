"""The check `table`: columns, types, rows, values and order."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.lessons import a_check

from graders.checks.finding import Finding
from graders.checks.table import is_same, judge
from graders.evidence import Absent, Column, Table, Unreadable, Value

LOCAL = datetime(2024, 1, 1, 6)  # noqa: DTZ001  # without a zone, as pandas has them
UNIVERSAL = datetime(2024, 1, 1, 6, tzinfo=UTC)
WANT = {"clave": (1, 2, 3), "monto": (10.0, 20.0, 30.0)}


def a_table(
    columns: Mapping[str, Sequence[Any]], *, index: Mapping[str, Sequence[Any]] | None = None, is_series: bool = False
) -> Table:
    length = len(next(iter(columns.values()), ()))
    return Table(_columns(columns), _columns(index or {}), length, len(columns), is_series)


def _columns(columns: Mapping[str, Sequence[Any]]) -> tuple[Column, ...]:
    words = {int: "integer", float: "number", str: "text", bool: "boolean"}
    return tuple(
        Column(name, words.get(type(next(iter(values), "")), "mixed"), tuple(values))
        for name, values in columns.items()
    )


def compared(have: Value | Absent, want: Mapping[str, Sequence[Any]] | Table = WANT, **params: Any) -> Finding:
    check = a_check("table", name="t", **params)
    return judge(check, have, want if isinstance(want, Table) else a_table(want))


def test_the_same_rows_in_any_order_pass() -> None:
    assert compared(a_table({"clave": (3, 1, 2), "monto": (30.0, 10.0, 20.0)})).is_right


def test_columns_may_come_in_any_order() -> None:
    assert compared(a_table({"monto": (10, 20, 30), "clave": (1, 2, 3)})).is_right


def test_columns_that_were_not_asked_for_mean_nothing_where_some_were() -> None:
    more = a_table({**WANT, "nota": ("x", "y", "z")})
    assert compared(more, columns=["clave"]).is_right
    assert compared(more).code == "table.extra_columns"


def test_noise_of_binary_fractions_means_nothing_in_any_order() -> None:
    have = a_table({"a": (0.3, 0.1 + 0.2), "b": (1.0, 2.0)})
    assert compared(have, {"a": (0.3, 0.3), "b": (2.0, 1.0)}).is_right


def test_missing_values_are_like_each_other_and_like_nothing_else() -> None:
    want = {"clave": (1, 2), "monto": (None, 2.0)}
    assert compared(a_table({"clave": (1, 2), "monto": (float("nan"), 2.0)}), want).is_right
    assert compared(a_table({"clave": (1, 2), "monto": (0.0, 2.0)}), want, key=["clave"]).code == "table.wrong_values"


@pytest.mark.parametrize(
    ("have", "params", "code"),
    [
        (Absent(), {}, "table.missing_name"),
        (Unreadable("placeholder"), {}, "table.placeholder"),
        (Unreadable("too_large"), {}, "table.too_large"),
        (3, {}, "table.wrong_type"),
        (Unreadable("other", "DataFrameGroupBy"), {}, "table.wrong_type"),
        (a_table({"monto": (10.0, 20.0, 30.0)}), {}, "table.missing_columns"),
        (a_table({"monto": (10.0,)}, index={"clave": (1,)}), {}, "table.column_in_index"),
        (a_table({"clave": (1, 2), "monto": (10.0, 20.0)}), {}, "table.missing_rows"),
        (a_table({"clave": (1, 2, 3, 3), "monto": (10.0, 20.0, 30.0, 30.0)}), {}, "table.extra_rows"),
        (a_table({"clave": (1, 2, 4), "monto": (10.0, 20.0, 30.0)}), {}, "table.other_values"),
        (a_table({"clave": (1, 2, 3), "monto": (20.0, 10.0, 30.0)}), {}, "table.mixed_rows"),
        (a_table({"clave": (3, 2, 1), "monto": (30.0, 20.0, 10.0)}), {"ordered": True}, "table.wrong_order"),
        (a_table({"clave": (1, 2), "monto": (10.0, 20.0)}), {"key": ["clave"]}, "table.missing_rows"),
        (a_table({"clave": (1, 2, 3, 4), "monto": (1.0, 2.0, 3.0, 4.0)}), {"key": ["clave"]}, "table.extra_rows"),
        (a_table({"clave": (1, 2, 4), "monto": (10.0, 20.0, 30.0)}), {"key": ["clave"]}, "table.other_rows"),
        (a_table({"clave": (1, 2, 2), "monto": (10.0, 20.0, 20.0)}), {"key": ["clave"]}, "table.repeated_rows"),
        (a_table({"clave": (1, 2, 3), "monto": (10.0, 20.0, 31.0)}), {"key": ["clave"]}, "table.wrong_values"),
        (a_table({"clave": ("1", "2"), "monto": (1.0, 2.0)}), {"dtypes": {"clave": "integer"}}, "table.wrong_dtype"),
        (a_table(WANT, index={"k": (1, 2, 3), "l": (1, 2, 3)}), {"index": True}, "table.index_levels"),
    ],
)  # fmt: skip
def test_what_is_wrong_has_a_name(have: Any, params: Mapping[str, Any], code: str) -> None:
    finding = compared(have, **params)
    assert (finding.is_right, finding.code) == (False, code)


@pytest.mark.parametrize(
    ("reason", "code"), [("placeholder", "table.column_placeholder"), ("other", "table.odd_values")]
)
def test_a_column_of_what_cannot_be_compared_is_told_as_such(reason: Any, code: str) -> None:
    odd = Column("monto", "mixed", (Unreadable(reason, "list"),) * 3)
    finding = compared(Table((a_table(WANT).columns[0], odd), (), 3, 2, False))
    assert (finding.code, finding.fields["column"]) == (code, "monto")


def test_a_repeated_column_is_told() -> None:
    twice = Table((*a_table(WANT).columns, a_table(WANT).columns[0]), (), 3, 3, False)
    assert compared(twice, columns=["clave"]).code == "table.repeated_column"


def test_columns_that_were_not_told_cannot_be_compared() -> None:
    half = Table((a_table(WANT).columns[0], Column("monto", "number", None)), (), 3, 2, False)
    assert compared(half).code == "table.too_large"


def test_a_wrong_value_is_told_with_its_row_and_count() -> None:
    finding = compared(a_table({"clave": (3, 1, 2), "monto": (31.0, 11.0, 20.0)}), key=["clave"])
    told = {name: value for name, value in finding.fields.items() if name != "diff"}
    assert told == {"name": "t", "column": "monto", "count": 2, "row": "clave = 1", "value": "11"}


def test_where_one_sorts_by_a_column_ties_may_come_in_any_order() -> None:
    want = {"clave": (1, 2, 3), "monto": (20.0, 10.0, 10.0)}
    ties = a_table({"clave": (1, 3, 2), "monto": (20.0, 10.0, 10.0)})
    upwards = a_table({"clave": (2, 3, 1), "monto": (10.0, 10.0, 20.0)})
    assert compared(ties, want, order_by=["monto"]).is_right
    assert compared(ties, want, ordered=True).code == "table.wrong_order"
    assert compared(upwards, want, order_by=["monto"], key=["clave"]).code == "table.wrong_order"
    assert compared(upwards, want).is_right


def test_a_difference_by_key_is_told_whole_with_the_learners_own_values() -> None:
    have = a_table({"clave": (3, 1, 9, 9), "monto": (31.0, 11.0, 1.0, 1.0), "nota": ("a", "b", "x", "x")})
    want = {"clave": (1, 2, 3, 4), "monto": (10.0, 20.0, 30.0, 40.0), "nota": ("b", "c", "a", "d")}
    assert compared(have, want, key=["clave"]).fields["diff"] == {
        "key": ["clave"],
        "matched": 2,
        "missing": {"count": 2},
        "extra": {"count": 2, "keys": [["9"], ["9"]]},
        "repeated": {"count": 1, "keys": [["9"]]},
        "columns": [
            {"name": "monto", "count": 2, "rows": [{"key": ["1"], "value": "11"}, {"key": ["3"], "value": "31"}]}
        ],
    }


def test_missing_rows_are_named_only_where_the_statement_gives_the_keys() -> None:
    have = a_table({"clave": (1, 3), "monto": (10.0, 30.0)})
    told = compared(have, key=["clave"])
    assert (told.code, "keys" in told.fields["diff"]["missing"]) == ("table.missing_rows", False)
    known = compared(have, key=["clave"], open_key=True)
    assert (known.code, known.fields["row"]) == ("table.missing_known_rows", "clave = 2")
    assert known.fields["diff"]["missing"] == {"count": 1, "keys": [["2"]]}


def test_few_rows_and_columns_of_a_difference_are_told() -> None:
    names = [f"c{at}" for at in range(20)]
    want = {"k": range(50), **{name: range(50) for name in names}}
    have = a_table({"k": range(50), **{name: range(1, 51) for name in names}})
    diff = compared(have, want, key=["k"]).fields["diff"]
    assert [len(diff["columns"]), len(diff["columns"][0]["rows"]), diff["columns"][0]["count"]] == [10, 5, 50]


@pytest.mark.parametrize(
    ("have", "want", "code"),
    [
        ((1000.0, 2500.0, 0.0), (1.0, 2.5, 0.0), "table.times_larger"),
        ((0.001, 0.0025, 0.0), (1.0, 2.5, 0.0), "table.times_smaller"),
        ((25.0, 110.0, 50.0), (0.25, 1.1, 0.5), "table.percent"),
        ((0.25, 1.1, 0.5), (25.0, 110.0, 50.0), "table.share"),
        ((-1.0, 2.0, -3.0), (1.0, -2.0, 3.0), "table.other_sign"),
        (("AÑO ", "b", "c"), ("Año", "b", "c"), "table.text_nearly"),
        ((LOCAL, LOCAL, LOCAL), (UNIVERSAL, UNIVERSAL, UNIVERSAL), "table.no_time_zone"),
        ((UNIVERSAL, UNIVERSAL, UNIVERSAL), (LOCAL, LOCAL, LOCAL), "table.time_zone"),
        (("1", "2", "3"), (1, 2, 3), "table.wrong_dtype"),
        ((True, False, True), (1, 0, 1), "table.wrong_dtype"),
        ((1000.0, 2500.0, 7.0), (1.0, 2.5, 3.0), "table.wrong_values"),
    ],
)
def test_what_a_whole_column_has_amiss_is_told_as_such(have: Any, want: Any, code: str) -> None:
    keys = (1, 2, 3)
    finding = compared(a_table({"k": keys, "x": have}), {"k": keys, "x": want}, key=["k"])
    assert (finding.code, finding.fields["column"]) == (code, "x")


@pytest.mark.parametrize("code", ["table.times_larger", "table.text_nearly", "table.time_zone"])
def test_a_hint_needs_no_key(code: str) -> None:
    have, want = {
        "table.times_larger": ((1000.0, 2500.0), (2.5, 1.0)),
        "table.text_nearly": (("Año", "B"), ("b", "año")),
        "table.time_zone": ((UNIVERSAL, UNIVERSAL), (LOCAL, LOCAL)),
    }[code]
    assert compared(a_table({"x": have}), {"x": want}).code == code


def test_keys_that_differ_in_capitals_alone_are_told_as_such() -> None:
    want = {"estado": ("México", "Puebla"), "monto": (1, 2)}
    finding = compared(a_table({"estado": ("MEXICO", "Puebla"), "monto": (1, 2)}), want, key=["estado"])
    assert (finding.code, finding.fields["row"]) == ("table.key_nearly", "estado = 'MEXICO'")


@pytest.mark.parametrize(("asked", "has"), [("number", "integer"), ("text", "category")])
def test_a_type_that_does_as_well_passes(asked: str, has: str) -> None:
    table = Table((Column("x", has, ("a",)),), (), 1, 1, False)
    assert compared(table, table, dtypes={"x": asked}).is_right
    other = Table((Column("x", asked, ("a",)),), (), 1, 1, False)
    assert not compared(other, other, dtypes={"x": has}).is_right


def test_noise_in_many_rows_with_few_different_numbers_means_nothing() -> None:
    want = {"a": [at % 7 + 0.5 for at in range(9000)], "b": [at % 3 + 0.25 for at in range(9000)]}
    order = sorted(range(9000), key=lambda at: (at * 7919) % 9001)
    have = {"a": [want["a"][at] * (1 + 1e-13) for at in order], "b": [want["b"][at] for at in order]}
    assert compared(a_table(have), want).is_right


def test_a_key_is_compared_even_where_it_is_not_among_the_columns() -> None:
    want = {"clave": (1, 2), "monto": (1.0, 2.0)}
    assert compared(a_table({"clave": (2, 1), "monto": (2.0, 1.0)}), want, columns=["monto"], key=["clave"]).is_right


def test_a_series_is_compared_by_its_values_and_labels() -> None:
    want = a_table({"": (1, 2)}, index={"": ("a", "b")}, is_series=True)
    have = a_table({"suma": (2, 1)}, index={"k": ("b", "a")}, is_series=True)
    other = a_table({"suma": (1, 2)}, index={"k": ("b", "a")}, is_series=True)
    assert compared(have, want, index=True).is_right
    assert not compared(other, want, index=True).is_right


def test_a_table_of_several_columns_is_no_series() -> None:
    want = a_table({"": (1, 2, 3)}, is_series=True)
    assert compared(a_table(WANT), want).code == "table.not_series"


def test_a_wrong_answer_without_the_asked_columns_is_known_by_all_its_others() -> None:
    check = a_check("table", name="t", columns=["clave"])
    wrong = a_table({"nombre": ("x", "y"), "monto": (1.0, 2.0)})
    assert is_same(check, a_table({"monto": (2.0, 1.0), "nombre": ("y", "x")}), wrong)
    assert not is_same(check, a_table({"nombre": ("x", "y"), "monto": (1.0, 3.0)}), wrong)
    assert not is_same(check, a_table({"clave": (1, 2)}), wrong)


def test_a_wrong_answer_is_known_by_the_columns_that_the_check_sees() -> None:
    check = a_check("table", name="t", columns=["clave"])
    assert is_same(check, a_table({"clave": (1, 2), "otra": (5, 6)}), a_table({"clave": (2, 1)}))


ROWS = st.lists(
    st.tuples(st.integers(-3, 3), st.floats(-1e6, 1e6) | st.none(), st.sampled_from(["a", "b", None])), max_size=12
)


@given(ROWS, st.randoms(use_true_random=False))
def test_a_table_is_like_itself_shuffled(rows: list[tuple[Any, ...]], chance: Any) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)

    def named(some: list[tuple[Any, ...]]) -> Table:
        return a_table({name: [row[at] for row in some] for at, name in enumerate("xyz")})

    assert compared(named(shuffled), named(rows)).is_right
    assert compared(named(shuffled), named(rows), relative=1e-6).is_right


@given(ROWS.filter(bool), st.integers(0, 11), st.integers(0, 2))
def test_a_table_with_one_cell_changed_is_not(rows: list[tuple[Any, ...]], at: int, column: int) -> None:
    changed = [list(row) for row in rows]
    changed[at % len(rows)][column] = 99 if column != 2 else "z"
    have = a_table({name: [row[at] for row in changed] for at, name in enumerate("xyz")})
    want = a_table({name: [row[at] for row in rows] for at, name in enumerate("xyz")})
    assert compared(have, want).is_right is (tuple(changed[at % len(rows)]) == rows[at % len(rows)])
