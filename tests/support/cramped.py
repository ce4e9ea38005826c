"""A session with little room, and what comes of a cell that wants more."""

from support.sandbox import Way

from notebooks import CellReply, CellTimeout, KernelLost, Limits, Session

SMALL = Limits(memory_mib=192, processes=32, file_mib=4, home_mib=16, output_bytes=20_000, output_lines=200)
OWN_UID = "import os\nprint(os.getuid(), end='')"


def outcome(session: Session, source: str, timeout_s: float = 20.0) -> CellReply | str:
    """What came of a cell: its reply, or in a word how the session ended."""
    try:
        return session.run(source, timeout_s=timeout_s)
    except KernelLost as reason:
        return reason.reason
    except CellTimeout:
        return "timeout"


def printed(reply: CellReply | str) -> str:
    assert isinstance(reply, CellReply), reply
    assert reply.error is None, reply.error
    return reply.stdout


def pause(way: Way) -> str:
    """A cell's last line where what it did is only found by looking, twice a second."""
    return "import time\ntime.sleep(2)" if way == "container" else ""
