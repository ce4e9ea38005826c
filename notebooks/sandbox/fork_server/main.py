"""The start of the fork server: choose the grade, load everything once, freeze it, serve.

argv: one JSON object, see settings.py. The first line on standard output is {"ready": …} or {"unavailable": …}.
Standard input is the starter's life: when it closes, everything ends.
"""

import contextlib
import json
import os
import resource
import sys
from pathlib import Path

from .cgroup import clear_groups, find_cgroups
from .grade import Unavailable, choose_ground, enter_own_namespaces
from .ground import Ground, Plot, paths_inside
from .memory import reserve, total_bytes
from .settings import Settings


def main() -> None:
    """Runs until the starter goes."""
    settings = Settings.parse(sys.argv[1])
    _raise_file_limit()
    try:
        is_rootless = os.geteuid() != 0
        if is_rootless:
            enter_own_namespaces()
        ground = choose_ground(settings, is_rootless=is_rootless)
    except Unavailable as reason:
        _say({"unavailable": str(reason)})
        return
    _serve(settings, ground)


def _serve(settings: Settings, ground: Ground) -> None:
    from . import preload  # noqa: PLC0415  # takes a second, and only where learner code may run at all

    sys.path.insert(0, settings.library)
    try:
        preload.preload(settings.preload)
    except preload.CannotPreload as reason:
        _say({"unavailable": str(reason)})
        return
    from .learner_world import prepare_world  # noqa: PLC0415  # imports what preload prepared
    from .server import Server  # noqa: PLC0415  # likewise

    own = Path(__file__).resolve().parents[1]
    sys.path[:] = [one for one in sys.path if Path(one).resolve() != own]
    reserve_bytes = reserve(settings.reserve_mib)
    cgroups = find_cgroups(settings.group, total_bytes() - reserve_bytes // 2)
    prepare_world(paths_inside(ground, Plot("none", 0, None, settings.limits, None)))
    preload.freeze()
    server = Server(settings, _measured(ground), cgroups, reserve_bytes)
    groups = [str(one) for one in cgroups.parents] if cgroups else []
    _say({"ready": {"grade": ground.grade, "memory": server.memory, "groups": groups}})
    server.serve()
    with contextlib.suppress(OSError):
        Path(settings.socket).unlink()
    if cgroups:
        clear_groups(cgroups.parents)
    with contextlib.suppress(OSError):  # whoever started us may be gone and tidy nothing
        Path(settings.homes).rmdir()


def _measured(ground: Ground) -> Ground:
    """The ground with what this process has allocated by now, which every child starts with."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return Ground(**{**ground.__dict__, "inherited_bytes": int(line.split()[1]) * 1024})
    return ground


def _raise_file_limit() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
