"""What a learner's names hold and what their functions give, as JSON values. What JSON has no word for has a tag `t`.

Runs inside the session with pandas at hand. Kinds are told by a type's own `__mro__`, which an object cannot pretend.
The reader of these values is graders/evidence.py.
"""

import copy
import datetime
import decimal
import fractions
import io
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import aula
import numpy as np
import pandas as pd

MOST_UNITS = 400_000  # a cell or an item is one unit, one more with a tag, and so are eight characters of text
MOST_COLUMNS = 200
DEEPEST = 6
LONGEST_TEXT = 20_000
LARGEST_EXACT = 2**53
MOST_BITS = 1000  # of a whole number
# In the order in which an object's type is looked for.
LISTS: tuple[tuple[Any, str], ...] = (
    (list, "list"),
    (tuple, "tuple"),
    (set, "set"),
    (frozenset, "set"),
    (range, "range"),
    (type({}.keys()), "view"),
    (type({}.values()), "view"),
    (pd.Index, "index"),
    (pd.api.extensions.ExtensionArray, "array"),
)
NUMBERS = (float, np.floating, decimal.Decimal, fractions.Fraction)
NUMPY_TIMES = (np.datetime64, np.timedelta64)
MISSING: tuple[Any, ...] = (None, pd.NA, pd.NaT, np.ma.masked)


class _TooLarge(Exception):
    """There is no room for this value."""


class _Room:
    """How much may still be told."""

    def __init__(self) -> None:
        self.left = MOST_UNITS

    def take(self, units: int) -> None:
        if units > self.left:
            raise _TooLarge
        self.left -= units


