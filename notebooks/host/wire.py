"""Messages of the Jupyter protocol on a WebSocket: the binary subprotocol v1, and plain JSON where that is
not spoken.

What a kernel sends is learner's code speaking: shapes are checked, numbers that are none become null, and
text that cannot be stored loses the characters in question.
Source: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notebooks.document import replace_unstorable

V1 = "v1.kernel.websocket.jupyter.org"


@dataclass(frozen=True)
class Message:
    """One message from a kernel. parent_id: the request that it answers; size: bytes of its content on the
    wire."""

    channel: str
    kind: str
    parent_id: str
    content: Mapping[str, Any]
    size: int


def pack(channel: str, message: Mapping[str, Any], *, is_v1: bool) -> bytes | str:
    """A request (header, parent_header, metadata, content) ready to be sent."""
    if not is_v1:
        return json.dumps({**message, "channel": channel, "buffers": []})
    parts = [json.dumps(message[key]).encode() for key in ("header", "parent_header", "metadata", "content")]
    body = [channel.encode(), *parts]
    offsets = [8 * (len(body) + 2)]
    for part in body:
        offsets.append(offsets[-1] + len(part))
    numbers = b"".join(number.to_bytes(8, "little") for number in (len(offsets), *offsets))
    return numbers + b"".join(body)


def unpack(raw: bytes | str, *, is_v1: bool) -> Message | None:
    """The message in a frame; None where the frame holds none that can be understood."""
    try:
        if is_v1 and isinstance(raw, bytes):
            channel, parts = _parts(raw)
            header, parent, content, size = parts[0], parts[1], parts[3], len(parts[3])
            return _message(channel, _load(header), _load(parent), _load(content), size)
        text = raw if isinstance(raw, str) else _json_before_buffers(raw)
        data = _load(text)
        return _message(data["channel"], data["header"], data["parent_header"], data["content"], len(text))
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return None


def _parts(raw: bytes) -> tuple[str, list[bytes]]:
    count = int.from_bytes(raw[:8], "little")
    if not 6 <= count <= 64:
        raise ValueError("a frame has a channel, four parts and perhaps a few buffers")
    offsets = [int.from_bytes(raw[8 * place : 8 * place + 8], "little") for place in range(1, count + 1)]
    channel = raw[offsets[0] : offsets[1]].decode()
    return channel, [raw[start:end] for start, end in zip(offsets[1:-1], offsets[2:], strict=True)]


def _json_before_buffers(raw: bytes) -> bytes:
    """The JSON of a message that came with binary buffers, in the old protocol."""
    count = int.from_bytes(raw[:4], "big")
    first = int.from_bytes(raw[4:8], "big")
    end = int.from_bytes(raw[8:12], "big") if count > 1 else None
    return raw[first:end]


def _message(channel: Any, header: Any, parent: Any, content: Any, size: int) -> Message | None:
    if not isinstance(header, dict) or not isinstance(content, dict) or not isinstance(channel, str):
        return None
    kind = header.get("msg_type")
    parent_id = parent.get("msg_id") if isinstance(parent, dict) else None
    if not isinstance(kind, str):
        return None
    return Message(channel, kind, parent_id if isinstance(parent_id, str) else "", content, size)


def _load(text: bytes | str) -> Any:
    value = json.loads(text, parse_constant=lambda _: None, parse_float=_finite)
    return replace_unstorable(value)


def _finite(literal: str) -> float | None:
    number = float(literal)
    return number if math.isfinite(number) else None
