"""The loop of the fork server: one local socket, one connection per kernel, and the connection is the kernel's life.

Every message is one JSON object in one packet:
  {"op": "spawn", "kind": "kernel" | "session", "id", "datasets", "language", "seed", "limits"} with descriptors
      (kernel: a pipe with its key, after five listeners if it is to have those; session: one end of its channel)
      -> {"pid", "nest"} or {"error", "code"}; later, when it ended, {"exit", "cause"}
      nest: the folder of the kernel's sockets 1 to 5, for the client to take away; null where it brought its own
      code: "no_room" where memory is short, else "refused"
  {"op": "signal", "number"} on a kernel's connection -> {"sent"}
  {"op": "autopsy", "id"} -> {"cause"}
  {"op": "status"} -> {"grade", "memory", "kernels", "spares", "pid", "available_mib", "reserve_mib"}
"""

import array
import contextlib
import json
import os
import selectors
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from . import watch
from .births import Births, NoRoom, Order
from .cgroup import Cgroups
from .ground import Ground
from .kernels import Kernels
from .memory import available_bytes
from .nursery import BirthFailed
from .settings import Settings

LARGEST_PACKET = 64 * 1024
MOST_DESCRIPTORS = 8
SWEEP_EACH_S = 0.05
QUIET_S = 0.1  # spares are made when nobody has asked for a kernel for so long


