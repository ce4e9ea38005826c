"""Rows of tables compared: by position, by key, or as a bag in which order means nothing."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import date, datetime, time
from typing import TypeAlias

from graders.checks.alike import Closeness, folded, is_alike, is_missing, shown_cell
from graders.checks.finding import Finding, miss
from graders.evidence import Value

Row: TypeAlias = tuple[Value, ...]
LARGEST_GROUP = 400  # of rows that are compared each with each

# In a sort, what is missing stands first.
LEAST = float("-inf")


def find_keyed_difference(
    have: Sequence[Row], want: Sequence[Row], names: Sequence[str], key: Sequence[int], close: Closeness
) -> Finding | None:
    """None where each wanted row is there once, found by its key, and has alike values.

    names: of the columns, in the order of the rows; key: positions of the columns that identify a row.
    """
    found: dict[Hashable, list[Row]] = defaultdict(list)
    for row in have:
        found[_key(row, key, close)].append(row)
    wanted = {_key(row, key, close): row for row in want}
    if len(wanted) == len(want):
        repeated = next((rows[0] for rows in found.values() if len(rows) > 1), None)
        if repeated is not None:
            return miss("table.repeated_rows", row=_shown_key(repeated, names, key), have=len(have), wanted=len(want))
    elif len(have) == len(want):
        return find_bag_difference(have, want, names, close)
    missing = [row for one, row in wanted.items() if one not in found]
    extra = [rows[0] for one, rows in found.items() if one not in wanted]
    if missing or extra or len(have) != len(want):
        example = _shown_key(extra[0], names, key) if extra else ""
        return _other_rows(len(have), len(want), example)
    return _wrong_values([(found[one][0], row) for one, row in wanted.items()], names, key, close)


def find_bag_difference(
    have: Sequence[Row], want: Sequence[Row], names: Sequence[str], close: Closeness
) -> Finding | None:
    """None where both hold alike rows, in any order."""
    extra, missing = _leftovers(have, want, close)
    if not extra and not missing:
        return None
    if len(have) != len(want):
        return _other_rows(len(have), len(want), "")
    for at, name in enumerate(names):
        column, wanted = [(row[at],) for row in have], [(row[at],) for row in want]
        odd = _leftovers(column, wanted, close)[0]
        if odd:
            return miss("table.other_values", column=name, count=len(odd), value=shown_cell(odd[0][0]))
    return miss("table.mixed_rows", count=len(extra))


def are_in_order(have: Sequence[Row], want: Sequence[Row], close: Closeness) -> bool:
    """Whether the rows are alike one by one."""
    return len(have) == len(want) and all(
        _is_row_alike(one, other, close) for one, other in zip(have, want, strict=True)
    )


def _other_rows(have: int, want: int, example: str) -> Finding:
    if have < want:
        return miss("table.missing_rows", have=have, wanted=want)
    if have > want:
        return miss("table.extra_rows", have=have, wanted=want)
    return miss("table.other_rows", row=example)


def _wrong_values(
    pairs: Sequence[tuple[Row, Row]], names: Sequence[str], key: Sequence[int], close: Closeness
) -> Finding | None:
    """The first column, from the left, with values that differ, and one row as an example."""
    for at, name in enumerate(names):
        wrong = [have for have, want in pairs if not is_alike(have[at], want[at], close)]
        if wrong:
            row = _shown_key(wrong[0], names, key)
            return miss("table.wrong_values", column=name, count=len(wrong), row=row, value=shown_cell(wrong[0][at]))
    return None


def _leftovers(have: Sequence[Row], want: Sequence[Row], close: Closeness) -> tuple[list[Row], list[Row]]:
    """What is left of both once alike rows are taken away in pairs: equal ones first, then those close enough."""
    left_have, left_want = _without_equals(have, want, close)
    if not left_have or not left_want:
        return left_have, left_want
    inexact = [
        at for at in range(len(left_have[0])) if any(type(row[at]) in (int, float) for row in (*left_have, *left_want))
    ]
    groups: dict[Hashable, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((left_have, left_want)):
        for row in rows:
            exact = tuple(_cell(value, close) for at, value in enumerate(row) if at not in inexact)
            groups[exact][side].append(row)
    over: tuple[list[Row], list[Row]] = ([], [])
    for have_rows, want_rows in groups.values():
        rest = _without_close(have_rows, want_rows, inexact, close)
        over[0].extend(rest[0])
        over[1].extend(rest[1])
    return over


def _without_equals(have: Sequence[Row], want: Sequence[Row], close: Closeness) -> tuple[list[Row], list[Row]]:
    wanted = Counter(tuple(_cell(value, close) for value in row) for row in want)
    left_have = []
    for row in have:
        cells = tuple(_cell(value, close) for value in row)
        if wanted[cells] > 0:
            wanted[cells] -= 1
        else:
            left_have.append(row)
    left_want = []
    for row in want:
        cells = tuple(_cell(value, close) for value in row)
        if wanted[cells] > 0:
            wanted[cells] -= 1
            left_want.append(row)
    return left_have, left_want


def _without_close(
    have: list[Row], want: list[Row], inexact: Sequence[int], close: Closeness
) -> tuple[list[Row], list[Row]]:
    """Rows that are equal but for numbers, matched in the order of their numbers; small groups each with each."""

    def numbers(row: Row) -> list[float]:
        cells = [row[at] for at in inexact]
        return [float(one) if type(one) in (int, float) and not is_missing(one) else LEAST for one in cells]  # type: ignore[arg-type]  # numbers, as asked

    have, want = sorted(have, key=numbers), sorted(want, key=numbers)
    if are_in_order(have, want, close):
        return [], []
    if max(len(have), len(want)) > LARGEST_GROUP:
        return have, want
    left = list(want)
    unmatched = []
    for row in have:
        at = next((at for at, other in enumerate(left) if _is_row_alike(row, other, close)), None)
        if at is None:
            unmatched.append(row)
        else:
            del left[at]
    return unmatched, left


def _is_row_alike(one: Row, other: Row, close: Closeness) -> bool:
    return all(is_alike(have, want, close) for have, want in zip(one, other, strict=True))


def _key(row: Row, key: Sequence[int], close: Closeness) -> Hashable:
    return tuple(_cell(row[at], close) for at in key)


def _cell(value: Value, close: Closeness) -> Hashable:
    """Equal for cells that are equal: 1 and 1.0 are, True and 1 are not."""
    if is_missing(value):
        return None
    if type(value) in (int, float):
        return ("number", value)
    if isinstance(value, str):
        return ("text", folded(value) if close.ignores_case else value)
    if isinstance(value, datetime):
        return ("moment", value)
    if isinstance(value, date):
        return ("moment", datetime.combine(value, time()))
    return (type(value).__name__, repr(value))


def _shown_key(row: Row, names: Sequence[str], key: Sequence[int]) -> str:
    return ", ".join(f"{names[at]} = {shown_cell(row[at])}" for at in key)
