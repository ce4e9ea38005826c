"""A clean session seen from outside: cells and probes in, replies and values out, within limits of time and size."""

import base64
import contextlib
import functools
import hashlib
import json
import marshal
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import MAGIC_NUMBER
from pathlib import Path, PurePosixPath
from typing import Any

from notebooks.errors import CellTimeout, KernelLost, KernelUnavailable, NotebookError, ProbeRefused
from notebooks.sandbox.fork_server.limits import Limits
from notebooks.sandbox.lease import SERVER_GONE, Lease
from notebooks.sandbox.replies import CellReply, Garbage, Request, read_answer, read_reply, read_turn, read_value

GRACE_S = 2.0  # from the interrupt to the end by force
EXIT_S = 5.0  # from the closing of a session's channel to the news of its death
FILES_S = 30.0
LARGEST_SHOWN = 16 * 2**20  # what a cell shows, its error and the JSON around them
JSON_EACH_BYTE = 6  # a control character takes so many
HEARD_AT_ONCE = 256 * 1024


class _TooSlow(Exception):
    """No answer came in time."""


def open_session(socket_path: Path, order: Mapping[str, Any], limits: Limits) -> "Session":
    """A session born from an order. Raises KernelUnavailable."""
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            lease = Lease(socket_path, {**order, "id": "session"}, [theirs.fileno()])
    except BaseException:
        ours.close()
        raise
    return Session(ours, lease, limits)


