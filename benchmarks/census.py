"""What a running site holds of the machine: processes, memory, descriptors, mounts, groups, sockets, folders, rows."""

import contextlib
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import psutil
from sqlalchemy import func, select

from benchmarks.site import Site
from webapp.services.practice.tables import RunEventRow, RunRow

# Words of a command that tell which process of the site it is. Below the fork server everything is a kernel.
ROLES: Mapping[str, str] = {
    "valkey-server": "broker",
    "webapp.worker runner": "runner",
    "webapp.worker grader": "grader",
    "gunicorn": "web",
    "kernel_gateway": "gateway",
    "notebooks serve": "kernels",
    "fork_server": "fork server",
    "webapp.cli serve": "supervisor",
}
KERNEL = "a kernel"
GROUPS = Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Holding:
    """Counts at one moment. descriptors, sockets: of the site's own processes, not of the kernels.

    mounts: that the supervisor and the fork server see; folders: of kernels' sockets, homes and connection files.
    """

    processes: int
    kernels: int
    descriptors: int
    sockets: int
    mounts: int
    groups: int
    folders: int


@dataclass(frozen=True)
class Census:
    """All of it. members: process number and start of each process.

    memory_mib: by role, shared pages by shares; resident_mib: by role, shared pages whole. The first adds up, the
    second does not move with the number of kernels that share the fork server's pages.
    """

    holding: Holding
    memory_mib: Mapping[str, float]
    resident_mib: Mapping[str, float]
    runs: int
    events: int
    members: frozenset[tuple[int, float]]

    @property
    def site_mib(self) -> float:
        return sum(mib for role, mib in self.memory_mib.items() if role != KERNEL)

    @property
    def kernels_mib(self) -> float:
        return self.memory_mib.get(KERNEL, 0.0)


def take_census(site: Site) -> Census:
    roles = dict(list_members(site.process.pid))
    counts = Counter[str]()
    memory, resident = defaultdict[str, float](float), defaultdict[str, float](float)
    members = set()
    for process, role in roles.items():
        with contextlib.suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            seen = process.memory_full_info()
            memory[role] += seen.pss / 2**20
            resident[role] += seen.rss / 2**20
            members.add((process.pid, process.create_time()))
            counts["processes"] += 1
            if role == KERNEL:
                counts["kernels"] += 1
            else:
                links = [str(link) for link in list_open(process.pid)]
                counts["descriptors"] += len(links)
                counts["sockets"] += sum(link.startswith("socket:") for link in links)
    server = site.fork_server().status().pid
    counts["mounts"] = count_mounts(site.process.pid) + count_mounts(server)
    counts["groups"] = len(list_groups(server))
    counts["folders"] = len(list_folders(site))
    runs, events = count_rows(site)
    holding = Holding(**{one.name: counts[one.name] for one in fields(Holding)})
    return Census(holding, dict(memory), dict(resident), runs, events, frozenset(members))


def list_members(supervisor_pid: int) -> Iterator[tuple[psutil.Process, str]]:
    """Every process of the site with its role."""

    def walk(process: psutil.Process, above: str) -> Iterator[tuple[psutil.Process, str]]:
        with contextlib.suppress(psutil.NoSuchProcess):
            role = KERNEL if above in ("fork server", KERNEL) else role_of(process)
            children = process.children()
            yield process, role
            for child in children:
                yield from walk(child, role)

    return walk(psutil.Process(supervisor_pid), "")


def role_of(process: psutil.Process) -> str:
    command = " ".join(process.cmdline())
    return next((role for words, role in ROLES.items() if words in command), "other")


def list_open(pid: int) -> Iterator[Path]:
    for link in Path(f"/proc/{pid}/fd").iterdir():
        # A descriptor may be closed while we look.
        with contextlib.suppress(FileNotFoundError):
            yield link.readlink()


def count_mounts(pid: int) -> int:
    return len(Path(f"/proc/{pid}/mountinfo").read_text().splitlines())


def list_groups(fork_server_pid: int) -> list[str]:
    """Control groups of this fork server's kernels."""
    names = f"aula-{fork_server_pid}-"
    # os.walk passes over what goes away meanwhile, as groups of kernels do.
    return sorted(f"{place}/{one}" for place, folders, _ in os.walk(GROUPS) for one in folders if one.startswith(names))


def list_folders(site: Site) -> list[str]:
    """Of kernels: their sockets' folders, their homes, and the files that say where their sockets are."""
    work = site.kernels_dir
    found = [*(work / "k").glob("*"), *(work / "homes").glob("*"), *(work / "gateway" / "runtime").glob("kernel-*")]
    return sorted(map(str, found))


def count_rows(site: Site) -> tuple[int, int]:
    """Runs that have ended, and events."""
    with site.sessions.read() as session:
        runs = session.scalar(select(func.count()).select_from(RunRow).where(RunRow.state == "done"))
        events = session.scalar(select(func.count()).select_from(RunEventRow))
    return runs or 0, events or 0


@dataclass(frozen=True)
class Traces:
    """By what a stopped site's left-overs are known. Taken while it runs."""

    members: frozenset[tuple[int, float]]
    fork_server_pid: int
    homes: Path
    home: Path
    run_dir: Path

    @classmethod
    def of(cls, site: Site, members: frozenset[tuple[int, float]]) -> "Traces":
        homes = (site.kernels_dir / "homes").readlink()
        return cls(members, site.fork_server().status().pid, homes, site.home, site.settings.run_dir)

    def list_left(self) -> list[str]:
        """Everything that should have gone with the site, one sentence each."""
        return [
            *(f"process {one.pid}: {' '.join(one.cmdline())[:120]}" for one in self._left_processes()),
            *(f"control group {group}" for group in list_groups(self.fork_server_pid)),
            *([f"folder {self.homes}"] if self.homes.exists() else []),
            *(f"file {path}" for name in ("k", "stage", "home") for path in (self.run_dir / "kernels").glob(name)),
            *(f"socket {line.split()[-1]}" for line in lines_with("/proc/net/unix", f"{self.run_dir}/")),
            *(f"mount {line.split()[4]}" for line in lines_with("/proc/self/mountinfo", str(self.home))),
        ]

    def _left_processes(self) -> Iterator[psutil.Process]:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                is_member = (process.pid, process.create_time()) in self.members
                if is_member or str(self.home) in " ".join(process.cmdline()):
                    yield process


def lines_with(path: str, text: str) -> list[str]:
    return [line for line in Path(path).read_text().splitlines() if text in line]
