"""From asking for a kernel to its first answer with a chart drawn, a cell's round trip, and an idle kernel's weight."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from benchmarks.measure import Comparison, Measured, interleaved, timed_ms
from notebooks import ForkServer, SandboxConfig
from notebooks.sandbox.kernelspec import install_kernelspec

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-kernel" / "bin" / "python"
FIRST_CELL = "import numpy, pandas, matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\npandas.Series([1]).sum()"
STARTS, TRIPS = 7, 100
PATIENCE_S = 60


def compare() -> list[Comparison]:
    with tempfile.TemporaryDirectory(prefix="bk") as folder, fork_server(Path(folder)) as server:
        specifications = write_specifications(Path(folder))
        starts = interleaved(
            {
                "stock ipykernel": lambda: start_ms(specifications, "stock"),
                "aula-python, sandboxed": lambda: start_ms(specifications, "aula-python"),
            },
            STARTS,
        )
        with kernel(specifications, "stock") as (_, stock), kernel(specifications, "aula-python") as (_, ours):
            for client in (stock, ours):
                answer(client, FIRST_CELL)
            trips = interleaved(
                {
                    "stock ipykernel": lambda: timed_ms(lambda: answer(stock, "1")),
                    "aula-python, sandboxed": lambda: timed_ms(lambda: answer(ours, "1")),
                },
                TRIPS,
            )
        weights = (weigh_stock(specifications), weigh_ours(specifications, server))
    return [
        Comparison("kernel: start to first answer with libraries", "ms", starts[0], starts[1:]),
        Comparison("kernel: round trip of a trivial cell", "ms", trips[0], trips[1:]),
        Comparison("kernel: memory of its own when idle", "MiB", weights[0], weights[1:]),
    ]


@contextmanager
def fork_server(folder: Path) -> Iterator[ForkServer]:
    """One that the kernels of this process come from."""
    server = ForkServer.start(
        SandboxConfig(python=PYTHON, run_dir=folder, data_root=ROOT / "courses" / "content" / "datasets")
    )
    os.environ["AULA_FORK_SERVER"] = str(server.socket_path)
    try:
        yield server
    finally:
        del os.environ["AULA_FORK_SERVER"]
        server.stop()


def write_specifications(folder: Path) -> KernelSpecManager:
    """Kernelspecs of both kinds."""
    kernels = install_kernelspec(folder).parents[1]
    stock = kernels / "stock"
    stock.mkdir()
    (stock / "kernel.json").write_text(
        f'{{"argv": ["{PYTHON}", "-m", "ipykernel_launcher", "--log-level=50", "-f", "{{connection_file}}"], '
        '"display_name": "stock", "language": "python"}'
    )
    return KernelSpecManager(kernel_dirs=[str(kernels)], ensure_native_kernel=False)


@contextmanager
def kernel(specifications: KernelSpecManager, name: str) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    manager = KernelManager(kernel_name=name, kernel_spec_manager=specifications)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def answer(client: BlockingKernelClient, code: str) -> None:
    """Run a cell and read all it says, so that nothing is left to be read by the next."""
    wanted = client.execute(code)
    client.get_shell_msg(timeout=PATIENCE_S)
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE_S)
        is_idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
        if is_idle and message["parent_header"].get("msg_id") == wanted:
            return


def start_ms(specifications: KernelSpecManager, name: str) -> float:
    began_at = time.perf_counter()
    with kernel(specifications, name) as (_, client):
        client.execute(FIRST_CELL)
        client.get_shell_msg(timeout=PATIENCE_S)
        return (time.perf_counter() - began_at) * 1000


def weigh_stock(specifications: KernelSpecManager) -> Measured:
    with kernel(specifications, "stock") as (manager, client):
        answer(client, FIRST_CELL)
        return Measured("stock ipykernel", (unique_mib(manager.provisioner.pid),))


def weigh_ours(specifications: KernelSpecManager, server: ForkServer) -> Measured:
    with kernel(specifications, "aula-python") as (_, client):
        answer(client, FIRST_CELL)
        (child,) = psutil.Process(server.status().pid).children()
        return Measured("aula-python, sandboxed", (unique_mib(child.pid),))


def unique_mib(pid: int) -> float:
    return float(psutil.Process(pid).memory_full_info().uss) / 2**20
