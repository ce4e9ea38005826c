"""A file that an answer wrote, as its session told of it: read with distrust."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from graders.errors import EvidenceRefused
from graders.evidence import Absent

MOST_BYTES = 10**12


@dataclass(frozen=True)
class File:
    """data: its first bytes, all of them where is_whole; size: of the whole, in bytes."""

    size: int
    data: bytes

    @property
    def is_whole(self) -> bool:
        return len(self.data) == self.size


@dataclass(frozen=True)
class NotAFile:
    """There is something else of that name: a folder, a pipe."""


def read_file(raw: Any) -> File | NotAFile | Absent:
    """What `View.file` gave. Raises: EvidenceRefused."""
    if raw == {"missing": True}:
        return Absent()
    if raw == {"not_a_file": True}:
        return NotAFile()
    if type(raw) is not dict or set(raw) != {"bytes", "base64"}:
        raise EvidenceRefused("a file is none")
    size, text = raw["bytes"], raw["base64"]
    if type(size) is not int or not 0 <= size < MOST_BYTES or type(text) is not str:
        raise EvidenceRefused("a file has no size or no bytes")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as reason:
        raise EvidenceRefused("the bytes of a file are none") from reason
    if len(data) > size:
        raise EvidenceRefused("a file has more bytes than it says")
    return File(size, data)
