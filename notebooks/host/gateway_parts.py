"""The two places where the stock gateway is told to behave otherwise. Runs in the gateway's process only."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any

import zmq
from jupyter_core.utils import ensure_async
from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from kernel_gateway.services.kernels.manager import SeedingMappingKernelManager
from tornado import web

# libzmq never reconnects after a larger one: such a kernel is deaf and is ended. A picture of 30 MB has 40 as text.
LARGEST_MESSAGE = 48 * 2**20
MOST_SOCKETS = 65_535
BIRTHS_AT_ONCE = 4
MOST_BUFFERED = 8 * 2**20
BYTES_EACH_S = 8 * 2**20
BURST_BYTES = 64 * 2**20


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A kernel's WebSocket that sends at once, does not wait for the dead, and is not filled faster than it
    is read."""

    _room = BURST_BYTES
    _filled_at = 0.0

    async def prepare(self) -> None:
        """The stock connection would wait a minute for a dead kernel to come alive."""
        if not await ensure_async(self.kernel_manager.is_alive()):
            raise web.HTTPError(404, f"Kernel is dead: {self.kernel_id}")
        await super().prepare()  # type: ignore[no-untyped-call]  # jupyter_server's types are partial

    def connect(self) -> Any:
        """Nagle's algorithm would hold each cell's answer for 40 ms."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """The stock limits count printed text only; pictures without end would fill the gateway's memory."""
        now = time.monotonic()
        self._room = min(BURST_BYTES, self._room + int((now - self._filled_at) * BYTES_EACH_S))
        self._filled_at = now
        size = _size(outgoing_msg)
        if size > self._room and getattr(stream, "channel", "") == "iopub" and not _is_status(outgoing_msg):
            return
        self._room -= size
        super().handle_outgoing_message(stream, outgoing_msg)


class Unread(list[tuple[str, Sequence[Any]]]):
    """What a kernel said while nobody was attached. Beyond MOST_BUFFERED bytes printed text is dropped."""

    size = 0

    def append(self, item: tuple[str, Sequence[Any]]) -> None:
        channel, parts = item
        size = _size(parts)
        if channel == "iopub" and self.size + size > MOST_BUFFERED and not _is_status(parts):
            return
        self.size += size
        super().append(item)


class AulaKernels(SeedingMappingKernelManager):  # type: ignore[misc]  # kernel_gateway has no types
    """Kernels that stay dead when they die, hear no message too large, and leave no unread output without
    bound.

    The stock manager restarts a dead kernel by itself: a learner would go on in an empty memory without
    knowing.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # libzmq's own limit is 1023, and an attached kernel takes six: the 171st could not start.
        self.context.set(zmq.MAX_SOCKETS, MOST_SOCKETS)
        self._births = asyncio.Semaphore(BIRTHS_AT_ONCE)
        self.context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)

    async def start_kernel(self, *args: Any, **kwargs: Any) -> str:
        """As the stock one, first come first served: a hundred at once would overtake each other."""
        async with self._births:
            kernel_id: str = await super().start_kernel(*args, **kwargs)
            return kernel_id

    def pre_start_kernel(self, kernel_name: str | None, kwargs: Any) -> Any:
        """Each start lists all kernels to know their number, and the stock list fails on one that is still starting."""
        manager, name, kernel_id = super().pre_start_kernel(kernel_name, kwargs)
        manager.execution_state, manager.reason, manager.last_activity = "starting", "", utcnow()
        return manager, name, kernel_id

    def start_buffering(self, kernel_id: str, session_key: str, channels: Any) -> None:
        if kernel_id in self and self.get_kernel(kernel_id).execution_state == "dead":
            for stream in channels.values():
                stream.close()
            return
        super().start_buffering(kernel_id, session_key, channels)
        if kernel_id in self._kernel_buffers:
            self._kernel_buffers[kernel_id]["buffer"] = Unread()

    def _handle_kernel_died(self, kernel_id: str) -> None:
        self.log.warning("Kernel %s died and is removed.", kernel_id)
        self.get_kernel(kernel_id).execution_state = "dead"
        self._removals = {*getattr(self, "_removals", ()), asyncio.ensure_future(self._remove(kernel_id))}

    async def _remove(self, kernel_id: str) -> None:
        """Shut down what is left of a dead kernel, so that its sockets are closed too."""
        if kernel_id in self:
            await self.shutdown_kernel(kernel_id, now=True)
        self._removals = {one for one in self._removals if not one.done()}


def _size(parts: Sequence[Any]) -> int:
    return sum(len(part) for part in parts)


def _is_status(parts: Sequence[Any]) -> bool:
    """Whether a raw message says that the kernel is busy or idle. Its header is the first part that is
    JSON."""
    for part in parts:
        raw = bytes(part)
        if raw.startswith(b"{"):
            return bool(json.loads(raw).get("msg_type") == "status")
    return False
