"""The ports of a kernel, and the pipe by which it gets its key."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

# The protocol's order of the sockets, see fork_server/kernel_child.py.
PORTS = ("shell_port", "stdin_port", "iopub_port", "control_port", "hb_port")


@contextmanager
def key_pipe(key: bytes) -> Iterator[int]:
    """The reading end of a pipe that holds the session's key: what the fork server reads itself is in every kernel."""
    reader, writer = os.pipe()
    try:
        os.write(writer, key)
        os.close(writer)
        yield reader
    finally:
        os.close(reader)
