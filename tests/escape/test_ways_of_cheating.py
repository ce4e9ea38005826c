"""Attacks on whoever listens: forged replies, ignored signals, processes that hold on or do not speak."""

import contextlib
from collections.abc import Iterator

import pytest
from support.sandbox import Way

from notebooks import CellTimeout, ForkServer, KernelLost, ProbeRefused, Session

# One kernel serves a whole file here, so whatever ended it from outside would fail all that follows.
pytestmark = pytest.mark.alone

PROBE = "def look(user_ns, arguments):\n    return eval(arguments['what'], user_ns)\n"
# The socket that answers go out on: the only one whose other end was not made in here.
CHANNEL = """
import os, socket, struct
def channel():
    for one in range(3, 256):
        try:
            found = socket.socket(fileno=os.dup(one))
            maker, _, _ = struct.unpack("3i", found.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        except OSError:
            continue
        if maker != os.getpid():
            return found
"""


@pytest.fixture
def session(server: ForkServer) -> Iterator[Session]:
    with server.open_session() as one:
        yield one


@pytest.mark.parametrize(
    "said",
    [
        '{"id":%d,"answer":{}}', '{"id":%d,"answer":{"value":1}}', "not json", "[]", '{"id":99,"answer":{}}',
        '{"id":%d,"answer":NaN}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_forged_reply_ends_the_session_and_is_not_believed(session: Session, said: str) -> None:
    """The learner's process owns the channel, so it may say anything; but it says it once too often."""
    line = said % 1 if "%d" in said else said
    with pytest.raises(KernelLost) as lost:
        say_and_go_on(session, line)
    assert lost.value.reason == "died"


def say_and_go_on(session: Session, line: str) -> object:
    """A cell that says a line of its own on the channel, and whatever is believed of the next answer."""
    session.run(f"{CHANNEL}\nchannel().sendall({line!r}.encode() + b'\\n')")
    return session.ask(PROBE, "look", {"what": "6 * 9"})


def test_a_whole_forged_reply_does_not_stand_for_a_later_answer(session: Session) -> None:
    """A value said ahead of time is not taken for the probe's."""
    forged = '{"id":2,"answer":{"value":42}}'
    with pytest.raises((KernelLost, ProbeRefused)):
        say_and_go_on(session, forged)


def test_an_answer_without_an_end_is_cut(session: Session) -> None:
    flood = f"{CHANNEL}\nout = channel()\nwhile True: out.sendall(b'x' * 2**20)"
    with pytest.raises(KernelLost) as lost:
        session.run(flood, timeout_s=60)
    assert lost.value.reason == "died"


def test_a_probe_that_is_flooded_is_refused(session: Session) -> None:
    session.run(CHANNEL + "\ndef flood():\n    out = channel()\n    while True: out.sendall(b'x' * 2**20)")
    with pytest.raises(ProbeRefused, match="longer than"):
        session.ask(PROBE, "look", {"what": "flood()"}, most_bytes=2**20)


@pytest.mark.parametrize(
    "source",
    [
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\nwhile True: pass",
        "import ctypes\nctypes.CDLL(None).sleep(600)\nwhile True: ctypes.CDLL(None).sleep(600)",
    ],
    ids=["ignored", "blocked", "in C"],
)
def test_whoever_does_not_heed_the_interrupt_is_ended(session: Session, source: str) -> None:
    with pytest.raises(CellTimeout) as told:
        session.run(source, timeout_s=0.2)
    assert told.value.is_session_over or session.run("1").error is None


def test_one_that_stops_itself_is_ended(session: Session, way: Way) -> None:
    """The first process of a pid namespace cannot be stopped, so there the cell just ends."""
    stop = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"
    if way != "container":
        assert session.run(stop).error is None
        return
    with pytest.raises(CellTimeout) as told:
        session.run(stop, timeout_s=0.3)
    assert told.value.is_session_over


@pytest.mark.parametrize("call", [0x40000000 + 39, 0x40000000 + 41], ids=["x32 getpid", "x32 socket"])
def test_calls_in_another_dialect_end_the_process(session: Session, call: int) -> None:
    """A filter that knows the numbers of one dialect only must not meet another."""
    with pytest.raises(KernelLost):
        session.run(f"import ctypes\nprint(ctypes.CDLL(None).syscall({call}, 2, 1, 0))", timeout_s=20)


def test_calls_of_32_bit_programs_end_the_process(session: Session) -> None:
    """int 0x80 with number 20, which is getpid there and writev here."""
    source = (
        "import ctypes, mmap\n"
        "page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)\n"
        "page.write(bytes.fromhex('b814000000cd80c3'))\n"
        "print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))())"
    )
    with pytest.raises(KernelLost):
        session.run(source, timeout_s=20)


def test_the_network_library_of_notebooks_ends_only_its_own_process(session: Session, server: ForkServer) -> None:
    """libzmq aborts where it may not open a socket."""
    with pytest.raises(KernelLost) as lost:
        session.run("import zmq\nzmq.Context().socket(zmq.REP).bind('tcp://127.0.0.1:0')", timeout_s=20)
    assert lost.value.reason == "died"
    with server.open_session() as another:
        assert another.run("1").error is None


KILL_ALL = (
    "import os, signal\nos.kill(-1, signal.SIGKILL)\nos.kill(os.getpid(), signal.SIGTERM)\nos.kill(1, signal.SIGKILL)"
)


def test_killing_everything_kills_at_most_itself(session: Session, server: ForkServer) -> None:
    with server.open_session() as neighbour:
        neighbour.run("x = 1")
        with contextlib.suppress(KernelLost):
            session.run(KILL_ALL, timeout_s=5)
        assert neighbour.run("x").result == {"text/plain": "1"}


def test_a_probe_is_not_fooled_into_a_value_that_is_none(session: Session) -> None:
    session.run("class Yes:\n    def __eq__(self, other): return True\n    def __repr__(self): return '42'\nx = Yes()")
    with pytest.raises(ProbeRefused):
        session.ask(PROBE, "look", {"what": "x"})


def test_replacing_the_encoder_does_not_reach_the_session_s_own(session: Session) -> None:
    session.run("import json\njson.JSONEncoder.encode = lambda self, value: '42'\njson.dumps = lambda *a, **k: '42'")
    assert session.ask(PROBE, "look", {"what": "1 + 1"}) in (2, 42)
    assert session.run("'sigue'").result == {"text/plain": "'sigue'"}
