"""Where the clients of a kernel find it: a private folder with one listening socket for each of its ports."""

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PORT_COUNT = 5
BACKLOG = 16


@contextmanager
def open_nest(parent: str) -> Iterator[tuple[str, list[int]]]:
    """A new folder with the sockets 1 to 5, and their descriptors, which stay open within the `with` only.

    The folder stays where all went well: whoever gets the kernel moves its sockets away.
    """
    Path(parent).mkdir(mode=0o700, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="", dir=parent)
    with ExitStack() as stack:
        try:
            listeners = [stack.enter_context(_listen(f"{folder}/{number}")) for number in range(1, PORT_COUNT + 1)]
            yield folder, [one.fileno() for one in listeners]
        except BaseException:
            clear_nest(folder)
            raise


def clear_nest(folder: str) -> None:
    """Take away what nobody came for."""
    for number in range(1, PORT_COUNT + 1):
        with contextlib.suppress(OSError):
            os.unlink(f"{folder}/{number}")  # noqa: PTH108  # a path on the way of each kernel's end
    with contextlib.suppress(OSError):
        os.rmdir(folder)  # noqa: PTH106  # likewise


def _listen(path: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener
