"""The check `table`: a DataFrame or Series has the columns, rows and values of the solution's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from courses import Check
from graders.checks import rows
from graders.checks.alike import closeness_of, is_alike
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.value import type_word
from graders.evidence import Absent, Column, Table, Unreadable, Value

MOST_NAMED = 5  # columns named in one message
LONGEST_NAME = 24  # of a column, where several are named


@dataclass(frozen=True)
class _Pair:
    """Two tables to compare, by the columns that matter, in the same order."""

    names: tuple[str, ...]
    have: tuple[Column, ...]
    want: tuple[Column, ...]


def judge(check: Check, have: Value | Absent, want: Value | Absent) -> Finding:
    """Says first what keeps the table from being looked at, then columns, types, rows, values and order."""
    name = check.params["name"]
    if isinstance(have, Absent):
        return miss("table.missing_name", name=name)
    if isinstance(have, Unreadable) and have.reason != "other":
        return miss(f"table.{have.reason}", name=name)
    if not isinstance(have, Table):
        return miss("table.wrong_type", name=name, type=type_word(have))
    if not isinstance(want, Table):
        return miss("table.different", name=name)
    finding = compare_tables(check.params, have, want)
    return replace(finding, fields={"name": name, **finding.fields}) if not finding.is_right else finding


def is_same(check: Check, one: Value | Absent, other: Value | Absent) -> bool:
    """Whether the check sees the same in both; where the columns that it asks for are missing, all the others count."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return False
    if not isinstance(one, Table) or not isinstance(other, Table):
        return is_alike(one, other, closeness_of(check.params))
    params = check.params
    asked = set(params.get("columns", ())) | set(params.get("key", ()))
    if asked - {column.name for column in other.columns}:
        if sorted(column.name for column in one.columns) != sorted(column.name for column in other.columns):
            return False
        params = {name: value for name, value in params.items() if name not in ("columns", "key", "dtypes")}
    dtypes = {column.name: column.dtype for column in other.columns if column.name in params.get("dtypes", {})}
    return compare_tables({**params, "dtypes": dtypes}, one, other).is_right


def compare_tables(params: Mapping[str, Any], have: Table, want: Table) -> Finding:
    """What differs first between two tables, as the parameters of a check ask."""
    pair = _paired(params, have, want)
    if isinstance(pair, Finding):
        return pair
    for column in pair.have:
        wanted = params.get("dtypes", {}).get(column.name)
        if wanted is not None and column.dtype != wanted:
            return miss("table.wrong_dtype", column=column.name, wanted=wanted, type=column.dtype)
        if any(isinstance(cell, Unreadable) for cell in column.values or ()):
            return _unreadable(column)
    return _compare_rows(params, pair, have.row_count, want.row_count)


def _unreadable(column: Column) -> Finding:
    """A column with values that cannot be compared, most often the starter's three dots."""
    odd = next(cell for cell in column.values or () if isinstance(cell, Unreadable))
    if odd.reason == "placeholder":
        return miss("table.column_placeholder", column=column.name)
    return miss("table.odd_values", column=column.name, type=odd.type_name)


def _compare_rows(params: Mapping[str, Any], pair: _Pair, have_count: int, want_count: int) -> Finding:
    close = closeness_of(params)
    have, want = _rows(pair.have, have_count), _rows(pair.want, want_count)
    if rows.are_in_order(have, want, close):
        return RIGHT
    key = [pair.names.index(name) for name in params.get("key", ()) if name in pair.names]
    if key:
        difference = rows.find_keyed_difference(have, want, pair.names, key, close)
    else:
        difference = rows.find_bag_difference(have, want, pair.names, close)
    if difference is not None:
        return difference
    return miss("table.wrong_order") if params.get("ordered") is True else RIGHT


def _rows(columns: Sequence[Column], count: int) -> list[rows.Row]:
    if not columns:
        return [()] * count
    return list(zip(*(column.values or () for column in columns), strict=True))


def _paired(params: Mapping[str, Any], have: Table, want: Table) -> _Pair | Finding:
    """The columns to compare, index levels first; or what keeps them from being compared."""
    index = _paired_index(have, want) if params.get("index") is True else _Pair((), (), ())
    if isinstance(index, Finding):
        return index
    columns = _paired_series(have, want) if want.is_series else _paired_columns(params, have, want)
    if isinstance(columns, Finding):
        return columns
    pair = _Pair(index.names + columns.names, index.have + columns.have, index.want + columns.want)
    if any(column.values is None for column in (*pair.have, *pair.want)):
        return miss("table.too_large")
    return pair


def _paired_index(have: Table, want: Table) -> _Pair | Finding:
    """Levels are compared by place: their names are often none. A plain count is one level."""
    one, other = _levels(have), _levels(want)
    if len(one) != len(other):
        return miss("table.index_levels", have=len(one), wanted=len(other))
    return _Pair(tuple(column.name or "index" for column in other), one, other)


def _levels(table: Table) -> tuple[Column, ...]:
    return table.index or (Column("", "integer", tuple(range(min(table.row_count, 10**6)))),)


def _paired_series(have: Table, want: Table) -> _Pair | Finding:
    """A series has one column, whose name means nothing."""
    if have.width != 1:
        return miss("table.not_series", columns=have.width)
    return _Pair((want.columns[0].name or "valor",), have.columns[:1], want.columns[:1])


def _paired_columns(params: Mapping[str, Any], have: Table, want: Table) -> _Pair | Finding:
    names = _names_that_matter(params, want)
    here = [column.name for column in have.columns]
    missing = [name for name in names if name not in here]
    if missing:
        return _missing_columns(missing, here, have)
    repeated = next((name for name in names if here.count(name) > 1), None)
    if repeated is not None:
        return miss("table.repeated_column", column=repeated)
    if "columns" not in params and have.width > want.width:
        extra = [name for name in here if name not in names]
        return miss("table.extra_columns", columns=_few(extra), count=have.width - want.width)
    found = {column.name: column for column in have.columns}
    wanted = {column.name: column for column in want.columns}
    return _Pair(tuple(names), tuple(found[name] for name in names), tuple(wanted[name] for name in names))


def _names_that_matter(params: Mapping[str, Any], want: Table) -> list[str]:
    """Those asked for, the key first; else all of the wanted table."""
    here = [column.name for column in want.columns]
    asked = [*params.get("key", ()), *params.get("columns", here)]
    return [name for name in dict.fromkeys(asked) if name in here]


def _missing_columns(missing: Sequence[str], here: Sequence[str], have: Table) -> Finding:
    levels = [level.name for level in have.index]
    in_index = next((name for name in missing if name in levels), None)
    if in_index is not None:
        return miss("table.column_in_index", column=in_index)
    return miss("table.missing_columns", columns=_few(missing), have=_few(here))


def _few(names: Sequence[str]) -> list[str]:
    short = [name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…" for name in names[:MOST_NAMED]]
    return [*short, "…"] if len(names) > MOST_NAMED else short
