"""A cell means the same in a clean session, where it is graded, as in a kernel, where the learner wrote it."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from notebooks import CellReply, ForkServer, Session, install_kernelspec

CELLS = {
    "prints": "print('a', 'ñ', sep='\\n', end='')",
    "warns": "import warnings\nwarnings.warn('cuidado')",
    "last expression": "x = 2\nx * 21",
    "silent last expression": "x * 21;",
    "nothing": "# solo un comentario",
    "none": "None",
    "table": "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', None]})",
    "series": "pd.Series([1.5, 2.5], name='s')",
    "display": "display('uno')\ndisplay({'text/html': '<b>2</b>'}, raw=True)\n3",
    "display updated": "h = display('uno', display_id=True)\nh.update('dos')",
    "cleared": "from IPython.display import clear_output\nprint('antes')\ndisplay(1)\nclear_output()\ndisplay(2)",
    "cleared when the next comes": "for i in range(3):\n    print(i)\n    clear_output(wait=True)",
    "html": "from IPython.display import HTML\nHTML('<i>hola</i>')",
    "chart": "import matplotlib.pyplot as plt\nplt.bar(['a', 'b'], [1, 2])\nplt.show()",
    "chart without show": "plt.plot([1, 2]);",
    "chart with axes": "fig, ax = plt.subplots()\nax.set_title('t')",
    "error": "def f(n):\n    return 1 / n\nf(0)",
    "error of a library": "pd.DataFrame({'a': [1]})['b']",
    "syntax error": "si x:\n    pass",
    "indentation error": "if True:\nx = 1",
    "error without words": "raise ValueError",
    "error with long words": "raise ValueError('x' * 500)",
    "chained error": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise RuntimeError('otra') from e",
    "leaving": "import sys\nsys.exit(3)",
    "input": "try:\n    input()\nexcept Exception as error:\n    print(type(error).__name__, error)",
    "magic": "%matplotlib inline\n%precision 2\n3.14159",
    "cell magic": "%%capture salida\nprint('dentro')",
    "captured": "salida.stdout",
    "unknown magic": "%nohay",
    "command": "!echo hola; echo mal >&2; exit 3",
    "exit code": "_exit_code",
    "command into a name": "lineas = !printf 'a\\nb\\n'\nlineas",
    "top-level await": "import asyncio\nawait asyncio.sleep(0, 'esperado')",
    "question": "len?",
    "history": "_, __, _i",
    "assignment in a loop": "for i in range(3):\n    i",
    "class": "class P:\n    _repr_html_ = lambda self: '<p>'\n    __repr__ = lambda self: 'P'\nP()",
    "bad repr": "class M:\n    def __repr__(self):\n        raise KeyError('x')\nM()",
    "dataset": "import aula\naula.datos('mx-entidades').head(2)",
    "bars": "aula.barras(pd.Series([3, 1], index=['a', 'b']), titulo='t')",
    "where": "import os\nos.getcwd(), os.environ['USER'], sorted(os.listdir('/data'))",
    "randomness": "import random\nrandom.random() != random.random()",
    "main": "__name__",
    "annotations": "v: int = 3\n__annotations__",
}


@pytest.fixture(scope="module")
def client(fork_server: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingKernelClient]:
    prefix = tmp_path_factory.mktemp("prefix")
    install_kernelspec(prefix)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(prefix / "share" / "jupyter"))
        patch.setenv("AULA_FORK_SERVER", str(fork_server.socket_path))
        manager = KernelManager(kernel_name="aula-python")
        manager.start_kernel(env={**os.environ, "AULA_DATASETS": "mx-entidades"})
    one = manager.client()
    one.start_channels()
    one.wait_for_ready(timeout=60)
    yield one
    one.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def session(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session(datasets=("mx-entidades",), seed=None) as one:
        yield one


class Told:
    """What a kernel says of a cell, put together as a page does."""

    def __init__(self) -> None:
        self.printed = {"stdout": "", "stderr": ""}
        self.displays: dict[Any, dict[str, str]] = {}
        self.result: dict[str, str] | None = None
        self.error: tuple[str, str, str] | None = None
        self.clears_at_next = False

    def hear(self, message: dict[str, Any]) -> None:
        content = message["content"]
        if self.clears_at_next and message["msg_type"] in ("stream", "display_data"):
            self.clear()
        match message["msg_type"]:
            case "stream":
                self.printed[content["name"]] += content["text"]
            case "display_data" | "update_display_data":
                key = content["transient"].get("display_id", len(self.displays))
                self.displays[key] = texts(content["data"])
            case "execute_result":
                self.result = texts(content["data"])
            case "error":
                self.error = (content["ename"], content["evalue"], "\n".join(content["traceback"]))
            case "clear_output":
                self.clears_at_next = True
                if not content["wait"]:
                    self.clear()

    def clear(self) -> None:
        self.clears_at_next = False
        self.printed = {"stdout": "", "stderr": ""}
        self.displays.clear()


def from_kernel(client: BlockingKernelClient, source: str) -> dict[str, Any]:
    told = Told()
    client.execute_interactive(source, allow_stdin=False, stop_on_error=False, output_hook=told.hear, timeout=60)
    displays = list(told.displays.values())
    return {**told.printed, "displays": displays, "result": told.result, "error": told.error}


def from_session(reply: CellReply) -> dict[str, Any]:
    error = reply.error
    return {
        "stdout": reply.stdout,
        "stderr": reply.stderr,
        "displays": list(reply.displays),
        "result": reply.result,
        "error": error and (error.name, error.value, "\n".join(error.traceback)),
    }


def texts(data: dict[str, Any]) -> dict[str, str]:
    """A session keeps of a bundle what is text."""
    return {
        kind: value.strip() if kind == "image/png" else value for kind, value in data.items() if isinstance(value, str)
    }


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_means_the_same_in_both(client: BlockingKernelClient, session: Session, name: str) -> None:
    there, here = from_kernel(client, CELLS[name]), from_session(session.run(CELLS[name]))
    here["displays"] = [texts(dict(one)) for one in here["displays"]]
    assert here == there
