"""What may lie on the way between the two sessions: dumb values of known shapes and sizes, and nothing else.

Whoever speaks is learner code, so each part is held to its kind before the examiner makes anything of it. The writer
and the reader of these values are in graders/examiner/inside/values.py.
"""

import builtins
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from math import prod
from typing import Any

MOST_PARTS = 600_000
DEEPEST = 60
LONGEST_NAME = 300
LONGEST_MESSAGE = 20_000
MOST_SAID = 100_000
MOST_ROWS = 10_000_000
MOST_AXES = 32
# Memory whose every pattern of bits is a value: no fields, no objects, no pointers.
DTYPE = re.compile(r"[<>|=](?:([biufcSU])(\d{1,7})|[mM]8\[(?:\d{1,6})?(?:Y|M|W|D|h|m|s|ms|us|ns)\])")
LETTER_BYTES = 4  # of a character in an array of kind U
HEX = re.compile(r"-?0x[0-9a-f]{1,4100}")
NUMBER = re.compile(r"[A-Za-z0-9+\-./]{1,4000}")
SIGN = re.compile(r"[A-Za-z0-9_+\-/:. ]{1,64}")  # a moment, a time zone, a frequency
BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
BUILTINS = ("int", "float", "complex", "bool", "str", "bytes", "list", "tuple", "set", "frozenset", "dict", "object",
            "len", "sum", "min", "max", "abs", "round", "sorted")  # fmt: skip
MASKED = ("boolean", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64")
BUILTIN_ERRORS = tuple(
    name for name, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, Exception)
)
COLUMNS = ("array", "objects", "texts", "category", "zoned", "period", "interval", "masked")
INDEXES = ("Index", "RangeIndex", "MultiIndex")


class CrossingRefused(Exception):
    """What came is no value as agreed. The message says in what."""


def check_reply(raw: Any) -> None:
    """That this is what a learner's session may say to a question. Raises CrossingRefused."""
    known, room = _mapping(raw), _Room()
    kind = next((one for one in REPLIES if one in known), None)
    if kind is None:
        raise CrossingRefused("a reply is of no known kind")
    room.fields(known, REPLIES[kind], 0)


class _Room:
    """A walk through a reply, with what is left of the number of its parts."""

    def __init__(self) -> None:
        self._left = MOST_PARTS

    def take(self, parts: int) -> None:
        self._left -= parts
        if self._left < 0:
            raise CrossingRefused("a value has too many parts")

    def value(self, raw: Any, depth: int, tags: Collection[str] | None = None) -> None:
        """A value; where tags are given, one of these."""
        self.take(1)
        if depth > DEEPEST:
            raise CrossingRefused("a value is nested too deeply")
        if tags is None and (raw is None or type(raw) in (bool, int, float, str)):
            return
        known = dict(_mapping(raw))
        tag = known.pop("t", None)
        if type(tag) is not str or tag not in (tags or SHAPES):
            raise CrossingRefused("a value has no known tag")
        self.fields(known, SHAPES[tag], depth)
        if tag in ("array", "scalar"):
            _check_memory(known)
        if tag == "objects" and prod(known["s"]) != len(known["v"]):
            raise CrossingRefused("an array is not as large as it says")

    def fields(self, known: Mapping[str, Any], shape: Mapping[str, "Look"], depth: int) -> None:
        if known.keys() != shape.keys():
            raise CrossingRefused("a value has other parts than its tag tells")
        for name, look in shape.items():
            look(self, known[name], depth + 1)


Look = Callable[[_Room, Any, int], None]


def _value(room: _Room, raw: Any, depth: int) -> None:
    room.value(raw, depth)


def _tagged(*tags: str) -> Look:
    return lambda room, raw, depth: room.value(raw, depth, tags)


def _each(look: Look, *, count: int | None = None) -> Look:
    def _look(room: _Room, raw: Any, depth: int) -> None:
        if count is not None and len(_sequence(raw)) != count:
            raise CrossingRefused("a row is not as long as it has to be")
        for one in _sequence(raw):
            look(room, one, depth)

    return _look


def _maybe(look: Look) -> Look:
    return lambda room, raw, depth: None if raw is None else look(room, raw, depth)


def _text(room: _Room, raw: Any, depth: int) -> None:
    if type(raw) is not str:
        raise CrossingRefused("a text is missing")


def _short(longest: int) -> Look:
    def _look(room: _Room, raw: Any, depth: int) -> None:
        if type(raw) is not str or len(raw) > longest:
            raise CrossingRefused(f"a text of up to {longest} characters is missing")

    return _look


def _texts(room: _Room, raw: Any, depth: int) -> None:
    """A column of texts, some missing: one part each."""
    room.take(len(_sequence(raw)))
    if not all(one is None or type(one) is str for one in raw):
        raise CrossingRefused("a column of texts holds something else")


def _like(pattern: re.Pattern[str]) -> Look:
    def _look(room: _Room, raw: Any, depth: int) -> None:
        if type(raw) is not str or pattern.fullmatch(raw) is None:
            raise CrossingRefused("a text is not written as agreed")

    return _look


def _one_of(*known: str) -> Look:
    def _look(room: _Room, raw: Any, depth: int) -> None:
        if type(raw) is not str or raw not in known:
            raise CrossingRefused("a text is none of those agreed")

    return _look


def _whole(room: _Room, raw: Any, depth: int) -> None:
    if type(raw) is not int or abs(raw) > 10**9:
        raise CrossingRefused("a whole number is missing")


