"""An instructor's notebook taken apart: blocks checked, tests made into cases, cells as learners will have them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graders.nbgrader.document import Document
from graders.nbgrader.errors import SourceRefused
from graders.otter.blocks import Block, Piece, pieces_of
from graders.otter.cases import Case, Question
from graders.otter.points import shared_out
from graders.otter.settings import Assignment, Heading, assignment_of, heading_of, read_mapping
from graders.otter.solutions import has_seed, without_ignored, without_solutions
from graders.otter.source import ANSWER_TAG, KEY, Role, Source, SourceCell
from graders.otter.written_tests import case_of
from notebooks import Cell

RESPONSE = "_Type your answer here, replacing this text._"
LOCKED = {"editable": False, "deletable": False}
ROLES: dict[Block, Role] = {"question": "text", "prompt": "prompt", "solution": "solution"}


def source_of_master(document: Document) -> Source:
    """The assignment that an instructor's notebook defines. Raises: SourceRefused, with the cell named."""
    pieces = pieces_of(document.cells)
    walk = _Walk(_assignment(pieces))
    for piece in pieces:
        if not piece.is_config:
            walk.step(piece)
    walk.finish()
    return Source(document, walk.assignment, tuple(walk.cells), walk.questions)


def _assignment(pieces: Sequence[Piece]) -> Assignment:
    raw: dict[str, Any] = {}
    name = ""
    for piece in pieces:
        if piece.is_config:
            raw |= read_mapping(piece.cell.source, piece.name)
            name = piece.name
    assignment = assignment_of(raw, name)
    seeded = next((one for one in pieces if one.cell.kind == "code" and has_seed(one.cell.source)), None)
    if seeded is not None and assignment.seed is None:
        raise SourceRefused(
            "seed_missing", seeded.name, f"{seeded.name}: a line is marked # SEED and there is no seed. Give its value."
        )
    return assignment


@dataclass
class _Open:
    """A question that we are in. prompt_place: where a prompt of Otter's own goes; last_text: the place of its prose.

    needs_public_tests: whether it gets a cell that checks only where learners may see a test.
    """

    heading: Heading = Heading("")
    cases: list[Case] = field(default_factory=list)
    has_prompt: bool = False
    has_markdown_solution: bool = False
    needs_public_tests: bool = False
    prompt_place: int = 0
    last_text: int | None = None


