"""Everything that each kernel would do at its start, done once: imports, caches, first calls; then memory is frozen."""

import gc
import importlib
import io
import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

# A debugger would bring threads, and learners could attach it.
sys.modules["debugpy"] = None  # type: ignore[assignment]  # Python's own way to say "not importable"

LIBRARIES = (
    "numpy", "pandas", "pyarrow", "pyarrow.compute", "matplotlib.pyplot", "matplotlib.figure",
    "IPython.core.completer", "IPython.core.magics", "IPython.display", "jedi", "aula", "aula.panel",
)  # fmt: skip
REHEARSAL = "import pandas as pd\ndisplay(pd.DataFrame({'a': [1, 2]}))\nprint(1)\n1/0\n"


class CannotPreload(Exception):
    """A library cannot be loaded before the fork. The message names it and says what to do."""


def preload(more: Sequence[str]) -> None:
    """Import what learners import, and run what their first cells run, so that the memory of it is shared.

    Raises: CannotPreload where a library is not there, or starts threads: after a fork those may hang.
    """
    for name in (*LIBRARIES, *more):
        _load(name)
    _warm_up()
    _check_threads("the rehearsal of first cells")
    from . import shells  # noqa: PLC0415  # ipykernel must find debugpy refused, which this module does

    shells.make_shells()
    _rehearse(_rehearse_kernel)
    _rehearse(_rehearse_session)
    _check_threads("what a first cell imports")


def freeze() -> None:
    """From now on no collection touches, and so copies, what is there. Each child switches collection on again."""
    gc.collect()
    gc.disable()
    gc.freeze()


def _load(name: str) -> None:
    try:
        importlib.import_module(name)
    except Exception as error:  # a library's import may fail in any way
        raise CannotPreload(
            f"The library {name} cannot be imported before the fork: {type(error).__name__}: {error}. "
            "Install it into the kernels' environment (`make setup`), or take it off the list of what is preloaded."
        ) from error
    _check_threads(name)


def _check_threads(culprit: str) -> None:
    count = len(list(Path("/proc/self/task").iterdir()))
    if count != 1:
        raise CannotPreload(
            f"After {culprit} was loaded, the fork server has {count} threads, and a fork of threads may hang kernels. "
            "Take it off the list of what is preloaded, or set what keeps it to one thread, as OPENBLAS_NUM_THREADS=1."
        )


def _warm_up() -> None:
    pandas, numpy = sys.modules["pandas"], sys.modules["numpy"]
    pyplot = sys.modules["matplotlib.pyplot"]
    days = pandas.date_range("2026-01-01", periods=20)
    table = pandas.DataFrame({"g": list("abab") * 5, "v": range(20), "d": days})
    table.groupby("g").v.agg(["mean", "sum"]).reset_index().to_html()
    table.merge(table, on="v").describe()
    repr(table)
    pandas.read_csv(io.StringIO(table.to_csv(index=False)))
    figure, axes = pyplot.subplots()
    axes.plot(table.v)
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close("all")
    numpy.linalg.inv(numpy.eye(3))
    numpy.random.default_rng(0).normal(size=3)


def _rehearse(play: Callable[[], None]) -> None:
    """Let a child, outside any sandbox, start for real; import here whatever it had to import there."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        known = set(sys.modules)
        try:
            play()
        finally:
            os.write(writer, json.dumps([name for name in sys.modules if name not in known]).encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        names = json.loads(pipe.read() or b"[]")
    os.waitpid(pid, 0)
    for name in names:
        # What is made by a running kernel, such as __main__'s parts, cannot be imported and need not be.
        try:
            importlib.import_module(name)
        except ImportError:
            continue


def _rehearse_kernel() -> None:
    from . import kernel_child  # noqa: PLC0415  # likewise

    listeners = []
    for _ in kernel_child.PORTS:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("")  # a name that the system makes up
        listener.listen(1)
        listeners.append(listener.detach())
    kernel_child.make_python_kernel(listeners, b"rehearsal", os.environ["HOME"]).shell.run_cell(REHEARSAL)


def _rehearse_session() -> None:
    from . import session_child  # noqa: PLC0415  # likewise

    here, there = socket.socketpair()
    for order in ({"op": "run", "id": 1, "source": REHEARSAL, "output_bytes": 9999, "output_lines": 99},):
        here.sendall(json.dumps(order).encode() + b"\n")
    here.shutdown(socket.SHUT_WR)
    session_child.serve_session(there, os.environ["HOME"], "/tmp", lambda: None)  # noqa: S108  # a rehearsal's output
