"""What sort of notebook a file holds, before anything is made of it."""

from collections.abc import Sequence
from typing import Literal

from graders.exchange.pairing import find_kept
from graders.nbgrader import read_document
from graders.nbgrader.marking import KEY
from notebooks import Cell

NotebookKind = Literal["lesson", "nbgrader", "plain"]


def read_cells(data: bytes) -> tuple[Cell, ...]:
    """The cells of an author's notebook, without outputs. Raises: NotebookRefused."""
    return read_document(data, is_source=True).cells


def recognise(cells: Sequence[Cell]) -> NotebookKind:
    """A lesson of ours as a notebook, one with nbgrader's marks, or one with neither."""
    if find_kept(cells) is not None:
        return "lesson"
    return "nbgrader" if any(KEY in cell.metadata for cell in cells) else "plain"
