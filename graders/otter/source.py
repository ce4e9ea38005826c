"""An assignment as it is graded against: its cells with the solutions in them, and its questions."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graders.nbgrader.document import Document
from graders.otter.cases import Question
from graders.otter.settings import Assignment
from notebooks import Cell

KEY = "otter"  # in the metadata of notebooks and cells
ANSWER_TAG = "otter_answer_cell"
IGNORE_TAG = "otter_ignore"
# "plain" is outside of questions, "text" is in one and locked; "added" are Otter's own, as `grader.check("q1")`.
Role = Literal["plain", "text", "prompt", "solution", "added"]


@dataclass(frozen=True)
class SourceCell:
    """One cell in the order in which learners have them. question: the one that it belongs to, "" for none."""

    cell: Cell
    role: Role
    question: str = ""

    @property
    def is_answer(self) -> bool:
        return self.role in ("prompt", "solution")

    @property
    def is_authors_code(self) -> bool:
        """Whether its definitions are the author's, whatever the learner's copy says: code that is no answer."""
        return self.role in ("plain", "text") and self.cell.kind == "code"

    @property
    def is_locked_code(self) -> bool:
        """Whether its text decides something: code that the learner may not change."""
        return self.role == "text" and self.cell.kind == "code"


@dataclass(frozen=True)
class Source:
    """questions: those that earn points, by name, in order. is_master: whether learners' versions can be made of it."""

    document: Document
    assignment: Assignment
    cells: tuple[SourceCell, ...]
    questions: Mapping[str, Question]
    is_master: bool = True

    @property
    def max_points(self) -> float:
        return round(sum(one.max_points for one in self.questions.values()), 5)

    def place_of(self, question: str) -> int:
        """Behind the last cell of a question; behind all where none is known to be its own."""
        places = [place for place, one in enumerate(self.cells, 1) if one.question == question]
        return max(places, default=len(self.cells))


def checks_in(source: str) -> tuple[str, ...]:
    """The questions that a cell's own lines have checked, as `grader.check("q1")`, in order."""
    return tuple(_checked(source))


def _checked(source: str) -> Iterator[str]:
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n"))
    try:
        tree = ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "check":
            name = node.args[0] if node.args else next((one.value for one in node.keywords), None)
            if isinstance(node.func.value, ast.Name) and isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value
