"""Several processes at work for one cell: all ways of it in namespaces, in a container those that need no lock."""

from collections.abc import Iterator

import pytest
from support.sandbox import WAYS, Way, running_fork_server

from notebooks import CellReply, ForkServer

OWN = "import multiprocessing\ndef square(x): return x * x\n"
POOL_OF_FORKS = f"{OWN}with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(square, [1, 2, 3]))"
POOL_OF_FRESH_ONES = """
import math, multiprocessing
with multiprocessing.get_context('spawn').Pool(2) as pool:
    print([int(x) for x in pool.map(math.sqrt, [1, 16, 81])])
"""
EXECUTOR = f"""
{OWN}
from concurrent.futures import ProcessPoolExecutor
with ProcessPoolExecutor(2) as pool:
    print(list(pool.map(square, [1, 2, 3])))
"""
THREADS = """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    print(list(pool.map(abs, [-1, -4, -9])))
"""
A_PROCESS_WITH_A_PIPE = f"""
{OWN}
ours, theirs = multiprocessing.Pipe()
child = multiprocessing.get_context('fork').Process(target=lambda: theirs.send(square(3)))
child.start()
print([1, 4, ours.recv()])
child.join()
"""
A_FORK = """
import os
reader, writer = os.pipe()
if os.fork() == 0:
    os.write(writer, b'[1, 4, 9]')
    os._exit(0)
os.wait()
print(os.read(reader, 99).decode())
"""
A_PROGRAM = """
import subprocess, sys
print(subprocess.check_output([sys.executable, '-c', 'print([1, 4, 9])'], text=True), end='')
"""
SERVER_OF_FORKS = """
import multiprocessing
with multiprocessing.get_context('forkserver').Pool(2):
    pass
"""


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    found: Way = request.param
    return found


@pytest.fixture(scope="module")
def server(way: Way) -> Iterator[ForkServer]:
    with running_fork_server(way) as one:
        yield one


def run(server: ForkServer, source: str) -> CellReply:
    with server.open_session() as session:
        return session.run(source, timeout_s=60)


@pytest.mark.parametrize("source", [POOL_OF_FORKS, POOL_OF_FRESH_ONES, EXECUTOR], ids=["fork", "spawn", "executor"])
def test_pools_of_processes_work_where_locks_can_be_shared(server: ForkServer, way: Way, source: str) -> None:
    reply = run(server, source)
    if way == "container":
        assert reply.error is not None
        assert reply.error.name in ("PermissionError", "OSError")
    else:
        assert (reply.error, reply.stdout) == (None, "[1, 4, 9]\n")


@pytest.mark.parametrize(
    "source", [THREADS, A_PROCESS_WITH_A_PIPE, A_FORK, A_PROGRAM], ids=["threads", "a pipe", "a fork", "a program"]
)
def test_these_work_everywhere(server: ForkServer, source: str) -> None:
    reply = run(server, source)
    assert (reply.error, reply.stdout) == (None, "[1, 4, 9]\n")


def test_the_server_of_forks_is_refused_at_once(server: ForkServer) -> None:
    """It would need a socket with a name."""
    error = run(server, SERVER_OF_FORKS).error
    assert error is not None
    assert error.name == "PermissionError"
