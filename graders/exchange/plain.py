"""A lesson from a notebook without marks: what looks like an exercise, for a trainer to confirm or change."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from graders.exchange.draft import Draft, DraftExercise, split_title
from graders.exchange.fresh import Fresh, slug_of
from graders.exchange.guesses import guess_checks, is_placeholder, is_tests
from graders.exchange.told import NotTaken, Remark
from graders.exchange.weave import is_closed
from graders.nbgrader import read_document
from notebooks import Cell

Reason = Literal["heading", "placeholder", "todo", "tests"]

ASKS = re.compile(
    r"\b(ejercicio|exercise|actividad|activity|tu turno|your turn|reto|challenge|pr[aá]ctica|tarea|task)\b", re.I
)
ANSWERS = re.compile(r"^\W*(soluci[oó]n|solution|respuesta|answer)\b", re.I)
TODO = re.compile(r"#.*\b(TODO|tu c[oó]digo|your code|escribe aqu[ií]|write here|completa)\b", re.I)
HEADING = re.compile(r"^(#{1,6} .*|\*\*.*\*\*.*)$", re.M)
NO_STATEMENT = "…"


@dataclass(frozen=True)
class Guess:
    """One exercise as it could be. Places are of cells in the notebook, from 0; None where there is no such cell.

    answer: the cell that learners fill in; statement: the text above it; solution_at: another cell that has the
    solution; tests: cells that assert; checks: as lesson.yaml has them, for the trainer to change.
    """

    answer: int
    reasons: tuple[Reason, ...]
    title: str
    starter: str
    solution: str
    statement: int | None = None
    solution_at: int | None = None
    tests: tuple[int, ...] = ()
    checks: tuple[Mapping[str, Any], ...] = ()

    @property
    def places(self) -> frozenset[int]:
        """The cells that become part of the exercise."""
        found = {self.answer, self.statement, self.solution_at, *self.tests}
        return frozenset(one for one in found if one is not None)


@dataclass(frozen=True)
class Suggestion:
    """What a notebook could be: the lesson's title, its sections' titles, and its exercises in order."""

    title: str
    sections: tuple[str, ...]
    exercises: tuple[Guess, ...]


@dataclass(frozen=True)
class Choices:
    """What a trainer decided: the suggestion's exercises, fewer, others or changed. left_out: cells not to be taken."""

    lesson_id: str
    title: str
    exercises: tuple[Guess, ...]
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Built:
    """The files of a new lesson, and what is left to do in it."""

    files: Mapping[str, bytes]
    remarks: tuple[Remark, ...]


def suggest(data: bytes, name: str = "") -> Suggestion:
    """What a plain notebook could be as a lesson. name: of its file. Raises: NotebookRefused."""
    cells = read_document(data, is_source=True).cells
    texts = [cell.source for cell in cells if cell.kind == "markdown"]
    titles = [line[2:].strip() for text in texts for line in text.split("\n") if line.startswith("# ")]
    sections = tuple(line[3:].strip() for text in texts for line in text.split("\n") if line.startswith("## "))
    stem = PurePosixPath(name).stem.replace("_", " ").replace("-", " ").capitalize()
    guesses: list[Guess] = []
    used: set[int] = set()
    for place, cell in enumerate(cells):
        if cell.kind == "code" and place not in used and (guess := guess_at(cells, place)) is not None:
            guesses.append(guess)
            used |= guess.places
    return Suggestion((titles or [stem or "Lección"])[0], sections, tuple(guesses))


def guess_at(cells: Sequence[Cell], place: int, *, is_chosen: bool = False) -> Guess | None:
    """The exercise that a code cell could be; None where nothing speaks for it.

    is_chosen: a trainer says that it is one.
    """
    source = cells[place].source
    statement = place - 1 if place and cells[place - 1].kind == "markdown" else None
    tests, solution_at = _tests_behind(cells, place), _solution_behind(cells, place)
    reasons = _reasons(cells[statement].source if statement is not None else "", source, bool(tests))
    if is_tests(source) or not source.strip() or not (reasons or is_chosen):
        return None
    return make_guess(cells, place, statement=statement, solution_at=solution_at, tests=tests, reasons=reasons)