class _Walk:
    """Where in the notebook we are, and what was found so far."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.cells: list[SourceCell] = []
        self.questions: dict[str, Question] = {}
        self._names: set[str] = set()
        self._blocks: list[Block] = []
        self._begin: Piece | None = None
        self._open = _Open()
        self._needs_export_begin = self._needs_export_end = False

    def step(self, piece: Piece) -> None:
        boundary = piece.boundary
        if boundary is None:
            self._cell(piece)
        elif boundary[0]:
            self._begin_block(piece, boundary[1])
        else:
            self._end_block(piece, boundary[1])

    def finish(self) -> None:
        if self._blocks and self._begin is not None:
            raise self._refusal(self._begin, "unbalanced_block", f"BEGIN {self._blocks[-1].upper()} has no end")
        if self._needs_export_end:
            self.cells.append(SourceCell(_export_mark("close", _marked("END", "")), "added"))

    def _begin_block(self, piece: Piece, block: Block) -> None:
        fault = _fault(block, self._blocks, has_prompt=self._open.has_prompt)
        if fault is not None:
            raise self._refusal(piece, fault[0], f"BEGIN {block.upper()} stands {fault[1]}")
        if block == "question":
            self._begin_question(piece)
        elif block == "prompt":
            self._open.has_prompt = True
        elif block == "solution" and not self._open.has_prompt:
            self._open.prompt_place = len(self.cells)
        elif block == "tests":
            self._open.needs_public_tests |= not self._open.has_prompt
        self._blocks.append(block)
        self._begin = piece

    def _begin_question(self, piece: Piece) -> None:
        heading = heading_of(read_mapping(piece.cell.source, piece.name), piece.name)
        if heading.name in self._names:
            raise SourceRefused(
                "duplicate_question",
                f"{heading.name}, {piece.name}",
                f"{heading.name}, {piece.name}: another question has this name. Give each its own.",
            )
        self._names.add(heading.name)
        self._open = _Open(heading)
        self._needs_export_begin = heading.is_manual or heading.is_exported

    def _end_block(self, piece: Piece, block: Block) -> None:
        if not self._blocks:
            raise self._refusal(
                piece, "unbalanced_block", f"END {block.upper()} has no BEGIN {block.upper()} before it"
            )
        if self._blocks[-1] != block:
            seen = f"END {block.upper()} comes before the end of {self._blocks[-1].upper()}"
            raise self._refusal(piece, "unbalanced_block", seen)
        if block == "question":
            self._end_question(piece)
        elif block == "solution":
            self._end_solution(piece)
        self._blocks.pop()

    def _end_solution(self, piece: Piece) -> None:
        """Where the answer is prose, learners get a cell for it."""
        one = self._open
        if one.has_markdown_solution and one.heading.is_manual and not one.has_prompt:
            response = Cell(f"{piece.cell.id[:54]}-response", "markdown", RESPONSE, metadata={"tags": [ANSWER_TAG]})
            self.cells.insert(one.prompt_place, SourceCell(response, "prompt", one.heading.name))
            one.has_prompt = True

    def _end_question(self, piece: Piece) -> None:
        heading, cases = self._open.heading, self._open.cases
        self._needs_export_end |= heading.is_manual or heading.is_exported
        question = _question(heading, cases, self._place(piece))
        if cases:
            self._add_check(piece)
        elif heading.points and not heading.is_manual:
            raise self._refusal(piece, "no_tests", "the question has points, no tests, and is not manual")
        if question is not None:
            self.questions[heading.name] = question
        if self.assignment.shows_points and self._open.last_text is not None:
            points = question.max_points if question is not None else 1
            shown = self.cells[self._open.last_text]
            text = f"{shown.cell.source}\n\n_Points:_ {points:g}"
            self.cells[self._open.last_text] = replace(shown, cell=replace(shown.cell, source=text))

    def _add_check(self, piece: Piece) -> None:
        """The cell by which learners check; without one, a note by which the grader does."""
        one = self._open
        name = one.heading.name
        has_public = any(not case.is_hidden for case in one.cases)
        if (has_public or not one.needs_public_tests) and one.heading.has_check_cell:
            text = f'grader.check("{name}")'
            cell = Cell(f"{piece.cell.id[:58]}-check", "code", text, metadata=dict(LOCKED))
            self.cells.append(SourceCell(cell, "added", name))
        elif self.cells:
            last = self.cells[-1]
            noted = last.cell.metadata.get(KEY)
            noted = noted if isinstance(noted, dict) else {}
            metadata = {**last.cell.metadata, KEY: {**noted, "tests": [name]}}
            self.cells[-1] = replace(last, cell=replace(last.cell, metadata=metadata))

    def _cell(self, piece: Piece) -> None:
        block = self._blocks[-1] if self._blocks else None
        if block == "tests":
            self._add_case(piece)
            return
        role = ROLES[block] if block is not None else "plain"
        cell = self._with_export_marks(piece.cell, piece)
        if role == "prompt":
            cell = replace(cell, metadata={**cell.metadata, "tags": [*cell.metadata.get("tags", []), ANSWER_TAG]})
        elif role == "text":
            cell = replace(cell, metadata={**cell.metadata, **LOCKED})
        if cell.kind == "markdown":
            self._open.has_markdown_solution |= role == "solution"
            self._open.last_text = len(self.cells) if role == "text" else self._open.last_text
        cell = replace(cell, source=without_ignored(cell.source, self._place(piece)))
        if cell.kind == "code" and (role == "solution" or self.assignment.strips_all_cells):
            without_solutions(cell.source, self._place(piece))  # told now, not when the learner's version is made
        self.cells.append(SourceCell(cell, role, self._open.heading.name if block else ""))

    def _add_case(self, piece: Piece) -> None:
        cases = self._open.cases
        if piece.cell.kind != "code":
            raise self._refusal(piece, "bad_test", f"a {piece.cell.kind} cell stands among the tests")
        name = f"{self._open.heading.name} - {len(cases) + 1}"
        case = case_of(piece.cell, self._place(piece), name=name, is_ok_format=self.assignment.is_ok_format)
        if case.function and any(one.function == case.function for one in cases):
            raise self._refusal(piece, "duplicate_test", f"another test of the question is called {case.function}")
        cases.append(case)

    def _with_export_marks(self, cell: Cell, piece: Piece) -> Cell:
        """The cell with the comments between which Otter prints questions that a person marks; or they as a cell."""
        marks = {"BEGIN": self._needs_export_begin, "END": self._needs_export_end}
        wanted = [word for word, is_wanted in marks.items() if is_wanted]
        self._needs_export_begin = self._needs_export_end = False
        if not wanted:
            return cell
        text = cell.source if cell.kind == "markdown" else ""
        for word in wanted:
            text = _marked(word, text)
        if cell.kind == "markdown":
            return replace(cell, source=text, metadata={**cell.metadata, **LOCKED})
        self.cells.append(SourceCell(_export_mark(piece.cell.id, text), "added"))
        return cell

    def _place(self, piece: Piece) -> str:
        return f"{self._open.heading.name}, {piece.name}" if self._blocks else piece.name

    def _refusal(self, piece: Piece, code: str, seen: str) -> SourceRefused:
        place = self._place(piece)
        return SourceRefused(code, place, f"{place}: {seen}. Correct the notebook's blocks.")


def _fault(block: Block, blocks: Sequence[Block], *, has_prompt: bool) -> tuple[str, str] | None:
    """What is wrong with a block that begins inside of others, as a code and in words; None where all is well."""
    if block == "question":
        return ("nested_block", "inside another question") if blocks else None
    if not blocks:
        return "block_outside_question", "outside a question"
    if len(blocks) > 1:
        return "nested_block", f"inside a {blocks[-1]} block"
    if block == "prompt" and has_prompt:
        return "prompt_after_solution", "behind a solution or another prompt"
    return None


def _question(heading: Heading, cases: Sequence[Case], place: str) -> Question | None:
    """The question with its points shared out; None where it earns none."""
    if not cases:
        points = shared_out(heading.points or 0, [None], place)[0] if heading.is_manual else 0.0
        return Question(heading.name, (), manual_points=points) if heading.is_manual else None
    points_each = shared_out(heading.points, [one.points for one in cases], place)
    said = heading.points
    if isinstance(said, dict):
        said = said.get("each", 1) * len(cases)
    elif isinstance(said, list):
        said = [each for each, one in zip(said, cases, strict=True) if not one.is_hidden]
    whole = tuple(replace(one, points=each) for one, each in zip(cases, points_each, strict=True))
    return Question(heading.name, whole, all_or_nothing=heading.all_or_nothing, said=said)


def _marked(word: str, text: str) -> str:
    return f"<!-- {word} QUESTION -->\n\n{text}"


def _export_mark(stem: str, text: str) -> Cell:
    return Cell(f"{stem[:57]}-export", "markdown", text, metadata=dict(LOCKED))
