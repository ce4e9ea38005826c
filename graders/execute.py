"""Step 2, execute: the cells run in a fresh session, in order, within limits of time for each and for all."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graders.report import CodeFault, Warning
from notebooks import Cell, CellError, CellTimeout, KernelLost, Limits, Session

# "error": the answer raised; "died": the process ended itself; the others as they say.
Ending = Literal["done", "error", "timeout", "out_of_memory", "died"]

# All earlier cells together may take this many times what one may; the lesson's own have time left after the others.
EARLIER, EARLIER_LOCKED = 2, 3
# The exception that tells of an ending that was none.
ERROR_OF = {"died": "SystemExit", "out_of_memory": "MemoryError", "timeout": "TimeoutError"}
MOST_LINES = 60
LONGEST_LINE = 500


@dataclass(frozen=True)
class Execution:
    """fault: where and how it ended, unless it is "done". shown: what the answer displayed, its value last.

    lost_in: the earlier cell that took the session with it, so that the answer never ran.
    """

    ending: Ending
    fault: CodeFault | None = None
    warnings: tuple[Warning, ...] = ()
    shown: tuple[Mapping[str, str], ...] = ()
    lost_in: str = ""


@dataclass(frozen=True)
class CellRun:
    """How one cell ended; is_over: no other can run after it."""

    ending: Ending
    fault: CodeFault | None = None
    is_over: bool = False
    shown: tuple[Mapping[str, str], ...] = ()


def execute(session: Session, cells: Sequence[Cell], limits: Limits, *, began_at: float | None = None) -> Execution:
    """Run the cells, at least one; the last is the answer. An earlier one that fails is a warning, no more than that.

    What learners wrote in earlier cells shares a time of its own, so that none of it takes the answer's. began_at: on
    the monotonic clock, where this is not the first try at the same cells.
    Raises: KernelUnavailable where the fork server went away.
    """
    now = time.monotonic()
    # Ending a session that does not want to takes time too, which the lesson's own cells do not pay for.
    ends_at = {
        False: (now if began_at is None else began_at) + EARLIER * limits.cell_timeout_s,
        True: now + EARLIER_LOCKED * limits.cell_timeout_s,
    }
    warnings: list[Warning] = []
    for cell in cells[:-1]:
        run = run_cell(session, cell, min(limits.cell_timeout_s, ends_at[cell.is_locked] - time.monotonic()))
        if run.is_over:
            return Execution(run.ending, run.fault, tuple(warnings), lost_in=cell.id)
        if run.fault is not None:
            warnings.append(failed_warning(cell.id, run.fault.name or ERROR_OF[run.ending]))
    last = run_cell(session, cells[-1], limits.cell_timeout_s)
    return Execution(last.ending, last.fault, tuple(warnings), last.shown)


def failed_warning(cell_id: str, error: str) -> Warning:
    """What is told of an earlier cell that did not come to its end."""
    return Warning("earlier_cell_failed", cell_id, {"name": error})


def run_cell(session: Session, cell: Cell, timeout_s: float) -> CellRun:
    if timeout_s <= 0:
        return CellRun("timeout", _limit_fault(cell))
    try:
        reply = session.run(cell.source, timeout_s=timeout_s)
    except CellTimeout as reason:
        return CellRun("timeout", _limit_fault(cell), is_over=reason.is_session_over)
    except KernelLost as reason:
        return CellRun("out_of_memory" if reason.reason == "memory" else "died", _limit_fault(cell), is_over=True)
    if reply.error is not None:
        return CellRun("out_of_memory" if reply.error.is_memory else "error", _fault(cell, reply.error))
    return CellRun("done", shown=(*reply.displays, *([reply.result] if reply.result else [])))


def _limit_fault(cell: Cell) -> CodeFault:
    """The cell that ran into a limit; there is no exception to tell of."""
    return CodeFault(cell.id, "", "", None)


def _fault(cell: Cell, error: CellError) -> CodeFault:
    lines = tuple(_storable(line[:LONGEST_LINE]) for line in error.traceback[-MOST_LINES:])
    return CodeFault(cell.id, _storable(error.name), _storable(error.value[:LONGEST_LINE]), error.line, lines)


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd")
