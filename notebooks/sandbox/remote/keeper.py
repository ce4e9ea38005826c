"""One process for each kernel that a gateway elsewhere started here: holds the lease and hears the gateway's orders.

The orders come as gateway-provisioners sends them: a connection each, with {"signum": N} or {"shutdown": 1} as JSON.
"""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from notebooks.errors import KernelUnavailable
from notebooks.sandbox.client import ForkServer
from notebooks.sandbox.lease import Lease
from notebooks.sandbox.listeners import PORTS, key_pipe
from notebooks.sandbox.remote.relay import listen_in_range, only_from, relay_to
from notebooks.sandbox.remote.reply import parse_address, seal, send

FAREWELL_S = 1.0  # from the order to shut down to the end by force
LONGEST_ORDER = 4096
LARGEST_REPORT = 4096


@dataclass(frozen=True)
class RemoteOrder:
    """What a gateway asks for. datasets: None for all; silence_s: how long the kernel outlives the gateway's interest.

    port_range, response_address, public_key: as gateway-provisioners fills them in.
    """

    fork_server: Path
    kernel_id: str
    port_range: str
    response_address: str
    public_key: str
    datasets: tuple[str, ...] | None
    language: str
    silence_s: float


def launch_keeper(order: RemoteOrder) -> int:
    """The pid of a process of its own that keeps the kernel, once that is born and the gateway knows its ports.

    Raises: KernelUnavailable with why it was not, so that the gateway's log says it at once.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _live_alone(order, FileIO(writer, "wb"))
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        report = pipe.read(LARGEST_REPORT).decode(errors="replace")
    if report:
        raise KernelUnavailable(report)
    return pid


def _live_alone(order: RemoteOrder, report: FileIO) -> None:
    """Runs in the child and never returns. It lets the SSH session's streams go, or that would not end."""
    code = 1
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        asyncio.run(_keep(order, report))
        code = 0
    except BaseException as reason:  # whatever it was, the child must not go on as a second launcher
        with contextlib.suppress(OSError, ValueError):
            report.write(f"{type(reason).__name__}: {reason}".encode()[:LARGEST_REPORT])
    finally:
        os._exit(code)


async def _keep(order: RemoteOrder, report: FileIO) -> None:
    """From the kernel's birth to its end. `report` is closed when the gateway has been told."""
    address = parse_address(order.response_address)
    server = ForkServer.attach(order.fork_server)
    with ExitStack() as stack:
        sockets = [stack.enter_context(listen_in_range(order.port_range)) for _ in range(len(PORTS) + 1)]
        key = secrets.token_hex(32)
        lease = _bear(server, order, key.encode())
        stack.callback(lease.close)
        assert lease.nest is not None  # it was given no listeners
        stack.callback(shutil.rmtree, lease.nest, ignore_errors=True)
        keeper = Keeper(lease, order.silence_s)
        for number, one in enumerate(sockets[:-1], 1):
            await asyncio.start_server(only_from(address[0], relay_to(lease.nest / str(number))), sock=one)
        await asyncio.start_server(only_from(address[0], keeper.hear), sock=sockets[-1])
        send(seal(_connection_info(order, sockets, key), order.public_key), address)
        report.close()
        await keeper.wait()


def _bear(server: ForkServer, order: RemoteOrder, key: bytes) -> Lease:
    with key_pipe(key) as pipe:
        return server.start_kernel(order.kernel_id, [pipe], datasets=order.datasets, language=order.language)


def _connection_info(order: RemoteOrder, sockets: Sequence[socket.socket], key: str) -> dict[str, object]:
    """What the gateway's provisioner expects; it puts the address in itself."""
    ports = [one.getsockname()[1] for one in sockets]
    return {
        "transport": "tcp",
        "ip": "0.0.0.0",  # noqa: S104  # the gateway replaces it
        "key": key,
        "signature_scheme": "hmac-sha256",
        "kernel_name": "",
        **dict(zip(PORTS, ports, strict=False)),
        "comm_port": ports[-1],
        "kernel_id": order.kernel_id,
        "pid": os.getpid(),
        "pgid": os.getpgrp(),
    }


class Keeper:
    """Waits for a kernel's end: its own, the gateway's order, or the gateway's silence.

    A living gateway asks for the kernel twice a second; one that was killed never asks again, and the kernel would be
    an orphan.
    """

    def __init__(self, lease: Lease, silence_s: float) -> None:
        self._lease = lease
        self._silence_s = silence_s
        self._heard_at = time.monotonic()
        self._end = asyncio.Event()

    async def wait(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(self._lease.fileno(), self._look)
        try:
            while (left := self._heard_at + self._silence_s - time.monotonic()) > 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._end.wait(), left)
                    return
        finally:
            loop.remove_reader(self._lease.fileno())

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the gateway is one order; an empty one, or nonsense, is a sign of life all the same."""
        self._heard_at = time.monotonic()
        data = await reader.read(LONGEST_ORDER)
        with contextlib.suppress(ValueError, TypeError, AttributeError):
            self._obey(json.loads(data))

    def _obey(self, order: dict[str, int]) -> None:
        if order.get("shutdown"):
            asyncio.get_running_loop().call_later(FAREWELL_S, self._end.set)
        match int(order.get("signum", 0)):
            case signal.SIGINT:
                self._lease.send_signal(signal.SIGINT)
            case signal.SIGKILL | signal.SIGTERM:  # the first process of a pid namespace does not hear a SIGTERM
                self._lease.kill()

    def _look(self) -> None:
        if self._lease.is_over:
            self._end.set()
