"""The cells by which an instructor's notebook is divided: where questions, prompts, solutions, tests begin and end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graders.nbgrader.errors import SourceRefused
from notebooks import Cell

CellKind = Literal["code", "markdown", "raw"]
Block = Literal["question", "prompt", "solution", "tests"]
BOUNDARY = re.compile(r"#\s+(begin|end)\s+(question|prompt|solution|tests)\s*", re.IGNORECASE)
CONFIG = re.compile(r"#\s+assignment\s+config\s*", re.IGNORECASE)
IGNORED = re.compile(r"##\s*ignore\s*##\s*|#\s*ignore\s*", re.IGNORECASE)
PLUGIN = re.compile(r"# BEGIN PLUGIN( EXPORT)?\s*$", re.MULTILINE)
OLD = re.compile(r"\A\s*(```\s*)?\n?BEGIN (ASSIGNMENT|QUESTION)\b")
FENCE = re.compile(r"^[ \t]*```otter[ \t]*$", re.MULTILINE)
FENCED = re.compile(r"^[ \t]*```otter[ \t]*\n(.*?)^[ \t]*```[ \t]*(?:\n|\Z)(?:[ \t]*\n)?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A cell of the instructor's notebook, or a part of one. number: the cell's, from 1."""

    cell: Cell
    number: int

    @property
    def name(self) -> str:
        return f"cell {self.number}"

    @property
    def boundary(self) -> tuple[bool, Block] | None:
        """(whether it begins, of what); None where it is no boundary."""
        found = BOUNDARY.match(self.cell.source) if self.cell.kind == "raw" else None
        if found is None:
            return None
        block: Block = found[2].lower()  # type: ignore[assignment]  # one of the four that the pattern has
        return found[1].lower() == "begin", block

    @property
    def is_config(self) -> bool:
        return self.cell.kind == "raw" and CONFIG.match(self.cell.source) is not None


def pieces_of(cells: Sequence[Cell]) -> tuple[Piece, ...]:
    """The cells that count, with those boundaries on their own that are fenced in markdown. Raises: SourceRefused."""
    found = []
    for number, cell in enumerate(cells, 1):
        if PLUGIN.search(cell.source):
            raise SourceRefused(
                "plugin",
                f"cell {number}",
                f"cell {number}: it calls a plugin of Otter's, which are not run. Take it out.",
            )
        if cell.kind == "markdown" and OLD.match(cell.source):
            raise SourceRefused(
                "old_format",
                f"cell {number}",
                f"cell {number}: this is the format of Otter Assign before version 1. Write it as raw cells "
                "`# BEGIN QUESTION`.",
            )
        for one in _parts(cell, number):
            if not IGNORED.match(one.source):
                found.append(Piece(one, number))
    return tuple(found)


def has_blocks(cells: Sequence[Cell]) -> bool:
    """Whether a notebook is divided in Otter's way."""
    pieces = [Piece(cell, number) for number, cell in enumerate(cells, 1)]
    return any(
        one.boundary is not None or one.is_config or (one.cell.kind == "markdown" and FENCE.search(one.cell.source))
        for one in pieces
    )


def _parts(cell: Cell, number: int) -> Iterator[Cell]:
    """The cell itself, or what lies in and between its fences, the empty left out."""
    if cell.kind != "markdown" or not FENCE.search(cell.source):
        yield cell
        return
    texts = FENCED.split(cell.source)
    if any(FENCE.search(text) for text in texts):
        raise SourceRefused(
            "unbalanced_block", f"cell {number}", f"cell {number}: a block ```otter has no end. Close it with ```."
        )
    for place, text in enumerate(texts):
        if text.strip():
            kind: CellKind = "raw" if place % 2 else "markdown"
            yield replace(cell, id=f"{cell.id[:60]}-{place}", kind=kind, source=text.removesuffix("\n"))
