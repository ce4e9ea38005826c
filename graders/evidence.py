"""Evidence: what probes said, read with distrust into plain values. Whoever speaks there is learner code.

The wire is JSON; see graders/probes for the writers. Anything that is not exactly as agreed is refused.
"""

import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, TypeAlias

from graders.errors import EvidenceRefused

DTYPES = ("integer", "number", "text", "datetime", "date", "duration", "boolean", "category", "mixed")
ITEMS = ("list", "tuple", "set", "range", "index", "array", "view")
MARKS = ("bar", "barh", "hist", "line", "scatter", "pie", "area", "image")
LONGEST_TEXT = 20_000
LONGEST_NAME = 300
DEEPEST = 8


class Narrow(float):
    """A number that was kept in four bytes, of which some seven digits are true."""


@dataclass(frozen=True)
class Absent:
    """The name is not there."""


@dataclass(frozen=True)
class Unreadable:
    """A value that cannot be compared. reason: it is still `...`; its type is unknown here; there is too much of it."""

    reason: Literal["placeholder", "other", "too_large"]
    type_name: str = ""


@dataclass(frozen=True)
class Items:
    """Values in a row. kind: one of ITEMS; the order of a set means nothing."""

    kind: str
    values: tuple["Value", ...]


@dataclass(frozen=True)
class Pairs:
    """A mapping, in its order."""

    values: tuple[tuple["Value", "Value"], ...]


@dataclass(frozen=True)
class Column:
    """A column or a level of an index; missing values are None. values: None where they were too many to tell."""

    name: str
    dtype: str
    values: tuple["Value", ...] | None


@dataclass(frozen=True)
class Table:
    """A DataFrame, or a Series as its only column. index: its levels; none for a plain count from 0.

    width: how many columns it has, of which the first 200 are told.
    """

    columns: tuple[Column, ...]
    index: tuple[Column, ...]
    row_count: int
    width: int
    is_series: bool


Value: TypeAlias = (
    bool | int | float | str | date | datetime | timedelta | Items | Pairs | Table | Unreadable | None
)  # fmt: skip


@dataclass(frozen=True)
class Raised:
    """A function ended with an exception."""

    name: str
    text: str


Outcome: TypeAlias = Raised | tuple[Value]


@dataclass(frozen=True)
class TooSlow:
    """A function took longer than it may."""


@dataclass(frozen=True)
class Mark:
    """One set of bars, one line or one cloud of points. points: a name or position, and an amount; None: too many."""

    kind: str
    points: tuple[tuple[float | str | None, float | None], ...] | None


@dataclass(frozen=True)
class Axes:
    """What axes show. x_range, y_range: the smaller end first."""

    title: str
    xlabel: str
    ylabel: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    marks: tuple[Mark, ...]


def read_holding(raw: Any) -> Value | Absent:
    """What a name holds. Raises EvidenceRefused, as all readers here."""
    known = _mapping(raw)
    if known == {"missing": True}:
        return Absent()
    return read_value(_only(known, "holds"))


def read_outcomes(raw: Any) -> tuple[Outcome, ...] | Value | Absent | TooSlow:
    """What a function gave for each case; or what its name holds where that is no function."""
    known = _mapping(raw)
    if known == {"too_slow": True}:
        return TooSlow()
    if "outcomes" not in known:
        return read_holding(raw)
    return tuple(_outcome(_mapping(one)) for one in _sequence(_only(known, "outcomes")))


def read_axes(raw: Any) -> Axes | None:
    """The axes that matter of a drawing: the first that show anything; None where nothing was drawn."""
    known = _mapping(raw)
    if known == {"drew": False}:
        return None
    found = [_axes(_mapping(one)) for one in _sequence(_only(known, "axes"))]
    return next((one for one in found if one.marks), found[0] if found else None)


