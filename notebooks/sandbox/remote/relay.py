"""Ports of this machine that lead to a kernel's own sockets.

The kernel itself keeps its unix sockets: a network socket inside the sandbox would be a way out of it.
"""

import asyncio
import random
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

from notebooks.errors import KernelUnavailable

TRIES = 50
LARGEST_PIECE = 64 * 1024

Streams = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def listen_in_range(port_range: str) -> socket.socket:
    """A listening socket on a port within "lower..upper", or on any where they are equal.

    Raises: KernelUnavailable where the range says nothing or no port of it is free.
    """
    lower, upper = _parse_range(port_range)
    for _ in range(TRIES):
        port = 0 if lower == upper else random.randint(lower, upper)
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.bind(("0.0.0.0", port))  # noqa: S104  # the gateway is elsewhere; `only_from` lets no other in
            listener.listen(16)
        except OSError:
            listener.close()
        else:
            return listener
    raise KernelUnavailable(f"no port from {lower} to {upper} is free here. Widen GP_PORT_RANGE at the gateway.")


def only_from(peer: str, serve: Streams) -> Streams:
    """`serve` for connections from one address; any other is closed at once, for GP's ports know no password."""

    async def admit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if writer.get_extra_info("peername")[0] == peer:
                await serve(reader, writer)
        finally:
            writer.close()

    return admit


def relay_to(path: Path) -> Streams:
    """What carries a connection's bytes to the unix socket at `path` and back, until both ends have closed."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inner_reader, inner_writer = await asyncio.open_unix_connection(str(path))
        except OSError:
            return  # the kernel has just ended
        try:
            await asyncio.gather(_carry(reader, inner_writer), _carry(inner_reader, writer))
        finally:
            inner_writer.close()

    return serve


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """From one end to the other; the end of the one is told to the other, and an end that vanished ends both."""
    try:
        while data := await reader.read(LARGEST_PIECE):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.close()


def _parse_range(text: str) -> tuple[int, int]:
    lower, dots, upper = text.partition("..")
    if not dots or not lower.isdecimal() or not upper.isdecimal() or not int(lower) <= int(upper) < 65_536:
        raise KernelUnavailable(f'the port range is "{text}". Use one such as 40000..42000, or 0..0 for any port.')
    return int(lower), int(upper)
