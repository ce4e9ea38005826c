"""From asking for a kernel to its first answered cell; a cell's round trip; what the sandbox's layers cost.

Stock and ours are asked by the same client, which has nothing between itself and the kernel (lean_client.py).
"""

import json
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from benchmarks.lean_client import LeanClient
from benchmarks.measure import Comparison, interleaved, timed_ms
from notebooks import ForkServer, SandboxConfig
from notebooks.sandbox.kernelspec import install_kernelspec
from notebooks.sandbox.listeners import PORTS, key_pipe

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-kernel" / "bin" / "python"
LAYERS = Path(__file__).with_name("layers.py")
IMPORTS = "import numpy, pandas, matplotlib.pyplot as plt"
CHART = "plt.plot([1, 2])\nplt.show()"
VALUE = "pandas.Series([1]).sum()"
WITH_CHART = "\n".join((IMPORTS, CHART, VALUE))
# The fork server has imported all of it and drawn a chart before any kernel was asked for.
WITHOUT_CHART = "\n".join((IMPORTS, VALUE))
FIRST_CELL = WITH_CHART
STOCK, OURS, SPARE = "stock ipykernel", "aula-python, sandboxed", "aula-python, from the spares"
STARTS, TRIPS = 15, 200
PATIENCE_S = 60


def compare() -> list[Comparison | str]:
    with (
        tempfile.TemporaryDirectory(prefix="bk") as folder,
        fork_server(Path(folder) / "s") as server,
        fork_server(Path(folder) / "p", spares=2) as ready,
    ):
        subjects = {
            "kernel: asked for to first answered cell; libraries imported, a chart drawn once by then": WITHOUT_CHART,
            "kernel: the same, with the chart drawn by that very first cell": WITH_CHART,
        }
        starts = [compare_starts(subject, cell, server, ready) for subject, cell in subjects.items()]
        trips = compare_trips(Path(folder) / "k")
    return [*starts, trips, layers()]


def compare_starts(subject: str, cell: str, server: ForkServer, ready: ForkServer) -> Comparison:
    """Stock always draws its chart in the first cell: nothing has drawn one for it before."""
    ways = {
        STOCK: lambda: stock_start_ms(WITH_CHART),
        OURS: lambda: our_start_ms(server, cell),
        SPARE: lambda: spare_start_ms(ready, cell),
    }
    interleaved(ways, 1)
    measured = interleaved(ways, STARTS)
    return Comparison(subject, "ms", measured[0], measured[1:])


def compare_trips(folder: Path) -> Comparison:
    specifications = write_specifications(folder)
    with kernel(specifications, "stock") as (_, stock), kernel(specifications, "aula-python") as (_, ours):
        for client in (stock, ours):
            answer(client, FIRST_CELL)
        measured = interleaved(
            {
                STOCK: lambda: timed_ms(lambda: answer(stock, "1")),
                OURS: lambda: timed_ms(lambda: answer(ours, "1")),
            },
            TRIPS,
        )
    return Comparison("kernel: round trip of a trivial cell, by ZeroMQ", "ms", measured[0], measured[1:])


def stock_start_ms(cell: str) -> float:
    """An ipykernel as Jupyter starts it, on local sockets as ours."""
    with tempfile.TemporaryDirectory(prefix="st") as place:
        key, prefix = secrets.token_hex(32), f"{place}/k"
        began_at = time.perf_counter()
        info = {"transport": "ipc", "ip": prefix, "key": key, "signature_scheme": "hmac-sha256", "kernel_name": ""}
        (Path(place) / "c.json").write_text(json.dumps({**info, **{port: n for n, port in enumerate(PORTS, 1)}}))
        command = [str(PYTHON), "-m", "ipykernel_launcher", "--log-level=50", "-f", f"{place}/c.json"]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=place) as process:
            try:
                with LeanClient(prefix, key.encode()) as client:
                    client.run(cell)
                    return (time.perf_counter() - began_at) * 1000
            finally:
                process.kill()


def our_start_ms(server: ForkServer, cell: str) -> float:
    key = secrets.token_hex(32).encode()
    began_at = time.perf_counter()
    with key_pipe(key) as pipe:
        lease = server.start_kernel(secrets.token_hex(8), [pipe], datasets=["mx-entidades"])
    assert lease.nest is not None
    for number in range(1, len(PORTS) + 1):
        (lease.nest / str(number)).rename(lease.nest / f"k-{number}")
    try:
        with LeanClient(f"{lease.nest}/k", key) as client:
            client.run(cell)
            return (time.perf_counter() - began_at) * 1000
    finally:
        lease.close()


def spare_start_ms(server: ForkServer, cell: str) -> float:
    """From a kernel that waits already; how long it took to become one is not counted, for nobody waited for it."""
    wait_until(lambda: server.status().spares >= 2)
    return our_start_ms(server, cell)


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the spare kernels were never ready")
        time.sleep(0.1)


def layers() -> str:
    """What each layer of the sandbox costs at a kernel's birth, as the fork server's own code puts it up."""
    command = [str(PYTHON), "-P", str(LAYERS), str(ROOT / "notebooks" / "sandbox" / "image")]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT / "notebooks" / "sandbox"), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def fork_server(folder: Path, spares: int = 0) -> Iterator[ForkServer]:
    """One that the kernels of this process come from, until another is made; the latest wins."""
    server = ForkServer.start(
        SandboxConfig(python=PYTHON, run_dir=folder, data_root=ROOT / "courses" / "content" / "datasets", spares=spares)
    )
    before = os.environ.get("AULA_FORK_SERVER")
    os.environ["AULA_FORK_SERVER"] = str(server.socket_path)
    try:
        yield server
    finally:
        del os.environ["AULA_FORK_SERVER"]
        if before is not None:
            os.environ["AULA_FORK_SERVER"] = before
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


def unique_mib(pid: int) -> float:
    return float(psutil.Process(pid).memory_full_info().uss) / 2**20
