"""The check `value`: one variable holds the value that the solution's does."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from courses import Check
from graders.checks.alike import Closeness, are_same_bag, closeness_of, folded, is_alike, is_number, shown
from graders.checks.finding import RIGHT, Finding, miss
from graders.evidence import Absent, Items, Pairs, Table, Unreadable, Value

FACTORS = (10, 100, 1000, 10_000, 1_000_000, 1_000_000_000)
NEARLY = 0.01  # of the wanted number: so near that rounding may be all
ROUNDED = Closeness(relative=1e-4)  # in which a factor or a sign is told, rounded or not
LONGEST_BAG = 500


def judge(check: Check, have: Value | Absent, want: Value | Absent) -> Finding:
    """Says first what keeps the value from being looked at, then how it differs."""
    name, close = check.params["name"], closeness_of(check.params)
    if isinstance(have, Absent):
        return miss("value.missing_name", name=name)
    if isinstance(have, Unreadable) and have.reason != "other":
        return miss(f"value.{have.reason}", name=name)
    if not _is_of_type(have, check.params["type"]):
        return _wrong_type(check.params["type"], have, name)
    if not isinstance(want, Absent) and is_alike(have, want, close):
        return RIGHT
    finding = _difference(have, want, close)
    return replace(finding, fields={"name": name, "value": shown(have), **finding.fields})


def is_same(check: Check, one: Value | Absent, other: Value | Absent) -> bool:
    """Whether the check sees the same in both."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return False
    return is_alike(one, other, closeness_of(check.params))


def type_word(value: Value) -> str:
    """What a value is, in a word that graders.feedback knows, or as the name of its class."""
    words: Mapping[type, str] = {
        bool: "boolean", int: "number", float: "number", str: "text", Pairs: "dict", type(None): "None",
        timedelta: "duration",
    }  # fmt: skip
    if isinstance(value, Items):
        return value.kind
    if isinstance(value, Table):
        return "Series" if value.is_series else "DataFrame"
    if isinstance(value, Unreadable):
        return value.type_name
    return "date" if isinstance(value, date) else words[type(value)]


def _is_of_type(value: Value, wanted: str) -> bool:
    if wanted in ("number", "integer"):
        return is_number(value)
    if wanted == "list":
        return isinstance(value, Items) and value.kind in ("list", "tuple")
    kinds: Mapping[str, type] = {"text": str, "boolean": bool, "date": date}
    return isinstance(value, kinds[wanted])


def _wrong_type(wanted: str, have: Value, name: str) -> Finding:
    found = type_word(have)
    if wanted == "list" and found in ("Series", "index", "array", "set", "range"):
        return miss("value.not_yet_list", name=name, type=found)
    if wanted in ("number", "integer", "text") and found in ("Series", "DataFrame", "array", "index"):
        return miss("value.many", name=name, wanted=wanted, type=found)
    return miss("value.wrong_type", name=name, wanted=wanted, type=found)


def _difference(have: Value, want: Value | Absent, close: Closeness) -> Finding:
    if is_number(have) and is_number(want):
        return _number_difference(float(have), float(want))  # type: ignore[arg-type]  # just found to be numbers
    if isinstance(have, str) and isinstance(want, str) and folded(have) == folded(want):
        return miss("value.text_nearly")
    if isinstance(have, Items) and isinstance(want, Items):
        return _list_difference(have.values, want.values, close)
    return miss("value.different")


def _number_difference(have: float, want: float) -> Finding:
    if have and want:
        for factor in FACTORS:
            if is_alike(have / factor, want, ROUNDED):
                return miss("value.times_larger", factor=factor)
            if is_alike(have * factor, want, ROUNDED):
                return miss("value.times_smaller", factor=factor)
        if is_alike(-have, want, ROUNDED):
            return miss("value.other_sign")
    if want and math.isfinite(have) and abs(have - want) <= NEARLY * abs(want):
        return miss("value.nearly")
    return miss("value.different")


def _list_difference(have: tuple[Any, ...], want: tuple[Any, ...], close: Closeness) -> Finding:
    if len(have) != len(want):
        return miss("value.list_length", have=len(have), wanted=len(want))
    if len(have) <= LONGEST_BAG and are_same_bag(have, want, close):
        return miss("value.list_order")
    places = [at for at, (one, other) in enumerate(zip(have, want, strict=True)) if not is_alike(one, other, close)]
    return miss("value.list_item", place=places[0] + 1, item=shown(have[places[0]]))
