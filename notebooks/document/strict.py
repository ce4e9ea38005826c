"""JSON read with distrust: size first, then only what every reader of JSON agrees on."""

import json
import math
from typing import Any

from notebooks.document.text import UNSTORABLE
from notebooks.errors import NotebookRefused

DEEPEST = 40  # real notebooks stay below 12; validators and copies recurse, so this guards their stack too


def read_json(data: bytes, *, max_bytes: int) -> Any:
    """The value that `data` holds in UTF-8.

    Raises: NotebookRefused with code too_large, not_json (also NaN, infinities and nesting without end) or
    bad_text.
    """
    if len(data) > max_bytes:
        raise NotebookRefused("too_large", f"the file has {len(data)} bytes; at most {max_bytes} are taken")
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as reason:
        raise NotebookRefused("not_json", f"the file is not JSON: {reason}") from reason
    _check(value)
    return value


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(literal: str) -> float:
    number = float(literal)
    if not math.isfinite(number):
        raise ValueError(f"{literal} is beyond what a number can hold")
    return number


def _check(value: Any) -> None:
    """Refuse unstorable text anywhere and nesting beyond DEEPEST, without recursion."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise NotebookRefused("not_json", f"values are nested more than {DEEPEST} deep")
        below: list[Any] = []
        for one in level:
            if isinstance(one, str):
                _check_text(one)
            elif isinstance(one, dict):
                for key in one:
                    _check_text(key)
                below.extend(one.values())
            elif isinstance(one, list):
                below.extend(one)
        level = below


def _check_text(text: str) -> None:
    found = UNSTORABLE.search(text)
    if found:
        raise NotebookRefused("bad_text", f"character U+{ord(found[0]):04X} cannot be stored; remove it")


def is_within_depth(value: Any, deepest: int) -> bool:
    """Whether lists and mappings are nested at most `deepest` times; safe for any nesting."""
    level, depth = [value], 0
    while level:
        if depth > deepest:
            return False
        depth += 1
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return True