def collect(names: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """Each wanted name's value: {"missing": true} or {"holds": value}.

    arguments: {"wanted": {name: [columns that matter]}}; those columns come first where a table is too large for all.
    """
    room = _Room()
    return {
        name: {"holds": _encode_or_tell(names[name], room, columns)} if name in names else {"missing": True}
        for name, columns in arguments["wanted"].items()
    }


def call(names: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """What a function gives for each case: {"missing": true}, {"holds": value} where it is none, or {"outcomes": […]}.

    arguments: {"name": …, "cases": [{"args": […], "kwargs": {…}}], "also": [words of ALSO]}. An outcome is
    {"gave": value} or {"raised": …}; with further calls they come as "also": {word: [an outcome for each case]}.
    """
    if arguments["name"] not in names:
        return {"missing": True}
    function, cases = names[arguments["name"]], arguments["cases"]
    if not callable(function):
        return {"holds": _encode_or_tell(function, _Room(), ())}
    told: dict[str, Any] = {"outcomes": _call_each(_result, function, cases)}
    if arguments["also"]:
        told["also"] = {word: _call_each(ALSO[word], function, cases) for word in arguments["also"]}
    return told


def _call_each(way: Callable[..., Any], function: Any, cases: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """An outcome for each case, called in that way with arguments made anew."""
    room = _Room()
    return [_call_once(way, function, case, room) for case in cases]


def _call_once(way: Callable[..., Any], function: Any, case: dict[str, Any], room: _Room) -> dict[str, Any]:
    args = [_argument(one) for one in case.get("args", ())]
    kwargs = {name: _argument(one) for name, one in case.get("kwargs", {}).items()}
    try:
        gave = way(function, args, kwargs)
    except KeyboardInterrupt:  # the time is over
        raise
    except BaseException as error:  # learner's code raises anything
        return {"raised": {"name": _type_name(error), "text": _said(error)}}
    return {"gave": _encode_or_tell(gave, room, ())}


def _result(function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return function(*args, **kwargs)


def _arguments_after(function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    function(*args, **kwargs)
    return [*args, *kwargs.values()]


def _swapped(function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return function(*reversed(args), **kwargs)


def _twice(function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return function(function(*args, **kwargs), *args[1:], **kwargs)


# Further calls: the same again, what became of the arguments, in the other order, of its own result.
ALSO: dict[str, Callable[..., Any]] = {
    "again": _result,
    "after": _arguments_after,
    "swapped": _swapped,
    "twice": _twice,
}


def _argument(raw: Any) -> Any:
    """A plain value, a table from its columns or from CSV, or rows of a data set."""
    if type(raw) is dict and set(raw) == {"table"}:
        return pd.DataFrame(raw["table"])
    if type(raw) is dict and set(raw) == {"csv"}:
        return pd.read_csv(io.StringIO(raw["csv"]))
    if type(raw) is dict and "dataset" in raw:
        table = aula.datos(raw["dataset"], raw.get("resource"))
        return table.query(raw["query"]).reset_index(drop=True) if "query" in raw else table
    return copy.deepcopy(raw)


def _said(error: BaseException) -> str:
    try:
        return str(error)[:500]
    except Exception:  # a learner's own __str__ may fail in any way
        return ""


def _encode_or_tell(value: Any, room: _Room, columns: Sequence[str]) -> Any:
    """The value, or that there is too much of it."""
    before = room.left
    try:
        if _is_a(value, pd.DataFrame, pd.Series):
            return _table(value, room, columns)
        return _value(value, room, 0)
    except _TooLarge:
        room.left = before
        return {"t": "too_large", "type": _type_name(value)}


def _value(value: Any, room: _Room, depth: int) -> Any:
    """None for what is missing; plain JSON where that is exact; else an object with a tag."""
    kind = type(value)
    if any(value is one for one in MISSING) or (_is_a(value, *NUMPY_TIMES) and np.isnat(value)):
        return None
    if value is Ellipsis:
        return {"t": "placeholder"}
    if kind is bool or kind is np.bool_:
        return bool(value)
    if int in kind.__mro__ or np.integer in kind.__mro__:
        return _whole(int(value))
    if str in kind.__mro__:
        return _text(value, room)
    plain = _number(value) if _is_a(value, *NUMBERS) else _moment(value)
    if plain is not None:
        room.take(1 if type(plain) is dict else 0)
        return plain
    return _container(value, room, depth) or {"t": "other", "type": _type_name(value)}


def _whole(number: int) -> Any:
    if abs(number) <= LARGEST_EXACT:
        return number
    return {"t": "int", "v": str(number)} if number.bit_length() <= MOST_BITS else {"t": "too_large", "type": "int"}


def _number(value: Any) -> Any:
    """A number of fewer than eight bytes as the shortest decimal that it stands for, 0.1 and not 0.10000000149."""
    try:
        number = float(value)
    except (OverflowError, ValueError):  # a fraction beyond all bounds; a decimal that is a signal
        return {"t": "too_large", "type": _type_name(value)}
    if math.isfinite(number) and _is_a(value, np.float32):
        return {"t": "narrow", "v": float(np.float32.__str__(value))}
    if math.isfinite(number) and _is_a(value, np.float16):
        return float(np.float16.__str__(value))
    return number if math.isfinite(number) else {"t": "float", "v": str(number)}


def _text(value: str, room: _Room) -> str:
    plain = str.__getitem__(value, slice(0, LONGEST_TEXT + 1))
    if len(plain) > LONGEST_TEXT:
        raise _TooLarge
    room.take(len(plain) // 8)
    return plain


def _moment(value: Any) -> Any:
    """A date, a time or a length of time; None for anything else, and for those beyond pandas' bounds."""
    try:
        return _plain_moment(value)
    except (ValueError, OverflowError):
        return None


def _plain_moment(value: Any) -> Any:
    kind = type(value).__mro__
    if np.datetime64 in kind or datetime.datetime in kind:
        return {"t": "datetime", "v": _iso(pd.Timestamp(value))}
    if datetime.time in kind:
        return datetime.time.isoformat(value)
    if datetime.date in kind:
        return {"t": "date", "v": datetime.date(value.year, value.month, value.day).isoformat()}
    if np.timedelta64 in kind or datetime.timedelta in kind:
        return {"t": "duration", "v": pd.Timedelta(value).total_seconds()}
    if pd.Period in kind or pd.Interval in kind:
        return str(value)
    return None


def _iso(stamp: Any) -> str:
    """In UTC where it has a time zone, and then with a Z; to the microsecond."""
    plain = stamp if stamp.tzinfo is None else stamp.tz_convert("UTC").tz_localize(None)
    text: str = plain.isoformat(timespec="microseconds")
    return text if stamp.tzinfo is None else text + "Z"


def _container(value: Any, room: _Room, depth: int) -> Any:
    """A list, a set, a mapping, an array or a table within another value; None for anything else."""
    if depth >= DEEPEST:
        raise _TooLarge
    if _is_a(value, pd.DataFrame, pd.Series):
        return _table(value, room, ())
    if _is_a(value, np.ndarray):
        room.take(value.size)
        return _value(value.item(), room, depth) if value.ndim == 0 else _array(value, room, depth)
    if _is_a(value, dict):
        room.take(2 * dict.__len__(value))
        pairs = [[_value(key, room, depth + 1), _value(one, room, depth + 1)] for key, one in dict.items(value)]
        return {"t": "pairs", "v": pairs}
    for kind, word in LISTS:
        if _is_a(value, kind):
            return _items(word, len(value), kind.__iter__(value), room, depth)
    return None


def _items(word: str, length: int, items: Iterable[Any], room: _Room, depth: int) -> dict[str, Any]:
    room.take(length)
    return {"t": "items", "kind": word, "v": [_value(one, room, depth + 1) for one in items]}


def _array(value: Any, room: _Room, depth: int) -> dict[str, Any]:
    if depth >= DEEPEST:
        raise _TooLarge
    items = list(value) if value.ndim == 1 else [_array(one, room, depth + 1) for one in value]
    encoded = [_value(one, room, depth + 1) for one in items] if value.ndim == 1 else items
    return {"t": "items", "kind": "array", "v": encoded}


def _table(value: Any, room: _Room, columns: Sequence[str]) -> dict[str, Any]:
    """A table or a series with its index. Columns for which there is no room have the values null."""
    is_series = _is_a(value, pd.Series)
    plain = pd.Series(value) if is_series else pd.DataFrame(value)
    frame = plain.to_frame() if is_series else plain
    names = [_column_name(None if is_series and plain.name is None else one) for one in frame.columns[:MOST_COLUMNS]]
    matters = [names[at] in columns or not columns for at in range(len(names))]
    told = {}
    for at in sorted(range(len(names)), key=lambda at: not matters[at]):
        told[at] = _column(names[at], frame.iloc[:, at], room, must=matters[at])
    index = frame.index
    is_plain = type(index) is pd.RangeIndex and index.start == 0 and index.step == 1 and index.name is None
    levels = [] if is_plain else [index.get_level_values(at) for at in range(min(index.nlevels, 6))]
    return {
        "t": "table",
        "rows": len(frame),
        "width": frame.shape[1],
        "is_series": is_series,
        "columns": [told[at] for at in range(len(names))],
        "index": [_column(_column_name(one.name), pd.Series(one), room, must=False) for one in levels],
    }


def _column(name: str, series: Any, room: _Room, must: bool) -> dict[str, Any]:
    """One column: its name, what it holds in a word, and its values; moments in their short form."""
    before = room.left
    try:
        room.take(len(series) + 1)
        values = _column_values(series, room)
    except _TooLarge:
        if must:
            raise
        room.left, values = before, None
    return {"name": name, "dtype": _dtype_word(series), "v": values, "is_narrow": _is_narrow(series)}


def _column_values(series: Any, room: _Room) -> list[Any]:
    kind = series.dtype
    if isinstance(kind, np.dtype) and kind.kind in "iu" and (not len(series) or abs(series).max() <= LARGEST_EXACT):
        return list(series.tolist())
    if isinstance(kind, np.dtype) and kind.kind == "f" and not np.isinf(series.to_numpy()).any():
        numbers = series.to_numpy()
        plain = (numbers if numbers.itemsize == 8 else numbers.astype(str).astype(float)).tolist()
        return [None if one != one else one for one in plain]
    if pd.api.types.is_datetime64_any_dtype(kind):
        return [None if one is pd.NaT else _iso(one) for one in series]
    return [None if _is_a(one, float, np.floating) and one != one else _value(one, room, 1) for one in _listed(series)]


def _listed(series: Any) -> list[Any]:
    """The values one by one. Missing ones never answer a comparison here: they are None."""
    values = [None if one is pd.NA or one is pd.NaT else one for one in series.astype(object)]
    return [np.float32(one) if type(one) is float else one for one in values] if _is_narrow(series) else values


def _is_narrow(series: Any) -> bool:
    """Whether its numbers have four bytes, also where they may be missing."""
    return bool(getattr(series.dtype, "numpy_dtype", series.dtype) == np.float32)


def _dtype_word(series: Any) -> str:
    kind, types = series.dtype, pd.api.types
    words = (
        (isinstance(kind, pd.CategoricalDtype), "category"),
        (types.is_bool_dtype(kind), "boolean"),
        (types.is_integer_dtype(kind), "integer"),
        (types.is_float_dtype(kind), "number"),
        (types.is_datetime64_any_dtype(kind), "datetime"),
        (types.is_timedelta64_dtype(kind), "duration"),
    )
    found = next((word for holds, word in words if holds), None)
    if found is None and types.is_object_dtype(kind):
        inferred = types.infer_dtype(series, skipna=True)
        known = {"string": "text", "empty": "text", "boolean": "boolean", "date": "date", "decimal": "number"}
        return known.get(inferred, "mixed")
    return found or "text"


def _column_name(name: Any) -> str:
    """The name as one text; the levels of a compound name are joined."""
    if name is None:
        return ""
    if type(name) is tuple:
        return " / ".join(_column_name(one) for one in name)[:300]
    if _is_a(name, str):
        return str.__getitem__(name, slice(0, 300))
    if _is_a(name, int, float, np.generic, datetime.date, pd.Period, pd.Interval):
        return str(name)[:300]
    return f"<{_type_name(name)}>"


def _type_name(value: Any) -> str:
    name: str = type.__dict__["__name__"].__get__(type(value))
    return name[:100]


def _is_a(value: Any, *kinds: type) -> bool:
    """As isinstance, but an object cannot pretend."""
    return any(kind in type(value).__mro__ for kind in kinds)
