"""From an order to a living kernel or session: what it gets, where it is found, and the spares that wait for one."""

import json
import os
import select
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from .birth import Birth, live
from .cgroup import Cgroups
from .filesystem import link_data, make_rooms
from .ground import ROOTLESS_UID, Ground, Plot, paths_inside
from .kernels import Kernel, Kernels
from .limits import Limits
from .memory import available_bytes
from .nest import open_nest
from .nursery import BirthFailed, Nursery
from .windows import Windows

TAKING_S = 2.0  # a spare that does not answer for so long is ended, and another kernel is born instead
AFTER_FAILURE_S = 30.0
ROOM_FOR_ONE = 64 * 2**20  # a kernel with its libraries and a table


class NoRoom(Exception):
    """There is not enough memory for one more kernel. The message says how much there is."""


@dataclass(frozen=True)
class Order:
    """What somebody asks for. limits: None takes the fork server's own; datasets: None for all.

    kernel_class: see birth.py.
    """

    kind: str
    id: str
    datasets: tuple[str, ...] | None
    language: str
    seed: int | None
    limits: Limits | None
    kernel_class: str | None = None

    @staticmethod
    def parse(raw: dict[str, Any]) -> "Order":
        datasets = None if raw["datasets"] is None else tuple(map(str, raw["datasets"]))
        limits = None if raw["limits"] is None else Limits(**raw["limits"])
        return Order(
            raw["kind"], str(raw["id"]), datasets, str(raw["language"]), raw["seed"], limits, raw.get("kernel_class")
        )  # fmt: skip


@dataclass
class Spare:
    """A kernel that serves already and waits to be somebody's. cord: how it hears that it is."""

    kernel: Kernel
    cord: socket.socket
    is_ready: bool = False


