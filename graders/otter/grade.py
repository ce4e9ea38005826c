"""Grading against an assignment of Otter's, as a list of steps: restore, run, mark. Each step has its own file."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from courses import Language
from graders.nbgrader.document import Document
from graders.nbgrader.errors import SourceRefused
from graders.otter.marks import Mark, marks_of
from graders.otter.restore import Restored, restore
from graders.otter.run import Runs, run_notebook
from graders.otter.source import Source
from graders.report import Warning
from notebooks import ForkServer, Limits


@dataclass(frozen=True)
class Graded:
    """A graded notebook. marks: in the source's order."""

    restored: Restored
    runs: Runs
    marks: tuple[Mark, ...]
    seconds: float

    @property
    def points(self) -> float:
        return round(sum((one.points for one in self.marks), 0.0), 5)

    @property
    def max_points(self) -> float:
        return round(sum((one.max_points for one in self.marks), 0.0), 5)

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

    Raises: SourceRefused where files of the assignment are not there; SubmissionRefused where it belongs to another
    one; KernelUnavailable and SandboxUnavailable, which are never the learner's fault.
    """
    began_at = time.monotonic()
    _check_files(source, files or {})
    restored = restore(source, work)
    runs = run_notebook(source, restored, sandbox=sandbox, limits=limits, language=language, files=files or {})
    return Graded(restored, runs, marks_of(source, runs), seconds=round(time.monotonic() - began_at, 3))


def _check_files(source: Source, files: Mapping[str, bytes]) -> None:
    for wanted in source.assignment.files:
        name = wanted.removeprefix("./").rstrip("/")
        if not any(one == name or one.startswith(f"{name}/") for one in files):
            raise SourceRefused(
                "files_missing", "", f"The assignment names the file {wanted!r}. Give its folder with --files."
            )
