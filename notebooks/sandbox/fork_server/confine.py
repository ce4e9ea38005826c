"""Turns the calling process, freshly forked and with one thread, into a sandbox for learner code.

Two grades, nothing in between and nothing below: "namespaces" builds a world of its own and adds everything of
"container", which is own uid, Landlock, system call filter, limits and no capabilities. `confine` raises where any
step is refused; the caller must not run learner code then.
"""

import os
import resource
import signal
import socket
from pathlib import Path

from . import landlock, linux, seccomp
from .filesystem import DEVICES, SYSTEM, build_root
from .ground import ROOTLESS_UID, Ground, Plot, paths_inside

WORLD = (
    linux.CLONE_NEWNS | linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS | linux.CLONE_NEWCGROUP
)  # fmt: skip
NICENESS = 5
OOM_SCORE = "900"
CPU_S = 4 * 3600
DESCRIPTORS = 256


def confine(ground: Ground, plot: Plot) -> None:
    """Leave everything behind but the open descriptors. The order: each step needs what later ones drop.

    Its control group is the nursery's business.

    Raises: OSError naming the call that was refused.
    """
    # Should memory run out all the same, the system ends kernels and the site stays.
    Path("/proc/self/oom_score_adj").write_text(OOM_SCORE)
    if ground.grade == "namespaces":
        linux.unshare(WORLD)
        build_root(ground, plot)
        socket.sethostname("aula")
        if ground.is_rootless:
            enter_user_namespace(ROOTLESS_UID)
    # After the user namespace: it takes RLIMIT_NPROC of its birth as the limit of all that live in it.
    set_limits(ground, plot)
    linux.drop_bounding_set()
    if not ground.is_rootless:
        os.setgroups([])
        os.setresgid(plot.uid, plot.uid, plot.uid)
        os.setresuid(plot.uid, plot.uid, plot.uid)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    linux.drop_capabilities()
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # or the process could not read its own /proc/self
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)  # forgotten at a change of uid, so after it
    landlock.restrict(*_files(ground, plot))
    seccomp.load_program(ground.program)


def enter_user_namespace(uid: int) -> None:
    """A user namespace where the caller, and nobody else, is `uid`."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    linux.unshare(linux.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/gid_map").write_text(f"{uid} {outer_gid} 1")
    Path("/proc/self/uid_map").write_text(f"{uid} {outer_uid} 1")


def set_limits(ground: Ground, plot: Plot) -> None:
    """Hold this process, and all it will start, to its limits; the site goes first on the processor."""
    limits = plot.limits
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    os.umask(0o022)
    for number, value in {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.file_mib * 2**20,
        resource.RLIMIT_NOFILE: DESCRIPTORS,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_DATA: ground.inherited_bytes + limits.memory_mib * 2**20,
        resource.RLIMIT_STACK: 8 * 2**20,
        resource.RLIMIT_MEMLOCK: 64 * 2**10,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_CPU: CPU_S,
    }.items():
        resource.setrlimit(number, (value, value))


def _files(ground: Ground, plot: Plot) -> tuple[list[str], list[str]]:
    """What may be read, and what may be written too."""
    devices = [f"/dev/{name}" for name in DEVICES]
    if ground.grade == "namespaces":
        return ["/"], ["/home/learner", "/tmp", "/dev/shm", "/dev/pts", "/proc/self", *devices]  # noqa: S108  # its own
    paths = paths_inside(ground, plot)
    readable = [
        *SYSTEM, "/bin", "/sbin", "/lib", "/lib64", "/etc/localtime", *ground.readable, f"{ground.library}/aula",
        paths.data, *filter(None, [ground.data_root]), "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    ]  # fmt: skip
    return readable, [paths.home, "/proc/self", *devices]
