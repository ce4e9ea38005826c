"""Attacks by mass: processes, memory, disk, descriptors, output. Each ends within its limits; others do not notice."""

import pytest
from support.bait import living
from support.cramped import OWN_UID, SMALL, outcome, pause, printed
from support.gateways import eventually
from support.sandbox import Way

from notebooks import CellReply, ForkServer, Session

# Whatever a machine has is taken away here, and limits are enforced by looking twice a second.
pytestmark = pytest.mark.alone


def error_of(reply: CellReply | str) -> str:
    assert isinstance(reply, CellReply), reply
    assert reply.error is not None, reply
    return reply.error.name


FORK_BOMB = """
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
MULTIPLYING_DAEMONS = """
import os, time
if os.fork() == 0:
    os.setsid()
    while True:
        try: os.fork()
        except OSError: time.sleep(.05)
time.sleep(.5)
"""
DAEMON = """
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "600"])
    os._exit(0)
os.wait()
"""
THREAD_BOMB = """
import threading, time
count = 0
try:
    for count in range(600):
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
except RuntimeError:
    pass
print(count)
"""


def test_forks_end_at_the_limit(cramped: Session) -> None:
    assert 0 < int(printed(outcome(cramped, FORK_BOMB))) < SMALL.processes


def test_threads_end_at_the_limit(cramped: Session) -> None:
    assert 0 < int(printed(outcome(cramped, THREAD_BOMB))) < SMALL.processes


@pytest.mark.parametrize("source", [DAEMON, MULTIPLYING_DAEMONS, FORK_BOMB], ids=["one", "multiplying", "many"])
def test_no_process_outlives_its_session(server: ForkServer, way: Way, source: str) -> None:
    before = living(server)
    with server.open_session(limits=SMALL) as session:
        uid = int(printed(session.run(OWN_UID))) if way == "container" else None
        outcome(session, source)
        its_own = living(server, uid) - before
        assert len(its_own) >= 2
    eventually(lambda: not its_own & living(server, uid))


def test_one_process_gets_no_more_memory_than_its_limit(cramped: Session) -> None:
    assert error_of(outcome(cramped, "x = bytearray(400 * 2**20)")) == "MemoryError"
    assert error_of(outcome(cramped, "import numpy as np\nx = np.ones(400 * 2**17)")) in (
        "MemoryError",
        "_ArrayMemoryError",
    )
    assert printed(outcome(cramped, "print('sigue')")) == "sigue\n"


MANY_TAKE_MEMORY = """
import os, time
def take():
    mine = bytearray(b"x") * (120 * 2**20)
    time.sleep(600)
pids = []
for _ in range(6):
    pids.append(os.fork())
    if pids[-1] == 0:
        take()
time.sleep(2)
print(sum(os.waitpid(pid, os.WNOHANG) == (0, 0) for pid in pids))
"""


def test_many_processes_get_no_more_memory_together(cramped: Session) -> None:
    """Six times 120 MiB, where all may have 272 together. A control group ends the largest; else the session goes."""
    came = outcome(cramped, MANY_TAKE_MEMORY)
    assert came in ("memory", "timeout") or int(printed(came)) < 6


FILL = """
import os
def fill(folder, count, mib):
    written = 0
    for number in range(count):
        try:
            os.makedirs(folder, exist_ok=True)
            with open(f"{folder}/{number}", "wb", buffering=0) as file:
                for _ in range(mib):
                    written += file.write(b"x" * 2**20)
        except OSError:
            break
    return written // 2**20
"""


def test_one_file_ends_at_its_limit(cramped: Session) -> None:
    assert int(printed(outcome(cramped, FILL + "print(fill('d', 1, 100))"))) <= SMALL.file_mib


@pytest.mark.parametrize("folder", [".", "/tmp", "/dev/shm"])
def test_many_files_end_at_the_limit(cramped: Session, way: Way, folder: str) -> None:
    """In grade container nothing stops a write at once; the session that filled its home is ended."""
    came = outcome(cramped, FILL + f"print(fill('{folder}/d', 200, 2))\n{pause(way)}")
    assert came == "died" or int(printed(came)) <= SMALL.home_mib


MANY_FILES = """
count = 0
try:
    while count < 20_000:
        open(f"f{count}", "w").close()
        count += 1
except OSError:
    pass
"""
MANY_DESCRIPTORS = """
kept = []
try:
    while True:
        kept.append(open("/dev/null"))
except OSError:
    pass
print(len(kept))
kept.clear()
"""


def test_empty_files_end_at_the_limit(cramped: Session, way: Way) -> None:
    came = outcome(cramped, MANY_FILES + f"print(count)\n{pause(way)}")
    assert came == "died" or int(printed(came)) < 2_100


def test_folders_nested_without_end_do_not_stop_the_cleaning(cramped: Session, way: Way) -> None:
    outcome(cramped, f"import os\nfor _ in range(1900):\n    os.mkdir('d')\n    os.chdir('d')\n{pause(way)}")


def test_descriptors_end_at_the_limit(cramped: Session) -> None:
    assert 0 < int(printed(outcome(cramped, MANY_DESCRIPTORS))) < 256


@pytest.mark.parametrize(
    "source",
    [
        "print('x' * 50_000_000)",
        "for _ in range(200_000): print('línea')",
        "import os\nfor _ in range(100): os.write(1, b'x' * 2**20)",
        "import sys\nsys.stderr.write('x' * 50_000_000)",
        "!yes | head -c 50000000",
        "for _ in range(300): display('x' * 10**6)",
        "'x' * 50_000_000",
        "raise ValueError('x' * 50_000_000)",
        "class E(Exception):\n    def __str__(self): raise MemoryError\nraise E",
        "class R:\n    def __repr__(self): return 'y' * 50_000_000\nR()",
    ],
    ids=[
        "print",
        "lines",
        "descriptor",
        "errors",
        "program",
        "displays",
        "result",
        "error",
        "bad",
        "repr",
    ],
)
def test_output_is_held_to_its_limit(cramped: Session, source: str) -> None:
    came = outcome(cramped, source)
    assert isinstance(came, CellReply), came
    assert len(came.stdout) + len(came.stderr) <= 2 * SMALL.output_bytes
    assert sum(len(text) for one in came.displays for text in one.values()) <= 9 * 2**20
    assert came.error is None or len("".join(came.error.traceback)) <= 100_000
    assert printed(outcome(cramped, "print('sigue')")) == "sigue\n"
