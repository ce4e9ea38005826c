"""What a cell prints, kept up to a cap: through sys.stdout and sys.stderr, and through the descriptors below them."""

import io
import os
import sys
import tempfile
from collections.abc import Callable

from .lasting_streams import mend


class CappedText(io.TextIOBase):
    """A text stream that keeps the first bytes and lines that are written to it, and drops the rest.

    descriptor: what `fileno` tells, for programs that print past Python.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, descriptor: int, before_output: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._before_output = before_output
        self.start(0, 0)

    def start(self, most_bytes: int, most_lines: int) -> None:
        """Forget what was written and take up to this much more."""
        self._parts: list[str] = []
        self._bytes_left = most_bytes
        self._lines_left = most_lines

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._before_output()
        if self._bytes_left > 0 and self._lines_left > 0 and text:
            kept = text[: self._bytes_left]
            lines = kept.splitlines(keepends=True)
            if len(lines) > self._lines_left:
                kept = "".join(lines[: self._lines_left])
            self._bytes_left -= len(kept.encode("utf-8", "replace"))
            self._lines_left -= kept.count("\n")
            self._parts.append(kept)
        return len(text)

    def forget(self) -> None:
        """Drop what was written; the room that it took is not given back."""
        self._parts = []

    def text(self) -> str:
        return "".join(self._parts)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._descriptor


class CapturedStreams:
    """Standard output and error of this process, from its start to its end. `before_output` is called at each print.

    folder: a memory-backed place for what programs print past Python; the file size limit bounds it.
    """

    def __init__(self, folder: str) -> None:
        # Appended to, for a program of an earlier cell may still be printing.
        self._files = {
            number: tempfile.TemporaryFile("a+b", dir=folder)  # noqa: SIM115  # open as long as the process lives
            for number in (1, 2)
        }
        for number, file in self._files.items():
            os.dup2(file.fileno(), number)
        self.before_output: Callable[[], None] = lambda: None
        self._streams = {number: CappedText(number, self._announce) for number in (1, 2)}
        self._cap = 0
        sys.stdout = sys.__stdout__ = self._streams[1]  # type: ignore[misc,assignment]  # nothing else is left to print to
        sys.stderr = sys.__stderr__ = self._streams[2]  # type: ignore[misc,assignment]  # likewise

    def start(self, most_bytes: int, most_lines: int) -> None:
        self._cap = most_bytes
        mend({"stdout": self._streams[1], "stderr": self._streams[2]})
        for number, stream in self._streams.items():
            stream.start(most_bytes, most_lines)
            os.ftruncate(self._files[number].fileno(), 0)

    def forget(self) -> None:
        """Drop what was printed so far, as when a cell clears its output."""
        for number, stream in self._streams.items():
            stream.forget()
            os.ftruncate(self._files[number].fileno(), 0)

    def _announce(self) -> None:
        self.before_output()

    def texts(self) -> tuple[str, str]:
        """What was printed since the start: through Python first, then past it."""
        out, err = (self._text(number) for number in (1, 2))
        return out, err

    def _text(self, number: int) -> str:
        said = self._streams[number].text()
        past = os.pread(self._files[number].fileno(), self._cap, 0).decode("utf-8", "replace")
        return (said + past)[: self._cap]
