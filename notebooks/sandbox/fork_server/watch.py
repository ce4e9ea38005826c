"""Where no control group limits the memory of a kernel's processes together, we look and end the kernel ourselves.

A look every half second can be outrun for a moment; RLIMIT_DATA holds each single process meanwhile.
"""

import errno
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

LOOK_EACH_S = 0.5
KIB = 1024
BLOCK = 512  # of st_blocks, see stat(2)
ENDLESS = 2**63


@dataclass(frozen=True)
class Process:
    """A line of /proc: whose it is, who started it, and what it takes at most (pages shared with us counted too)."""

    pid: int
    parent: int
    uid: int
    bytes_at_most: int


def list_processes() -> tuple[Process, ...]:
    """Every process that can be seen from here."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            fields = _read_status(int(entry.name))
            if "RssAnon" in fields:
                size = sum(int(fields.get(name, "0").split()[0]) for name in ("RssAnon", "RssShmem")) * KIB
                uid = int(fields["Uid"].split()[0])
                found.append(Process(int(entry.name), int(fields["PPid"]), uid, size))
    return tuple(found)


def family(pid: int, uid: int | None, processes: Iterable[Process]) -> tuple[Process, ...]:
    """A kernel's process with all that it started. uid: its own, by which even those it has disowned are found."""
    children: dict[int, list[Process]] = {}
    every = tuple(processes)
    for one in every:
        children.setdefault(one.parent, []).append(one)
    found = {one.pid: one for one in every if one.pid == pid or (uid is not None and one.uid == uid)}
    ahead = list(found)
    while ahead:
        for child in children.get(ahead.pop(), ()):
            if child.pid not in found:
                found[child.pid] = child
                ahead.append(child.pid)
    return tuple(found.values())


def takes_more_than(limit: int, members: Iterable[Process]) -> bool:
    """Whether a family takes more than `limit` bytes of its own. The exact count is made only where it may matter."""
    every = tuple(members)
    if sum(one.bytes_at_most for one in every) <= limit:
        return False
    return sum(_private_bytes(one.pid) for one in every) > limit


def private_sizes(pids: Iterable[int]) -> dict[int, int]:
    """Bytes of its own that each process takes; those it started are not counted."""
    return {pid: _private_bytes(pid) for pid in pids}


def folder_bytes(folder: Path, most_files: int) -> int:
    """Bytes on disk below a folder; with more than `most_files` files, or nested too deep, as if infinitely full."""
    total, count, ahead = 0, 0, [str(folder)]
    while ahead:
        try:
            with os.scandir(ahead.pop()) as entries:
                for entry in entries:
                    count += 1
                    if count > most_files:
                        return ENDLESS
                    total += entry.stat(follow_symlinks=False).st_blocks * BLOCK
                    if entry.is_dir(follow_symlinks=False):
                        ahead.append(entry.path)
        except OSError as reason:
            if reason.errno == errno.ENAMETOOLONG:
                return ENDLESS
    return total


def _read_status(pid: int) -> Mapping[str, str]:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in text.splitlines())}


def _private_bytes(pid: int) -> int:
    """What would be free if this process ended: its private pages, and its part of those shared with its children."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    wanted = ("Private_Dirty:", "Pss_Shmem:")
    return sum(int(line.split()[1]) * KIB for line in lines if line.startswith(wanted))