def make_guess(
    cells: Sequence[Cell],
    answer: int,
    *,
    statement: int | None = None,
    solution_at: int | None = None,
    tests: tuple[int, ...] = (),
    reasons: tuple[Reason, ...] = (),
) -> Guess:
    """The exercise that these cells make, whoever chose them: what learners begin with, its answer and its checks."""
    source = cells[answer].source
    waits = is_placeholder(source)
    solution = cells[solution_at].source if solution_at is not None else "" if waits else source
    starter = source if waits or solution_at is not None else "..."
    title = split_title(cells[statement].source)[0] if statement is not None else ""
    checks = guess_checks(solution or source, "\n".join(cells[one].source for one in tests))
    return Guess(
        answer, reasons, title or f"Ejercicio {answer + 1}", starter, solution, statement, solution_at, tests, checks
    )


def build(data: bytes, choices: Choices) -> Built:
    """The files of the lesson that a trainer chose, the same text in both languages.

    Raises: NotTaken without any exercise, or where one names cells that are not there; NotebookRefused.
    """
    cells = read_document(data, is_source=True).cells
    if not choices.exercises:
        raise NotTaken("no-exercise", choices.lesson_id)
    if any(not 0 <= place < len(cells) for one in choices.exercises for place in one.places):
        raise NotTaken("no-cell", choices.lesson_id)
    draft, remarks = Draft(choices.lesson_id, choices.title, Fresh(set())), list[Remark]()
    answers = {one.answer: one for one in choices.exercises}
    used = choices.left_out.union(*(one.places for one in choices.exercises))
    for place, cell in enumerate(cells):
        if place in answers:
            remarks += _add_exercise(draft, cells, answers[place])
        elif place not in used and not _add_plain(draft, cell):
            remarks.append(Remark("text-left", cell.id))
    remarks += [Remark("wrong-answers", choices.lesson_id), Remark("untranslated", choices.lesson_id)]
    return Built(draft.files(), tuple(remarks))


def _reasons(statement: str, source: str, has_tests: bool) -> tuple[Reason, ...]:
    heads = HEADING.findall(statement)
    found: list[tuple[Reason, bool]] = [
        ("heading", any(ASKS.search(one) for one in heads)),
        ("placeholder", is_placeholder(source)),
        ("todo", TODO.search(source) is not None),
        ("tests", has_tests),
    ]
    return tuple(reason for reason, holds in found if holds)


def _tests_behind(cells: Sequence[Cell], place: int) -> tuple[int, ...]:
    """The cells right behind that do nothing but assert; those behind a solution too."""
    found: list[int] = []
    start = place + 1 if (solution := _solution_behind(cells, place)) is None else solution + 1
    for later in range(start, len(cells)):
        if cells[later].kind != "code" or not is_tests(cells[later].source):
            break
        found.append(later)
    return tuple(found)


def _solution_behind(cells: Sequence[Cell], place: int) -> int | None:
    """The code below a text that calls itself the solution, right behind an answer."""
    following = cells[place + 1 : place + 3]
    is_told = len(following) == 2 and following[0].kind == "markdown" and ANSWERS.match(following[0].source)
    return place + 2 if is_told and following[1].kind == "code" else None


def _add_plain(draft: Draft, cell: Cell) -> bool:
    if cell.kind == "code":
        return draft.add_code(cell.id, cell.source)
    if ANSWERS.match(cell.source) and len(cell.source.strip().split("\n")) == 1:
        return True
    if not is_closed(cell.source):
        return False
    first, _, rest = cell.source.lstrip().partition("\n")
    draft.add_text(rest if first.strip("# ") == draft.title and first.startswith("# ") else cell.source)
    return True


def _add_exercise(draft: Draft, cells: Sequence[Cell], guess: Guess) -> list[Remark]:
    name = draft.fresh.give(slug_of(guess.title), "ejercicio")
    text = cells[guess.statement].source if guess.statement is not None else NO_STATEMENT
    statement = split_title(text)[1] or NO_STATEMENT
    draft.add_exercise(
        DraftExercise(name, guess.title, statement, guess.checks, starter=guess.starter, solution=guess.solution)
    )
    return [] if guess.solution.strip() else [Remark("no-solution", name)]
