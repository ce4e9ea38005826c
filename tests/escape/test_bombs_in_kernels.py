"""The attacks by mass once more in kernels, behind a stock client: they end within their limits, and others live on."""

from collections.abc import Iterator
from queue import Empty

import pytest
from jupyter_client.manager import KernelManager
from support.bait import kernel_of, living, run_in
from support.gateways import eventually
from support.sandbox import Way, running_fork_server

from notebooks import ForkServer, Limits

# Whatever a machine has is taken away here, and limits are enforced by looking twice a second.
pytestmark = pytest.mark.alone

SMALL = Limits(memory_mib=192, processes=32, file_mib=4, home_mib=16)
ENDED = "ended"

FORKS = """
import os, time
count = 0
try:
    while count < 500:
        if os.fork() == 0:
            time.sleep(600)
            os._exit(0)
        count += 1
except OSError:
    pass
print(count)
"""
MULTIPLYING = """
import os, time
if os.fork() == 0:
    os.setsid()
    while True:
        try: os.fork()
        except OSError: time.sleep(.05)
time.sleep(.5)
print("sigue")
"""
THREADS = """
import threading
count = 0
try:
    for count in range(600):
        threading.Thread(target=threading.Event().wait, daemon=True).start()
except RuntimeError:
    pass
print(count)
"""
MEMORY_OF_MANY = """
import os, time
pids = []
for _ in range(6):
    pids.append(os.fork())
    if pids[-1] == 0:
        mine = bytearray(b"x") * (120 * 2**20)
        time.sleep(600)
time.sleep(2)
print(sum(os.waitpid(pid, os.WNOHANG) == (0, 0) for pid in pids))
"""
MEMORY_OF_ONE = """
try: kept = bytearray(400 * 2**20)
except MemoryError: print("refused")
"""
DISK = """
import os
written = 0
try:
    for number in range(200):
        with open(f"file{number}", "wb", buffering=0) as file:
            written += file.write(b"x" * 2**20)
except OSError:
    pass
print(written // 2**20)
"""
HOGS = """
import os
try:
    for _ in range(20):
        if os.fork() == 0:
            while True: pass
except OSError:
    pass
print("sigue")
"""


@pytest.fixture(scope="module")
def small_server(way: Way) -> Iterator[ForkServer]:
    """A fork server whose kernels all have small limits, for a client cannot ask for others."""
    with running_fork_server(way, limits=SMALL) as one:
        yield one


@pytest.fixture
def kernel(small_server: ForkServer) -> Iterator[KernelManager]:
    """A kernel to be attacked; afterwards nothing of it is left, and its neighbour has not noticed."""
    with kernel_of(small_server) as neighbour:
        run_in(neighbour, "x = 'aquí'")
        before = living(small_server)
        with kernel_of(small_server) as one:
            yield one
        eventually(lambda: living(small_server) <= before)
        assert run_in(neighbour, "print(x, end='')") == "aquí"
    eventually(lambda: small_server.status().kernels == 0)


def said(kernel: KernelManager, source: str) -> str:
    """What a cell prints; ENDED where its kernel does not live to the cell's end."""
    client, texts = kernel.client(), []
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        wanted = client.execute(source)
        while kernel.is_alive():
            try:
                message = client.get_iopub_msg(timeout=0.5)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") == wanted:
                texts.append(message["content"].get("text", ""))
                if message["content"].get("execution_state") == "idle":
                    return "".join(texts)
    finally:
        client.stop_channels()
    return ENDED


def test_forks_end_at_the_limit(kernel: KernelManager) -> None:
    assert 0 < int(said(kernel, FORKS)) < SMALL.processes


def test_children_that_multiply_end_at_the_limit(kernel: KernelManager) -> None:
    assert said(kernel, MULTIPLYING) == "sigue\n"


def test_threads_end_at_the_limit(kernel: KernelManager) -> None:
    assert 0 < int(said(kernel, THREADS)) < SMALL.processes


def test_one_process_gets_no_more_memory_than_its_limit(kernel: KernelManager) -> None:
    assert said(kernel, MEMORY_OF_ONE) == "refused\n"


def test_many_processes_get_no_more_memory_together(kernel: KernelManager) -> None:
    """Six times 120 MiB, where all may have 272 together."""
    came = said(kernel, MEMORY_OF_MANY)
    assert came == ENDED or int(came) < 6


def test_files_end_at_the_limit(kernel: KernelManager, way: Way) -> None:
    """In grade container by looking, twice a second; so the cell may get to its end first."""
    came = said(kernel, DISK)
    assert came == ENDED or int(came) <= SMALL.home_mib or way == "container"
    if came != ENDED and int(came) > SMALL.home_mib:
        eventually(lambda: not kernel.is_alive())


def test_processors_are_shared_with_the_neighbour(kernel: KernelManager, small_server: ForkServer) -> None:
    assert said(kernel, HOGS) == "sigue\n"
    with kernel_of(small_server) as newborn:
        assert run_in(newborn, "print(sum(range(10**6)), end='')") == "499999500000"
