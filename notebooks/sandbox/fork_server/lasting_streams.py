"""Standard output and error of a kernel that no cell can break for the cells after it."""

import json
import os
import sys
from typing import Any

from ipykernel.iostream import OutStream
from jupyter_client.jsonutil import json_clean
from jupyter_client.session import json_packer


class LastingStream(OutStream):  # type: ignore[misc]  # ipykernel has no types
    """Stays open, takes any text, and passes on what child processes print.

    The stock one stays closed once a cell has closed it, loses texts with half a surrogate pair, and what forked
    processes print, which goes through the pipe that our kernels have not.
    """

    def write(self, text: str) -> int | None:
        if isinstance(text, str) and not text.isascii():
            text = text.encode("utf-8", "replace").decode()
        if isinstance(text, str) and not self._is_master_process():
            # The descriptor leads into the pipe that the kernel's own process reads.
            os.write(self._original_stdstream_fd, text.encode())
            return len(text)
        written: int | None = super().write(text)
        return written

    def flush(self) -> None:
        if self._is_master_process():
            super().flush()

    def close(self) -> None:
        """A cell that closes it would silence those after it."""


def mend(own: dict[str, Any]) -> None:
    """Put the kernel's own streams back where a cell left something that cannot be printed to.

    own: the streams by their names in `sys`. One that a cell put there on purpose, and that works, stays.
    """
    for name, stream in own.items():
        if not _is_sound(name):
            setattr(sys, name, stream)


def _is_sound(name: str) -> bool:
    try:
        stream = getattr(sys, name)
        stream.flush()
        return not stream.closed
    except Exception:  # whatever a learner put there may fail in any way
        return False


def pack(content: Any) -> bytes:
    """A part of a message as bytes; half a surrogate pair, which no bytes stand for, becomes a question mark."""
    try:
        packed: bytes = json_packer(content)
    except UnicodeEncodeError:
        return json.dumps(json_clean(content), ensure_ascii=False).encode("utf-8", "replace")
    return packed
