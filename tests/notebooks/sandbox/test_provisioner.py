"""The kernel "aula-python" behind stock Jupyter clients, which know nothing of it."""

import asyncio
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.multikernelmanager import AsyncMultiKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from support.gateways import eventually
from support.sandbox import DATASETS, running_fork_server

from notebooks import ForkServer, install_kernelspec

READY_S = 60


@pytest.fixture(autouse=True)
def jupyter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fork_server: ForkServer) -> None:
    """A Jupyter that knows this kernel, and takes it from the tests' fork server."""
    install_kernelspec(tmp_path / "prefix", data_root=DATASETS)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "prefix" / "share" / "jupyter"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("AULA_FORK_SERVER", str(fork_server.socket_path))


@pytest.fixture
def kernel() -> Iterator[KernelManager]:
    manager = KernelManager(kernel_name="aula-python")
    manager.start_kernel()
    yield manager
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)


@pytest.fixture
def client(kernel: KernelManager) -> Iterator[BlockingKernelClient]:
    one = kernel.client()
    one.start_channels()
    one.wait_for_ready(timeout=READY_S)
    yield one
    one.stop_channels()


def value(client: BlockingKernelClient, expression: str) -> str:
    """The text of an expression's value, or the name of the error."""
    client.execute("", user_expressions={"it": expression})
    answer: Any = client.get_shell_msg(timeout=READY_S)["content"]["user_expressions"]["it"]
    return str(answer["data"]["text/plain"] if answer["status"] == "ok" else answer["ename"])


def run(client: BlockingKernelClient, source: str) -> dict[str, Any]:
    """The kernel's reply to a cell."""
    client.execute(source)
    content: dict[str, Any] = client.get_shell_msg(timeout=READY_S)["content"]
    return content


def begin(client: BlockingKernelClient, source: str) -> None:
    """Run a cell that will not end by itself, and wait until it prints."""
    client.execute(source, stop_on_error=False)
    while client.get_iopub_msg(timeout=READY_S)["msg_type"] != "stream":
        continue


def test_cells_run_inside_the_sandbox(client: BlockingKernelClient) -> None:
    assert run(client, "import os, pandas as pd\nx = int(pd.Series([20, 22]).sum())")["status"] == "ok"
    assert value(client, "x") == "42"
    assert value(client, "os.getcwd(), os.environ['USER']") == "('/home/learner', 'learner')"


@pytest.mark.parametrize("work", ["while True: pass", "import time; time.sleep(600)", "!sleep 600"])
def test_a_cell_is_interrupted_and_its_memory_stays(
    kernel: KernelManager, client: BlockingKernelClient, work: str
) -> None:
    run(client, "x = 1")
    begin(client, f"print('ya', flush=True)\n{work}")
    kernel.interrupt_kernel()
    client.get_shell_msg(timeout=READY_S)
    assert value(client, "x") == "1"


def test_an_idle_kernel_does_not_mind_an_interrupt(kernel: KernelManager, client: BlockingKernelClient) -> None:
    kernel.interrupt_kernel()
    assert value(client, "1 + 1") == "2"


def test_an_interrupt_that_comes_too_early_or_too_late_ends_nothing(
    kernel: KernelManager, client: BlockingKernelClient, fork_server: ForkServer
) -> None:
    """The cells are so short that most of the interrupts find the kernel between two steps of its own."""
    for number in range(60):
        client.execute(f"x = {number}", stop_on_error=False)
        kernel.interrupt_kernel()
        assert client.get_shell_msg(timeout=READY_S)["content"]["status"] in ("ok", "error")
    for _ in range(2):  # once it has answered twice, it has passed on all that came before
        fork_server.status()
    assert value(client, "1 + 1") == "2"
    assert kernel.is_alive()


def test_an_interrupt_is_told_as_one_wherever_it_falls(kernel: KernelManager, client: BlockingKernelClient) -> None:
    """A loop has steps without a line of their own, and many of these interrupts find it there."""
    told = []
    for _ in range(40):
        client.execute("print('ya', flush=True)\nwhile True: pass", stop_on_error=False)
        while client.get_iopub_msg(timeout=READY_S)["msg_type"] != "stream":
            continue
        told.append(interrupt(kernel, client))
    assert told == ["KeyboardInterrupt"] * 40


def interrupt(kernel: KernelManager, client: BlockingKernelClient) -> str:
    """The error's name. Now and then Python drops the first: it found it clearing away an object."""
    for _ in range(10):
        kernel.interrupt_kernel()
        with contextlib.suppress(queue.Empty):
            return str(client.get_shell_msg(timeout=2)["content"]["ename"])
    raise AssertionError("no interrupt ended the cell")


@pytest.mark.parametrize("at_once", [True, False])
def test_restarted_it_has_forgotten(kernel: KernelManager, client: BlockingKernelClient, at_once: bool) -> None:
    run(client, "x = 1\nopen('archivo', 'w').write('x')")
    kernel.restart_kernel(now=at_once)
    client.wait_for_ready(timeout=READY_S)
    assert value(client, "x") == "NameError"
    assert value(client, "__import__('os').path.exists('archivo')") == "False"


@pytest.mark.parametrize("at_once", [True, False])
def test_shut_down_it_leaves_nothing(
    kernel: KernelManager, client: BlockingKernelClient, fork_server: ForkServer, at_once: bool
) -> None:
    folder = Path(kernel.ip).parent
    assert folder.is_dir()
    kernel.shutdown_kernel(now=at_once)
    assert not kernel.is_alive()
    assert not folder.exists()
    eventually(lambda: fork_server.status().kernels == 0)


