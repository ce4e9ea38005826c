"""One cell of a run: its events into the log, under the lease, to its end."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from notebooks import CellDone, Coalescer, KernelConnection, Limits, RunEvent, Started
from webapp.jobs import JobContext
from webapp.services.practice import kernels, log, outputs, runs
from webapp.services.practice.progress import CellProgress
from webapp.services.practice.records import KernelRowId, RunCell, RunRecord

Body = Mapping[str, Any]
RENEW_S = 1.0


@dataclass(frozen=True)
class Hold:
    """A kernel that this runner owns: every transaction of the runner goes through here and renews the lease."""

    context: JobContext
    row_id: KernelRowId
    owner: str

    def write(self, work: Callable[[Session], None] | None = None, **values: Any) -> None:
        """Do `work` in a transaction that fails with TakenOver if the kernel is not ours any more."""
        with self.context.session_scope() as session:
            kernels.hold(session, self.row_id, self.owner, now=self.context.clock(), **values)
            if work is not None:
                work(session)

    def log(self, run: RunRecord, bodies: Sequence[Body]) -> None:
        now = self.context.clock()
        self.write(lambda session: void(log.append(session, run.id, bodies, now=now)))


def void(_value: object) -> None:
    """For functions that are called for what they do."""


class CellRunner:
    """Follows one cell on an attached kernel. Used once: `CellRunner(…).follow()`."""

    def __init__(self, hold: Hold, run: RunRecord, cell: RunCell, progress: CellProgress, limits: Limits) -> None:
        self._hold, self._run, self._cell, self._limits = hold, run, cell, limits
        self._progress, self._fold = progress, progress.fold
        self._written_at = time.monotonic()

    def follow(self, connection: KernelConnection) -> CellDone:
        """The cell's end, written to the log with everything before it.

        Raises: TakenOver where another runner has the kernel now, KernelUnavailable where its channel was closed.
        """
        if not self._progress.has_begun:
            # Written before the code is sent: whoever takes over knows that it may have been.
            self._write([{"kind": "state", "state": "running"}])
        coalescer = Coalescer()
        end: CellDone | None = None
        events = connection.execute(
            self._cell.source,
            f"{self._run.token}-{self._cell.cell_id}",
            limits=self._limits,
            should_stop=self._is_stop_wanted,
            resume=self._progress.has_begun,
            has_started=self._progress.has_started,
        )
        for event in events:
            if isinstance(event, CellDone):
                end = event
            else:
                self._take(coalescer.add(event))
        self._take(coalescer.flush())
        if end is None:
            raise RuntimeError("a run ended without its end")
        self.finish(end)
        return end

    def finish(self, end: CellDone) -> None:
        """Write how the cell ended, and what it shows from now on."""
        owed = self._fold.finish()
        note = {**end.to_json(), "kind": "note"} if end.status not in ("ok", "error") else None
        done = {**end.to_json(), "fault_line": self._fault_line()}
        bodies = [{**body, "cell": self._cell.cell_id} for body in (owed, note, done) if body]
        now = self._hold.context.clock()

        def work(session: Session) -> None:
            log.append(session, self._run.id, bodies, now=now)
            outputs.keep(session, self._run, self._cell.cell_id, self._fold.shown, end, now=now)

        gone = {"state": "lost", "gateway_url": "", "kernel_id": "", "session_id": "", "variables": []}
        self._hold.write(work, **(gone if end.is_kernel_gone else {}))

    def _fault_line(self) -> int | None:
        lines = [one["line"] for one in self._fold.shown if one["kind"] == "fault"]
        return lines[-1] if lines else None

    def _take(self, events: Sequence[RunEvent]) -> None:
        bodies: list[Body] = []
        for event in events:
            body = {"kind": "started"} if isinstance(event, Started) else self._fold.add(event.to_json())
            if body is not None:
                bodies.append(body)
        self._write(bodies)

    def _write(self, bodies: Sequence[Body]) -> None:
        now = time.monotonic()
        if bodies:
            self._hold.log(self._run, [{**body, "cell": self._cell.cell_id} for body in bodies])
        elif now - self._written_at > RENEW_S:
            self._hold.write()
        else:
            return
        self._written_at = now

    def _is_stop_wanted(self) -> bool:
        with self._hold.context.reading() as session:
            return runs.is_stop_wanted(session, self._run.id)
