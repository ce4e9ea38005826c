"""Whatever a graded cell does, its session answers or says that it is over. The rules: docs/kernels.md."""

import pytest

from notebooks import CellReply, CellTimeout, Session

DAEMON = """
import os, time
if os.fork() == 0:
    while True:
        os.write(1, b'demonio')
        time.sleep(600)
"""


def run_well(session: Session, source: str) -> CellReply:
    """The reply to a cell that ends well."""
    reply = session.run(source, timeout_s=60)
    assert reply.error is None, reply.error
    return reply


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import numpy as np\na = np.random.rand(800, 800)\nwhile True: a @ a",
        "import time\ntime.sleep(600)",
        "import asyncio\nawait asyncio.sleep(600)",
        "import asyncio\nwhile True: await asyncio.sleep(0)",
        "!sleep 600",
        "%%bash\nsleep 600",
        "!sleep 600 & echo hola",
    ],
    ids=["python", "NumPy in C", "sleep", "await", "await at work", "program", "bash", "child that holds the pipe"],
)
def test_what_takes_too_long_is_interrupted_and_memory_stays(session: Session, source: str) -> None:
    session.run("x = 7")
    with pytest.raises(CellTimeout) as told:
        session.run(source, timeout_s=1)
    assert not told.value.is_session_over
    assert session.run("x").result == {"text/plain": "7"}


def test_magics_commands_and_bash_cells_work(session: Session) -> None:
    assert "per loop" in run_well(session, "%timeit -n 10 -r 2 1 + 1").stdout
    assert "Wall time" in run_well(session, "%%time\nx = 3").stdout
    assert run_well(session, "%who").stdout == "x\t \n"
    reply = run_well(session, "%%bash\necho hola\necho mal >&2")
    assert (reply.stdout, reply.stderr) == ("hola\n", "mal\n")


def test_top_level_await_gives_its_value(session: Session) -> None:
    assert run_well(session, "import asyncio\nawait asyncio.sleep(0, 42)").result == {"text/plain": "42"}


def test_a_loop_runs_in_every_cell_as_in_a_kernel(session: Session) -> None:
    run_well(session, "import asyncio\nasync def f(): return 5\ntask = asyncio.create_task(f())")
    assert run_well(session, "await task").result == {"text/plain": "5"}


def test_what_a_thread_prints_later_belongs_to_the_cell_that_runs_then(session: Session) -> None:
    later = (
        "import threading\ngo, gone = threading.Event(), threading.Event()\n"
        "def f():\n    go.wait()\n    print('tarde')\n    gone.set()\nthreading.Thread(target=f).start()\nprint('fin')"
    )
    assert run_well(session, later).stdout == "fin\n"
    assert run_well(session, "go.set()\nsalio = gone.wait(20)\nprint('otro')").stdout == "tarde\notro\n"


def test_a_thread_that_floods_does_not_keep_cells_from_ending(session: Session) -> None:
    run_well(session, "import threading\ndef f():\n    while True: print('x')\nthreading.Thread(target=f).start()")
    assert run_well(session, "40 + 2").result == {"text/plain": "42"}  # what is printed may all be the thread's


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nsys.stdout.close()",
        "import os\nos.close(1)\nos.close(2)",
        "import sys\nsys.stdout = sys.stderr = None",
        "import io, sys\nsys.stdout = io.StringIO()\nsys.stdout.close()",
        "quit()",
        "exit",
        "import sys\nsys.exit(3)",
        "print('a\\ud800b')",
        "display({'text/plain': 'a\\ud800b'}, raw=True)",
        "raise ValueError('a\\ud800b')",
        "import os\nos.write(1, bytes(range(256)))",
        "from IPython.display import Image\ndisplay(Image(bytes(30 * 2**20), format='png'))",
        "display({'image/png': bytes(range(256))}, raw=True)",
        "import subprocess\nchild = subprocess.Popen(['sleep', '600'])",
        DAEMON,
        "def f(): f()\nf()",
    ],
    ids=[
        "output closed", "descriptors closed", "no output", "another output closed", "quit", "exit", "sys.exit",
        "half a pair printed", "half a pair shown", "half a pair raised", "binary printed", "30 MB", "binary shown",
        "program left", "daemon", "recursion",
    ],
)  # fmt: skip
def test_the_next_cell_works_after(session: Session, source: str) -> None:
    session.run(source, timeout_s=60)
    assert "vivo\n" in session.run("print('vivo')").stdout


@pytest.mark.parametrize("source", ["quit()", "exit()", "exit"])
def test_quitting_is_no_error(session: Session, source: str) -> None:
    assert run_well(session, f"x = 7\n{source}" if "(" in source else source)
