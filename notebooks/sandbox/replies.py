"""What a session says, taken in with suspicion: learner code owns the process that speaks."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

MOST_CONTAINERS = 1_000_000  # of a JSON text: empty ones take twenty times their length in memory
LARGEST_BUNDLE = 16 * 2**20
MOST_DISPLAYS = 100
MOST_LINES_OF_TRACEBACK = 200
LONGEST_TEXT = 20_000


class Garbage(Exception):
    """A text that is not what was asked for. The message says in what."""


@dataclass(frozen=True)
class CellError:
    """The exception that ended a cell. line: where in the cell, counted from 1; None where it cannot be told.

    is_memory: it was a MemoryError: the cell asked for more than a process may have, and the session lives on.
    """

    name: str
    value: str
    traceback: tuple[str, ...]
    line: int | None
    is_memory: bool


@dataclass(frozen=True)
class CellReply:
    """What a cell printed, showed and gave. displays and result: texts by media type, binary data as base64.

    result: of the last expression, None without one; error: None where the cell ended well; seconds: measured outside.
    """

    stdout: str
    stderr: str
    displays: tuple[Mapping[str, str], ...]
    result: Mapping[str, str] | None
    error: CellError | None
    seconds: float


@dataclass(frozen=True)
class Request:
    """What a session asks while it works on an order."""

    value: Any


def read_answer(line: bytes, number: int) -> Any:
    """The answer in a line from a session, if it is one to the order with this number. Raises Garbage."""
    return _answer_in(_read_message(line, number))


def read_turn(line: bytes, number: int) -> Any:
    """A Request of the session's that works on the order with this number, or its answer. Raises Garbage."""
    message = _read_message(line, number)
    if "request" not in message:
        return _answer_in(message)
    if len(message) != 2:
        raise Garbage("it asked and answered at once")
    _check_finite(message["request"])
    return Request(message["request"])


def _answer_in(message: dict[str, Any]) -> Any:
    if "answer" not in message:
        raise Garbage("it answered what was not asked")
    return message["answer"]


def _read_message(line: bytes, number: int) -> dict[str, Any]:
    if line.count(b"[") + line.count(b"{") > MOST_CONTAINERS:
        raise Garbage("the answer has too many parts")
    try:
        message = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as reason:
        raise Garbage(f"the answer is not JSON: {reason}") from reason
    if type(message) is not dict or message.get("id") != number:
        raise Garbage("it answered what was not asked")
    return message


def read_value(answer: Any) -> Any:
    """The value that a probe gave, as plain JSON without numbers beyond all bounds.

    Raises: Garbage, also where the probe says that it failed.
    """
    if type(answer) is not dict or len(answer) != 1:
        raise Garbage("the probe's answer has no value")
    if "failed" in answer:
        raise Garbage(_text(answer["failed"], 600))
    if "value" not in answer:
        raise Garbage("the probe's answer has no value")
    _check_finite(answer["value"])
    return answer["value"]


def read_reply(answer: Any, *, output_bytes: int, seconds: float) -> CellReply:
    """A cell's reply with every part of the type and size that it may have. Raises Garbage."""
    if type(answer) is not dict:
        raise Garbage("the reply is no object")
    displays = answer.get("displays")
    if type(displays) is not list or len(displays) > MOST_DISPLAYS:
        raise Garbage("the displays are no list, or too many")
    result, error = answer.get("result"), answer.get("error")
    if error is None and answer.get("was_interrupted") is True:
        error = {"name": "KeyboardInterrupt", "value": "", "traceback": [], "line": None, "is_memory": False}
    return CellReply(
        stdout=_text(answer.get("stdout"), output_bytes),
        stderr=_text(answer.get("stderr"), output_bytes),
        displays=tuple(_bundle(one) for one in displays),
        result=None if result is None else _bundle(result),
        error=None if error is None else _error(error),
        seconds=seconds,
    )


def _error(raw: Any) -> CellError:
    if type(raw) is not dict:
        raise Garbage("the error is no object")
    lines, line = raw.get("traceback"), raw.get("line")
    if type(lines) is not list:
        raise Garbage("the traceback is no list")
    return CellError(
        name=_text(raw.get("name"), 200),
        value=_text(raw.get("value"), LONGEST_TEXT),
        traceback=tuple(_text(one, LONGEST_TEXT) for one in lines[:MOST_LINES_OF_TRACEBACK]),
        line=line if type(line) is int and 0 < line < 10**6 else None,
        is_memory=raw.get("is_memory") is True,
    )


def _bundle(raw: Any) -> dict[str, str]:
    if type(raw) is not dict or len(raw) > 20:
        raise Garbage("a display is no bundle of media types")
    return {_text(kind, 200): _text(value, LARGEST_BUNDLE) for kind, value in raw.items()}


def _text(raw: Any, longest: int) -> str:
    """At most `longest` characters, all of which can be stored and sent: half a surrogate pair cannot."""
    if type(raw) is not str:
        raise Garbage("a text is missing")
    return raw[:longest].encode("utf-8", "replace").decode("utf-8")


def _check_finite(value: Any) -> None:
    """JSON's grammar lets 1e999 through, which Python reads as infinite."""
    ahead = [value]
    while ahead:
        one = ahead.pop()
        if type(one) is dict:
            ahead.extend(one.values())
        elif type(one) is list:
            ahead.extend(one)
        elif type(one) is float and not math.isfinite(one):
            raise Garbage("a number is beyond all bounds")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
