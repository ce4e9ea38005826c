"""A thousand kernels come and go, and the machine is as it was: counted before and after."""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from support.gateways import eventually
from support.sandbox import WAYS, running_fork_server

from notebooks import ForkServer
from notebooks.sandbox.listeners import key_pipe

# Mounts and open files are counted, some of them the whole machine's.
pytestmark = pytest.mark.alone

KERNELS = {"namespaces": 1000, "rootless": 200, "container": 200}
AT_ONCE = 4


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def server(way: str) -> Iterator[ForkServer]:
    with running_fork_server(way, spares=1) as one:  # type: ignore[arg-type]  # one of the ways
        yield one


def census(server: ForkServer) -> Counter[str]:
    """What a kernel could leave behind, each thing counted, for this fork server and for this process."""
    assert server._process is not None
    starter = psutil.Process(server._process.pid)
    family = [starter, *starter.children(recursive=True)]
    run_dir = server.socket_path.parent
    groups = [Path(line) for line in (run_dir / "groups").read_text().splitlines()]
    return Counter(
        {
            "processes": len(family),
            "descriptors": sum(descriptors(one.pid) for one in family),
            "descriptors of ours": descriptors(os.getpid()),
            "mounts": len(Path("/proc/self/mounts").read_text().splitlines()),
            "mounts of the fork server's": len(Path(f"/proc/{family[-2].pid}/mounts").read_text().splitlines()),
            "control groups": sum(1 for group in groups for one in group.rglob("*") if one.is_dir()),
            "files": sum(1 for folder in (run_dir, (run_dir / "homes").readlink()) for _ in folder.rglob("*")),
        }
    )


def descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def come_and_go(server: ForkServer, number: int) -> None:
    if number % 2:
        with server.open_session() as session:
            assert session.run("x = [0] * 1000; open('f', 'w').write('x')").error is None
        return
    with key_pipe(secrets.token_hex(32).encode()) as pipe:
        server.start_kernel(f"kernel-{number}", [pipe], datasets=["mx-entidades"]).close()


def test_kernels_and_sessions_leave_nothing_behind(server: ForkServer, way: str) -> None:
    def is_quiet() -> bool:
        status = server.status()
        return status.kernels == 0 and status.spares == 1

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda number: come_and_go(server, number), range(2 * AT_ONCE)))
        eventually(is_quiet)
        before = census(server)
        list(pool.map(lambda number: come_and_go(server, number), range(KERNELS[way])))
    eventually(is_quiet)
    # No more of anything: what tests before this one had open may go meanwhile.
    eventually(lambda: census(server) <= before, patience_s=20)
