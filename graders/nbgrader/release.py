"""The learner's version of an instructor's notebook, cell by cell as nbgrader makes it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graders.nbgrader.document import Document
from graders.nbgrader.errors import SourceRefused
from graders.nbgrader.marking import KEY, Marking, checksum
from graders.nbgrader.regions import HIDDEN_TESTS, MARK_SCHEME, SOLUTION, has_region, replace_regions
from graders.nbgrader.source import Source
from notebooks import Cell

# Source: nbgrader 0.9.6, preprocessors/clearsolutions.py.
CODE_STUBS: Mapping[str, tuple[str, ...]] = {
    "python": ("# YOUR CODE HERE", f"raise {NotImplementedError.__name__}()"),
    "R": ("# YOUR CODE HERE", "fail()"),
    "matlab": ("% YOUR CODE HERE", "error('No Answer Given!')"),
    "octave": ("% YOUR CODE HERE", "error('No Answer Given!')"),
    "sas": ("/* YOUR CODE HERE */", " %notImplemented;"),
    "java": ("// YOUR CODE HERE",),
}
TEXT_STUB = ("YOUR ANSWER HERE",)
FOLDED = ("collapsed", "scrolled")  # of a code cell's outputs, cleared with them


def release(source: Source) -> Document:
    """The notebook to hand out: no solutions, hidden tests, mark schemes or outputs; with locks and checksums.

    Raises: SourceRefused where no stub is known for the notebook's language.
    """
    language = source.document.programming_language
    if language not in CODE_STUBS:
        raise SourceRefused(
            "language_without_stub",
            "",
            f"The notebook's kernelspec says the language {language!r}. Use one of: {', '.join(CODE_STUBS)}.",
        )
    markings = {one.place: one.marking for one in source.marked.values()}
    cells = tuple(
        _released(cell, markings.get(place), CODE_STUBS[language]) for place, cell in enumerate(source.document.cells)
    )
    document = source.document.with_cells(cells)
    metadata = {name: value for name, value in document.notebook.metadata.items() if name != "celltoolbar"}
    return replace(document, notebook=replace(document.notebook, metadata=metadata))


def with_checksum(cell: Cell, marking: Marking) -> Cell:
    """The cell with nbgrader's checksum of its text, and the type that it has now."""
    meta = {**cell.metadata[KEY], "checksum": checksum(cell, marking), "cell_type": cell.kind}
    return replace(cell, metadata={**cell.metadata, KEY: meta})


def _released(cell: Cell, marking: Marking | None, code_stub: tuple[str, ...]) -> Cell:
    metadata = {name: value for name, value in cell.metadata.items() if cell.kind != "code" or name not in FOLDED}
    cleared = replace(cell, outputs=(), execution_count=None, metadata=metadata)
    if marking is None:
        return cleared
    text = _text(cell, marking, code_stub if cell.kind == "code" else TEXT_STUB)
    locked = replace(cleared, source=text, metadata={**metadata, **_locks(marking)})
    return locked if marking.is_task and not marking.is_locked else with_checksum(locked, marking)


def _text(cell: Cell, marking: Marking, stub: tuple[str, ...]) -> str:
    if marking.is_solution and not has_region(cell.source, SOLUTION):
        return "\n".join(stub)
    name = marking.grade_id
    text = replace_regions(cell.source, SOLUTION, stub, cell=name)
    return replace_regions(replace_regions(text, HIDDEN_TESTS, cell=name), MARK_SCHEME, cell=name)


def _locks(marking: Marking) -> dict[str, Any]:
    """What keeps the learner's editor from deleting or changing the cell."""
    if marking.is_solution:
        return {"deletable": False}
    return {"deletable": False, "editable": False} if marking.is_locked else {}
