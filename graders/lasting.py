"""A sandbox that outlives one command: kept ready by `python -m graders sandbox`, or by a running site."""

import os
import signal
import stat
import sys
import threading
from pathlib import Path
from types import FrameType

from notebooks import ForkServer, SandboxConfig, SandboxUnavailable

LOOK_EACH_S = 1.0


def keep_ready(config: SandboxConfig) -> None:
    """Start a sandbox, say where its socket is, and hold it until this process is told to end.

    Raises: SandboxUnavailable where none can be had, or it ended by itself.
    """
    told = threading.Event()

    def _end(number: int, frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    server = ForkServer.start(config)
    try:
        sys.stdout.write(f"{server.socket_path}\n")
        sys.stdout.flush()
        while not told.wait(LOOK_EACH_S):
            if not server.is_alive():
                raise SandboxUnavailable(
                    f"The sandbox ended by itself. Its log is in {config.run_dir}. Start it again."
                )
    finally:
        server.stop()


def find_ready(socket: Path) -> ForkServer:
    """The sandbox behind a socket. Raises: SandboxUnavailable where it is not there, or is not ours.

    Whoever answers there is given submissions, and what it says of them is believed: it must be our own, or root's.
    """
    try:
        seen = socket.lstat()
    except OSError as reason:
        raise SandboxUnavailable(
            f"No sandbox is at {socket}: {reason.strerror}. Start one with `python -m graders sandbox`."
        ) from reason
    if not stat.S_ISSOCK(seen.st_mode) or seen.st_uid not in (0, os.geteuid()):
        raise SandboxUnavailable(
            f"{socket} is no socket of yours: it belongs to the user {seen.st_uid}. Name that of a sandbox of your own."
        )
    return ForkServer.attach(socket)
