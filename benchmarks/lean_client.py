"""A client of a kernel with nothing in between: two sockets of ZeroMQ, one request, its reply."""

from types import TracebackType
from typing import Any

import zmq
from jupyter_client.session import Session

PATIENCE_MS = 60_000
RECONNECT_MS = 2  # libzmq's own 100 would be added to a kernel whose sockets are not there yet


class LeanClient:
    """Connects to the sockets `prefix-1` (shell) and `prefix-3` (iopub), whether they are there yet or not."""

    def __init__(self, prefix: str, key: bytes) -> None:
        self._context = zmq.Context()
        self._session = Session(key=key)
        self._shell = self._connect(zmq.DEALER, f"{prefix}-1")
        self._iopub = self._connect(zmq.SUB, f"{prefix}-3")
        self._iopub.setsockopt(zmq.SUBSCRIBE, b"")

    def __enter__(self) -> "LeanClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.destroy(linger=0)

    def run(self, code: str) -> dict[str, Any]:
        """The content of the reply to a cell that must end well."""
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "user_expressions": {}}
        self._session.send(self._shell, "execute_request", content)
        if not self._shell.poll(PATIENCE_MS):
            raise TimeoutError("a kernel that was measured did not answer")
        _, message = self._session.recv(self._shell, zmq.NOBLOCK)
        assert message is not None
        if message["content"]["status"] != "ok":
            raise RuntimeError(f"a cell that was measured failed: {message['content']}")
        return dict(message["content"])

    def _connect(self, kind: int, path: str) -> zmq.Socket[bytes]:
        socket: zmq.Socket[bytes] = self._context.socket(kind)
        socket.setsockopt(zmq.RECONNECT_IVL, RECONNECT_MS)
        socket.connect(f"ipc://{path}")
        return socket
