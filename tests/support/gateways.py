"""Real gateways with real kernels, for the tests of the kernel host."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.site import free_port

from notebooks import (
    CellDone,
    GatewayAddress,
    KernelAddress,
    KernelHost,
    KernelUnavailable,
    RunEvent,
    Stream,
    Tick,
)
from notebooks.host.gateway import GatewayChild, GatewayConfig
from notebooks.host.gateway_api import GatewayApi


@dataclass(frozen=True)
class Caps:
    """What a cell may take in a test."""

    cell_timeout_s: float = 30.0
    output_bytes: int = 1_000_000
    output_lines: int = 5_000


@contextmanager
def running_gateway(kernel_name: str = "python3", **options: Any) -> Iterator[GatewayChild]:
    """A gateway child of our own in a private folder; gone at the end, with all its kernels."""
    with tempfile.TemporaryDirectory(prefix="gw") as folder:
        child = GatewayChild(GatewayConfig(Path(folder), kernel_name=kernel_name, **options))
        child.start()
        try:
            yield child
        finally:
            child.stop()


@contextmanager
def running_jupyter_server() -> Iterator[GatewayAddress]:
    """A stock Jupyter Server, the way out should the Kernel Gateway ever be given up."""
    address = GatewayAddress(f"http://127.0.0.1:{free_port()}", secrets.token_hex(16))
    with tempfile.TemporaryDirectory(prefix="js") as folder:
        flags = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={address.url.rsplit(':', 1)[1]}"]
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *flags, f"--ServerApp.root_dir={folder}"],
            env={"PATH": os.defpath, "HOME": folder, "JUPYTER_TOKEN": address.token},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            eventually(lambda: answers(address))
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def answers(address: GatewayAddress) -> bool:
    try:
        GatewayApi(address).list_kernels()
    except KernelUnavailable:
        return False
    return True


def eventually(holds: Callable[[], bool], patience_s: float = 60.0) -> None:
    """Wait until something holds; fails if it never does."""
    pause, tries = threading.Event(), int(patience_s / 0.05)
    for _ in range(tries):
        if holds():
            return
        pause.wait(0.05)
    raise AssertionError("it never came true")


def run(host: KernelHost, kernel: KernelAddress, code: str, caps: Caps | None = None, **options: Any) -> list[RunEvent]:
    """The events of a cell on a connection of its own, without ticks."""
    with host.connect(kernel) as connection:
        return seen(connection.execute(code, uuid.uuid4().hex, limits=caps or Caps(), **options))


def seen(events: Iterable[RunEvent]) -> list[RunEvent]:
    return [event for event in events if not isinstance(event, Tick)]


def printed(events: Iterable[RunEvent], name: str = "stdout") -> str:
    return "".join(event.text for event in events if isinstance(event, Stream) and event.name == name)


def ending(events: list[RunEvent]) -> CellDone:
    """The last event of a run."""
    assert isinstance(events[-1], CellDone)
    return events[-1]
