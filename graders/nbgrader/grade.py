"""Grading against an instructor's notebook, as a list of steps: restore, run, mark. Each step has its own file."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from courses import Language
from graders.nbgrader.document import Document
from graders.nbgrader.errors import SourceRefused
from graders.nbgrader.marks import Mark, mark, mark_missing
from graders.nbgrader.restore import Restored, restore
from graders.nbgrader.run import CellRun, run_cells
from graders.nbgrader.source import Source
from graders.report import Warning
from notebooks import ForkServer, Limits


@dataclass(frozen=True)
class Graded:
    """A graded notebook. runs: one for each of restored.placed; marks: in the source's order."""

    restored: Restored
    runs: tuple[CellRun, ...]
    marks: tuple[Mark, ...]
    seconds: float

    @property
    def points(self) -> float:
        return sum(one.points for one in self.marks)

    @property
    def max_points(self) -> float:
        return sum(one.max_points for one in self.marks)

    @property
    def warnings(self) -> tuple[Warning, ...]:
        return (*self.restored.warnings, *(warning for one in self.marks for warning in one.warnings))


def grade_notebook(
    source: Source,
    work: Document,
    *,
    sandbox: ForkServer,
    limits: Limits,
    language: Language,
    files: Mapping[str, bytes] | None = None,
) -> Graded:
    """The marks of a learner's notebook. files: the author's, by name, which cells and tests may read.

    Raises: SourceRefused where it is in another language than Python; SubmissionRefused where it belongs to another
    source; KernelUnavailable and SandboxUnavailable, which are never the learner's fault.
    """
    began_at = time.monotonic()
    if source.document.programming_language != "python":
        raise SourceRefused(
            "language_not_graded",
            "",
            f"The notebook's kernelspec says {source.document.programming_language!r}, and only Python is graded.",
        )
    restored = restore(source, work)
    runs = run_cells(source, restored.placed, sandbox=sandbox, limits=limits, language=language, files=files)
    return Graded(restored, runs, _marks(source, restored, runs), seconds=round(time.monotonic() - began_at, 3))


def _marks(source: Source, restored: Restored, runs: tuple[CellRun, ...]) -> tuple[Mark, ...]:
    came = {
        placed.marked.marking.grade_id: (placed, run)
        for placed, run in zip(restored.placed, runs, strict=True)
        if placed.marked is not None
    }
    return tuple(
        mark(cell, *came[grade_id]) if grade_id in came else mark_missing(cell)
        for grade_id, cell in source.marked.items()
        if cell.marking.earns_points
    )
