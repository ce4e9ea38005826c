"""Step 2: cells run in a session, within limits."""

import pytest

from graders.execute import Execution, execute
from graders.report import Warning
from notebooks import Cell, ForkServer, Limits

QUICK = Limits(cell_timeout_s=1.0, memory_mib=512)


def run(server: ForkServer, *sources: str, limits: Limits | None = None) -> Execution:
    limits = limits or Limits()
    cells = [Cell(f"c{at}", "code", source) for at, source in enumerate(sources)]
    with server.open_session(limits=limits) as session:
        return execute(session, cells, limits)


def test_cells_that_end_well_are_done(fork_server: ForkServer) -> None:
    assert run(fork_server, "x = 1", "y = x + 1") == Execution("done")


def test_an_exception_in_the_answer_is_told_with_its_line(fork_server: ForkServer) -> None:
    done = run(fork_server, "x = 1", "y = x\n\n1 / 0")
    assert done.ending == "error"
    assert done.fault is not None
    assert (done.fault.cell_id, done.fault.name, done.fault.value, done.fault.line) == (
        "c1", "ZeroDivisionError", "division by zero", 3,
    )  # fmt: skip


def test_an_earlier_exception_is_a_warning(fork_server: ForkServer) -> None:
    done = run(fork_server, "1 / 0", "y = 2")
    assert done == Execution("done", None, (Warning("earlier_cell_failed", "c0", {"name": "ZeroDivisionError"}),))


def test_an_earlier_cell_that_takes_too_long_is_a_warning(fork_server: ForkServer) -> None:
    done = run(fork_server, "while True: pass", "y = 2", limits=QUICK)
    assert done == Execution("done", None, (Warning("earlier_cell_failed", "c0", {"name": "TimeoutError"}),))


def test_an_answer_that_takes_too_long_is_a_timeout(fork_server: ForkServer) -> None:
    done = run(fork_server, "while True: pass", limits=QUICK)
    assert (done.ending, done.fault.cell_id if done.fault else "") == ("timeout", "c0")


def test_earlier_cells_never_take_the_answers_time(fork_server: ForkServer) -> None:
    loop = "while True:\n    pass"
    done = run(fork_server, loop, loop, loop, loop, "y = 2", limits=QUICK)
    assert (done.ending, [one.cell_id for one in done.warnings]) == ("done", ["c0", "c1", "c2", "c3"])


def test_an_earlier_cell_that_ends_the_session_is_named(fork_server: ForkServer) -> None:
    done = run(fork_server, "x = 1", "import os\nos._exit(0)", "y = 2")
    assert (done.ending, done.lost_in) == ("died", "c1")


@pytest.mark.parametrize(
    ("source", "ending"),
    [
        ("import os\nos._exit(0)", "died"),
        ("import ctypes\nctypes.string_at(0)", "died"),
        ("x = bytearray(3 * 2**30)", "out_of_memory"),
        ("import sys\nsys.exit()", "error"),
    ],
)
def test_how_an_answer_ends_is_never_confused(fork_server: ForkServer, source: str, ending: str) -> None:
    assert run(fork_server, source, limits=Limits(memory_mib=512)).ending == ending


def test_a_picture_in_the_answer_is_noticed(fork_server: ForkServer) -> None:
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    assert "image/png" in run(fork_server, plot).shown[-1]
    assert run(fork_server, plot, "x = 1").shown == ()
