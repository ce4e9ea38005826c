"""A lesson to a notebook for its trainers, with nbgrader's marks."""

from collections.abc import Mapping
from typing import Any

from courses import Language
from graders.exchange.cells import Shown, lay_out, marked
from graders.exchange.kept import CELL, write_kept
from graders.exchange.told import NotTaken
from graders.nbgrader import Document, write_document
from graders.nbgrader.document import OURS
from graders.nbgrader.marking import KEY
from notebooks import Cell, Notebook, NotebookRefused

KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def to_notebook(files: Mapping[str, bytes], language: Language) -> bytes:
    """The lesson in these files as an .ipynb for trainers, with solutions; equal bytes for equal files.

    files: by their names in the lesson ("lesson.yaml", "exercises/suma/starter.py"), good or still with complaints.
    `nbgrader generate_assignment` and `python -m graders release` make of it what learners may have.
    Raises: NotTaken where the text of the language is not there or no notebook can hold it.
    """
    cells = tuple(_to_cell(one) for one in lay_out(files, language))
    notebook = Notebook((*cells, _kept_cell(files, language)), language)
    try:
        return write_document(Document(notebook, KERNELSPEC, {"name": "python"}))
    except NotebookRefused as reason:
        raise NotTaken("not-text", f"lesson.{language}.md") from reason


def _to_cell(shown: Shown) -> Cell:
    metadata: dict[str, Any] = {OURS: {"part": shown.id}}
    if shown.marks:
        metadata[KEY] = dict(shown.marks)
    return Cell(shown.id, shown.kind, shown.source, metadata=metadata)


def _kept_cell(files: Mapping[str, bytes], language: Language) -> Cell:
    """The last cell, folded in JupyterLab. To nbgrader it is a test worth nothing."""
    marks = marked({"grade": True, "solution": False, "locked": True, "points": 0.0, "grade_id": CELL})
    metadata = {OURS: {"part": CELL}, KEY: marks, "jupyter": {"source_hidden": True}}
    return Cell(CELL, "code", write_kept(files, language), metadata=metadata)
