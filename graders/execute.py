"""Step 2, execute: the cells run in a fresh session, in order, within limits of time for each and for all."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graders.report import CodeFault, Warning
from notebooks import Cell, CellError, CellReply, CellTimeout, KernelLost, Limits, Session

# "error": the answer raised; "died": the process ended itself; the others as they say.
Ending = Literal["done", "error", "timeout", "out_of_memory", "died"]

TOTAL_PER_CELL = 3  # all cells together may take this many times what one may
MOST_LINES = 60
LONGEST_LINE = 500


@dataclass(frozen=True)
class Execution:
    """fault: where and how it ended, unless it is "done". drew: whether the answer showed a picture."""

    ending: Ending
    fault: CodeFault | None = None
    warnings: tuple[Warning, ...] = ()
    drew: bool = False


@dataclass(frozen=True)
class _Run:
    """How one cell ended; is_over: no other can run after it."""

    ending: Ending
    fault: CodeFault | None = None
    is_over: bool = False
    drew: bool = False


def execute(session: Session, cells: Sequence[Cell], limits: Limits) -> Execution:
    """Run the cells, at least one; the last is the answer. An earlier one that fails is a warning, no more than that.

    Raises: KernelUnavailable where the fork server went away.
    """
    end_at = time.monotonic() + TOTAL_PER_CELL * limits.cell_timeout_s
    warnings: list[Warning] = []
    for cell in cells[:-1]:
        run = _run_cell(session, cell, min(limits.cell_timeout_s, end_at - time.monotonic()))
        if run.is_over:
            return Execution(run.ending, run.fault, tuple(warnings))
        if run.fault is not None:
            warnings.append(Warning("earlier_cell_failed", cell.id, {"name": run.fault.name or "TimeoutError"}))
    last = _run_cell(session, cells[-1], min(limits.cell_timeout_s, end_at - time.monotonic()))
    return Execution(last.ending, last.fault, tuple(warnings), last.drew)


def _run_cell(session: Session, cell: Cell, timeout_s: float) -> _Run:
    if timeout_s <= 0:
        return _Run("timeout", _limit_fault(cell), is_over=True)
    try:
        reply = session.run(cell.source, timeout_s=timeout_s)
    except CellTimeout as reason:
        return _Run("timeout", _limit_fault(cell), is_over=reason.is_session_over)
    except KernelLost as reason:
        return _Run("out_of_memory" if reason.reason == "memory" else "died", _limit_fault(cell), is_over=True)
    if reply.error is not None:
        return _Run("out_of_memory" if reply.error.is_memory else "error", _fault(cell, reply.error))
    return _Run("done", drew=_shows_picture(reply))


def _limit_fault(cell: Cell) -> CodeFault:
    """The cell that ran into a limit; there is no exception to tell of."""
    return CodeFault(cell.id, "", "", None)


def _fault(cell: Cell, error: CellError) -> CodeFault:
    lines = tuple(_storable(line[:LONGEST_LINE]) for line in error.traceback[-MOST_LINES:])
    return CodeFault(cell.id, _storable(error.name), _storable(error.value[:LONGEST_LINE]), error.line, lines)


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd")


def _shows_picture(reply: CellReply) -> bool:
    bundles = (*reply.displays, *([reply.result] if reply.result else []))
    return any(kind.startswith("image/") for bundle in bundles for kind in bundle)
