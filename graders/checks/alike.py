"""When two values count as the same, and how a value is shown to its author."""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from graders.evidence import Items, Pairs, Table, Unreadable, Value

LONGEST_SHOWN = 60
SLACK = 1e-9  # of a number's size: what binary fractions lose on the way


@dataclass(frozen=True)
class Closeness:
    """How far numbers may be apart: within `absolute`, or within `relative` times the wanted number.

    With neither, whole numbers are the same only where they are equal, and others within SLACK.
    """

    absolute: float | None = None
    relative: float | None = None
    ignores_case: bool = False


def closeness_of(params: Mapping[str, Any]) -> Closeness:
    return Closeness(params.get("tolerance"), params.get("relative"), params.get("ignore_case") is True)


def is_missing(value: Any) -> bool:
    return value is None or (type(value) is float and math.isnan(value))


def is_number(value: Any) -> bool:
    return type(value) in (int, float)


def is_alike(have: Value, want: Value, close: Closeness) -> bool:
    """Whether one value counts as the other. What cannot be read is like nothing, not even itself."""
    if is_missing(have) or is_missing(want):
        return is_missing(have) and is_missing(want)
    if is_number(have) and is_number(want):
        return _are_close(have, want, close)  # type: ignore[arg-type]  # both were just found to be numbers
    if isinstance(have, str) and isinstance(want, str):
        return folded(have) == folded(want) if close.ignores_case else have == want
    if isinstance(have, date) and isinstance(want, date):
        return _moment(have) == _moment(want)
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


def are_same_bag(have: Sequence[Value], want: Sequence[Value], close: Closeness) -> bool:
    """Whether both hold the same values in any order. Meant for short sequences: it compares each with each."""
    left = list(want)
    for one in have:
        at = next((at for at, other in enumerate(left) if is_alike(one, other, close)), None)
        if at is None:
            return False
        del left[at]
    return not left


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
    if not math.isfinite(distance):
        return False
    room = max(close.absolute or 0.0, (close.relative or 0.0) * abs(want))
    return distance <= room + SLACK * size if room or close.absolute is None else distance == 0


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def _are_items_alike(have: Items, want: Items, close: Closeness) -> bool:
    if len(have.values) != len(want.values) or (have.kind == "set") != (want.kind == "set"):
        return False
    if have.kind == "set":
        return len(have.values) <= 2000 and are_same_bag(have.values, want.values, close)
    return all(is_alike(one, other, close) for one, other in zip(have.values, want.values, strict=True))


def _are_pairs_alike(have: Pairs, want: Pairs, close: Closeness) -> bool:
    if len(have.values) != len(want.values):
        return False
    wanted = {repr(key): value for key, value in want.values}
    return all(repr(key) in wanted and is_alike(value, wanted[repr(key)], close) for key, value in have.values)


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
