"""Values as JSON and back, without pickle: what JSON has no word for has a tag `t`. Runs in both sessions.

Kinds are told by a value's exact type, so a subclass that answers for itself is never taken for what it derives from.
graders/examiner/crossing.py holds what lies between the sessions to these shapes.
"""

import base64
import builtins
import collections
import datetime
import decimal
import fractions
import math
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

MOST_PARTS = 200_000
MOST_BYTES = 12 * 2**20  # of arrays and texts together
DEEPEST = 40
LARGEST_EXACT = 2**53
MOST_BITS = 16_000  # of a whole number
ROWS: dict[Any, str] = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset", collections.deque: "deque"}
PAIRS: dict[Any, str] = {
    dict: "dict",
    collections.OrderedDict: "OrderedDict",
    collections.Counter: "Counter",
    collections.defaultdict: "dict",
}
WRITTEN: dict[Any, str] = {
    datetime.date: "date", datetime.datetime: "datetime", datetime.time: "time",
    decimal.Decimal: "Decimal", fractions.Fraction: "Fraction",
}  # fmt: skip
ALONE: dict[Any, str] = {type(pd.NA): "NA", type(pd.NaT): "NaT", type(...): "ellipsis"}
BUILTINS = ("int", "float", "complex", "bool", "str", "bytes", "list", "tuple", "set", "frozenset", "dict", "object",
            "len", "sum", "min", "max", "abs", "round", "sorted")  # fmt: skip
