"""How much memory is left for kernels: of the machine, or of the group that this process lives in, if that is less."""

from pathlib import Path

from .cgroup import own_groups

ENDLESS = 2**62
LEAST_RESERVE, MOST_RESERVE = 256 * 2**20, 2 * 2**30
PART_IN_RESERVE = 10


def reserve(wanted_mib: int | None) -> int:
    """Bytes that kernels leave to the site and the system: what is set, else a tenth, within sensible bounds."""
    if wanted_mib is not None:
        return wanted_mib * 2**20
    return min(MOST_RESERVE, max(LEAST_RESERVE, total_bytes() // PART_IN_RESERVE))


def total_bytes() -> int:
    """All the memory that this process and its children may ever have."""
    limits = [_number(folder, "memory.max", "memory.limit_in_bytes") or ENDLESS for folder in own_groups()]
    return min(_of_the_machine("MemTotal:"), *limits, ENDLESS)


def available_bytes() -> int:
    """What could be taken now without swapping and without the system ending processes."""
    return min(_of_the_machine("MemAvailable:"), *(_of_group(folder) for folder in own_groups()), ENDLESS)


def _of_the_machine(name: str) -> int:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return ENDLESS


def _of_group(folder: Path) -> int:
    """Room in a control group; the pages of files that it keeps can be given up."""
    limit = _number(folder, "memory.max", "memory.limit_in_bytes")
    used = _number(folder, "memory.current", "memory.usage_in_bytes")
    if limit is None or used is None or limit >= ENDLESS:
        return ENDLESS
    return max(0, limit - used + _files_of(folder))


def _files_of(folder: Path) -> int:
    try:
        lines = (folder / "memory.stat").read_text().splitlines()
    except OSError:
        return 0
    words = dict(line.split(" ", 1) for line in lines)
    return int(words.get("inactive_file") or words.get("total_inactive_file") or 0)


def _number(folder: Path, *names: str) -> int | None:
    for name in names:
        try:
            text = (folder / name).read_text().strip()
        except OSError:
            continue
        return ENDLESS if text == "max" else int(text)
    return None
