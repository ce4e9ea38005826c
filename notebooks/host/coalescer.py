"""Bursts of events in few pieces: what comes after a pause goes on at once, a burst each 50 milliseconds."""

import time
from collections.abc import Callable
from dataclasses import replace

from notebooks.host.events import Display, RunEvent, Stream, Tick

INTERVAL_S = 0.05
LONGEST_TEXT = 64_000


class Coalescer:
    """Holds events of one run back for at most an interval, joining printed text and repeated updates.

    Feed it every event, ticks too; write what it gives, in that order. After the last event call `flush`.
    The first event after a pause is never held: it is the one that a reader waits for.
    """

    def __init__(self, interval_s: float = INTERVAL_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval_s = interval_s
        self._clock = clock
        self._held: list[RunEvent] = []
        self._last_at = float("-inf")

    def add(self, event: RunEvent) -> tuple[RunEvent, ...]:
        """The events to be written now; empty while a burst is being gathered."""
        if not isinstance(event, Tick):
            self._hold(event)
        if self._clock() - self._last_at >= self._interval_s:
            return self.flush()
        return ()

    def flush(self) -> tuple[RunEvent, ...]:
        """All that was held back."""
        events, self._held = tuple(self._held), []
        if events:
            self._last_at = self._clock()
        return events

    def _hold(self, event: RunEvent) -> None:
        joined = _joined(self._held[-1], event) if self._held else None
        if joined is None:
            self._held.append(event)
        else:
            self._held[-1] = joined


def _joined(earlier: RunEvent, later: RunEvent) -> RunEvent | None:
    """Both in one, where a reader would see no difference."""
    if isinstance(earlier, Stream) and isinstance(later, Stream) and earlier.name == later.name:
        fits = len(earlier.text) + len(later.text) <= LONGEST_TEXT
        return replace(earlier, text=earlier.text + later.text) if fits else None
    if isinstance(earlier, Display) and isinstance(later, Display) and later.is_update and later.display_id:
        same = earlier.display_id == later.display_id
        return replace(later, is_update=earlier.is_update) if same else None
    return None
