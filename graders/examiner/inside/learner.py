"""Answers, in the learner's session, what tests ask of its names. It is given names and arguments, and never a test.

Learner code owns this process, so nothing here is relied upon: the other end holds every answer to its shape.
"""

import builtins
import contextlib
import io
import types
from typing import Any

import numpy as np
import pandas as pd

from graders.examiner.inside.values import Decoder, Encoder, Uncheckable

MOST_KEPT = 50_000
LONGEST_NAME = 100
LONGEST_MESSAGE = 5_000
MOST_SAID = 100_000
# What derives from these says it is data; only what is exactly one of them crosses.
DATA = (int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict,
        np.ndarray, np.generic, pd.DataFrame, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)  # fmt: skip
ITERATORS: tuple[type, ...] = (
    types.GeneratorType,
    map,
    filter,
    zip,
    enumerate,
    reversed,
    type(iter([])),
    type(iter(())),
    type(iter({})),
)
# Matplotlib's own lists of what axes show.
LISTS = (
    "matplotlib.cbook.silent_list",
    "matplotlib.axes._base._AxesBase.ArtistList",
    "matplotlib.container.BarContainer",
)
ALIKE_AFTER = (int, float, complex, str, bytes, bool, tuple, frozenset, type(None))  # a call does not change them

_kept: list[Any] = []  # what tests hold on to, by its number
_numbers: dict[int, int] = {}  # of what is kept, by its identity


def answer(user_ns: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    """What a request comes to: as REPLIES in graders/examiner/crossing.py has it.

    changed: for each positional argument of a call that gave None what it holds now, null where that is the same.
    said: what was printed meanwhile.
    """
    said = _Said()
    try:
        args = [_decoder.decode(one) for one in request.get("args", ())]
        kwargs = {name: _decoder.decode(one) for name, one in request.get("kwargs", {}).items()}
    except Exception as error:  # learner code may have replaced what reads it
        return {"uncheckable": f"an argument that could not be handed over: {error}"[:LONGEST_MESSAGE]}
    try:
        if request["op"] == "get" and request["name"] not in user_ns:
            return {"missing": True}
        with contextlib.redirect_stdout(said):
            gave = _do(user_ns, request, args, kwargs)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # learner code raises anything, and a test may wait for just that
        return {**_tell_raised(error), "said": said.getvalue()}
    try:
        told = request.get("args", ()) if gave is None else ()
        changed = [_after(one, arg) for one, arg in zip(told, args, strict=False)]
        return {"gave": Encoder(_keep).encode(gave), "changed": changed, "said": said.getvalue()}
    except Uncheckable as reason:
        return {"uncheckable": str(reason)[:LONGEST_MESSAGE]}
    except Exception as error:  # what learner code did to a value may make its reading stumble
        return {"uncheckable": f"a value that could not be read: {type(error).__name__}"[:LONGEST_MESSAGE]}


class _Said(io.StringIO):
    """The beginning of what is printed."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, MOST_SAID - self.tell())])
        return len(text)


def _do(user_ns: dict[str, Any], request: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> Any:
    if request["op"] == "get":
        return user_ns[request["name"]]
    thing = _kept[request["id"]]
    if request["op"] == "call":
        return thing(*args, **kwargs)
    if request["op"] == "next":
        return next(thing)
    if request["op"] == "text":
        return str(str(thing) if request["name"] == "str" else repr(thing))
    if request["op"] == "set":
        return setattr(thing, request["name"], args[0])
    return getattr(thing, request["name"])


def _after(told: Any, arg: Any) -> Any:
    """What an argument holds after the call; None where nothing changed."""
    if type(arg) in ALIKE_AFTER or type(told) is not dict:
        return None
    now = Encoder(_keep).encode(arg)
    return None if now == told else now


def _tell_raised(error: BaseException) -> dict[str, Any]:
    told = error.args[0] if len(error.args) == 1 and type(error.args[0]) is str else _text(error)
    own = None if type(error).__module__ == "builtins" else _class(type(error))
    return {"raised": _builtin_error(type(error)) or "Exception", "text": told[:LONGEST_MESSAGE], "of": own}


def _keep(value: Any) -> dict[str, Any]:
    """What is said of a value that stays here."""
    kind = type(value)
    if kind is types.ModuleType:
        return {"t": "module", "v": str(value.__name__)[:LONGEST_NAME]}
    if type in kind.__mro__:
        return _class(value)
    if f"{kind.__module__}.{kind.__qualname__}" in LISTS:
        rows: dict[str, Any] = Encoder(_keep).encode(list(value))
        return rows
    if any(one in kind.__mro__ for one in DATA):
        raise Uncheckable(f"a value of type {_name(kind)} that cannot be checked here")
    does = "next" if kind in ITERATORS else "call" if callable(value) else "none"
    own = None if kind.__module__ in ("builtins", "functools") else _class(kind)
    return {"t": "object", "id": _number(value), "name": _name(kind), "of": own, "does": does}


def _class(kind: type) -> dict[str, Any]:
    bases = [_class(one) for one in kind.__bases__ if one.__module__ != "builtins"]
    calls = any("__call__" in vars(one) for one in kind.__mro__)
    raises = _builtin_error(kind)
    return {"t": "class", "id": _number(kind), "name": _name(kind), "bases": bases, "calls": calls, "raises": raises}


def _number(value: Any) -> int:
    if id(value) not in _numbers:
        if len(_kept) >= MOST_KEPT:
            raise Uncheckable("more objects than can be kept for the tests")
        _kept.append(value)
        _numbers[id(value)] = len(_kept) - 1
    return _numbers[id(value)]


def _held(raw: dict[str, Any]) -> Any:
    """An object of ours that a test hands back."""
    return _kept[raw["id"]]


def _builtin_error(kind: type) -> str | None:
    """The name of Python's own exception that this is or derives from; None where it is none."""
    known = (one for one in kind.__mro__ if one.__module__ == "builtins" and Exception in one.__mro__)
    return next((one.__name__ for one in known if getattr(builtins, one.__name__, None) is one), None)


def _name(kind: type) -> str:
    return str(kind.__name__)[:LONGEST_NAME]


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # a learner's own __str__ may fail in any way
        return ""


_decoder = Decoder(_held)
