"""Attacks by mass on what the system keeps for processes: descriptors, buffers, timers, queues, processors, room."""

from pathlib import Path

import psutil
import pytest
from support.bait import living
from support.cramped import OWN_UID, SMALL, outcome, pause, printed
from support.gateways import eventually
from support.sandbox import Way

from notebooks import ForkServer, Session

# Whatever a machine has is taken away here, and limits are enforced by looking twice a second.
pytestmark = pytest.mark.alone

DESCRIPTORS_IN_MANY = """
import os, time
def take():
    kept = []
    try:
        while True:
            kept += os.pipe()
    except OSError:
        time.sleep(600)
count = 0
try:
    while count < 500:
        if os.fork() == 0:
            take()
        count += 1
except OSError:
    pass
time.sleep(.5)
print(count)
"""


def test_descriptors_of_many_processes_end_at_the_limit_of_processes(cramped: Session) -> None:
    assert 0 < int(printed(outcome(cramped, DESCRIPTORS_IN_MANY))) < SMALL.processes


BUFFERS_IN_MANY = """
import os, socket, time
def fill():
    kept = []
    try:
        while True:
            pair = socket.socketpair()
            kept += pair
            for one in pair:
                one.setblocking(False)
                try:
                    while True: one.send(b"x" * 65536)
                except BlockingIOError:
                    pass
    except OSError:
        time.sleep(600)
try:
    for _ in range(24):
        if os.fork() == 0:
            fill()
except OSError:
    pass
time.sleep(3)
for line in open("/proc/meminfo"):
    if line.startswith("MemAvailable"): print(line.split()[1])
"""


def test_memory_that_the_system_keeps_for_buffers_is_bounded_too(
    cramped: Session, way: Way, request: pytest.FixtureRequest
) -> None:
    """24 times 125 pairs of 400 KiB would be a gigabyte, and none of it is in a process's own size.

    Known to be open: without a control group nothing counts it. docs/kernels.md says what to do about it.
    """
    if way == "rootless":
        request.applymarker(pytest.mark.xfail(strict=False))
    before = psutil.virtual_memory().available
    outcome(cramped, BUFFERS_IN_MANY)
    taken_mib = (before - psutil.virtual_memory().available) / 2**20
    assert taken_mib < 2 * SMALL.group_bytes / 2**20


SPARSE = """
import os
made = 0
try:
    for number in range(64):
        with open(f"sparse{number}", "wb") as file:
            file.truncate(SIZE)
            made += 1
except OSError as reason:
    print(reason.errno)
print(made, sum(os.stat(f"sparse{number}").st_size for number in range(made)))
"""


def test_a_file_with_holes_is_no_larger_than_any_other(cramped: Session) -> None:
    came = printed(outcome(cramped, SPARSE.replace("SIZE", "2**40"))).split()
    assert int(came[-1]) == 0


RESERVED = """
import os
reserved = 0
try:
    for number in range(200):
        descriptor = os.open(f"reserved{number}", os.O_CREAT | os.O_RDWR)
        os.posix_fallocate(descriptor, 0, 2 * 2**20)
        os.close(descriptor)
        reserved += 2
except OSError:
    pass
"""


def test_room_that_is_reserved_counts_as_taken(cramped: Session, way: Way) -> None:
    came = outcome(cramped, RESERVED + f"print(reserved)\n{pause(way)}")
    assert came == "died" or int(printed(came)) <= SMALL.home_mib


LOCKED = """
import ctypes, mmap
libc = ctypes.CDLL(None, use_errno=True)
page = mmap.mmap(-1, 64 * 2**20)
print(libc.mlock(ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(page))), 64 * 2**20), libc.mlockall(3))
"""


def test_memory_is_not_locked(cramped: Session) -> None:
    assert printed(outcome(cramped, LOCKED)) == "-1 -1\n"


TIMERS = """
import ctypes
libc, count, timer = ctypes.CDLL(None), 0, ctypes.c_void_p()
while count < 2_000_000 and libc.timer_create(1, None, ctypes.byref(timer)) == 0:
    count += 1
print(count)
"""
EPOLLS = """
import select
kept = []
try:
    while True: kept.append(select.epoll())
except OSError:
    print(len(kept))
kept.clear()
"""
QUEUES = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print(libc.mq_open(b"/aula", 0o102, 0o600, None), libc.msgget(0, 0o1600))
"""


def test_timers_end_at_a_limit(cramped: Session) -> None:
    """Of the system's for each user, or of the group's memory."""
    came = outcome(cramped, TIMERS)
    assert came == "memory" or int(printed(came)) < 2_000_000


def test_watches_end_at_the_limit_of_descriptors(cramped: Session) -> None:
    assert 0 < int(printed(outcome(cramped, EPOLLS))) < 256


def test_there_are_no_queues_of_messages(cramped: Session) -> None:
    assert printed(outcome(cramped, QUEUES)) == "-1 -1\n"


HOGS = """
import os
try:
    for _ in range(40):
        if os.fork() == 0:
            while True: pass
except OSError:
    pass
"""


def test_processors_are_shared_with_whoever_comes(server: ForkServer, cramped: Session) -> None:
    """Thirty processes that never rest do not keep a neighbour from answering, nor from being born."""
    assert outcome(cramped, HOGS) != "died"
    for _ in range(3):
        with server.open_session() as neighbour:
            assert neighbour.run("sum(range(10**6))", timeout_s=60).result == {"text/plain": "499999500000"}


STUBBORN = """
import os, signal, time
if os.fork() == 0:
    os.setsid()
    for number in range(1, 65):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    while True: time.sleep(600)
"""
HOLDER = """
import os, time
if os.fork() == 0:
    os.setsid()
    for one in range(3, 256):
        try: os.dup(one)
        except OSError: pass
    time.sleep(600)
os._exit(1)
"""


@pytest.mark.parametrize("source", [STUBBORN, HOLDER], ids=["ignores every signal", "holds every descriptor"])
def test_a_child_that_clings_goes_with_its_session(server: ForkServer, way: Way, source: str) -> None:
    before = living(server)
    with server.open_session(limits=SMALL) as session:
        uid = int(printed(session.run(OWN_UID))) if way == "container" else None
        outcome(session, source)
        its_own = living(server, uid) - before
    eventually(lambda: not its_own & living(server, uid))
    eventually(lambda: server.status().kernels == 0)


def test_what_is_cleared_away_is_its_own(server: ForkServer, way: Way, tmp_path: Path) -> None:
    """A home may hold links that lead elsewhere; whoever clears it does not follow them."""
    (tmp_path / "keep").mkdir()
    (tmp_path / "keep" / "file").write_text("x")
    tmp_path.chmod(0o777)
    with server.open_session() as session:
        printed(
            session.run(f"import os\nos.symlink({str(tmp_path)!r}, 'way')\nos.symlink({str(tmp_path / 'keep')!r}, 'd')")
        )
    eventually(lambda: server.status().kernels == 0)
    eventually(lambda: not any((server.socket_path.parent / "homes").iterdir()))
    assert (tmp_path / "keep" / "file").read_text() == "x"
