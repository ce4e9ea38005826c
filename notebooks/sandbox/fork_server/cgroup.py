"""Control groups: the only limit on the memory of all processes of a kernel together.

Version 2 where it is delegated to us, version 1 where that is what there is; `find_cgroups` tells, by trying.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .limits import Limits

CONTROLLERS = ("memory", "pids")


@dataclass(frozen=True)
class Cgroup:
    """The group of one kernel: a folder in version 2, one per controller in version 1."""

    folders: tuple[Path, ...]

    def add(self, pid: int) -> None:
        """Put a process, and all it will start, under the limits. The system may take 10 ms to move one."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(pid))

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

    def limit_memory(self, folder: Path, most_bytes: int) -> None:
        """Hold a group, with all groups inside it, to so much memory, and to no swap. Raises OSError."""
        if self.version == 2:
            (folder / "memory.max").write_text(str(most_bytes))
            _write_if_there(folder / "memory.swap.max", "0")
        else:
            (folder / "memory.limit_in_bytes").write_text(str(most_bytes))
            _write_if_there(folder / "memory.memsw.limit_in_bytes", str(most_bytes))

    def _limit(self, group: Cgroup, limits: Limits) -> None:
        memory, pids = group.folders[0], group.folders[-1]
        self.limit_memory(memory, limits.group_bytes)
        if self.version == 2:
            (memory / "memory.oom.group").write_text("1")
        # Threads count; the fork server's child is one before it is confined.
        (pids / "pids.max").write_text(str(limits.processes))


def find_cgroups(name: str, most_bytes: int) -> Cgroups | None:
    """Where this process may make groups that limit memory: a group called `name` for all of them, with a limit of its
    own, so that kernels meet the system's limit before the site does. None where that may not be.

    What an earlier process left under this name is taken away.
    """
    for found in (_find_version_2(name), _find_version_1()):
        if found is not None:
            inner = Cgroups(found.version, tuple(parent / name for parent in found.parents))
            if _works(inner, most_bytes):
                return inner
    return None


@cache
def own_groups() -> tuple[Path, ...]:
    """The groups that limit the memory of this process, the innermost first, as they were when it was first asked."""
    found = []
    for place, path in (*_mounted("cgroup2", ""), *_mounted("cgroup", "memory")):
        folder = Path(place + path.rstrip("/"))
        found += [one for one in (folder, *folder.parents) if one.is_relative_to(place)]
    return tuple(found)


def clear_groups(folders: Iterable[Path]) -> None:
    """Take away groups, with those inside them, in which no process is left."""
    for folder in folders:
        with contextlib.suppress(OSError):
            for inner in [one for one in folder.iterdir() if one.is_dir()]:
                inner.rmdir()
            folder.rmdir()


def _mounted(kind: str, controller: str) -> list[tuple[str, str]]:
    """Where a hierarchy is mounted, and our path in it."""
    own = [line.split(":", 2) for line in _read_lines("/proc/self/cgroup")]
    paths = [path for _, controllers, path in own if controller in controllers.split(",")]
    places = [
        place
        for _, place, what, options, *_ in (line.split(" ") for line in _read_lines("/proc/self/mounts"))
        if what == kind and (not controller or controller in options.split(","))
    ]
    return [(place, path) for place in places[:1] for path in paths[:1]]


def _find_version_1() -> Cgroups | None:
    found = [_mounted("cgroup", name) for name in CONTROLLERS]
    if not all(found):
        return None
    return Cgroups(1, tuple(Path(place + path.rstrip("/")) for ((place, path),) in found))


def _find_version_2(name: str) -> Cgroups | None:
    """Beside our own group if that may be; else in a folder that an administrator prepared and gave us."""
    for place, path in _mounted("cgroup2", ""):
        own = Path(place + path.rstrip("/"))
        return _delegate(own, name) or _delegate(Path(place) / "aula-abierta", None)
    return None


def _delegate(folder: Path, own_name: str | None) -> Cgroups | None:
    """Let children of `folder` limit memory. A group that limits its children holds no process, so we move out.

    own_name: where `folder` is the group that we are in, the beginning of the name of the one that we move to.
    """
    try:
        if own_name is None:
            folder.mkdir(exist_ok=True)
        if not set(CONTROLLERS) <= set((folder / "cgroup.controllers").read_text().split()):
            return None
        if own_name is not None and (folder / "cgroup.type").exists():
            leaf = folder / f"{own_name}-server"
            leaf.mkdir(exist_ok=True)
            (leaf / "cgroup.procs").write_text("0")
        (folder / "cgroup.subtree_control").write_text(_every_controller())
    except OSError:
        return None
    return Cgroups(2, (folder,))


def _works(cgroups: Cgroups, most_bytes: int) -> bool:
    try:
        clear_groups(cgroups.parents)
        for folder in cgroups.parents:
            folder.mkdir(exist_ok=True)
        if cgroups.version == 2:
            (cgroups.parents[0] / "cgroup.subtree_control").write_text(_every_controller())
        cgroups.limit_memory(cgroups.parents[0], most_bytes)
        return cgroups.create("trial", Limits()).remove()
    except OSError:
        clear_groups(cgroups.parents)
        return False


def _every_controller() -> str:
    return " ".join(f"+{name}" for name in CONTROLLERS)


def _write_if_there(path: Path, text: str) -> None:
    """Swap accounting is an option of the system."""
    if path.exists():
        path.write_text(text)


def _read_lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
