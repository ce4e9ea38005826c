"""Orders to the fork server, and the connection that is a kernel's life. The protocol is in fork_server/server.py."""

import contextlib
import json
import select
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from notebooks.errors import KernelUnavailable, NoRoom

LARGEST_PACKET = 64 * 1024
ANSWER_S = 60.0  # one birth takes 15 s at most, and others may wait before this one
SERVER_GONE = "the fork server is gone"


def ask_server(path: Path, order: Mapping[str, Any]) -> dict[str, Any]:
    """The fork server's answer to an order that starts nothing. Raises KernelUnavailable where it is away."""
    with _connect(path) as connection:
        return _exchange(connection, order, ())


class Lease:
    """A living kernel or session; whoever holds the lease keeps it alive. pid: as the fork server sees it.

    death: why it ended, once it has, as `ForkServer.autopsy` says; exit_code: of its process, minus a signal.
    nest: the folder with its sockets 1 to 5, for us to take away; None where it was given listeners.
    """

    def __init__(self, path: Path, order: Mapping[str, Any], descriptors: Sequence[int]) -> None:
        """Bear what the order says. The descriptors are copied, so they stay the caller's to close.

        Raises: NoRoom where memory is short, KernelUnavailable where the fork server is away or could not do it.
        """
        self.death: str | None = None
        self.exit_code: int | None = None
        self.is_server_gone = False
        self._connection = _connect(path)
        try:
            answer = _exchange(self._connection, {"op": "spawn", **order}, descriptors)
            if answer.get("code") == "no_room":
                raise NoRoom(str(answer["error"]))
            if "pid" not in answer:
                raise KernelUnavailable(f"the fork server started nothing: {answer.get('error')}")
            self.pid = int(answer["pid"])
            self.nest = Path(answer["nest"]) if answer["nest"] else None
        except BaseException:
            self._connection.close()
            raise
        self._connection.setblocking(False)

    def fileno(self) -> int:
        """Readable when there is news, which `is_over` takes in."""
        return self._connection.fileno()

    @property
    def is_over(self) -> bool:
        """Whether the kernel has ended or the fork server has."""
        while self.death is None and not self.is_server_gone:
            try:
                packet = self._connection.recv(LARGEST_PACKET)
            except BlockingIOError:
                return False
            except OSError:
                packet = b""
            self._take_in(packet)
        return True

    def wait_until_over(self, timeout_s: float) -> bool:
        """Whether it ended within this time."""
        end = time.monotonic() + timeout_s
        while not self.is_over and (left := end - time.monotonic()) > 0:
            select.select([self], [], [], left)
        return self.is_over

    def send_signal(self, number: int) -> None:
        """To the kernel and the programs its cell started; nothing happens where it is over."""
        with contextlib.suppress(OSError):
            self._connection.send(json.dumps({"op": "signal", "number": int(number)}).encode())

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Give the lease up; the kernel ends."""
        self._connection.close()

    def _take_in(self, packet: bytes) -> None:
        if not packet:
            self.is_server_gone = True
            return
        news = json.loads(packet)
        if "exit" in news:
            self.exit_code, self.death = int(news["exit"]), str(news["cause"])


def _connect(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.settimeout(ANSWER_S)
        connection.connect(str(path))
    except OSError as reason:
        connection.close()
        raise KernelUnavailable(f"no fork server answers at {path}: {reason}") from reason
    return connection


def _exchange(connection: socket.socket, order: Mapping[str, Any], descriptors: Sequence[int]) -> dict[str, Any]:
    try:
        socket.send_fds(connection, [json.dumps(order).encode()], list(descriptors))
        packet = connection.recv(LARGEST_PACKET)
    except OSError as reason:
        raise KernelUnavailable(f"the fork server does not answer: {reason}") from reason
    if not packet:
        raise KernelUnavailable(SERVER_GONE)
    answer: dict[str, Any] = json.loads(packet)
    return answer