class Session:
    """One sandboxed process that runs cells as a kernel would. For one thread; made by `ForkServer.open_session`.

    Once it is over, every order raises KernelLost.
    """

    def __init__(self, channel: socket.socket, lease: Lease, limits: Limits) -> None:
        self._channel = channel
        self._lease = lease
        self._limits = limits
        self._unread = bytearray()
        self._order_count = 0
        self._end: KernelLost | None = None
        self._probes: set[str] = set()

    def write_files(self, files: Mapping[str, bytes]) -> None:
        """Put files into the session's home. names: relative, within it.

        Raises: ValueError for a name that leads elsewhere; KernelLost, KernelUnavailable.
        """
        for name in files:
            _check_name(name)
        content = {name: base64.b64encode(data).decode() for name, data in files.items()}
        try:
            self._order({"op": "files", "files": content}, FILES_S, self._largest_reply)
        except (_TooSlow, Garbage) as reason:
            raise self._finish(KernelLost("died", f"the session did not take its files: {reason}")) from reason

    def run(self, source: str, *, timeout_s: float = 30.0) -> CellReply:
        """Run one cell and give all that came of it; an exception in it is its reply's error.

        Raises: CellTimeout when the cell had to be interrupted or ended for time; KernelLost("memory") when its
        processes ran out of memory together, KernelLost("died") when it ended its own process or spoke nonsense;
        KernelUnavailable when the fork server went away, which is never the learner's fault.
        """
        limits = self._limits
        order = {
            "op": "run",
            "source": source,
            "output_bytes": limits.output_bytes,
            "output_lines": limits.output_lines,
        }
        began_at = time.monotonic()
        try:
            answer = self._order_in_time(order, timeout_s, self._largest_reply)
            seconds = round(time.monotonic() - began_at, 6)
            return read_reply(answer, output_bytes=limits.output_bytes, seconds=seconds)
        except Garbage as reason:
            raise self._finish(KernelLost("died", f"the session's reply to a cell is none: {reason}")) from reason

    def ask(
        self,
        probe_source: str,
        function: str,
        arguments: Mapping[str, Any],
        *,
        timeout_s: float = 10.0,
        most_bytes: int = 8 * 2**20,
    ) -> Any:
        """The JSON value that a probe's function gives, called as function(user_ns, arguments) within the session.

        Raises: ProbeRefused where it failed, took too long, or gave no JSON value of at most `most_bytes`; KernelLost
        and KernelUnavailable as `run`.
        """
        order = {"op": "ask", **self._known_as(probe_source), "function": function, "arguments": dict(arguments)}
        with _refusing():
            value = read_value(self._order_in_time(order, timeout_s, most_bytes))
        self._probes.add(probe_source)
        return value

    def converse(
        self,
        probe_source: str,
        function: str,
        arguments: Mapping[str, Any],
        answer: Callable[[Any], Any],
        *,
        timeout_s: float = 10.0,
        most_bytes: int = 8 * 2**20,
        most_requests: int = 1000,
    ) -> Any:
        """As `ask`, of a probe that asks back: called as function(user_ns, arguments, ask), where ask(x) is answer(x).

        answer: JSON in, JSON out; what it takes counts in the time, but it is never interrupted. What it raises ends
        the conversation and comes out here.
        most_bytes: of all that is said together; more bytes, or more requests than `most_requests`, end the session.
        Raises: as `ask`.
        """
        order = {"op": "converse", **self._known_as(probe_source), "function": function, "arguments": dict(arguments)}
        end = time.monotonic() + timeout_s
        with _refusing():
            try:
                self._begin(order, end)
                value = read_value(self._hear_out(answer, end, most_bytes, most_requests))
            except _TooSlow:
                raise self._interrupt(f"it took longer than {timeout_s:g} s") from None
        self._probes.add(probe_source)
        return value

    def close(self) -> None:
        """End the session; nothing that it started outlives it."""
        self._end = self._end or KernelLost("stopped", "the session was closed")
        self._channel.close()
        self._lease.close()

    def _known_as(self, probe_source: str) -> Mapping[str, str]:
        """The probe in an order: by name, and with its code until the session has answered by it once."""
        compiled = _compiled(probe_source)
        return {"probe": compiled["probe"]} if probe_source in self._probes else compiled

    @property
    def _largest_reply(self) -> int:
        return LARGEST_SHOWN + 2 * JSON_EACH_BYTE * self._limits.output_bytes

    def _order_in_time(self, order: dict[str, Any], timeout_s: float, most_bytes: int) -> Any:
        """As `_order`, but what takes too long is interrupted, and ended where that does not help."""
        try:
            return self._order(order, timeout_s, most_bytes)
        except _TooSlow:
            raise self._interrupt(f"it took longer than {timeout_s:g} s") from None

    def _interrupt(self, message: str) -> CellTimeout:
        """Interrupt what goes on, and end the session where that does not help. Gives what there is to raise."""
        self._lease.send_signal(signal.SIGINT)
        try:
            self._receive(time.monotonic() + GRACE_S, self._largest_reply)
        except (_TooSlow, Garbage):
            self._finish(KernelLost("stopped", message))
            return CellTimeout(message, is_session_over=True)
        return CellTimeout(message)

    def _hear_out(self, answer: Callable[[Any], Any], end: float, most_bytes: int, most_requests: int) -> Any:
        """The answer to the latest order, after as many requests as it takes."""
        left = most_bytes
        for _ in range(most_requests + 1):
            line = self._receive_line(end, left)
            left -= len(line)
            turn = self._read(line, read_turn)
            if not isinstance(turn, Request):
                return turn
            try:
                reply = answer(turn.value)
            except BaseException:
                with contextlib.suppress(NotebookError):  # what is raised already says more
                    self._interrupt("the conversation was broken off")
                raise
            self._send(json.dumps({"id": self._order_count, "reply": reply}).encode() + b"\n", end)
        raise self._garbage(f"the session asked more than {most_requests} times")

    def _order(self, order: dict[str, Any], timeout_s: float, most_bytes: int) -> Any:
        """Send an order and take its answer. Raises _TooSlow, Garbage, KernelLost, KernelUnavailable."""
        end = time.monotonic() + timeout_s
        self._begin(order, end)
        return self._receive(end, most_bytes)

    def _begin(self, order: dict[str, Any], end: float) -> None:
        if self._end is not None:
            raise self._end
        self._order_count += 1
        self._send(json.dumps({**order, "id": self._order_count}).encode() + b"\n", end)

    def _send(self, data: bytes, end: float) -> None:
        """A session that does not listen, as one that stopped itself, is ended when the time is over."""
        self._channel.settimeout(max(0.001, end - time.monotonic()))
        try:
            self._channel.sendall(data)
        except TimeoutError as reason:
            raise self._finish(KernelLost("died", "the session does not listen")) from reason
        except OSError as reason:
            raise self._post_mortem() from reason

    def _receive(self, end: float, most_bytes: int) -> Any:
        """The answer to the latest order. A line too long, or one beyond what was asked, ends the session."""
        return self._read(self._receive_line(end, most_bytes), read_answer)

    def _receive_line(self, end: float, most_bytes: int) -> bytes:
        line = self._read_line(end, most_bytes)
        if self._unread:
            raise self._garbage("the session said more than it was asked")
        return line

    def _read(self, line: bytes, read: Callable[[bytes, int], Any]) -> Any:
        try:
            return read(line, self._order_count)
        except Garbage as reason:
            raise self._garbage(str(reason)) from reason

    def _garbage(self, message: str) -> Garbage:
        self._finish(KernelLost("died", message))
        return Garbage(message)

    def _read_line(self, end: float, most_bytes: int) -> bytes:
        while (at := self._unread.find(b"\n")) < 0:
            if len(self._unread) > most_bytes:
                raise self._garbage(f"the answer is longer than {most_bytes} bytes")
            left = end - time.monotonic()
            watched: list[socket.socket | Lease] = [self._channel, self._lease]
            ready = select.select(watched, [], [], max(0.0, left))[0]
            if self._channel in ready:
                self._unread += self._hear()
            elif self._lease in ready and self._lease.is_over:
                raise self._post_mortem()
            elif left <= 0:
                raise _TooSlow(f"no answer within the time, {-left:.1f} s ago")
        if at > most_bytes:
            raise self._garbage(f"the answer is longer than {most_bytes} bytes")
        line = bytes(self._unread[:at])
        del self._unread[: at + 1]
        return line

    def _hear(self) -> bytes:
        try:
            data = self._channel.recv(HEARD_AT_ONCE)
        except OSError:
            data = b""
        if not data:
            raise self._post_mortem()
        return data

    def _post_mortem(self) -> KernelLost | KernelUnavailable:
        """Why the session does not speak any more; a process that only closed its channel is ended."""
        if not self._lease.wait_until_over(EXIT_S):
            return self._finish(KernelLost("died", "the session closed its channel"))
        if self._lease.death is None:
            self._finish(KernelLost("stopped", SERVER_GONE))
            return KernelUnavailable(SERVER_GONE)
        reason = "memory" if self._lease.death == "memory" else "died"
        return self._finish(KernelLost(reason, f"the session's process ended: {self._lease.death}"))

    def _finish(self, end: KernelLost) -> KernelLost:
        self._end = self._end or end
        self._lease.kill()
        return end


@functools.lru_cache(maxsize=64)
def _compiled(source: str) -> Mapping[str, str]:
    """A probe as it is sent: its name, its text, and what a Python like ours would make of the text.

    Each session is a new process, and compiling took it as long as all its questions.
    """
    code = marshal.dumps(compile(source, "<probe>", "exec", dont_inherit=True))
    return {
        "probe": hashlib.sha256(source.encode()).hexdigest(),
        "source": source,
        "magic": MAGIC_NUMBER.hex(),
        "code": base64.b64encode(code).decode(),
    }


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """What a probe may not do, as its caller hears of it."""
    try:
        yield
    except CellTimeout as reason:
        raise ProbeRefused(str(reason), is_timeout=True) from reason
    except Garbage as reason:
        raise ProbeRefused(str(reason)) from reason


def _check_name(name: str) -> None:
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts or "\0" in name:
        raise ValueError(f"{name!r} is no name of a file within the session's home. Use one such as 'lesson/data.csv'.")
