"""Files of a session's home, and documents in them, read with distrust."""

import base64
from typing import Any

import pytest

from graders.documents import Document, Faulty, read_document, read_document_file
from graders.errors import EvidenceRefused
from graders.evidence import Absent
from graders.files import File, NotAFile, read_file


def raw(data: bytes, size: int | None = None) -> dict[str, Any]:
    return {"bytes": len(data) if size is None else size, "base64": base64.b64encode(data).decode()}


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ({"missing": True}, Absent()),
        ({"not_a_file": True}, NotAFile()),
        (raw(b"a\xff"), File(2, b"a\xff")),
        (raw(b"a", 9), File(9, b"a")),
    ],
)
def test_a_file_is_read_as_it_was_told(told: Any, read: Any) -> None:
    assert read_file(told) == read


def test_a_file_told_in_part_says_so() -> None:
    assert File(1, b"a").is_whole
    assert not File(9, b"a").is_whole
    assert read_document_file(raw(b"{}", 9)) == Faulty("too_large")


@pytest.mark.parametrize(
    "told",
    [
        None, [], {}, {"refused": True}, {"missing": False}, {"bytes": 1}, {"bytes": "1", "base64": ""}, raw(b"ab", 1),
        {"bytes": -1, "base64": ""}, {"bytes": True, "base64": ""}, {"bytes": 9, "base64": "***"},
        {"bytes": 10**15, "base64": ""},
        {"bytes": 9, "base64": "ñ"}, {"bytes": 9, "base64": 7}, {**raw(b""), "more": 1},
    ],
)  # fmt: skip
def test_what_is_no_file_is_refused(told: Any) -> None:
    for read in (read_file, read_document_file):
        with pytest.raises(EvidenceRefused):
            read(told)


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (b'\xef\xbb\xbf{"a": 1}', Document({"a": 1})),
        (b'{"a": "\\ud800"}', Document({"a": "?"})),
        (b'{"a":\n 1,}', Faulty("not_json", line=2, column=4)),
        (b"", Faulty("not_json", line=1, column=1)),
        (b"[Infinity]", Faulty("not_json", line=1, column=1)),
        (b"1" * 10_000, Faulty("not_json", line=1, column=1)),
        (b"{}\n\xf1", Faulty("not_utf8", line=2)),
    ],
)
def test_a_document_in_a_file_is_json_in_utf8(data: bytes, read: Any) -> None:
    assert read_document_file(raw(data)) == read


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "told",
    [
        None, [], {}, {"document": 1, "text": ""}, {"text": 7}, {"missing": 1}, {"refused": True}, {"too_slow": True},
        {"odd": 7}, {"odd": {"at": 7, "type": "x"}}, {"odd": {"at": ["x"] * 99, "type": "x"}},
        {"odd": {"at": [None], "type": "x"}},
        {"odd": {"at": [], "type": "x" * 200}}, {"document": nested(90)},
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(told: Any) -> None:
    with pytest.raises(EvidenceRefused):
        read_document(told)