def read_value(raw: Any, depth: int = 0) -> Value:
    if depth > DEEPEST:
        raise EvidenceRefused("values are nested too deeply")
    if raw is None or type(raw) in (bool, int):
        return raw  # type: ignore[no-any-return]  # the line above tells its type
    if type(raw) is float:
        return _finite(raw)
    if type(raw) is str:
        return _text(raw, LONGEST_TEXT)
    known = _mapping(raw)
    return READERS[_one_of(known.get("t"), tuple(READERS))](known, depth)


def _outcome(raw: Mapping[str, Any]) -> Outcome:
    if "gave" in raw:
        return (read_value(_only(raw, "gave")),)
    known = _mapping(_only(raw, "raised"))
    return Raised(_text(known.get("name"), LONGEST_NAME), _text(known.get("text"), 500))


def _axes(raw: Mapping[str, Any]) -> Axes:
    title, xlabel, ylabel = (_text(raw.get(name), 500) for name in ("title", "xlabel", "ylabel"))
    x_range, y_range = (_range(raw.get(name)) for name in ("xlim", "ylim"))
    return Axes(
        title, xlabel, ylabel, x_range, y_range, tuple(_mark(_mapping(one)) for one in _sequence(raw.get("marks")))
    )


def _range(raw: Any) -> tuple[float, float]:
    values = _sequence(raw)
    if len(values) != 2:
        raise EvidenceRefused("a range has no two ends")
    return _plain_number(values[0]), _plain_number(values[1])


def _mark(raw: Mapping[str, Any]) -> Mark:
    if raw.get("points") is None:
        return Mark(_one_of(raw.get("kind"), MARKS), None)
    pairs = [_sequence(one) for one in _sequence(raw["points"])]
    if any(len(one) != 2 for one in pairs):
        raise EvidenceRefused("a drawn point is no pair")
    points = tuple((_place(one[0]), None if one[1] is None else _plain_number(one[1])) for one in pairs)
    return Mark(_one_of(raw.get("kind"), MARKS), points)


def _place(raw: Any) -> float | str | None:
    if raw is None:
        return None
    return _text(raw, 500) if type(raw) is str else _plain_number(raw)


def _special_number(raw: Mapping[str, Any], depth: int) -> float:
    return float(_one_of(raw.get("v"), ("nan", "inf", "-inf")))


def _narrow(raw: Mapping[str, Any], depth: int) -> Narrow:
    return Narrow(_plain_number(raw.get("v")))


def _large_whole(raw: Mapping[str, Any], depth: int) -> int:
    text = _text(raw.get("v"), 310)
    if not text.removeprefix("-").isdecimal():
        raise EvidenceRefused("a whole number is none")
    return int(text)


def _date(raw: Mapping[str, Any], depth: int) -> date:
    try:
        return date.fromisoformat(_text(raw.get("v"), 10))
    except ValueError as reason:
        raise EvidenceRefused("a date is none") from reason


def _datetime(raw: Mapping[str, Any], depth: int) -> datetime:
    return _moment(raw.get("v"))


def _moment(raw: Any) -> datetime:
    """With a time zone, then UTC, where the text ends in Z; without one otherwise."""
    text = _text(raw, 40)
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC if text.endswith("Z") else None)
    except ValueError as reason:
        raise EvidenceRefused("a moment is none") from reason


def _duration(raw: Mapping[str, Any], depth: int) -> timedelta:
    try:
        return timedelta(seconds=_plain_number(raw.get("v")))
    except OverflowError as reason:
        raise EvidenceRefused("a length of time is beyond all bounds") from reason


def _items(raw: Mapping[str, Any], depth: int) -> Items:
    values = tuple(read_value(one, depth + 1) for one in _sequence(raw.get("v")))
    return Items(_one_of(raw.get("kind"), ITEMS), values)


def _pairs(raw: Mapping[str, Any], depth: int) -> Pairs:
    pairs = [_sequence(one) for one in _sequence(raw.get("v"))]
    if any(len(one) != 2 for one in pairs):
        raise EvidenceRefused("an entry of a mapping is no pair")
    return Pairs(tuple((read_value(one[0], depth + 1), read_value(one[1], depth + 1)) for one in pairs))


