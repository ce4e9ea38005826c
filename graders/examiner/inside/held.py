"""What stands, in the examiner's session, for objects that stay in the learner's.

Such a stand-in is called, and its attributes are read, over there; what comes back are values, compared here. It never
stands for a value itself: an object that answers `==` or `len` as it likes would be whatever a test wants to hear.
"""

import builtins
import importlib
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from graders.examiner.inside.values import Decoder, Encoder, Uncheckable

# The examiner's own; for what the learner's session calls by these names is its own affair.
MODULES = frozenset((
    "numpy", "pandas", "matplotlib", "matplotlib.pyplot", "math", "cmath", "random", "re", "statistics", "datetime",
    "json", "csv", "collections", "itertools", "functools", "operator", "string", "decimal", "fractions", "time",
    "calendar", "copy", "os", "os.path", "sys", "pathlib", "typing", "dataclasses", "enum", "abc",
))  # fmt: skip
REFUSED = (
    "eq", "ne", "lt", "le", "gt", "ge", "bool", "len", "contains", "getitem", "setitem", "delitem",
    "reversed", "int", "float", "complex", "index", "round", "abs", "neg", "pos", "invert", "enter", "exit",
    *(f"{way}{name}" for way in ("", "r") for name in (
        "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow", "lshift", "rshift", "and", "xor",
        "or",
    )),
)  # fmt: skip
# By these, tables, arrays, sets and texts compare themselves with what they are given.
COMPARING = frozenset((
    "equals", "identical", "compare", "eq", "ne", "lt", "le", "gt", "ge", "all", "any", "isin", "issubset",
    "issuperset", "isdisjoint", "difference", "symmetric_difference", "sub", "rsub", "subtract", "startswith",
    "endswith", "is_", "between",
))  # fmt: skip
TOLD_DUNDERS = ("__name__", "__qualname__", "__doc__")
# Of code, by which `inspect` begins: it stays with the learner.
CODE = ("__wrapped__", "__code__", "__defaults__", "__signature__")


class Said(str):
    """What the learner's code printed, so that whoever reads along can tell it from what a test prints."""


