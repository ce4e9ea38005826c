"""How much a cell may say: bytes and lines, counted over everything it shows."""

from dataclasses import dataclass, replace

from notebooks.host.events import Fault, RunEvent, Stream

CURSOR_MOVES = ("\x1b", "\b")
EACH_EVENT = 64  # bytes charged for any event, so that empty ones do not come without end


@dataclass(frozen=True)
class _Redrawn:
    """A line that was begun anew by a carriage return and has not ended: its stream, characters, and cost."""

    name: str
    length: int
    cost: int


class Budget:
    """What is left of a cell's output. `is_spent` once something had to be cut.

    A line that is printed over, as bars of progress do, is charged as it stands and not for each time it stood.
    """

    def __init__(self, output_bytes: int, output_lines: int) -> None:
        self._bytes = output_bytes
        self._lines = output_lines
        self._redrawn: _Redrawn | None = None
        self.is_spent = False

    def take(self, event: RunEvent, size: int) -> RunEvent | None:
        """The event, cut where the budget ends; None where nothing of it fits. A fault always fits."""
        if isinstance(event, Fault):
            return event
        if self.is_spent:
            return None
        if isinstance(event, Stream):
            return self._take_text(replace(event, text=without_overwritten(event.text)))
        self._redrawn = None
        self._bytes -= size + EACH_EVENT
        self.is_spent = self._bytes < 0
        return None if self.is_spent else event

    def _take_text(self, event: Stream) -> Stream | None:
        self._refund(event)
        raw = event.text.encode()
        room = max(0, self._bytes - EACH_EVENT)
        text = event.text if len(raw) <= room else raw[:room].decode(errors="ignore")
        lines = text.split("\n", self._lines)
        if len(lines) > self._lines:
            text = "".join(line + "\n" for line in lines[: self._lines])
        self._bytes -= len(raw) + EACH_EVENT
        self._lines -= text.count("\n")
        self.is_spent = text != event.text
        return replace(event, text=text) if text else None

    def _refund(self, event: Stream) -> None:
        """Give back what the line cost that this text is printed over as a whole."""
        line = _redrawn_line(event)
        if line and self._redrawn and line.name == self._redrawn.name and line.length >= self._redrawn.length:
            self._bytes += self._redrawn.cost
        self._redrawn = line


def _redrawn_line(event: Stream) -> _Redrawn | None:
    """The line that a text draws from its start and leaves open; None for any other text."""
    text = event.text
    if not text.startswith("\r") or any(one in text for one in ("\n", *CURSOR_MOVES)):
        return None
    return _Redrawn(event.name, max(map(len, text.split("\r"))), len(text.encode()) + EACH_EVENT)


def without_overwritten(text: str) -> str:
    """The text without what it prints over itself; on a terminal it looks the same."""
    if text.count("\r") < 2:
        return text
    return "\n".join(_line_as_left(line) for line in text.split("\n"))


def _line_as_left(line: str) -> str:
    """A line whose parts between carriage returns go where a later part is at least as long.

    The first part stays, for it may go on in the middle of a line; so does everything where other codes move the
    cursor or take no place.
    """
    body, end = (line[:-1], "\r") if line.endswith("\r") else (line, "")
    first, *later = body.split("\r")
    if not later or any(one in body for one in CURSOR_MOVES):
        return line
    kept: list[str] = []
    longest = 0
    for part in reversed(later):
        if len(part) > longest or not kept:
            kept.append(part)
            longest = max(longest, len(part))
    return "\r".join([first, *reversed(kept)]) + end
