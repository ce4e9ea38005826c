"""How much a cell may say: bytes and lines, counted over everything it shows."""

from dataclasses import replace

from notebooks.host.events import Fault, RunEvent, Stream

EACH_EVENT = 64  # bytes charged for any event, so that empty ones do not come without end


class Budget:
    """What is left of a cell's output. `is_spent` once something had to be cut."""

    def __init__(self, output_bytes: int, output_lines: int) -> None:
        self._bytes = output_bytes
        self._lines = output_lines
        self.is_spent = False

    def take(self, event: RunEvent, size: int) -> RunEvent | None:
        """The event, cut where the budget ends; None where nothing of it fits. A fault always fits."""
        if isinstance(event, Fault):
            return event
        if self.is_spent:
            return None
        if isinstance(event, Stream):
            return self._take_text(event)
        self._bytes -= size + EACH_EVENT
        self.is_spent = self._bytes < 0
        return None if self.is_spent else event

    def _take_text(self, event: Stream) -> Stream | None:
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
