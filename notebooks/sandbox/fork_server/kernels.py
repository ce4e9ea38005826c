"""The kernels that live, and why the dead ones died."""

import contextlib
import os
import signal
import socket
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from . import watch
from .filesystem import INODES, remove_rooms
from .ground import Ground, Plot, paths_inside
from .nest import clear_nest
from .uids import Uids, kill_all_of

DEATHS_KEPT = 2000
WORTH_ENDING = 64 * 2**20


@dataclass
class Kernel:
    """A living child. lease: its owner's connection, None once that is gone; cause: set when we end it ourselves.

    nest: the folder where its sockets lie until somebody takes them away.
    """

    id: str
    pid: int
    plot: Plot
    lease: socket.socket | None
    nest: str | None = None
    cause: str | None = None


class Kernels:
    """All children of this server, by pid."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._living: dict[int, Kernel] = {}
        self._deaths: OrderedDict[str, str] = OrderedDict()
        self._uids = Uids()
        self._leaving: list[Plot] = []

    def __len__(self) -> int:
        return len(self._living)

    def take_uid(self) -> int:
        return self._uids.take()

    def add(self, kernel: Kernel) -> None:
        self._living[kernel.pid] = kernel

    def find_of(self, lease: socket.socket) -> Kernel | None:
        return next((one for one in self._living.values() if one.lease is lease), None)

    def autopsy(self, kernel_id: str) -> str | None:
        """Why a kernel died: "memory", "disk", "crowded" (others took the memory), "killed" or "exit:N".

        "alive" if it did not; None if it was never ours.
        """
        if any(one.id == kernel_id for one in self._living.values()):
            return "alive"
        return self._deaths.get(kernel_id)

    def end_lease(self, lease: socket.socket) -> None:
        """The owner is gone, so the kernel goes."""
        kernel = self.find_of(lease)
        if kernel is not None:
            kernel.lease = None
            self.kill(kernel)

    def kill(self, kernel: Kernel) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(kernel.pid, signal.SIGKILL)

    def send_signal(self, kernel: Kernel, number: int) -> None:
        """To the kernel and to the programs that its cell started; those that left its group are not meant."""
        if number == signal.SIGKILL:
            self.kill(kernel)
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(kernel.pid, number)

    def bury(self, pid: int, status: int) -> tuple[Kernel, int, str] | None:
        """The kernel that ended, its exit code and the cause; None for a process that was none of ours to know."""
        kernel = self._living.pop(pid, None)
        if kernel is None:
            return None
        code = os.waitstatus_to_exitcode(status)
        cause = kernel.cause or _cause(kernel.plot, code)
        self._deaths[kernel.id] = cause
        while len(self._deaths) > DEATHS_KEPT:
            self._deaths.popitem(last=False)
        if kernel.nest is not None:
            clear_nest(kernel.nest)
        self.clear(kernel.plot)
        return kernel, code, cause

    def clear(self, plot: Plot) -> None:
        """Take away what a kernel leaves behind: with a pid namespace no process, else whatever has its uid."""
        if self._ground.grade == "container":
            kill_all_of(plot.uid)
            remove_rooms(self._ground, plot)
        self._leaving.append(plot)
        self.sweep()

    def sweep(self) -> bool:
        """Finish clearing where processes were still dying. Whether something is left to do."""
        still = []
        for plot in self._leaving:
            if plot.cgroup is None or plot.cgroup.remove():
                if not self._ground.is_rootless:
                    self._uids.give_back(plot.uid)
            else:
                still.append(plot)
        self._leaving = still
        return bool(still)

    def end_the_greedy(self) -> None:
        """Where no control group does: end each kernel whose processes, or whose files, take too much together."""
        processes = watch.list_processes()
        for kernel in self._living.values():
            plot = kernel.plot
            uid = None if self._ground.is_rootless else plot.uid
            members = watch.family(kernel.pid, uid, processes)
            if plot.cgroup is None and watch.takes_more_than(plot.limits.group_bytes, members):
                kernel.cause = "memory"
            elif self._ground.grade == "container" and self._fills_disk(plot):
                kernel.cause = "disk"
            else:
                continue
            self.kill(kernel)

    def end_the_largest(self) -> None:
        """Memory is nearly gone: end the kernel that takes most, if that would help. It is not its owner's fault."""
        sizes = watch.private_sizes(self._living)
        if sizes and max(sizes.values()) > WORTH_ENDING:
            kernel = self._living[max(sizes, key=sizes.__getitem__)]
            kernel.cause = "crowded"
            self.kill(kernel)

    def end_all(self) -> None:
        for kernel in self._living.values():
            self.kill(kernel)

    def _fills_disk(self, plot: Plot) -> bool:
        home = Path(paths_inside(self._ground, plot).home)
        return watch.folder_bytes(home, INODES) > plot.limits.home_mib * 2**20


def _cause(plot: Plot, code: int) -> str:
    if code == -signal.SIGKILL:
        return "memory" if plot.cgroup is not None and plot.cgroup.has_run_out_of_memory() else "killed"
    return f"exit:{code}"
