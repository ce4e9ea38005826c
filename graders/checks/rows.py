"""Rows of tables compared: in order, or as a bag in which order means nothing."""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeAlias

from graders.checks.alike import (
    NARROW_SLACK,
    ZERO_ROOM,
    Closeness,
    faces,
    is_alike,
    is_missing,
    is_number,
    shown_cell,
    without_equals,
)
from graders.checks.finding import Finding, miss
from graders.checks.nearly import find_column_hint
from graders.evidence import Value

Row: TypeAlias = tuple[Value, ...]
MOST_COMPARISONS = 500_000  # of rows that are nearly alike; beyond, they count as different

# In a sort, what is missing stands first.
LEAST = float("-inf")


def find_bag_difference(
    have: Sequence[Row], want: Sequence[Row], names: Sequence[str], close: Closeness
) -> Finding | None:
    """None where both hold alike rows, in any order. names: of the columns, in the order of the rows."""
    extra, missing = leftovers(have, want, close)
    if not extra and not missing:
        return None
    if len(have) != len(want):
        return other_rows(len(have), len(want), "")
    for at, name in enumerate(names):
        column, wanted = [row[at] for row in have], [row[at] for row in want]
        odd = leftovers([(one,) for one in column], [(one,) for one in wanted], close)[0]
        if odd:
            hint = find_column_hint(_in_size(column), _in_size(wanted), name)
            return hint or miss("table.other_values", column=name, count=len(odd), value=shown_cell(odd[0][0]))
    return miss("table.mixed_rows", count=len(extra))


def are_in_order(have: Sequence[Row], want: Sequence[Row], close: Closeness) -> bool:
    """Whether the rows are alike one by one."""
    if len(have) != len(want):
        return False
    pairs = zip(row_faces(have, close), row_faces(want, close), have, want, strict=True)
    return all(mine == theirs or _is_row_alike(one, other, close) for mine, theirs, one, other in pairs)


def row_faces(rows: Sequence[Row], close: Closeness) -> list[Hashable]:
    """For each row something that is equal for rows with equal values."""
    if not rows or not rows[0]:
        return [()] * len(rows)
    return list(zip(*(faces(column, close) for column in zip(*rows, strict=True)), strict=True))


def other_rows(have: int, want: int, example: str) -> Finding:
    """That rows are missing or in excess, by their counts; example: one in excess where the counts are equal."""
    if have < want:
        return miss("table.missing_rows", have=have, wanted=want)
    if have > want:
        return miss("table.extra_rows", have=have, wanted=want)
    return miss("table.other_rows", row=example)


def leftovers(have: Sequence[Row], want: Sequence[Row], close: Closeness) -> tuple[list[Row], list[Row]]:
    """What is left of both once alike rows are taken away in pairs: equal ones first, then those close enough."""
    faced = (list(zip(row_faces(rows, close), rows, strict=True)) for rows in (have, want))
    left_have, left_want = ([row for _, row in side] for side in without_equals(*faced))
    if not left_have or not left_want:
        return left_have, left_want
    columns = list(zip(*left_have, *left_want, strict=True))
    inexact = [at for at, column in enumerate(columns) if _is_inexact(column, close)]
    exact = [at for at in range(len(columns)) if at not in inexact]
    groups: dict[Hashable, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((left_have, left_want)):
        for shows, row in zip(row_faces([tuple(row[at] for at in exact) for row in rows], close), rows, strict=True):
            groups[shows][side].append(row)
    over: tuple[list[Row], list[Row]] = ([], [])
    for have_rows, want_rows in groups.values():
        rest = _without_close(have_rows, want_rows, inexact, close)
        over[0].extend(rest[0])
        over[1].extend(rest[1])
    return over


def _is_inexact(column: Sequence[Value], close: Closeness) -> bool:
    """Whether numbers of this column may be alike without being equal."""
    if close.absolute or close.relative:
        return any(is_number(one) for one in column)
    return any(isinstance(one, float) and not one.is_integer() for one in column)


def _without_close(
    have: list[Row], want: list[Row], inexact: Sequence[int], close: Closeness
) -> tuple[list[Row], list[Row]]:
    """Rows that are equal but for numbers: each takes the first alike one among those whose telling number is near."""
    if not have or not want or not inexact:
        return have, want
    at = max(inexact, key=lambda one: len({_number(row[one]) for row in want}))
    have, want = (sorted(rows, key=lambda row: [_number(row[one]) for one in (at, *inexact)]) for rows in (have, want))
    numbers = [_number(row[at]) for row in want]
    free = _Free(len(want))
    unmatched: list[Row] = []
    comparisons = 0
    for row in have:
        number = _number(row[at])
        room = _room(number, close)
        place, end = free.at_or_after(bisect_left(numbers, number - room)), bisect_right(numbers, number + room)
        while place < end and not _is_row_alike(row, want[place], close):
            place = free.at_or_after(place + 1)
            comparisons += 1
        if comparisons > MOST_COMPARISONS:
            return have, want
        if place < end:
            free.take(place)
        else:
            unmatched.append(row)
    return unmatched, [row for place, row in enumerate(want) if free.at_or_after(place) == place]


class _Free:
    """Places in a row, of which some are taken; each knows the next that is not."""

    def __init__(self, count: int) -> None:
        self._next = list(range(count + 1))

    def take(self, place: int) -> None:
        self._next[place] = place + 1

    def at_or_after(self, place: int) -> int:
        """The first free place from this one on; `count` where there is none."""
        end = place
        while self._next[end] != end:
            end = self._next[end]
        while self._next[place] != end:  # so that nobody walks this way again
            self._next[place], place = end, self._next[place]
        return end


def _room(number: float, close: Closeness) -> float:
    """At most so far from a number is one that it may be alike to."""
    if not math.isfinite(number):
        return 0.0
    relative = max(close.relative or 0.0, NARROW_SLACK)
    beyond = relative * abs(number) / (1 - relative) if relative < 1 else math.inf
    return max(close.absolute or 0.0, beyond, ZERO_ROOM) * 1.01


def _in_size(column: Sequence[Value]) -> list[Value]:
    """The column sorted where all of it is numbers, so that two can be laid side by side."""
    if all(is_number(one) and not is_missing(one) for one in column):
        return sorted(column, key=_number)
    return list(column)


def _number(value: Value) -> float:
    return float(value) if is_number(value) and not is_missing(value) else LEAST  # type: ignore[arg-type]  # a number


def _is_row_alike(one: Row, other: Row, close: Closeness) -> bool:
    return all(is_alike(have, want, close) for have, want in zip(one, other, strict=True))
