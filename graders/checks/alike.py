"""When two values count as the same, and how a value is shown to its author."""

import math
import unicodedata
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from graders.evidence import Items, Narrow, Pairs, Table, Unreadable, Value

T = TypeVar("T")

LONGEST_SHOWN = 60
SLACK = 1e-9  # of a number's size: what binary fractions lose on the way
NARROW_SLACK = 1e-6  # the same of a number that was kept in four bytes
NOTHING = 1e-15  # at most this is meant as 0, and then what is within ZERO_ROOM of it is noise of a sum that cancels
ZERO_ROOM = 1e-9
MOST_EACH_WITH_EACH = 500
PLAIN = frozenset({bool, int, float, str, type(None)})  # of which equal ones are alike at first sight


@dataclass(frozen=True)
class Closeness:
    """How far numbers may be apart: within `absolute`, or within `relative` times the wanted number.

    With neither, whole numbers are the same only where they are equal, and others within SLACK; see docs/fairness.md.
    """

    absolute: float | None = None
    relative: float | None = None
    ignores_case: bool = False


def closeness_of(params: Mapping[str, Any]) -> Closeness:
    return Closeness(params.get("tolerance"), params.get("relative"), params.get("ignore_case") is True)


def is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_alike(have: Value, want: Value, close: Closeness) -> bool:
    """Whether one value counts as the other. What cannot be read is like nothing, not even itself."""
    if type(have) is type(want) and type(have) in PLAIN and have == want:
        return True
    if is_missing(have) or is_missing(want):
        return is_missing(have) and is_missing(want)
    if is_number(have) and is_number(want):
        return _are_close(have, want, close)  # type: ignore[arg-type]  # both were just found to be numbers
    if isinstance(have, str) and isinstance(want, str):
        return folded(have) == folded(want) if close.ignores_case else have == want
    if isinstance(have, date) and isinstance(want, date):
        return moment(have) == moment(want)
    return _are_wholes_alike(_series_as_items(have, want), _series_as_items(want, have), close)


def _are_wholes_alike(have: Value, want: Value, close: Closeness) -> bool:
    """`is_alike` of values that are made of others, and of what is left."""
    if isinstance(have, Items) and isinstance(want, Items):
        return _are_items_alike(have, want, close)
    if isinstance(have, Pairs) and isinstance(want, Pairs):
        return _are_pairs_alike(have, want, close)
    if isinstance(have, Table) and isinstance(want, Table):
        return _are_tables_equal(have, want, close)
    return type(have) is type(want) and not isinstance(have, Unreadable) and have == want