class Server:
    """Serves until its starter goes or SIGTERM comes; then every kernel is ended first."""

    def __init__(self, settings: Settings, ground: Ground, cgroups: Cgroups | None, reserve_bytes: int) -> None:
        self._ground, self._cgroups, self._reserve_bytes = ground, cgroups, reserve_bytes
        self._kernels = Kernels(ground)
        self._births = Births(
            ground, self._kernels, cgroups, settings.limits,
            nests=settings.nests, spares=settings.spares, reserve_bytes=reserve_bytes,
        )  # fmt: skip
        self._stops = False
        self._looked_at = self._asked_at = 0.0
        self._has_leftovers = False
        self._selector = selectors.DefaultSelector()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        Path(settings.socket).unlink(missing_ok=True)
        previous = os.umask(0o177)
        self._listener.bind(settings.socket)
        os.umask(previous)
        self._listener.listen(512)
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._watch_signals()

    def serve(self) -> None:
        """Until told to stop."""
        self._selector.register(sys.stdin.fileno(), selectors.EVENT_READ, self._end_of_starter)
        while not self._stops:
            for key, _ in self._selector.select(self._patience()):
                key.data(key.fileobj)
            self._watch_kernels()
            self._has_leftovers = self._kernels.sweep()
            if self._births.lacks_spares() and time.monotonic() - self._asked_at >= QUIET_S:
                self._births.make_spare()
        self._end()

    @property
    def memory(self) -> str:
        """How the memory of all processes of a kernel is limited."""
        return f"cgroup v{self._cgroups.version}" if self._cgroups else "watched"

    def _watch_kernels(self) -> None:
        now = time.monotonic()
        if len(self._kernels) == 0 or now - self._looked_at < watch.LOOK_EACH_S:
            return
        self._looked_at = now
        if self._cgroups is None or self._ground.grade == "container":
            self._kernels.end_the_greedy()
        if available_bytes() < self._reserve_bytes // 2:
            self._kernels.end_the_largest()

    def _patience(self) -> float | None:
        """How long to wait for news before looking around."""
        waits = [
            SWEEP_EACH_S if self._has_leftovers else None,
            QUIET_S if self._births.lacks_spares() else None,
            watch.LOOK_EACH_S if len(self._kernels) else None,
        ]
        return min((one for one in waits if one is not None), default=None)

    def _watch_signals(self) -> None:
        reader, writer = socket.socketpair()
        for end in (reader, writer):
            end.setblocking(False)
        self._bell = (reader, writer)
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: self._stop())
        self._selector.register(reader, selectors.EVENT_READ, self._reap)

    def _stop(self) -> None:
        self._stops = True

    def _end_of_starter(self, _: Any) -> None:
        self._stops = self._stops or not os.read(sys.stdin.fileno(), 4096)

    def _end(self) -> None:
        self._listener.close()
        self._kernels.end_all()
        while len(self._kernels) > 0:
            self._bury(*os.waitpid(-1, 0))
        while self._kernels.sweep():
            self._selector.select(SWEEP_EACH_S)

    def _accept(self, listener: socket.socket) -> None:
        connection, _ = listener.accept()
        connection.setblocking(False)
        self._selector.register(connection, selectors.EVENT_READ, self._hear)

    def _hear(self, connection: socket.socket) -> None:
        data, descriptors = _receive(connection)
        try:
            if not data:
                self._close(connection)
                return
            self._answer(connection, json.loads(data), descriptors)
        except (ValueError, KeyError, TypeError) as reason:
            _send(connection, {"error": f"not understood: {type(reason).__name__}: {reason}"})
        finally:
            for one in descriptors:
                os.close(one)

    def _close(self, connection: socket.socket) -> None:
        self._selector.unregister(connection)
        connection.close()
        self._kernels.end_lease(connection)

    def _answer(self, connection: socket.socket, order: dict[str, Any], descriptors: list[int]) -> None:
        match order["op"]:
            case "spawn":
                _send(connection, self._spawn(connection, order, descriptors))
            case "signal":
                kernel = self._kernels.find_of(connection)
                if kernel is not None:
                    self._kernels.send_signal(kernel, int(order["number"]))
                _send(connection, {"sent": kernel is not None})
            case "autopsy":
                _send(connection, {"cause": self._kernels.autopsy(str(order["id"]))})
            case "status":
                _send(connection, self._status())
            case other:
                _send(connection, {"error": f"not understood: {other}"})

    def _status(self) -> dict[str, Any]:
        spares = self._births.spare_count
        return {
            "grade": self._ground.grade, "memory": self.memory, "kernels": len(self._kernels) - spares,
            "spares": self._births.ready_count, "pid": os.getpid(), "available_mib": available_bytes() // 2**20,
            "reserve_mib": self._reserve_bytes // 2**20,
        }  # fmt: skip

    def _spawn(self, connection: socket.socket, order: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        self._asked_at = time.monotonic()
        try:
            kernel = self._births.bear(Order.parse(order), descriptors, connection)
        except NoRoom as reason:
            return {"error": str(reason), "code": "no_room"}
        except (BirthFailed, OSError) as reason:
            return {"error": str(reason), "code": "refused"}
        return {"pid": kernel.pid, "nest": kernel.nest}

    def _reap(self, bell: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            bell.recv(4096)
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                self._bury(pid, status)

    def _bury(self, pid: int, status: int) -> None:
        self._births.forget_spare(pid)
        death = self._kernels.bury(pid, status)
        if death is not None:
            kernel, code, cause = death
            if kernel.lease is not None:
                _send(kernel.lease, {"exit": code, "cause": cause})


def _receive(connection: socket.socket) -> tuple[bytes, list[int]]:
    """A packet with the descriptors that came along; nothing where the other end has gone."""
    room = socket.CMSG_SPACE(MOST_DESCRIPTORS * array.array("i").itemsize)
    try:
        data, ancillary, _, _ = connection.recvmsg(LARGEST_PACKET, room, socket.MSG_CMSG_CLOEXEC)
    except OSError:
        return b"", []
    descriptors = array.array("i")
    for level, kind, payload in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(payload[: len(payload) - len(payload) % descriptors.itemsize])
    return data, descriptors.tolist()


def _send(connection: socket.socket, answer: dict[str, Any]) -> None:
    """An owner that does not listen misses it; one that is gone will be noticed at the next turn."""
    with contextlib.suppress(OSError):
        connection.send(json.dumps(answer).encode())