class Births:
    """Makes kernels and sessions. A kernel without listeners of its own gets a nest, and may be a spare."""

    def __init__(
        self, ground: Ground, kernels: Kernels, cgroups: Cgroups | None, limits: Limits, *, nests: str, spares: int,
        reserve_bytes: int,
    ) -> None:  # fmt: skip
        self._ground, self._kernels, self._cgroups, self._limits = ground, kernels, cgroups, limits
        self._nests, self._wanted, self.reserve_bytes = nests, spares, reserve_bytes
        self._nursery = Nursery(ground)
        self._windows = Windows(ground)
        self._spares: dict[int, Spare] = {}
        self._count = 0
        self._rests_until = 0.0

    @property
    def spare_count(self) -> int:
        return len(self._spares)

    @property
    def ready_count(self) -> int:
        return sum(_hears_readiness(one) for one in self._spares.values())

    def bear(self, order: Order, descriptors: Sequence[int], lease: socket.socket) -> Kernel:
        """The kernel or session of an order, which lives as long as its lease.

        descriptors: a kernel's five listeners, if it has any, and the pipe with its key; a session's channel.
        Raises: NoRoom; BirthFailed or OSError where something was refused.
        """
        for name in order.datasets or ():
            _check_dataset(self._ground, name)
        if order.kind == "session" or len(descriptors) > 1:
            self._check_room()
            return self._bear(order, list(descriptors), lease)
        spare = self._take_spare(order, descriptors[0])
        if spare is not None:
            spare.id, spare.lease = order.id, lease
            return spare
        self._check_room()
        with open_nest(self._nests) as (nest, listeners):
            return self._bear(order, [*listeners, *descriptors], lease, nest=nest)

    def lacks_spares(self) -> bool:
        """Whether it is time to make one more."""
        return len(self._spares) < self._wanted and time.monotonic() >= self._rests_until

    def make_spare(self) -> None:
        """One more kernel that waits, if there is room to spare."""
        if available_bytes() < 2 * self.reserve_bytes:
            self._rests_until = time.monotonic() + AFTER_FAILURE_S
            return
        order = Order("spare", "spare", (), "es", None, None)
        ours, theirs = socket.socketpair()
        try:
            with theirs, open_nest(self._nests) as (nest, listeners):
                kernel = self._bear(order, [*listeners, theirs.fileno()], None, nest=nest)
        except (BirthFailed, OSError) as reason:
            ours.close()
            self._complain(f"a spare kernel was not born: {reason}")
            return
        self._spares[kernel.pid] = Spare(kernel, ours)

    def forget_spare(self, pid: int) -> None:
        """A child ended; if it was a spare, something is wrong with spares, and the next is made after a while."""
        spare = self._spares.pop(pid, None)
        if spare is not None:
            spare.cord.close()
            self._complain("a spare kernel ended before anybody took it")

    def _take_spare(self, order: Order, key: int) -> Kernel | None:
        """A spare that is this order's from now on; None where none is ready, or the order wants another kind."""
        if order.limits not in (None, self._limits) or order.seed is not None or order.kernel_class is not None:
            return None
        for spare in [one for one in self._spares.values() if _hears_readiness(one)]:
            del self._spares[spare.kernel.pid]
            with spare.cord:
                if self._hand_over(spare, order, key):
                    return spare.kernel
            self._kernels.kill(spare.kernel)
        return None

    def _hand_over(self, spare: Spare, order: Order, key: int) -> bool:
        try:
            if self._ground.grade == "namespaces":
                self._windows.open_data(spare.kernel.pid, order.datasets)
            else:
                link_data(self._ground, spare.kernel.plot, order.datasets)
            socket.send_fds(spare.cord, [json.dumps({"language": order.language}).encode()], [key])
            return bool(select.select([spare.cord], [], [], TAKING_S)[0]) and spare.cord.recv(16) == b"taken"
        except OSError as reason:
            self._complain(f"a spare kernel could not be handed over: {reason}")
            return False

    def _bear(
        self, order: Order, descriptors: list[int], lease: socket.socket | None, *, nest: str | None = None
    ) -> Kernel:
        plot = self._plan(order)
        try:
            if self._ground.grade == "container":
                make_rooms(self._ground, plot)
            birth = Birth(order.kind, order.language, order.seed, order.kernel_class)
            paths = paths_inside(self._ground, plot)
            pid = self._nursery.bear(plot, descriptors, partial(live, birth, paths))
        except (BirthFailed, OSError):
            self._kernels.clear(plot)
            raise
        kernel = Kernel(order.id, pid, plot, lease, nest)
        self._kernels.add(kernel)
        return kernel

    def _plan(self, order: Order) -> Plot:
        """What the kernel gets. Raises OSError where no uid or no control group is to be had."""
        limits = order.limits or self._limits
        self._count += 1
        name = f"aula-{os.getpid()}-{self._count}"
        cgroup = self._cgroups.create(name, limits) if self._cgroups else None
        try:
            uid = ROOTLESS_UID if self._ground.is_rootless else self._kernels.take_uid()
        except OSError:
            if cgroup is not None:
                cgroup.remove()
            raise
        return Plot(name, uid, order.datasets, limits, cgroup, has_terminal=order.kernel_class is not None)

    def _check_room(self) -> None:
        available = available_bytes()
        if available < self.reserve_bytes + ROOM_FOR_ONE:
            raise NoRoom(
                f"no room: {available // 2**20} MiB of memory are left and {self.reserve_bytes // 2**20} MiB stay "
                "free for the system. End or rest a kernel, or add memory."
            )

    def _complain(self, text: str) -> None:
        self._rests_until = time.monotonic() + AFTER_FAILURE_S
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def _hears_readiness(spare: Spare) -> bool:
    """Whether it has said that it serves; asked only when one is wanted, so nobody listens all the time."""
    if not spare.is_ready and select.select([spare.cord], [], [], 0)[0]:
        spare.is_ready = spare.cord.recv(16) == b"ready"
    return spare.is_ready


def _check_dataset(ground: Ground, name: str) -> None:
    is_plain = bool(name) and all(one.isascii() and (one.isalnum() or one in "-_.") for one in name) and name[0] != "."
    if not is_plain or ground.data_root is None or not (Path(ground.data_root) / name).is_dir():
        raise FileNotFoundError(f"no data set is called {name!r}")
