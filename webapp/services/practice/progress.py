"""How far a run has come, told from its log: what a runner needs that takes over from one that died."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from webapp.services.practice.fold import CellFold
from webapp.services.practice.records import LogEntry, RunCell, RunStatus


@dataclass
class CellProgress:
    """has_begun: the runner turned to this cell, so its code may have been sent; has_started: the kernel took it up."""

    has_begun: bool = False
    has_started: bool = False
    status: RunStatus = ""
    fold: CellFold = field(default_factory=CellFold)


def read_progress(cells: Sequence[RunCell], entries: Sequence[LogEntry]) -> tuple[CellProgress, ...]:
    """The progress of each cell of a run, in order. A cell without an entry has not begun."""
    found = {cell.cell_id: CellProgress() for cell in cells}
    for entry in entries:
        cell = found.get(entry.body.get("cell", ""))
        if cell is None:
            continue
        match entry.body["kind"]:
            case "state":
                cell.has_begun = True
            case "started":
                cell.has_started = True
            case "cell_done":
                cell.status = entry.body["status"]
            case _:
                cell.fold.apply(entry.body)
    return tuple(found[cell.cell_id] for cell in cells)
