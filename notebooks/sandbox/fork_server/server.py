"""The loop of the fork server: one local socket, one connection per kernel, and the connection is the kernel's life.

Every message is one JSON object in one packet:
  {"op": "spawn", "kind": "kernel" | "session", "id", "datasets", "language", "seed", "limits"} with descriptors
      (kernel: five listeners and a pipe with its key; session: one end of its channel)
      -> {"pid"} or {"error"}; later, when it ended, {"exit", "cause"}
  {"op": "signal", "number"} on a kernel's connection -> {"sent"}
  {"op": "autopsy", "id"} -> {"cause"}       {"op": "status"} -> {"grade", "memory", "kernels", "pid"}
"""

import array
import contextlib
import json
import os
import selectors
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from . import watch
from .birth import Birth, live
from .cgroup import Cgroups
from .filesystem import make_rooms
from .ground import ROOTLESS_UID, Ground, Plot, paths_inside
from .kernels import Kernel, Kernels
from .limits import Limits
from .nursery import BirthFailed, Nursery

LARGEST_PACKET = 64 * 1024
MOST_DESCRIPTORS = 8
SWEEP_EACH_S = 0.05


class Server:
    """Serves until its starter goes or SIGTERM comes; then every kernel is ended first."""

    def __init__(self, path: str, ground: Ground, cgroups: Cgroups | None, limits: Limits) -> None:
        self._ground, self._cgroups, self._limits = ground, cgroups, limits
        self._kernels = Kernels(ground)
        self._nursery = Nursery(ground)
        self._count = 0
        self._stops = False
        self._has_leftovers = False
        self._selector = selectors.DefaultSelector()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        Path(path).unlink(missing_ok=True)
        previous = os.umask(0o177)
        self._listener.bind(path)
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
            if self._needs_watching():
                self._kernels.end_the_greedy()
            self._has_leftovers = self._kernels.sweep()
        self._end()

    @property
    def memory(self) -> str:
        """How the memory of all processes of a kernel is limited."""
        return f"cgroup v{self._cgroups.version}" if self._cgroups else "watched"

    def _needs_watching(self) -> bool:
        return len(self._kernels) > 0 and (self._cgroups is None or self._ground.grade == "container")

    def _patience(self) -> float | None:
        if self._has_leftovers:
            return SWEEP_EACH_S
        return watch.LOOK_EACH_S if self._needs_watching() else None

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
                _send(connection, {"grade": self._ground.grade, "memory": self.memory,
                                   "kernels": len(self._kernels), "pid": os.getpid()})  # fmt: skip
            case other:
                _send(connection, {"error": f"not understood: {other}"})

    def _spawn(self, connection: socket.socket, order: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        birth = Birth(order["kind"], str(order["language"]), order["seed"])
        plot = None
        try:
            plot = self._plan(order)
            if self._ground.grade == "container":
                make_rooms(self._ground, plot)
            paths = paths_inside(self._ground, plot)
            pid = self._nursery.bear(plot, descriptors, lambda given: live(birth, paths, given))
        except (BirthFailed, OSError) as reason:
            if plot is not None:
                self._kernels.clear(plot)
            return {"error": str(reason)}
        self._kernels.add(Kernel(str(order["id"]), pid, plot, connection))
        return {"pid": pid}

    def _plan(self, order: dict[str, Any]) -> Plot:
        """What the kernel gets. Raises OSError where a data set is not there or no uid is free."""
        limits = self._limits if order["limits"] is None else Limits(**order["limits"])
        datasets = None if order["datasets"] is None else tuple(map(str, order["datasets"]))
        for name in datasets or ():
            _check_dataset(self._ground, name)
        self._count += 1
        name = f"aula-{os.getpid()}-{self._count}"
        cgroup = self._cgroups.create(name, limits) if self._cgroups else None
        try:
            uid = ROOTLESS_UID if self._ground.is_rootless else self._kernels.take_uid()
        except OSError:
            if cgroup is not None:
                cgroup.remove()
            raise
        return Plot(name, uid, datasets, limits, cgroup)

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
        death = self._kernels.bury(pid, status)
        if death is not None:
            kernel, code, cause = death
            if kernel.lease is not None:
                _send(kernel.lease, {"exit": code, "cause": cause})


def _check_dataset(ground: Ground, name: str) -> None:
    is_plain = bool(name) and all(one.isascii() and (one.isalnum() or one in "-_.") for one in name) and name[0] != "."
    if not is_plain or ground.data_root is None or not (Path(ground.data_root) / name).is_dir():
        raise FileNotFoundError(f"no data set is called {name!r}")


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
