"""Tables as plain data: columns with a type word, and values that JSON can hold."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

LONGEST_TEXT = 300
LARGEST_EXACT = 2**53


def type_word(column: Any) -> str:
    """integer, number, text, datetime, boolean or category: what a column or an index holds."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return "category"
    if pd.api.types.is_bool_dtype(kind):
        return "boolean"
    if pd.api.types.is_integer_dtype(kind):
        return "integer"
    if pd.api.types.is_float_dtype(kind):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(kind):
        return "datetime"
    return "text"


def column_name(name: Any) -> str:
    """The name as one text; the levels of a compound name are joined."""
    if name is None:
        return ""
    if isinstance(name, tuple):
        return " / ".join(column_name(one) for one in name)
    return short_text(name)


def plain_column(values: Iterable[Any]) -> list[Any]:
    return [plain_value(value) for value in values]


def plain_value(value: Any) -> Any:
    """None for what is missing; numbers and booleans as they are; anything else as a short text."""
    kind = type(value)
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if kind is bool or kind is np.bool_:
        return bool(value)
    if kind is int or issubclass(kind, np.integer):
        return int(value) if abs(int(value)) <= LARGEST_EXACT else str(value)[:LONGEST_TEXT]
    if issubclass(kind, float | np.floating):
        number = float(value)
        if math.isnan(number):
            return None
        return number if math.isfinite(number) else str(number)
    return short_text(value)


def short_text(value: Any) -> str:
    """At most LONGEST_TEXT characters. Objects of learners' own classes are named, not asked to describe themselves."""
    if isinstance(value, str):
        return _storable(value[: LONGEST_TEXT + 1])
    if type(value).__module__ in ("builtins", "datetime", "decimal", "fractions", "uuid") or isinstance(
        value, np.generic | pd.Timestamp | pd.Timedelta | pd.Period | pd.Interval
    ):
        try:
            return _storable(str(value)[: LONGEST_TEXT + 1])
        except ValueError:  # an integer of more digits than Python writes
            return f"<{type(value).__name__}>"
    return f"<{type(value).__name__}>"


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