def _size(room: _Room, raw: Any, depth: int) -> None:
    if type(raw) is not int or not 0 <= raw <= MOST_ROWS:
        raise CrossingRefused("a count is missing or too large")


def _flag(room: _Room, raw: Any, depth: int) -> None:
    if type(raw) is not bool:
        raise CrossingRefused("a yes or no is missing")


def _shape(room: _Room, raw: Any, depth: int) -> None:
    if len(_sequence(raw)) > MOST_AXES:
        raise CrossingRefused("an array has too many axes")
    for one in raw:
        _size(room, one, depth)


def _range(room: _Room, raw: Any, depth: int) -> None:
    """Start, stop and step of a range: short to tell, so its length is what counts."""
    _each(_whole, count=3)(room, raw, depth)
    if raw[2] == 0 or len(range(*raw)) > MOST_ROWS:
        raise CrossingRefused("a range is too long, or none")


def _check_memory(known: Mapping[str, Any]) -> None:
    """That the memory is as long as its type and shape say."""
    matched = DTYPE.fullmatch(known["d"])
    assert matched is not None
    kind, digits = matched.groups()
    item = 8 if kind is None else int(digits) * (LETTER_BYTES if kind == "U" else 1)
    text = known["v"]
    if len(text) % 4 or len(text) // 4 * 3 - text[-2:].count("=") != prod(known["s"]) * item:
        raise CrossingRefused("an array is not as large as it says")


def _mapping(raw: Any) -> Mapping[str, Any]:
    if type(raw) is not dict:
        raise CrossingRefused("an object is missing")
    return raw


def _sequence(raw: Any) -> Sequence[Any]:
    if type(raw) is not list:
        raise CrossingRefused("a list is missing")
    return raw


MEMORY: Mapping[str, Look] = {"d": _like(DTYPE), "s": _shape, "v": _like(BASE64)}
ARRAY, COLUMN, INDEX, CLASS = _tagged("array"), _tagged(*COLUMNS), _tagged(*INDEXES), _tagged("class")
PLACE: Mapping[str, Look] = {"id": _size, "name": _short(LONGEST_NAME)}
MOMENT: Mapping[str, Look] = {"v": _like(HEX), "unit": _one_of("s", "ms", "us", "ns"), "tz": _maybe(_like(SIGN))}

SHAPES: Mapping[str, Mapping[str, Look]] = {
    "int": {"v": _like(HEX)},
    "float": {"v": _one_of("nan", "inf", "-inf")},
    "complex": {"v": _each(_value, count=2)},
    "bytes": {"v": _like(BASE64)},
    "range": {"v": _range},
    "timedelta": {"v": _each(_whole, count=3)},
    **dict.fromkeys(("NA", "NaT", "ellipsis"), {}),
    **dict.fromkeys(("date", "datetime", "time"), {"v": _like(SIGN)}),
    **dict.fromkeys(("Decimal", "Fraction"), {"v": _like(NUMBER)}),
    **dict.fromkeys(("list", "tuple", "set", "frozenset", "deque"), {"v": _each(_value)}),
    **dict.fromkeys(("dict", "OrderedDict", "Counter"), {"v": _each(_each(_value, count=2))}),
    "named": {"v": _each(_value), "name": _short(LONGEST_NAME), "fields": _each(_short(LONGEST_NAME))},
    **dict.fromkeys(("Timestamp", "Timedelta"), MOMENT),
    **dict.fromkeys(("array", "scalar"), MEMORY),
    "objects": {"s": _shape, "v": _each(_value)},
    "texts": {"v": _texts, "missing": _one_of("nan", "NA"), "storage": _one_of("python", "pyarrow")},
    "category": {"v": ARRAY, "of": INDEX, "ordered": _flag},
    "zoned": {"v": ARRAY, "tz": _like(SIGN)},
    "period": {"v": ARRAY, "freq": _like(SIGN)},
    "interval": {"v": COLUMN, "right": COLUMN, "closed": _one_of("left", "right", "both", "neither")},
    "masked": {"d": _one_of(*MASKED), "v": ARRAY, "mask": ARRAY},
    "RangeIndex": {"v": _range, "name": _value},
    "MultiIndex": {"v": _each(COLUMN), "names": _each(_value)},
    "Index": {"v": COLUMN, "name": _value, "freq": _maybe(_like(SIGN))},
    "DataFrame": {"v": _each(COLUMN), "columns": INDEX, "index": INDEX},
    "Series": {"v": COLUMN, "index": INDEX, "name": _value},
    "builtin": {"v": _one_of(*BUILTINS)},
    "module": {"v": _short(LONGEST_NAME)},
    "object": {**PLACE, "of": _maybe(CLASS), "does": _one_of("call", "next", "none")},
    "class": {**PLACE, "bases": _each(CLASS), "calls": _flag, "raises": _maybe(_one_of(*BUILTIN_ERRORS))},
}

REPLIES: Mapping[str, Mapping[str, Look]] = {
    "gave": {"gave": _value, "changed": _each(_value), "said": _short(MOST_SAID)},
    "raised": {
        "raised": _one_of(*BUILTIN_ERRORS),
        "text": _short(LONGEST_MESSAGE),
        "of": _maybe(CLASS),
        "said": _short(MOST_SAID),
    },
    "uncheckable": {"uncheckable": _short(LONGEST_MESSAGE)},
    "missing": {"missing": _flag},
}
