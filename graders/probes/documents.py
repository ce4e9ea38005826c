"""What a name holds as a JSON document, or where it is none. Runs inside the session.

Kinds are told by a type's own `__mro__`, which an object cannot pretend. The reader is graders/documents.py.
"""

import math
from typing import Any

import numpy as np

MOST_PARTS = 50_000
DEEPEST = 40
LONGEST_TEXT = 500_000
LARGEST = 2**63


class _Odd(Exception):
    """A part that JSON has no word for. Its arguments: the way to it, and the name of its type."""


class _TooLarge(Exception):
    """There is no room for this document."""


def look(names: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """{"missing": true}, {"placeholder": true}, {"too_large": true}, {"text": …}, {"document": …} or {"odd": …}.

    arguments: {"name": …}. odd: {"at": the keys on the way, "type": of the part}.
    """
    if arguments["name"] not in names:
        return {"missing": True}
    value = names[arguments["name"]]
    if value is Ellipsis:
        return {"placeholder": True}
    try:
        plain = _plain(value, [], [MOST_PARTS, LONGEST_TEXT])
    except _TooLarge:
        return {"too_large": True}
    except _Odd as odd:
        return {"odd": {"at": odd.args[0], "type": odd.args[1]}}
    return {"text": plain} if type(plain) is str else {"document": plain}


def _plain(value: Any, at: list[Any], room: list[int]) -> Any:
    """room: how many parts and how many characters may still be told."""
    room[0] -= 1
    if room[0] < 0 or len(at) > DEEPEST:
        raise _TooLarge
    kinds = type(value).__mro__
    if dict in kinds:
        return {_key(key, at, room): _plain(one, [*at, key], room) for key, one in dict.items(value)}
    for kind in (list, tuple):
        if kind in kinds:
            return [_plain(one, [*at, place], room) for place, one in enumerate(kind.__iter__(value))]
    return _single(value, kinds, at, room)


def _single(value: Any, kinds: tuple[type, ...], at: list[Any], room: list[int]) -> Any:
    if value is None or bool in kinds or np.bool_ in kinds:
        return None if value is None else bool(value)
    if str in kinds:
        return _text(value, room)
    if int in kinds or np.integer in kinds:
        number = int(value)
        if abs(number) >= LARGEST:
            raise _TooLarge
        return number
    if (float in kinds or np.floating in kinds) and math.isfinite(float(value)):
        return float(value)
    name: str = type.__dict__["__name__"].__get__(type(value))
    raise _Odd([one if type(one) is int else _short(one) for one in at], name[:100])


def _key(key: Any, at: list[Any], room: list[int]) -> str:
    if str not in type(key).__mro__:
        name: str = type.__dict__["__name__"].__get__(type(key))
        raise _Odd([one if type(one) is int else _short(one) for one in at], name[:100])
    return _text(key, room)


def _text(value: str, room: list[int]) -> str:
    plain = str.__getitem__(value, slice(0, room[1] + 1))
    room[1] -= len(plain)
    if room[1] < 0:
        raise _TooLarge
    return plain


def _short(key: str) -> str:
    return str.__getitem__(key, slice(0, 100))