def folded(text: str) -> str:
    """Without case, accents and blanks around it."""
    decomposed = unicodedata.normalize("NFD", text.strip().casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def faces(values: Sequence[Value], close: Closeness) -> Sequence[Hashable]:
    """For each value something that is equal for equal ones, whatever is close: for 1 and 1.0, not for True and 1."""
    kinds = set(map(type, values))
    if kinds <= {int} or (kinds <= {str} and not close.ignores_case):
        return values
    return [face(value, close) for value in values]


def face(value: Value, close: Closeness) -> Hashable:
    if is_missing(value):
        return None
    if is_number(value):
        return value
    if isinstance(value, str):
        return folded(value) if close.ignores_case else value
    if isinstance(value, date):
        return ("moment", moment(value))
    return (type(value).__name__, repr(value))


def are_same_bag(have: Sequence[Value], want: Sequence[Value], close: Closeness) -> bool:
    """Whether both hold the same values in any order: equal ones are paired at once, the others each with each."""
    pairs = zip((have, want), (faces(have, close), faces(want, close)), strict=True)
    left_have, left_want = without_equals(*(list(zip(shown_as, values, strict=True)) for values, shown_as in pairs))
    if len(left_have) != len(left_want) or len(left_have) > MOST_EACH_WITH_EACH:
        return False
    for _, one in left_have:
        at = next((at for at, (_, other) in enumerate(left_want) if is_alike(one, other, close)), None)
        if at is None:
            return False
        del left_want[at]
    return True


def without_equals(
    have: Sequence[tuple[Hashable, T]], want: Sequence[tuple[Hashable, T]]
) -> tuple[list[tuple[Hashable, T]], list[tuple[Hashable, T]]]:
    """What is left of both, in their order, once those with equal faces are taken away in pairs. A face comes first."""
    unpaired = Counter(face for face, _ in want)
    left_have = []
    for one in have:
        if unpaired[one[0]] > 0:
            unpaired[one[0]] -= 1
        else:
            left_have.append(one)
    left_want = []
    for one in want:
        if unpaired[one[0]] > 0:
            unpaired[one[0]] -= 1
            left_want.append(one)
    return left_have, left_want


def moment(day: date) -> datetime:
    """A day is its midnight. One with a time zone is never equal to one without: which hour that is, nobody said."""
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def is_time_zone_amiss(have: Value, want: Value) -> bool:
    """Whether one of two moments has a time zone and the other none."""
    return isinstance(have, date) and isinstance(want, date) and has_time_zone(have) != has_time_zone(want)


def has_time_zone(value: Value) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def shown(value: Value) -> str:
    """The value in at most LONGEST_SHOWN characters, much as Python would write it."""
    text = _written(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def shown_cell(value: Value) -> str:
    """A cell of a table, as `shown`; what is missing reads as pandas writes it."""
    return "NaN" if is_missing(value) else shown(value)


def _are_close(have: float, want: float, close: Closeness) -> bool:
    if have == want:
        return True
    if type(have) is int and type(want) is int and close.absolute is None and close.relative is None:
        return False
    try:
        distance, size = abs(have - want), max(abs(float(have)), abs(float(want)))
    except OverflowError:  # a whole number beyond what a float holds
        return False
    room = max(close.absolute or 0.0, (close.relative or 0.0) * abs(want))
    if not math.isfinite(distance) or (close.absolute is not None and not room):
        return False
    if abs(want) <= NOTHING:
        room = max(room, ZERO_ROOM)
    slack = NARROW_SLACK if isinstance(have, Narrow) or isinstance(want, Narrow) else SLACK
    return distance <= room + slack * size


def _series_as_items(value: Value, beside: Value) -> Value:
    """A series beside a row of values is one, for where the values matter and not what they are kept in."""
    if not isinstance(value, Table) or not value.is_series or not isinstance(beside, Items):
        return value
    values = value.columns[0].values if value.columns else ()
    return value if values is None else Items("array", values)


def _are_items_alike(have: Items, want: Items, close: Closeness) -> bool:
    if len(have.values) != len(want.values) or (have.kind == "set") != (want.kind == "set"):
        return False
    if have.kind == "set":
        return are_same_bag(have.values, want.values, close)
    return all(is_alike(one, other, close) for one, other in zip(have.values, want.values, strict=True))


def _are_pairs_alike(have: Pairs, want: Pairs, close: Closeness) -> bool:
    if len(have.values) != len(want.values):
        return False
    wanted = {face(key, close): value for key, value in want.values}
    return all(
        face(key, close) in wanted and is_alike(value, wanted[face(key, close)], close) for key, value in have.values
    )


def _are_tables_equal(have: Table, want: Table, close: Closeness) -> bool:
    """Tables within other values: the same columns with the same values, row by row."""
    return (
        (have.row_count, have.width, have.is_series) == (want.row_count, want.width, want.is_series)
        and len(have.columns) == len(want.columns)
        and all(
            one.name == other.name
            and one.values is not None
            and other.values is not None
            and all(is_alike(cell, wanted, close) for cell, wanted in zip(one.values, other.values, strict=True))
            for one, other in zip(have.columns, want.columns, strict=True)
        )
    )


def _written(value: Value) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        return _float_written(value)
    if isinstance(value, str):
        return repr(value[: LONGEST_SHOWN + 1])
    if isinstance(value, Items | Pairs):
        return _listed(value)
    if isinstance(value, Table):
        return "Series" if value.is_series else "DataFrame"
    if isinstance(value, Unreadable):
        return "..." if value.reason == "placeholder" else value.type_name
    return _date_written(value) if isinstance(value, date) else str(value)


def _float_written(value: float) -> str:
    if abs(value) < 1000 or abs(value) >= 1e15 or math.isnan(value):
        return f"{value:.6g}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _listed(value: Items | Pairs) -> str:
    if isinstance(value, Pairs):
        return "{" + ", ".join(f"{_written(pair[0])}: {_written(pair[1])}" for pair in value.values[:20]) + "}"
    brackets = {"tuple": ("(", ")"), "set": ("{", "}")}.get(value.kind, ("[", "]"))
    return ", ".join(_written(one) for one in value.values[:20]).join(brackets)


def _date_written(day: date) -> str:
    text = day.isoformat()
    return text.removesuffix("T00:00:00").replace("T", " ")