@pytest.mark.parametrize(
    ("end", "cause"),
    [("import os\nos._exit(3)", "exit:3"), ("import ctypes\nctypes.string_at(0)", "exit:-11")],
)
def test_a_kernel_that_ends_itself_is_seen_dead_with_its_cause(
    kernel: KernelManager, client: BlockingKernelClient, fork_server: ForkServer, end: str, cause: str
) -> None:
    assert fork_server.autopsy(kernel.kernel_id) == "alive"
    client.execute(end)
    eventually(lambda: not kernel.is_alive())
    assert fork_server.autopsy(kernel.kernel_id) == cause
    kernel.restart_kernel(now=True)
    client.wait_for_ready(timeout=READY_S)
    assert value(client, "1 + 1") == "2"


def test_a_kernel_whose_fork_server_dies_is_seen_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_fork_server() as server:
        monkeypatch.setenv("AULA_FORK_SERVER", str(server.socket_path))
        manager = KernelManager(kernel_name="aula-python")
        manager.start_kernel()
        assert manager.is_alive()
        os.kill(server.status().pid, signal.SIGKILL)
        eventually(lambda: not manager.is_alive())
        manager.cleanup_resources()


def test_it_sees_the_data_sets_that_its_starter_names() -> None:
    manager = KernelManager(kernel_name="aula-python")
    manager.start_kernel(env={**os.environ, "AULA_DATASETS": "mx-entidades", "AULA_LANGUAGE": "en"})
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=READY_S)
        assert run(client, "import aula, os\nn = len(aula.data('mx-entidades'))")["status"] == "ok"
        assert value(client, "n, os.listdir('/data'), os.environ['AULA_LANGUAGE']") == "(32, ['mx-entidades'], 'en')"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_many_kernels_of_one_manager_live_apart(fork_server: ForkServer) -> None:
    async def count() -> int:
        manager = AsyncMultiKernelManager()
        for _ in range(3):
            await manager.start_kernel(kernel_name="aula-python")
        running = fork_server.status().kernels
        await manager.shutdown_all(now=True)
        return running

    assert asyncio.run(count()) == 3
    eventually(lambda: fork_server.status().kernels == 0)


def notebook(*sources: str) -> Any:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


def execute(book: Any, **options: Any) -> Any:
    NotebookClient(book, kernel_name="aula-python", **{"timeout": READY_S, **options}).execute()
    return book


def test_nbclient_runs_a_whole_notebook() -> None:
    cells = (
        "import matplotlib.pyplot as plt\nimport pandas as pd",
        "pd.DataFrame({'a': [1]})",
        "plt.plot([1, 2]);",
        "1 / 0",
    )
    book = execute(notebook(*cells), allow_errors=True)
    shown = [cell.outputs for cell in book.cells]
    assert "text/html" in shown[1][0].data
    assert "image/png" in shown[2][0].data
    assert shown[3][0].ename == "ZeroDivisionError"


def test_nbclient_interrupts_a_cell_that_takes_too_long() -> None:
    book = notebook("import time\ntime.sleep(600)", "print('sigue')")
    book.cells[0].metadata["tags"] = ["raises-exception"]
    execute(book, interrupt_on_timeout=True, timeout=1)
    assert book.cells[0].outputs[-1].ename == "KeyboardInterrupt"
    assert book.cells[1].outputs[0].text == "sigue\n"


def test_nbclient_sees_a_kernel_die() -> None:
    with pytest.raises(DeadKernelError):
        execute(notebook("import os\nos._exit(1)"))


OWNER = """
import sys
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="aula-python")
manager.start_kernel()
print("ready", flush=True)
sys.stdin.read()
"""


def test_a_kernel_dies_with_its_owner_however_that_ends(fork_server: ForkServer) -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "ready\n"
        assert fork_server.status().kernels == 1
        owner.kill()
    eventually(lambda: fork_server.status().kernels == 0)


def test_without_a_site_a_client_has_a_fork_server_of_its_own(tmp_path: Path) -> None:
    """`jupyter execute` in a terminal, with nothing of ours running."""
    path = tmp_path / "lección.ipynb"
    nbformat.write(notebook("import aula\nlen(aula.datos('mx-entidades'))"), path)
    environment = {name: value for name, value in os.environ.items() if name != "AULA_FORK_SERVER"}
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        done = subprocess.run(
            [Path(sys.executable).with_name("jupyter-execute"), "--kernel_name=aula-python", "--inplace", str(path)],
            env={**environment, "TMPDIR": folder}, capture_output=True, text=True,
        )  # fmt: skip
        left = [*Path(folder).iterdir(), *(one for one in psutil.process_iter(["cmdline"]) if folder in str(one.info))]
    assert done.returncode == 0, done.stderr
    assert nbformat.read(path, as_version=4).cells[0].outputs[0].data == {"text/plain": "32"}
    assert left == []


def test_the_kernelspec_says_where_the_kernel_comes_from(tmp_path: Path) -> None:
    spec = json.loads(install_kernelspec(tmp_path, python=Path("/opt/python"), data_root=DATASETS).read_text())
    assert spec["metadata"]["kernel_provisioner"] == {
        "provisioner_name": "aula-provisioner",
        "config": {"python": "/opt/python", "data_root": str(DATASETS)},
    }
    assert spec["interrupt_mode"] == "signal"
