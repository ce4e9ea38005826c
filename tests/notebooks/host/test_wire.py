"""Frames of the gateway's WebSocket: ours are read by Jupyter's own code, and nonsense is passed over."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_binary_message,
    serialize_msg_to_ws_v1,
)

from notebooks.host.wire import Message, pack, unpack

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda one: st.lists(one) | st.dictionaries(st.text(), one),
)
CONTENTS = st.dictionaries(
    st.text(max_size=9),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00")) | st.integers(),
)


def a_message(content: Any, kind: Any = "stream", parent: Any = "p1") -> dict[str, Any]:
    return {
        "header": {"msg_id": "m1", "msg_type": kind},
        "parent_header": {"msg_id": parent},
        "metadata": {},
        "content": content,
    }


@given(CONTENTS)
def test_jupyters_own_code_reads_what_we_send(content: dict[str, Any]) -> None:
    message = a_message(content)
    frame = pack("shell", message, is_v1=True)
    assert isinstance(frame, bytes)
    channel, parts = deserialize_msg_from_ws_v1(frame)
    assert channel == "shell"
    assert [json.loads(part) for part in parts] == [
        message[name] for name in ("header", "parent_header", "metadata", "content")
    ]


def test_we_read_what_jupyters_own_code_sends() -> None:
    parts = [json.dumps(part).encode() for part in a_message({"text": "ñ"}).values()]
    frame = serialize_msg_to_ws_v1([*parts, b"buffer"], "iopub")
    assert unpack(frame, is_v1=True) == Message("iopub", "stream", "p1", {"text": "ñ"}, len(parts[3]))


def test_the_old_protocol_is_read_with_and_without_buffers() -> None:
    message = {**a_message({"text": "ñ"}), "channel": "iopub"}
    for frame in (json.dumps(message), serialize_binary_message({**message, "buffers": [b"uno", b"dos"]})):
        found = unpack(frame, is_v1=False)
        assert found is not None
        assert (found.channel, found.kind, found.parent_id, found.content) == (
            "iopub",
            "stream",
            "p1",
            {"text": "ñ"},
        )


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_nothing(raw: bytes) -> None:
    assert unpack(raw, is_v1=True) is None
    assert unpack(raw, is_v1=False) is None


@given(JSON, JSON, JSON, JSON)
def test_any_shape_is_a_message_or_nothing(header: Any, parent: Any, metadata: Any, content: Any) -> None:
    frame = serialize_msg_to_ws_v1([json.dumps(part).encode() for part in (header, parent, metadata, content)], "iopub")
    found = unpack(frame, is_v1=True)
    assert found is None or isinstance(found, Message)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('{"x": NaN, "y": [Infinity, -Infinity, 1e999, 1.5]}', {"x": None, "y": [None, None, None, 1.5]}),
        ('{"x": "a\\ud800b\\u0000c", "\\udfff": 1}', {"x": "a\ufffdb\ufffdc", "\ufffd": 1}),
    ],
)
def test_what_cannot_be_stored_is_taken_out(text: str, read: Any) -> None:
    parts = [b'{"msg_type": "x"}', b"{}", b"{}", text.encode()]
    found = unpack(serialize_msg_to_ws_v1(parts, "iopub"), is_v1=True)
    assert found is not None
    assert found.content == read


def test_nesting_without_end_is_no_message() -> None:
    parts = [b'{"msg_type": "x"}', b"{}", b"{}", b'{"a":' * 50_000]
    assert unpack(serialize_msg_to_ws_v1(parts, "iopub"), is_v1=True) is None
