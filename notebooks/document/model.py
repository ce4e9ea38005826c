"""A notebook as frozen values, free of any file format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

CellKind = Literal["code", "markdown", "raw"]


@dataclass(frozen=True)
class Cell:
    """One cell. `id` is unique in its notebook and holds 1 to 64 letters, digits, hyphens or underscores.

    choice: ids of what a learner marked, ordered or paired, and answer: what they wrote, in an exercise without code;
    outputs: as nbformat 4 has them.
    """

    id: str
    kind: CellKind
    source: str
    is_locked: bool = False
    exercise_id: str | None = None
    choice: tuple[str, ...] = ()
    answer: str = ""
    outputs: tuple[Mapping[str, Any], ...] = ()
    execution_count: int | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Notebook:
    """Cells in reading order, the language of their prose ("es" or "en") and what else the file says of
    itself."""

    cells: tuple[Cell, ...]
    language: str = "es"
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def find_cell(self, cell_id: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.id == cell_id), None)