PLAIN_KINDS = "biufcmMSU"  # of arrays: their memory is their value
MASKED = ("boolean", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64")
INDEXES = (pd.Index, pd.RangeIndex, pd.MultiIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex,
           pd.IntervalIndex, pd.CategoricalIndex)  # fmt: skip


class Uncheckable(BaseException):
    """A value that cannot cross. Not an Exception: a test's own `except Exception` does not take it for an answer."""


class Encoder:
    """Turns one value into JSON. keep: what to say of a value that stays where it is; it may raise Uncheckable."""

    def __init__(self, keep: Callable[[Any], dict[str, Any]]) -> None:
        self._keep = keep
        self._parts_left = MOST_PARTS
        self._bytes_left = MOST_BYTES
        self._ways: dict[type, Callable[[Any, int], Any]] = {
            int: self._int, float: self._float, complex: self._complex, str: self._str, bytes: self._bytes,
            range: self._range, datetime.timedelta: self._timedelta, np.ndarray: self._array,
            pd.DataFrame: self._frame, pd.Series: self._series, pd.Timestamp: self._moment, pd.Timedelta: self._moment,
            **dict.fromkeys(ROWS, self._rows), **dict.fromkeys(PAIRS, self._pairs),
            **dict.fromkeys(WRITTEN, self._written), **dict.fromkeys(INDEXES, self._index),
        }  # fmt: skip

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Raises Uncheckable for what cannot cross, is too much or nested too deeply."""
        self._take(1, 0)
        if depth > DEEPEST:
            raise Uncheckable("a value that is nested too deeply to be checked here")
        if value is None or value is True or value is False:
            return value
        kind = type(value)
        if kind in self._ways:
            return self._ways[kind](value, depth)
        if kind in ALONE:
            return {"t": ALONE[kind]}
        if np.generic in kind.__mro__ and kind.__module__ == "numpy":
            return {**self._memory(np.asarray(value)), "t": "scalar"}
        if kind in (type, types.BuiltinFunctionType) and _is_builtin(value):
            return {"t": "builtin", "v": value.__name__}
        if kind.__bases__ == (tuple,) and "_fields" in vars(kind):
            return {
                **self._rows(tuple(value), depth),
                "t": "named",
                "name": kind.__name__,
                "fields": list(kind._fields),
            }
        return self._keep(value)

    def _take(self, parts: int, size: int) -> None:
        self._parts_left -= parts
        self._bytes_left -= size
        if self._parts_left < 0 or self._bytes_left < 0:
            raise Uncheckable("a value that is too large to be checked here")

    def _int(self, value: int, depth: int) -> Any:
        if -LARGEST_EXACT < value < LARGEST_EXACT:
            return value
        if value.bit_length() > MOST_BITS:
            raise Uncheckable("a whole number that is too large to be checked here")
        return {"t": "int", "v": hex(value)}

    def _float(self, value: float, depth: int) -> Any:
        return value if math.isfinite(value) else {"t": "float", "v": repr(value)}

    def _complex(self, value: complex, depth: int) -> Any:
        return {"t": "complex", "v": [self._float(value.real, depth), self._float(value.imag, depth)]}

    def _str(self, value: str, depth: int) -> str:
        self._take(0, len(value))
        return value

    def _bytes(self, value: bytes, depth: int) -> Any:
        self._take(0, len(value))
        return {"t": "bytes", "v": base64.b64encode(value).decode()}

    def _range(self, value: range, depth: int) -> Any:
        return {"t": "range", "v": [self._int(one, depth) for one in (value.start, value.stop, value.step)]}

    def _timedelta(self, value: datetime.timedelta, depth: int) -> Any:
        return {"t": "timedelta", "v": [value.days, value.seconds, value.microseconds]}

    def _written(self, value: Any, depth: int) -> Any:
        text = value.isoformat() if hasattr(value, "isoformat") else str(value)
        return {"t": WRITTEN[type(value)], "v": self._str(text, depth)}

    def _moment(self, value: Any, depth: int) -> Any:
        told = {"t": type(value).__name__, "v": hex(value._value)}
        zone = getattr(value, "tz", None)
        return {**told, "unit": value.unit, "tz": None if zone is None else str(zone)}

    def _rows(self, value: Any, depth: int) -> Any:
        self._take(len(value), 0)
        return {"t": ROWS[type(value)], "v": [self.encode(one, depth + 1) for one in value]}

    def _pairs(self, value: Any, depth: int) -> Any:
        self._take(2 * len(value), 0)
        pairs = [[self.encode(key, depth + 1), self.encode(one, depth + 1)] for key, one in value.items()]
        return {"t": PAIRS[type(value)], "v": pairs}

    def _array(self, value: np.ndarray, depth: int) -> Any:
        if value.dtype.kind == "O":
            self._take(value.size, 0)
            cells = [self.encode(one, depth + 1) for one in value.reshape(-1).tolist()]
            return {"t": "objects", "s": list(value.shape), "v": cells}
        if value.dtype.kind not in PLAIN_KINDS or value.dtype.fields is not None:
            raise Uncheckable(f"an array of type {value.dtype} that cannot be checked here")
        return self._memory(value)

    def _memory(self, value: np.ndarray) -> Any:
        if value.dtype.kind not in PLAIN_KINDS:
            return self._keep(value)
        self._take(0, value.nbytes)
        memory = base64.b64encode(value.tobytes()).decode()
        return {"t": "array", "d": value.dtype.str, "s": list(value.shape), "v": memory}

    def _frame(self, value: pd.DataFrame, depth: int) -> Any:
        columns = [self._column(value.iloc[:, at].array, depth) for at in range(value.shape[1])]
        names, index = self._index(value.columns, depth), self._index(value.index, depth)
        return {"t": "DataFrame", "v": columns, "columns": names, "index": index}

    def _series(self, value: pd.Series, depth: int) -> Any:
        cells, index = self._column(value.array, depth), self._index(value.index, depth)
        return {"t": "Series", "v": cells, "index": index, "name": self.encode(value.name, depth + 1)}

    def _index(self, value: pd.Index, depth: int) -> Any:
        if type(value) is pd.RangeIndex:
            bounds = [value.start, value.stop, value.step]
            return {"t": "RangeIndex", "v": bounds, "name": self.encode(value.name, depth + 1)}
        if type(value) is pd.MultiIndex:
            levels = [self._column(value.get_level_values(at).array, depth) for at in range(value.nlevels)]
            return {"t": "MultiIndex", "v": levels, "names": [self.encode(one, depth + 1) for one in value.names]}
        freq = getattr(value, "freqstr", None) if type(value) is not pd.PeriodIndex else None
        name = self.encode(value.name, depth + 1)
        return {"t": "Index", "v": self._column(value.array, depth), "name": name, "freq": freq}

    def _column(self, value: Any, depth: int) -> Any:
        """A column's values, of whatever type pandas keeps them in."""
        kind = value.dtype
        if isinstance(kind, np.dtype) or type(value) is pd.arrays.NumpyExtensionArray:
            return self._array(value.to_numpy(), depth)
        if isinstance(kind, pd.StringDtype):
            return self._texts(value)
        if isinstance(kind, pd.CategoricalDtype):
            of = self._index(kind.categories, depth + 1)
            return {"t": "category", "v": self._memory(value.codes), "of": of, "ordered": bool(kind.ordered)}
        if isinstance(kind, pd.DatetimeTZDtype):
            return {
                "t": "zoned",
                "v": self._memory(value.tz_convert("UTC").tz_localize(None).to_numpy()),
                "tz": str(kind.tz),
            }
        if isinstance(kind, pd.PeriodDtype):
            return {"t": "period", "v": self._memory(value.asi8), "freq": kind.name.removeprefix("period[")[:-1]}
        if isinstance(kind, pd.IntervalDtype):
            left, right = (self._column(one.array, depth) for one in (value.left, value.right))
            return {"t": "interval", "v": left, "right": right, "closed": kind.closed}
        if kind.name in MASKED:
            return {"t": "masked", "d": kind.name, "v": self._memory(value._data), "mask": self._memory(value._mask)}
        raise Uncheckable(f"a column of type {kind.name} that cannot be checked here")

    def _texts(self, value: Any) -> Any:
        cells = value.to_numpy(dtype=object, na_value=None).tolist()
        self._take(len(cells), sum(len(one) for one in cells if one is not None))
        missing = "NA" if value.dtype.na_value is pd.NA else "nan"
        return {"t": "texts", "v": cells, "missing": missing, "storage": value.dtype.storage}


class Decoder:
    """Makes values of JSON that an Encoder wrote. hold: what stands for a value that stays where it is."""

    def __init__(self, hold: Callable[[dict[str, Any]], Any]) -> None:
        self._hold = hold
        self._ways: dict[str, Callable[[dict[str, Any]], Any]] = {
            "int": lambda raw: int(raw["v"], 16),
            "float": lambda raw: float(raw["v"]),
            "complex": lambda raw: complex(*map(self.decode, raw["v"])),
            "bytes": lambda raw: base64.b64decode(raw["v"]),
            "range": lambda raw: range(*map(self.decode, raw["v"])),
            "timedelta": lambda raw: datetime.timedelta(*raw["v"]),
            "Decimal": lambda raw: decimal.Decimal(raw["v"]),
            "Fraction": lambda raw: fractions.Fraction(raw["v"]),
            "NA": lambda raw: pd.NA,
            "NaT": lambda raw: pd.NaT,
            "ellipsis": lambda raw: ...,
            "builtin": lambda raw: getattr(builtins, raw["v"]),
            "named": self._named,
            "Timestamp": self._timestamp,
            "Timedelta": lambda raw: pd.Timedelta(np.timedelta64(int(raw["v"], 16), raw["unit"])),
            "scalar": lambda raw: _memory(raw)[()],
            "array": _memory,
            "objects": self._objects,
            "DataFrame": self._frame,
            "Series": self._series,
            **dict.fromkeys(("RangeIndex", "MultiIndex", "Index"), self._index),
            **{tag: self._rows(kind) for kind, tag in ROWS.items()},
            **{tag: self._pairs(kind) for kind, tag in PAIRS.items() if kind is not collections.defaultdict},
            **{tag: self._written(kind) for kind, tag in WRITTEN.items() if tag in ("date", "datetime", "time")},
        }

    def decode(self, raw: Any) -> Any:
        if type(raw) is not dict:
            return raw
        return self._ways.get(raw["t"], self._hold)(raw)

    def _rows(self, kind: Any) -> Callable[[dict[str, Any]], Any]:
        return lambda raw: kind(self.decode(one) for one in raw["v"])

    def _pairs(self, kind: Any) -> Callable[[dict[str, Any]], Any]:
        return lambda raw: kind({self.decode(key): self.decode(one) for key, one in raw["v"]})

    def _written(self, kind: Any) -> Callable[[dict[str, Any]], Any]:
        return lambda raw: kind.fromisoformat(raw["v"])

    def _named(self, raw: dict[str, Any]) -> Any:
        return collections.namedtuple(raw["name"], raw["fields"])(*map(self.decode, raw["v"]))

    def _timestamp(self, raw: dict[str, Any]) -> Any:
        moment = pd.Timestamp(np.datetime64(int(raw["v"], 16), raw["unit"]))
        return moment if raw["tz"] is None else moment.tz_localize("UTC").tz_convert(raw["tz"])

    def _objects(self, raw: dict[str, Any]) -> Any:
        cells = np.empty(len(raw["v"]), dtype=object)
        for at, one in enumerate(raw["v"]):
            cells[at] = self.decode(one)
        return cells.reshape(raw["s"])

    def _frame(self, raw: dict[str, Any]) -> Any:
        index, columns = self._index(raw["index"]), [self._column(one) for one in raw["v"]]
        named = {at: pd.Series(one, index, dtype=one.dtype) for at, one in enumerate(columns)}
        frame = pd.DataFrame(named, index=index, columns=range(len(named)))
        frame.columns = self._index(raw["columns"])
        return frame

    def _series(self, raw: dict[str, Any]) -> Any:
        values = self._column(raw["v"])
        return pd.Series(values, self._index(raw["index"]), dtype=values.dtype, name=self.decode(raw["name"]))

    def _index(self, raw: dict[str, Any]) -> Any:
        if raw["t"] == "RangeIndex":
            return pd.RangeIndex(*raw["v"], name=self.decode(raw["name"]))
        if raw["t"] == "MultiIndex":
            levels = [self._column(one) for one in raw["v"]]
            return pd.MultiIndex.from_arrays(levels, names=[self.decode(one) for one in raw["names"]])
        values = self._column(raw["v"])
        index = pd.Index(values, name=self.decode(raw["name"]), dtype=values.dtype)
        if raw["freq"] is not None:
            index.freq = raw["freq"]
        return index

    def _column(self, raw: dict[str, Any]) -> Any:
        tag = raw["t"]
        if tag in ("array", "objects"):
            return self.decode(raw)
        if tag == "texts":
            missing = pd.NA if raw["missing"] == "NA" else np.nan
            return pd.array(raw["v"], dtype=pd.StringDtype(raw["storage"], na_value=missing))
        if tag == "category":
            return pd.Categorical.from_codes(_memory(raw["v"]), self._index(raw["of"]), ordered=raw["ordered"])
        if tag == "zoned":
            return pd.DatetimeIndex(_memory(raw["v"])).tz_localize("UTC").tz_convert(raw["tz"]).array
        if tag == "period":
            return pd.PeriodIndex.from_ordinals(_memory(raw["v"]), freq=raw["freq"]).array
        if tag == "interval":
            left, right = self._column(raw["v"]), self._column(raw["right"])
            return pd.arrays.IntervalArray.from_arrays(left, right, closed=raw["closed"])
        kind = {"b": pd.arrays.BooleanArray, "F": pd.arrays.FloatingArray}.get(raw["d"][0], pd.arrays.IntegerArray)
        return kind(_memory(raw["v"]), _memory(raw["mask"]))


def _memory(raw: dict[str, Any]) -> Any:
    """An array over memory of its own, so that tests may change it."""
    return np.frombuffer(bytearray(base64.b64decode(raw["v"])), dtype=np.dtype(raw["d"])).reshape(raw["s"])


def _is_builtin(value: Any) -> bool:
    return getattr(value, "__name__", None) in BUILTINS and getattr(builtins, value.__name__) is value
