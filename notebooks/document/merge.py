"""A learner's work carried into a newer version of its lesson. What a learner may edit is never lost."""

import re
from dataclasses import replace

from notebooks.document.model import Cell, Notebook


def merge_work(lesson: Notebook, work: Notebook) -> Notebook:
    """The lesson with the learner's text in it, cell by cell by id.

    Locked cells and prose come from the lesson; code cells keep the learner's text, choice, answer and outputs. Cells
    of the learner that the lesson no longer has stand at the end as notes, in their order. Merging twice
    changes nothing.
    """
    cells = [_merged(cell, work.find_cell(cell.id)) for cell in lesson.cells]
    known = {cell.id for cell in lesson.cells}
    notes = [_as_note(cell) for cell in work.cells if cell.id not in known and _is_worth_keeping(cell)]
    return replace(lesson, cells=(*cells, *notes))


def _merged(cell: Cell, work: Cell | None) -> Cell:
    if work is None or cell.kind != "code" or work.kind != "code" or cell.is_locked:
        return cell
    return replace(
        cell,
        source=work.source,
        choice=work.choice,
        answer=work.answer,
        outputs=work.outputs,
        execution_count=work.execution_count,
    )


def _is_worth_keeping(cell: Cell) -> bool:
    return bool(cell.source.strip()) and not cell.is_locked


def _as_note(cell: Cell) -> Cell:
    """The cell as prose that shows its text and does not run."""
    if cell.kind != "code":
        return cell
    longest = max((len(run) for run in re.findall("`+", cell.source)), default=0)
    fence = "`" * max(3, longest + 1)
    return Cell(id=cell.id, kind="markdown", source=f"{fence}python\n{cell.source}\n{fence}")
