"""Which cell of a notebook is which part of its lesson, whatever was moved, copied or deleted meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graders.exchange.cells import Shown
from graders.exchange.kept import CELL
from graders.nbgrader.document import OURS
from graders.nbgrader.marking import KEY
from notebooks import Cell


@dataclass(frozen=True)
class Paired:
    """A cell and the part that it shows, None for one that the lesson did not have. is_copy: of a cell that it had."""

    cell: Cell
    shown: Shown | None
    is_copy: bool = False


def part_of(cell: Cell) -> str:
    """The part that a cell says to be; its id where it says nothing."""
    ours = cell.metadata.get(OURS)
    part = ours.get("part") if isinstance(ours, Mapping) else None
    return part if isinstance(part, str) else cell.id


def find_kept(cells: Sequence[Cell]) -> Cell | None:
    """The cell that keeps what the notebook does not show."""
    return next((cell for cell in cells if part_of(cell) == CELL), None)


def pair(cells: Sequence[Cell], shown: Sequence[Shown]) -> tuple[Paired, ...]:
    """Every cell in order, but for those that keep files. Of copies the one that was changed least is the part."""
    parts = {one.id: one for one in shown}
    claims: dict[str, list[Cell]] = {}
    for cell in cells:
        claims.setdefault(part_of(cell), []).append(cell)
    chosen = {
        part: min(claims[part], key=lambda cell: (cell.source != one.source, cell.id != part))
        for part, one in parts.items()
        if part in claims
    }
    return tuple(
        Paired(cell, parts[part_of(cell)])
        if chosen.get(part_of(cell)) is cell
        else Paired(cell, None, is_copy=part_of(cell) in parts)
        for cell in cells
        if part_of(cell) != CELL
    )


def flag(cell: Cell, name: str) -> bool:
    """One of nbgrader's marks of a cell."""
    marks = cell.metadata.get(KEY)
    return isinstance(marks, Mapping) and marks.get(name) is True


def is_locked(cell: Cell) -> bool:
    """Whether the cell is read-only and nothing else to nbgrader."""
    return flag(cell, "locked") and not flag(cell, "grade") and not flag(cell, "solution")
