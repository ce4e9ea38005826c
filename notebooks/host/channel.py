"""A kernel's WebSocket: requests out, messages in, nothing lost when a wait ends."""

import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import websocket

from notebooks.errors import KernelUnavailable
from notebooks.host.address import GatewayAddress, KernelAddress
from notebooks.host.wire import V1, Message, pack, unpack

HANDSHAKE_S = 30.0
# Linux's way of acknowledging at once: without it each cell waits 40 ms where the gateway leaves Nagle's
# algorithm on.
QUICKACK = getattr(socket, "TCP_QUICKACK", None)


class ChannelClosed(Exception):
    """The gateway closed the WebSocket or is gone."""


class Channel:
    """One open WebSocket. The gateway gives it what was left unread under the same session id."""

    def __init__(self, gateway: GatewayAddress, kernel: KernelAddress, protocols: Sequence[str] = (V1,)) -> None:
        address = gateway.url.replace("http", "ws", 1)
        self._session_id = kernel.session_id
        try:
            self._socket = websocket.create_connection(
                f"{address}/api/kernels/{kernel.kernel_id}/channels?session_id={kernel.session_id}",
                header=[f"Authorization: token {gateway.token}"],
                subprotocols=list(protocols) or None,
                timeout=HANDSHAKE_S,
                http_no_proxy=["*"],
            )
        except (websocket.WebSocketException, OSError) as reason:
            raise KernelUnavailable(f"the channel of kernel {kernel.kernel_id} does not open: {reason}") from reason
        self._is_v1 = self._socket.subprotocol == V1
        self._acknowledge()

    def send(self, channel: str, kind: str, request_id: str, content: dict[str, Any]) -> None:
        """Send a request; the answers name `request_id` as their parent. Raises ChannelClosed."""
        header = {
            "msg_id": request_id,
            "msg_type": kind,
            "session": self._session_id,
            "username": "aula",
            "version": "5.3",
            "date": datetime.now(UTC).isoformat(),
        }
        frame = pack(
            channel,
            {"header": header, "parent_header": {}, "metadata": {}, "content": content},
            is_v1=self._is_v1,
        )
        try:
            self._socket.settimeout(HANDSHAKE_S)
            if isinstance(frame, bytes):
                self._socket.send_binary(frame)
            else:
                self._socket.send(frame)
        except (websocket.WebSocketException, OSError) as reason:
            raise ChannelClosed(str(reason)) from reason

    def receive(self, timeout_s: float) -> Message | None:
        """The next message; None where none came in time or it could not be understood. Raises
        ChannelClosed."""
        try:
            self._socket.settimeout(max(timeout_s, 0.001))
            raw = self._socket.recv()
            self._acknowledge()
        except websocket.WebSocketTimeoutException:
            return None
        except (websocket.WebSocketException, OSError) as reason:
            raise ChannelClosed(str(reason)) from reason
        if not raw:
            raise ChannelClosed("the gateway closed the channel")
        return unpack(raw, is_v1=self._is_v1)

    def close(self) -> None:
        """Hang up without the closing handshake, which would read and drop what the next runner is to get."""
        self._socket.shutdown()  # type: ignore[no-untyped-call]  # websocket-client has no types

    def _acknowledge(self) -> None:
        if QUICKACK is not None and self._socket.sock is not None:
            self._socket.sock.setsockopt(socket.IPPROTO_TCP, QUICKACK, 1)