def _table(raw: Mapping[str, Any], depth: int) -> Table:
    row_count, width = _count(raw.get("rows")), _count(raw.get("width"))
    columns, index = (
        tuple(_column(_mapping(one), row_count, depth) for one in _sequence(raw.get(name)))
        for name in ("columns", "index")
    )
    if len(columns) > width:
        raise EvidenceRefused("a table is wider than it says")
    return Table(columns, index, row_count, width, raw.get("is_series") is True)


def _column(raw: Mapping[str, Any], row_count: int, depth: int) -> Column:
    name, dtype = _text(raw.get("name"), 20 * LONGEST_NAME), _one_of(raw.get("dtype"), DTYPES)
    if raw.get("v") is None:
        return Column(name, dtype, None)
    cells = _sequence(raw["v"])
    if len(cells) != row_count:
        raise EvidenceRefused("a column is not as long as its table")
    if dtype == "datetime":
        return Column(name, dtype, tuple(None if one is None else _moment(one) for one in cells))
    values = tuple(read_value(one, depth + 1) for one in cells)
    return Column(name, dtype, tuple(map(_narrowed, values)) if raw.get("is_narrow") is True else values)


def _narrowed(value: Value) -> Value:
    return Narrow(value) if type(value) is float and math.isfinite(value) else value


def _placeholder(raw: Mapping[str, Any], depth: int) -> Unreadable:
    return Unreadable("placeholder")


def _other(raw: Mapping[str, Any], depth: int) -> Unreadable:
    return Unreadable("other", _text(raw.get("type"), LONGEST_NAME))


def _too_large(raw: Mapping[str, Any], depth: int) -> Unreadable:
    return Unreadable("too_large", _text(raw.get("type"), LONGEST_NAME))


READERS: Mapping[str, Callable[[Mapping[str, Any], int], Value]] = {
    "placeholder": _placeholder,
    "other": _other,
    "too_large": _too_large,
    "int": _large_whole,
    "float": _special_number,
    "narrow": _narrow,
    "date": _date,
    "datetime": _datetime,
    "duration": _duration,
    "items": _items,
    "pairs": _pairs,
    "table": _table,
}


def _mapping(raw: Any) -> Mapping[str, Any]:
    if type(raw) is not dict:
        raise EvidenceRefused("a part is no object")
    return raw


def _only(raw: Mapping[str, Any], name: str) -> Any:
    if set(raw) != {name}:
        raise EvidenceRefused(f"{name} is missing, or not alone")
    return raw[name]


def _sequence(raw: Any) -> Sequence[Any]:
    if type(raw) is not list:
        raise EvidenceRefused("a part is no list")
    return raw


def _text(raw: Any, longest: int) -> str:
    """All of whose characters can be stored: half a surrogate pair cannot, nor can NUL.

    A letter with its accent is one character wherever there is such (normal form C), however it was typed.
    """
    if type(raw) is not str or len(raw) > longest:
        raise EvidenceRefused("a text is missing or too long")
    plain = raw.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", plain)


def _one_of(raw: Any, words: Sequence[str]) -> str:
    if type(raw) is not str or raw not in words:
        raise EvidenceRefused(f"a word is none of {', '.join(words)}")
    return raw


def _count(raw: Any) -> int:
    if type(raw) is not int or not 0 <= raw < 10**12:
        raise EvidenceRefused("a count is none")
    return raw


def _plain_number(raw: Any) -> float:
    if type(raw) not in (int, float):
        raise EvidenceRefused("a number is missing")
    try:
        return _finite(float(raw))
    except OverflowError as reason:
        raise EvidenceRefused("a number is beyond all bounds") from reason


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise EvidenceRefused("a number is beyond all bounds")
    return number