class Learner:
    """The learner's session as tests reach it. uncheckable: a sentence for each value that could not cross."""

    current: "Learner"

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        self._ask = ask
        self.uncheckable: list[str] = []
        Learner.current = self

    def fetch(self, name: str) -> Any:
        """What a name holds. Raises KeyError where it is not there."""
        value = self.request({"op": "get", "name": name})
        if name in MODULES and (isinstance(value, Held) or isinstance(type(value), Kind)):
            raise self.refuse(f"{name}, which is a library's name and is something else here")
        return value

    def request(self, request: dict[str, Any], args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        """What the learner's session gives, or raises."""
        told = {**request, "args": [self._encode(one) for one in args]}
        told["kwargs"] = {name: self._encode(one) for name, one in (kwargs or {}).items()}
        reply = self._ask(told)
        if "missing" in reply:
            raise KeyError(request["name"])
        if "uncheckable" in reply:
            raise self.refuse(reply["uncheckable"])
        sys.stdout.write(Said(reply["said"]))
        if "raised" in reply:
            raise self._error(reply)
        for arg, now in zip(args, reply["changed"], strict=False):
            if now is not None and reply["gave"] is None:
                _change(arg, self._decode(now))
        return self._decode(reply["gave"])

    def refuse(self, sentence: str) -> Uncheckable:
        """What there is to raise, noted."""
        self.uncheckable = [*self.uncheckable, sentence][:20]
        return Uncheckable(sentence)

    def _encode(self, value: Any) -> Any:
        try:
            return Encoder(_hand_back).encode(value)
        except Uncheckable as reason:
            raise self.refuse(str(reason)) from None

    def _decode(self, raw: Any) -> Any:
        try:
            return _decoder.decode(raw)
        except Uncheckable as reason:
            raise self.refuse(str(reason)) from None
        except Exception as error:  # what a learner wrote into it may make any library stumble
            raise self.refuse(f"a value that cannot be made here: {type(error).__name__}") from None

    def _error(self, reply: dict[str, Any]) -> Exception:
        """An exception of the learner's, as far as it is one of Python's or of the learner's own classes."""
        kind = getattr(builtins, reply["raised"], None) if reply["of"] is None else self._decode(reply["of"])
        for one in getattr(kind, "__mro__", ()):
            if issubclass(one, Exception):
                try:
                    made: Exception = one(reply["text"])
                except TypeError:  # it wants more arguments than a message
                    continue
                return made
        return Exception(reply["text"])


class Kind(type):
    """The class of stand-ins for one class of the learner's: called, it makes an object there."""

    _number: int | None = None

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return Learner.current.request({"op": "call", "id": cls._number}, args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        return _attribute(cls._number, name)


class Held(metaclass=Kind):
    """A stand-in for an object."""

    def __getattr__(self, name: str) -> Any:
        return _attribute(_number_of(self), name)

    def __setattr__(self, name: str, value: Any) -> None:
        Learner.current.request({"op": "set", "id": _number_of(self), "name": name}, (value,))

    def __str__(self) -> str:
        return _as_text(Learner.current.request({"op": "text", "id": _number_of(self), "name": "str"}))

    def __repr__(self) -> str:
        return _as_text(Learner.current.request({"op": "text", "id": _number_of(self), "name": "repr"}))


class HeldFunction(Held):
    """A stand-in for what can be called."""


def _call(held: Any, *args: Any, **kwargs: Any) -> Any:
    return Learner.current.request({"op": "call", "id": _number_of(held)}, args, kwargs)


def _generate(number: int) -> Iterator[Any]:
    """The values that an iterator of Python's own gives over there, one by one."""
    while True:
        try:
            value = Learner.current.request({"op": "next", "id": number})
        except StopIteration:
            return
        yield value


def _refuse(held: Any, *_: Any) -> NoReturn:
    name = object.__getattribute__(held, "_type_name")
    raise Learner.current.refuse(f"an object of type {name} where a plain value is needed")


for _name in REFUSED:
    type.__setattr__(Held, f"__{_name}__", _refuse)
type.__setattr__(Held, "__hash__", object.__hash__)
type.__setattr__(HeldFunction, "__call__", _call)
type.__setattr__(HeldFunction, "__doc__", property(lambda held: _attribute(_number_of(held), "__doc__")))

_classes: dict[int, Any] = {}
_objects: dict[int, Any] = {}


def _hold(raw: dict[str, Any]) -> Any:
    """What stands for a value that stays with the learner; the same each time."""
    if raw["t"] == "module":
        if raw["v"] not in MODULES:
            raise Uncheckable(f"the library {raw['v']}, which tests do not have")
        return importlib.import_module(raw["v"])
    if raw["t"] == "class":
        if raw["id"] not in _classes:
            _classes[raw["id"]] = _make_class(raw)
        return _classes[raw["id"]]
    if raw["id"] not in _objects:
        _objects[raw["id"]] = _generate(raw["id"]) if raw["does"] == "next" else _make_object(raw)
    return _objects[raw["id"]]


def _make_object(raw: dict[str, Any]) -> Any:
    plain = HeldFunction if raw["does"] == "call" else Held
    held = object.__new__(plain if raw["of"] is None else _hold(raw["of"]))
    object.__setattr__(held, "_number", raw["id"])
    object.__setattr__(held, "_type_name", raw["name"])
    return held


def _make_class(raw: dict[str, Any]) -> Any:
    bases = tuple(_hold(one) for one in raw["bases"])
    if raw["raises"] is not None:
        return type(raw["name"], bases or (getattr(builtins, raw["raises"]),), {})
    more = {"__call__": _call} if raw["calls"] else {}
    return Kind(raw["name"], bases or (Held,), {"_number": raw["id"], **more})


def _hand_back(value: Any) -> dict[str, Any]:
    """An object of the learner's as an argument. Raises Uncheckable for what is the test's own."""
    if isinstance(type(value), Kind) or type(value) is Kind:
        return {"t": "object", "id": _number_of(value)}
    if isinstance(value, types.GeneratorType):
        for number, held in _objects.items():
            if held is value:
                return {"t": "object", "id": number}
    raise Uncheckable(f"an argument of type {type(value).__name__}, which cannot be handed to the learner's code")


def _attribute(number: int | None, name: str) -> Any:
    if name in CODE:
        raise Learner.current.refuse("code of the learner's, which is not here to be looked at")
    if name.startswith("__") and name not in TOLD_DUNDERS:
        raise AttributeError(name)
    if name in COMPARING:
        raise Learner.current.refuse(f"an object of the learner's that would compare itself by {name}")
    return Learner.current.request({"op": "attribute", "id": number, "name": name})


def _number_of(held: Any) -> int:
    number: Any = held._number if type(held) is Kind else object.__getattribute__(held, "_number")
    return int(number)


def _as_text(value: Any) -> str:
    if type(value) is not str:
        raise Learner.current.refuse("a text that is none")
    return value


def _change(arg: Any, now: Any) -> None:
    """Make of an argument what a call made of it.

    Only of a call that gave nothing else: a test such as `f(xs) == sum(xs)` shall not meet other `xs` afterwards.
    """
    if type(arg) is not type(now):
        return
    if isinstance(arg, list):
        arg[:] = now
    elif isinstance(arg, dict | set):
        arg.clear()
        arg.update(now)
    elif type(arg).__name__ == "ndarray" and arg.shape == now.shape:
        arg[...] = now


_decoder = Decoder(_hold)
