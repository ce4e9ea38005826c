"""Waits for news in the logs of runs: one look at the database for all readers of a process, each 20 milliseconds."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from webapp.services.practice.log import list_last_numbers
from webapp.services.practice.records import RunId
from webapp.store import Sessions

logger = logging.getLogger(__name__)

LOOK_S = 0.02
MOST_AT_ONCE = 400


class LogTail:
    """One for each web process. Its thread runs while somebody waits, and asks only for the runs that are read."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._news = threading.Condition()
        self._readers: dict[RunId, int] = {}
        self._last: dict[RunId, int] = {}
        self._thread: threading.Thread | None = None

    @contextmanager
    def reading(self, run_id: RunId) -> Iterator[None]:
        """Between these, `wait` hears of this run."""
        with self._news:
            self._readers[run_id] = self._readers.get(run_id, 0) + 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="log-tail", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._news:
                self._readers[run_id] -= 1
                if not self._readers[run_id]:
                    del self._readers[run_id]
                    self._last.pop(run_id, None)

    def wait(self, run_id: RunId, after: int, timeout_s: float) -> bool:
        """Whether the run has an event past a number, waiting for one at most so long."""
        end = time.monotonic() + timeout_s
        with self._news:
            while self._last.get(run_id, 0) <= after:
                left = end - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    return self._last.get(run_id, 0) > after
            return True

    def _look(self) -> None:
        while True:
            with self._news:
                run_ids = list(self._readers)
                if not run_ids:
                    self._thread = None
                    return
            try:
                found = self._read(run_ids)
            except SQLAlchemyError:
                logger.warning("The logs could not be read; trying again.", exc_info=True)
                found = {}
            with self._news:
                news = {run_id: seq for run_id, seq in found.items() if seq > self._last.get(run_id, 0)}
                self._last.update({run_id: seq for run_id, seq in news.items() if run_id in self._readers})
                if news:
                    self._news.notify_all()
            time.sleep(LOOK_S)

    def _read(self, run_ids: list[RunId]) -> dict[RunId, int]:
        found: dict[RunId, int] = {}
        with self._sessions.read() as session:
            for start in range(0, len(run_ids), MOST_AT_ONCE):
                found.update(list_last_numbers(session, run_ids[start : start + MOST_AT_ONCE]))
        return found
