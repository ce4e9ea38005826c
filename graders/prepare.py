"""Step 1, prepare: the learner's text put into the lesson's cells, as far as the exercise's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from courses import CodeBlock, ExerciseBlock, ExerciseId, Language, Lesson
from graders.report import Warning
from notebooks import Cell, Notebook, merge_work


@dataclass(frozen=True)
class Prepared:
    """cells: those that run, in the lesson's order; the last is the answer's. answer: None where it was not sent in."""

    cells: tuple[Cell, ...]
    answer: Cell | None
    warnings: tuple[Warning, ...] = ()


def prepare(lesson: Lesson, exercise_id: ExerciseId, work: Notebook, language: Language) -> Prepared:
    """The cells of the lesson with the learner's text; locked ones are the lesson's, whatever was sent in."""
    work = with_answers_named(work)
    plain = lesson_notebook(lesson, language)
    cells = _up_to(exercise_id, merge_work(plain, work))
    sent = work.find_cell(exercise_id)
    has_answer = sent is not None and sent.kind == "code"
    return Prepared(
        cells=cells,
        answer=cells[-1] if has_answer and cells and cells[-1].id == exercise_id else None,
        warnings=(*_restored(cells, work), *_left_out(plain, work)),
    )


def with_answers_named(work: Notebook) -> Notebook:
    """The notebook with each answer under its exercise's id, which some editors drop though they keep the metadata."""
    taken = {cell.id for cell in work.cells}
    cells = []
    for cell in work.cells:
        if cell.exercise_id is not None and cell.exercise_id not in taken:
            taken.add(cell.exercise_id)
            cell = replace(cell, id=cell.exercise_id)
        cells.append(cell)
    return replace(work, cells=tuple(cells))


def lesson_notebook(lesson: Lesson, language: Language, sources: Mapping[str, str] | None = None) -> Notebook:
    """The lesson's code cells and answers. sources: what stands in answers instead of their starters, by exercise."""
    cells = []
    for block in lesson.blocks(language):
        if isinstance(block, CodeBlock):
            cells.append(Cell(block.cell_id, "code", block.source, is_locked=block.is_locked))
        elif isinstance(block, ExerciseBlock):
            exercise = lesson.find_exercise(block.exercise_id)
            starter = exercise.starter.for_language(language) if exercise else ""
            source = (sources or {}).get(block.exercise_id, starter)
            cells.append(Cell(block.exercise_id, "code", source, exercise_id=block.exercise_id))
    return Notebook(tuple(cells), language)


def _up_to(cell_id: str, notebook: Notebook) -> tuple[Cell, ...]:
    code = [cell for cell in notebook.cells if cell.kind == "code"]
    at = next((at for at, cell in enumerate(code) if cell.id == cell_id), -1)
    return tuple(code[: at + 1])


def _restored(cells: tuple[Cell, ...], work: Notebook) -> list[Warning]:
    """Locked cells that were not sent in as the lesson has them."""
    locked = [(cell, work.find_cell(cell.id)) for cell in cells if cell.is_locked]
    return [
        Warning("cell_restored", cell.id)
        for cell, sent in locked
        if sent is None or sent.kind != "code" or sent.source.strip() != cell.source.strip()
    ]


def _left_out(lesson: Notebook, work: Notebook) -> list[Warning]:
    """Code cells of the learner's own, which the lesson has no place for."""
    known = {cell.id for cell in lesson.cells}
    return [
        Warning("cell_left_out", cell.id)
        for cell in work.cells
        if cell.kind == "code" and cell.id not in known and cell.source.strip()
    ]
