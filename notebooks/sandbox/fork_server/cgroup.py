"""Control groups: the only limit on the memory of all processes of a kernel together.

Version 2 where it is delegated to us, version 1 where that is what there is; `find_cgroups` tells, by trying.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from .limits import Limits

CONTROLLERS = ("memory", "pids")


@dataclass(frozen=True)
class Cgroup:
    """The group of one kernel: a folder in version 2, one per controller in version 1."""

    folders: tuple[Path, ...]

    def add_self(self) -> None:
        """Put the calling process, and all it will start, under the limits."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text("0")

    def has_run_out_of_memory(self) -> bool:
        """Whether the system killed a process of the group for its memory."""
        for name in ("memory.events", "memory.oom_control"):
            with contextlib.suppress(OSError):
                for line in (self.folders[0] / name).read_text().splitlines():
                    word, _, count = line.partition(" ")
                    if word == "oom_kill" and count != "0":
                        return True
        return False

    def list_pids(self) -> tuple[int, ...]:
        """Every process of the group, as numbered here."""
        with contextlib.suppress(OSError):
            return tuple(map(int, (self.folders[0] / "cgroup.procs").read_text().split()))
        return ()

    def remove(self) -> bool:
        """Whether the group is gone; it stays while a process of it is still dying."""
        for folder in self.folders:
            with contextlib.suppress(OSError):
                folder.rmdir()
        return not any(folder.exists() for folder in self.folders)


@dataclass(frozen=True)
class Cgroups:
    """Where groups can be made. version: 1 or 2; parents: the folder in version 2, memory's and pids' in version 1."""

    version: int
    parents: tuple[Path, ...]

    def create(self, name: str, limits: Limits) -> Cgroup:
        """A new, empty group with its limits set. Raises OSError."""
        group = Cgroup(tuple(parent / name for parent in self.parents))
        try:
            for folder in group.folders:
                folder.mkdir()
            self._limit(group, limits)
        except OSError:
            group.remove()
            raise
        return group

    def _limit(self, group: Cgroup, limits: Limits) -> None:
        memory, pids = group.folders[0], group.folders[-1]
        if self.version == 2:
            (memory / "memory.max").write_text(str(limits.group_bytes))
            _write_if_there(memory / "memory.swap.max", "0")
            (memory / "memory.oom.group").write_text("1")
        else:
            (memory / "memory.limit_in_bytes").write_text(str(limits.group_bytes))
            _write_if_there(memory / "memory.memsw.limit_in_bytes", str(limits.group_bytes))
        # Threads count; the fork server's child is one before it is confined.
        (pids / "pids.max").write_text(str(limits.processes))


def find_cgroups() -> Cgroups | None:
    """Where this process may make groups that limit memory; None where it may not."""
    places = (_find_version_2(), _find_version_1())
    return next((found for found in places if found and _works(found)), None)


def _find_version_1() -> Cgroups | None:
    own = {}
    for line in _read_lines("/proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        own.update(dict.fromkeys(controllers.split(","), path))
    mounts = {}
    for line in _read_lines("/proc/self/mounts"):
        _, place, kind, options, *_ = line.split(" ")
        if kind == "cgroup":
            mounts.update({name: place for name in options.split(",") if name in CONTROLLERS})
    if not all(name in own and name in mounts for name in CONTROLLERS):
        return None
    return Cgroups(1, tuple(Path(mounts[name] + own[name].rstrip("/")) for name in CONTROLLERS))


def _find_version_2() -> Cgroups | None:
    """Beside our own group if that may be; else in a folder that an administrator prepared and gave us."""
    for line in _read_lines("/proc/self/mounts"):
        _, place, kind, *_ = line.split(" ")
        if kind != "cgroup2":
            continue
        own = next((one[3:] for one in _read_lines("/proc/self/cgroup") if one.startswith("0::")), "/")
        return _delegate(Path(place + own.rstrip("/"))) or _delegate(Path(place) / "aula-abierta", is_own=False)
    return None


def _delegate(folder: Path, *, is_own: bool = True) -> Cgroups | None:
    """Let children of `folder` limit memory. A group that limits its children holds no process, so we move out."""
    try:
        if not is_own:
            folder.mkdir(exist_ok=True)
        if not set(CONTROLLERS) <= set((folder / "cgroup.controllers").read_text().split()):
            return None
        if is_own and folder != folder.parents[0] and (folder / "cgroup.type").exists():
            leaf = folder / f"fork-server-{os.getpid()}"
            leaf.mkdir(exist_ok=True)
            (leaf / "cgroup.procs").write_text("0")
        (folder / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in CONTROLLERS))
    except OSError:
        return None
    return Cgroups(2, (folder,))


def _works(cgroups: Cgroups) -> bool:
    try:
        return cgroups.create(f"aula-trial-{os.getpid()}", Limits()).remove()
    except OSError:
        return False


def _write_if_there(path: Path, text: str) -> None:
    """Swap accounting is an option of the system."""
    if path.exists():
        path.write_text(text)


def _read_lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
