"""What each layer of the sandbox costs. Runs with the kernels' Python, as root: argv is the folder that holds `aula`.

Each layer is put up alone, in a fresh fork of a process that has pandas in memory, by the fork server's own functions;
the whole is put up as a kernel's is. The bare fork is taken off.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from fork_server import confine as confining
from fork_server import landlock, linux, seccomp
from fork_server.cgroup import Cgroups, find_cgroups
from fork_server.filesystem import build_root
from fork_server.ground import Ground, Plot
from fork_server.limits import Limits
from fork_server.nursery import Nursery

COUNT = 40
UID = 61_000
assert pd  # in memory, as in a fork server


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="la") as stage:
        readable = (sys.base_prefix, sys.prefix)
        ground = Ground("namespaces", False, readable, sys.argv[1], None, stage, stage, 2**30, seccomp.build_program())
        plot = Plot("layers", UID, (), Limits(), None)
        rows = {name: measure(layer) for name, layer in layers(ground, plot).items()}
        rows["control group: made, entered, removed"] = measure_group()
        rows["**all in the child, as a kernel's**"] = measure(lambda: confining.confine(ground, plot))
        rows["**a whole birth: fork, walls, word back**"] = measure_birth(ground, plot)
    print("Cost of each layer of the sandbox, grade namespaces as root\n")
    print("| layer | median ms | least ms |\n|---|---|---|")
    for name, values in rows.items():
        print(f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} |")


def layers(ground: Ground, plot: Plot) -> dict[str, Callable[[], None]]:
    def private_root() -> None:
        linux.unshare(linux.CLONE_NEWNS)
        build_root(ground, plot)

    def user() -> None:
        os.setgroups([])
        os.setresgid(UID, UID, UID)
        os.setresuid(UID, UID, UID)

    def privileges() -> None:
        linux.drop_bounding_set()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        linux.drop_capabilities()

    def files() -> None:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        landlock.restrict(["/usr"], ["/tmp"])  # any that are there

    def calls() -> None:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        seccomp.load_program(ground.program)

    return {
        "mount namespace and private root": private_root,
        "network namespace": lambda: linux.unshare(linux.CLONE_NEWNET),
        "ipc, uts and cgroup namespaces": lambda: linux.unshare(
            linux.CLONE_NEWIPC | linux.CLONE_NEWUTS | linux.CLONE_NEWCGROUP
        ),
        "limits": lambda: confining.set_limits(ground, plot),
        "own user": user,
        "no capabilities, no new privileges": privileges,
        "Landlock": files,
        "system-call filter": calls,
    }


def measure(layer: Callable[[], None]) -> list[float]:
    """Milliseconds that the layer takes, told by the child that puts it up around itself."""
    return [_told_by_child(layer) for _ in range(COUNT)]


def _told_by_child(layer: Callable[[], None]) -> float:
    """The child is first in a pid namespace, as a private root wants."""
    reader, writer = os.pipe()
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    linux.unshare(linux.CLONE_NEWPID)
    pid = os.fork()
    if pid == 0:
        began_at = time.perf_counter()
        layer()
        os.write(writer, str((time.perf_counter() - began_at) * 1000).encode())
        os._exit(0)
    linux.setns(own, linux.CLONE_NEWPID)
    os.close(own)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    if not told:
        raise RuntimeError("a layer was refused; its reason is above. Run as root.")
    return float(told)


def measure_group() -> list[float]:
    """The fork server moves a child while that one builds its walls; here it is counted alone."""
    groups = find_cgroups("aula-layers", 2**40)
    if groups is None:
        return [0.0]
    values = [_group_ms(groups) for _ in range(COUNT)]
    for folder in groups.parents:
        folder.rmdir()
    return values


def _group_ms(groups: Cgroups) -> float:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(writer)
        os.read(reader, 1)
        os._exit(0)
    began_at = time.perf_counter()
    group = groups.create("one", Limits())
    group.add(pid)
    took_ms = (time.perf_counter() - began_at) * 1000
    os.close(writer)
    os.close(reader)
    os.waitpid(pid, 0)
    while not group.remove():
        time.sleep(0.001)
    return took_ms


def measure_birth(ground: Ground, plot: Plot) -> list[float]:
    nursery, values = Nursery(ground), []
    for _ in range(COUNT):
        began_at = time.perf_counter()
        pid = nursery.bear(plot, [], lambda given, fall_silent: None)
        values.append((time.perf_counter() - began_at) * 1000)
        os.waitpid(pid, 0)
    return values


if __name__ == "__main__":
    assert Path(sys.argv[1]).is_dir()
    main()
