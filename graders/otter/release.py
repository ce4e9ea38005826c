"""The learner's version of an instructor's notebook, cell by cell as Otter Assign makes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pprint import pformat
from typing import Any

from graders.nbgrader.document import OURS, Document
from graders.nbgrader.errors import SourceRefused
from graders.otter.cases import Case, Question
from graders.otter.master import LOCKED
from graders.otter.settings import Assignment
from graders.otter.solutions import reseeded, without_solutions
from graders.otter.source import ANSWER_TAG, KEY, Source, SourceCell
from notebooks import Cell

SOLUTION_TAG = "otter_assign_solution_cell"
ALL_AGAIN = "---\n\nTo double-check your work, the cell below will rerun all of the autograder tests."
SUBMIT = (
    "## Submission\n\nMake sure you have run all cells in your notebook in order before running the cell below, so "
    "that all images/graphs appear in the output. The cell below will generate a zip file for you to submit."
)
# What `grader.export` is told: a setting, its usual value, and the value that has to be said.
EXPORT_FLAGS = (
    ("filtering", True, False), ("pdf", True, False), ("force_save", False, True), ("run_tests", True, True),
    ("ignore_log", False, True),
)  # fmt: skip


@dataclass(frozen=True)
class Release:
    """The notebook to hand out, and the files of tests that go beside it, by name."""

    document: Document
    files: Mapping[str, str]


def release(source: Source, file_name: str) -> Release:
    """No solutions, hidden tests or outputs; with locks, checks and the tests that learners may run.

    file_name: of the notebook that is handed out, by which Otter finds its tests. Raises: SourceRefused.
    """
    if not source.is_master:
        raise SourceRefused(
            "no_master", "", "The notebook has no cells `# BEGIN QUESTION`. Use the one that Otter Assign is given."
        )
    released = (_released(one, source.assignment, place) for place, one in enumerate(source.cells, 1))
    cells = (
        *_first_cells(source.assignment, file_name),
        *(cell for cell in released if cell is not None),
        *_last_cells(source.assignment),
    )
    files = {f"{one.name}.py": _as_file(one, source.assignment) for one in source.questions.values() if one.cases}
    has_files = source.assignment.has_test_files
    document = source.document.with_cells(cells)
    told = _notebook_metadata(source, with_tests=not has_files)
    metadata = {**document.notebook.metadata, **({KEY: told} if told else {})}
    return Release(
        replace(document, notebook=replace(document.notebook, metadata=metadata)), files if has_files else {}
    )


def _released(one: SourceCell, assignment: Assignment, place: int) -> Cell | None:
    """The cell as learners have it; None where it is a solution in prose."""
    is_solution = one.role == "solution"
    if is_solution and one.cell.kind == "markdown":
        return None
    text, metadata = one.cell.source, {name: value for name, value in one.cell.metadata.items() if name != OURS}
    if one.cell.kind == "code" and (is_solution or assignment.strips_all_cells):
        text = without_solutions(text, f"{one.question or 'cell'} {place}")
    if is_solution:
        # Where every cell is stripped, Otter leaves its own tag.
        tag = SOLUTION_TAG if assignment.strips_all_cells else ANSWER_TAG
        metadata = {**metadata, "tags": [*metadata.get("tags", []), tag]}
    seed = assignment.seed
    if seed is not None and seed.variable is not None and seed.student_value is not None:
        text = reseeded(text, seed.variable, seed.student_value)
    return replace(one.cell, source=text, metadata=metadata, outputs=(), execution_count=None)


def _first_cells(assignment: Assignment, file_name: str) -> Iterator[Cell]:
    if not assignment.has_init_cell:
        return
    if assignment.runs_on == "colab":
        yield _added("otter-install", "%pip install -q otter-grader")
    name = f'"{file_name}"' if assignment.runs_on == "default" else ""
    yield _added("otter-begin", f"# Initialize Otter\nimport otter\ngrader = otter.Notebook({name})")


def _last_cells(assignment: Assignment) -> Iterator[Cell]:
    if assignment.has_check_all_cell:
        yield _added("otter-all", ALL_AGAIN, kind="markdown")
        yield _added("otter-check-all", "grader.check_all()")
    export = assignment.export
    if export is None:
        return
    saves = export.get("force_save", False)
    text = SUBMIT if saves else f"{SUBMIT} **Please save before exporting!**"
    instructions = export.get("instructions")
    yield _added("otter-submit", f"{text}\n\n{instructions}" if instructions else text, kind="markdown")
    told = [f"{key}={said}" for key, usual, said in EXPORT_FLAGS if export.get(key, usual) is said]
    if export.get("files"):
        told.append(f"files={list(export['files'])}")
    advice = "" if saves else "# Save your notebook first, then run this cell to export your submission.\n"
    yield _added("otter-export", f"{advice}grader.export({', '.join(told)})")
    yield Cell("otter-end", "markdown", " ")


def _added(cell_id: str, text: str, *, kind: Any = "code") -> Cell:
    return Cell(cell_id, kind, text, metadata=dict(LOCKED))


def _notebook_metadata(source: Source, *, with_tests: bool) -> dict[str, Any]:
    """What Otter reads of the notebook: its name, and the tests that are not hidden."""
    told: dict[str, Any] = {}
    assignment = source.assignment
    if assignment.name:
        told["assignment_name"] = assignment.name
    if assignment.export is not None and assignment.export.get("require_no_pdf_ack"):
        told["require_no_pdf_confirmation"] = True
        if isinstance(assignment.export["require_no_pdf_ack"], Mapping):
            told["export_pdf_failure_message"] = str(assignment.export["require_no_pdf_ack"].get("message", ""))
    if with_tests:
        tested = [one for one in source.questions.values() if one.cases]
        told["OK_FORMAT"] = assignment.is_ok_format
        told["tests"] = {one.name: _as_dict(one) if assignment.is_ok_format else _as_text(one) for one in tested}
    return told


def _shown(question: Question) -> tuple[Case, ...]:
    return tuple(one for one in question.cases if not one.is_hidden)


def _as_file(question: Question, assignment: Assignment) -> str:
    if not assignment.is_ok_format:
        return _as_text(question)
    return f"OK_FORMAT = True\n\ntest = {pformat(_as_dict(question), indent=4, width=200)}\n"


def _as_dict(question: Question) -> dict[str, Any]:
    suite = {"cases": [_case(one) for one in _shown(question)], "scored": True, "setup": "", "teardown": ""}
    told = {"name": question.name, "points": question.said, "suites": [{**suite, "type": "doctest"}]}
    return {**told, "all_or_nothing": True} if question.all_or_nothing else told


def _case(one: Case) -> dict[str, Any]:
    messages = {"success_message": one.success_message, "failure_message": one.failure_message}
    points = {} if one.said is None else {"points": one.said}
    return {
        "code": one.source, "hidden": False, "locked": False, **points,
        **{key: text for key, text in messages.items() if text},
    }  # fmt: skip


def _as_text(question: Question) -> str:
    """Tests that raise, as the Python file that Otter makes of them."""
    lines = ["from otter.test_files import test_case", "", "OK_FORMAT = False", ""]
    lines += [f'name = "{question.name}"', f"points = {question.said}"]
    lines += ["all_or_nothing = True"] if question.all_or_nothing else []
    for one in _shown(question):
        messages = (("success_message", one.success_message), ("failure_message", one.failure_message))
        told = "".join(f",\n    {key}={text!r}" for key, text in messages if text is not None)
        lines += ["", f"@test_case(points={one.said}, hidden=False{told})", one.source]
    return "\n".join([*lines, ""])
