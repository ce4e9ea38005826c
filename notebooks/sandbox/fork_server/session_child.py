"""A clean session: cells and probes come in as JSON lines on a socket, what became of them goes out the same way.

Whatever this process says is learner code speaking; the other end believes nothing of it.
"""

import asyncio
import base64
import json
import marshal
import signal
import socket
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Any, BinaryIO

from .captured import CapturedStreams
from .figures import DrawnFigures
from .session_shell import LONGEST_TEXT
from .shells import take_shell

# Taken before any learner code runs, so that a cell cannot replace them by accident.
_to_json = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode
_from_json = json.loads


def serve_session(channel: socket.socket, home: str, scratch: str, fall_silent: Callable[[], None]) -> None:
    """Answer orders until the other end closes. The process is confined already and has one thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    session = _Session(home, scratch)
    fall_silent()
    with channel.makefile("rb") as lines:
        orders: dict[str, Callable[[dict[str, Any]], str]] = {
            "files": session.write_files,
            "run": session.run,
            "ask": session.ask,
            "converse": lambda order: session.converse(order, _Asking(channel, lines, order["id"])),
        }
        while line := lines.readline():
            order = _from_json(line)
            answer = orders[order["op"]](order)
            channel.sendall(f'{{"id":{order["id"]:d},"answer":{answer}}}\n'.encode())


class _Session:
    def __init__(self, home: str, scratch: str) -> None:
        self._streams = CapturedStreams(scratch)
        self._figures = DrawnFigures()
        self._shell = take_shell("session", home)
        self._shell.collected.forget_texts = self._streams.forget
        self._streams.before_output = self._shell.collected.clear_if_due
        self._probes: dict[str, dict[str, Any]] = {}
        self._loop = asyncio.new_event_loop()

    def write_files(self, order: dict[str, Any]) -> str:
        """Put files at home; names come from the trusted side and were checked there."""
        for name, content in order["files"].items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(base64.b64decode(content))
        return "{}"

    def run(self, order: dict[str, Any]) -> str:
        """Run one cell as a kernel would, and tell all that it gave."""
        shell = self._shell
        shell.collected.clear()
        self._streams.start(order["output_bytes"], order["output_lines"])
        began_at = time.perf_counter()
        was_interrupted = False
        try:
            with _interruptible():
                self._loop.run_until_complete(self._run_cell(order["source"]))
        except KeyboardInterrupt:
            was_interrupted = True
        seconds = time.perf_counter() - began_at
        self._figures.end_cell()
        out, err = self._streams.texts()
        return _to_json(
            {
                "stdout": out,
                "stderr": err,
                "displays": [bundle for _, bundle in shell.collected.displays],
                "result": shell.collected.result,
                "error": self._error(),
                "was_interrupted": was_interrupted,
                "seconds": seconds,
            }
        )

    async def _run_cell(self, source: str) -> None:
        """As ipykernel does: with a loop that runs, whether the cell awaits or not."""
        cell = self._shell.transform_cell(source)
        if self._shell.should_run_async(source, transformed_cell=cell):
            await self._shell.run_cell_async(source, store_history=True, transformed_cell=cell)
        else:
            self._shell.run_cell(source, store_history=True)

    def ask(self, order: dict[str, Any]) -> str:
        """Call a probe's function with the learner's names and the arguments. The figures that cells drew are open."""
        with self._figures.reopened():
            return self._call(order)

    def converse(self, order: dict[str, Any], asking: "_Asking") -> str:
        """As `ask`, for a function that takes besides what it can ask the other end with until it returns."""
        try:
            return self._call(order, asking.ask)
        finally:
            asking.is_over = True

    def _call(self, order: dict[str, Any], *more: Any) -> str:
        self._streams.start(0, 0)
        try:
            with _interruptible():
                function = self._probe(order)[order["function"]]
                value = _to_json(function(self._shell.user_ns, order["arguments"], *more))
        except BaseException as error:  # learner's objects raise anything, and the other end wants to know
            return _to_json({"failed": f"{type(error).__name__}: {_say(error)[:500]}"})
        return f'{{"value":{value}}}'

    def _probe(self, order: dict[str, Any]) -> dict[str, Any]:
        name = order["probe"]
        if name not in self._probes:
            module = types.ModuleType("probe")
            exec(_code_of(order), module.__dict__)  # noqa: S102  # trusted source, untrusted process
            self._probes[name] = module.__dict__
        return self._probes[name]

    def _error(self) -> dict[str, Any] | None:
        if self._shell.collected.error is None:
            return None
        kind, value, lines = self._shell.collected.error
        return {
            "name": kind.__name__[:200],
            "value": _say(value)[:LONGEST_TEXT],
            "traceback": lines,
            "line": self._line(value),
            "is_memory": isinstance(value, MemoryError),
        }

    def _line(self, error: BaseException) -> int | None:
        """The line of the cell where the error came up, the innermost one that is the learner's."""
        if isinstance(error, SyntaxError):
            return error.lineno
        names = self._shell.compile._filename_map
        current = self._shell.execution_count - 1
        line, step = None, error.__traceback__
        while step is not None:
            if names.get(step.tb_frame.f_code.co_filename) == current:
                line = step.tb_lineno
            step = step.tb_next
        return line


class _Asking:
    """The other direction: a probe asks, the other end answers, in turns. Out of turn nothing is sent."""

    def __init__(self, channel: socket.socket, lines: BinaryIO, number: int) -> None:
        self.is_over = False
        self._is_waiting = False
        self._thread = threading.get_ident()
        self._channel, self._lines, self._number = channel, lines, number

    def ask(self, request: Any) -> Any:
        """What the other end answers to a JSON value."""
        if self.is_over or self._is_waiting or threading.get_ident() != self._thread:
            raise RuntimeError("it asked out of turn: from another thread, within another question, or after its end")
        self._is_waiting = True
        self._channel.sendall(f'{{"id":{self._number:d},"request":{_to_json(request)}}}\n'.encode())
        reply = _from_json(self._lines.readline())["reply"]
        self._is_waiting = False
        return reply


def _code_of(order: dict[str, Any]) -> types.CodeType:
    """A probe's code, compiled by the other end where that has the same Python."""
    if order["magic"] == MAGIC_NUMBER.hex():
        code: types.CodeType = marshal.loads(base64.b64decode(order["code"]))  # noqa: S302  # of the trusted side's making
        return code
    return compile(order["source"], "<probe>", "exec")


@contextmanager
def _interruptible() -> Iterator[None]:
    """An interrupt reaches learner code only, never the answering of an order."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _say(value: BaseException) -> str:
    try:
        return str(value)
    except Exception:  # a learner's own __str__ may fail in any way
        return ""
