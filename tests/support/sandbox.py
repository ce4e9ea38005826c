"""Real fork servers over the shipped data sets, in every way that a school may run them."""

import os
import shlex
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from support.needs import need

from notebooks import ForkServer, SandboxConfig

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-kernel" / "bin" / "python"
DATASETS = ROOT / "courses" / "content" / "datasets"

# As root; as an ordinary user; as root of a container that may not make namespaces.
Way = Literal["namespaces", "rootless", "container"]
WAYS: tuple[Way, ...] = ("namespaces", "rootless", "container")
SOMEBODY = 61_234  # a user that owns nothing on this machine


@contextmanager
def running_fork_server(way: Way | None = None, **options: Any) -> Iterator[ForkServer]:
    """way: None starts it as we are ourselves, as `make run` does. options: of SandboxConfig, where they differ."""
    with tempfile.TemporaryDirectory(prefix="fs") as folder:
        config = {"python": PYTHON, "run_dir": Path(folder) / "run", "data_root": DATASETS, **options}
        if way is not None:
            config |= _in_this_way(way, Path(folder))
        server = ForkServer.start(SandboxConfig(**config))
        try:
            yield server
        finally:
            server.stop()


def _in_this_way(way: Way, folder: Path) -> dict[str, Any]:
    """The options that make a fork server run in one way, whoever we are; a skip where we cannot."""
    is_root = os.geteuid() == 0
    if way == "rootless" and not is_root:
        return {}
    need_root()
    if way == "namespaces":
        return {"required_grade": "namespaces"}
    if way == "container":
        # What a container's root may not do, and what decides between the grades, is all behind this capability.
        return {"python": launcher(folder, "--bounding-set=-sys_admin", "--inh-caps=-sys_admin")}
    return {"python": launcher(folder, f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups", owner=SOMEBODY)}


def need_root() -> None:
    need(os.geteuid() == 0, "The right to start processes as somebody else", "Run the tests as root for every grade.")


def launcher(folder: Path, *privileges: str, owner: int = 0, is_jailed: bool = False) -> Path:
    """A stand-in for the kernels' Python that starts it with the privileges that setpriv(1) leaves.

    The interpreter may lie where only root may go, as below /root: a mount of its own opens the way for others.
    owner: to whom the working folder is given; is_jailed: in a chroot, where the same files are.
    """
    folder.chmod(0o711)
    steps = [*_opened_way(Path(sys.base_prefix), folder / "hold"), f"chown -R {owner}:{owner} {folder}/run"]
    start = ["setpriv", *privileges, "--", str(PYTHON)]
    if is_jailed:
        steps += [f"mkdir {folder}/jail", f"mount --rbind / {folder}/jail"]
        start = ["/usr/sbin/chroot", f"{folder}/jail", *start]
    script = "\n".join(("set -eu", *steps, f'exec {shlex.join(start)} "$@"'))
    path = folder / "python"
    path.write_text(f'#!/bin/sh\nexec unshare --mount --propagation private sh -c {shlex.quote(script)} sh "$@"\n')
    path.chmod(0o755)
    return path


def _opened_way(prefix: Path, hold: Path) -> list[str]:
    """Commands after which everybody may reach `prefix`; none where they may already."""
    closed = next((one for one in reversed(prefix.parents) if not one.stat().st_mode & stat.S_IXOTH), None)
    if closed is None:
        return []
    return [
        f"mkdir {hold}",
        f"mount --bind {prefix} {hold}",
        f"mount -t tmpfs -o mode=755 tmpfs {closed}",
        f"mkdir -p {prefix}",
        f"mount --move {hold} {prefix}",
    ]
