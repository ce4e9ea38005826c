"""How events become what a cell shows: printed text joined, carriage returns obeyed, updates and clears carried out.

Pure. The runner uses it to tell what can be appended to a reader's page from what replaces it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Shown = Mapping[str, Any]
SHOWN_KINDS = ("stream", "display", "result", "fault")
# What moves the place of writing back: carriage return, backspace, and the escape codes that bars of progress use.
MOVES = re.compile("\r(?!\n)|\b|\x1b\\[[0-9]{0,3}[AK]")
MOVE = re.compile("\r\n|\r|\n|\b|\x1b\\[[0-9]{0,3}[AK]")
PIECES = re.compile(f"({MOVE.pattern})")
CURSOR_UP = re.compile("\x1b\\[([0-9]{0,3})A")
# Where the next character goes, kept beside the text while that is not its end.
CURSOR = "cursor"
# An output that rewrites itself is told to readers in full each time; past this much, only once more, at the end.
MOST_REPLACED_BYTES = 2_000_000


class CellFold:
    """What one cell shows so far. `add` gives what a reader has to do about an event; `finish` comes at its end."""

    def __init__(self) -> None:
        self._shown: list[dict[str, Any]] = []
        self._clears_at_next = False
        self._left_bytes = MOST_REPLACED_BYTES

    @property
    def shown(self) -> tuple[Shown, ...]:
        return tuple(self._shown)

    def add(self, event: Shown) -> dict[str, Any] | None:
        """The body for the log: the event itself where it adds to the page, a `replace`, or None for nothing yet."""
        if event["kind"] == "clear":
            return self._clear(wait=event["wait"])
        if event["kind"] not in SHOWN_KINDS or self._updates_nothing(event):
            return None
        must_replace = self._clears_at_next
        if self._clears_at_next:
            self._shown, self._clears_at_next = [], False
        must_replace = self._take(dict(event)) or must_replace
        if self._left_bytes <= 0:
            return None
        return self._replacement() if must_replace else dict(event)

    def finish(self) -> dict[str, Any] | None:
        """What is still owed to readers: the last state of an output that was rewritten too often to follow."""
        return {"kind": "replace", "events": self._copy()} if self._left_bytes <= 0 else None

    def apply(self, body: Shown) -> None:
        """Follow a log that was written before."""
        if body["kind"] == "replace":
            self._shown = [dict(one) for one in body["events"]]
        elif body["kind"] in SHOWN_KINDS:
            self._take({name: value for name, value in body.items() if name != "cell"})

    def _clear(self, *, wait: bool) -> dict[str, Any] | None:
        if wait:
            self._clears_at_next = True
            return None
        self._shown = []
        return self._replacement() if self._left_bytes > 0 else None

    def _take(self, event: dict[str, Any]) -> bool:
        """Add an event to what is shown; whether that changed something shown before.

        Text that goes on in the middle of a line changes that line's block on the page.
        """
        if event["kind"] == "stream":
            return self._print(event)
        if event["kind"] == "display" and event.get("is_update"):
            return self._update(event)
        self._shown.append(event)
        return False

    def _print(self, event: dict[str, Any]) -> bool:
        last = self._shown[-1] if self._shown else None
        if last is None or last["kind"] != "stream" or last["name"] != event["name"]:
            last = {**event, "text": ""}
            self._shown.append(last)
        if CURSOR not in last and not MOVES.search(event["text"]):
            goes_on = bool(last["text"]) and not last["text"].endswith("\n")
            last["text"] += event["text"]
            return goes_on
        last["text"], cursor = overwrite(last["text"], event["text"], last.pop(CURSOR, None))
        if cursor is not None:
            last[CURSOR] = cursor
        return True

    def _updates_nothing(self, event: Shown) -> bool:
        """Whether the event renews a display that another cell showed, or that was cleared."""
        is_update = event["kind"] == "display" and event.get("is_update")
        return bool(is_update) and not self._find_displays(event["display_id"])

    def _find_displays(self, display_id: str | None) -> list[int]:
        return [
            place
            for place, one in enumerate(self._shown)
            if one["kind"] == "display" and one.get("display_id") == display_id
        ]

    def _update(self, event: dict[str, Any]) -> bool:
        places = self._find_displays(event["display_id"])
        for place in places:
            self._shown[place] = {**event, "is_update": False}
        return bool(places)

    def _replacement(self) -> dict[str, Any]:
        body = {"kind": "replace", "events": self._copy()}
        self._left_bytes -= sum(len(str(one)) for one in self._shown)
        return body

    def _copy(self) -> list[dict[str, Any]]:
        return [dict(one) for one in self._shown]


def overwrite(before: str, text: str, cursor: Sequence[int] | None = None) -> tuple[str, list[int] | None]:
    """What stands after printing `text` over `before` on a terminal without width, and where the cursor is.

    cursor: row and column, None for the end of the text. Colours count as characters of their own place, which
    is what keeps a coloured bar of progress readable.
    """
    lines = before.split("\n")
    row, column = cursor if cursor else (len(lines) - 1, len(lines[-1]))
    for piece in PIECES.split(text):
        if MOVE.fullmatch(piece):
            row, column = moved(lines, row, column, piece)
        elif piece:
            line = lines[row].ljust(column)
            lines[row] = line[:column] + piece + line[column + len(piece) :]
            column += len(piece)
    is_at_end = row == len(lines) - 1 and column == len(lines[-1])
    return "\n".join(lines), None if is_at_end else [row, column]


def moved(lines: list[str], row: int, column: int, move: str) -> tuple[int, int]:
    """Where the cursor is after a move; a new line is added and an erased one is cut in `lines`."""
    if move in ("\n", "\r\n"):
        if row + 1 == len(lines):
            lines.append("")
        return row + 1, 0
    if move == "\r":
        return row, 0
    if move == "\b":
        return row, max(0, column - 1)
    if up := CURSOR_UP.fullmatch(move):
        return max(0, row - int(up[1] or 1)), column
    lines[row] = lines[row][:column]
    return row, column
