"""A learner's lesson as one notebook: what is downloaded, and what is graded."""

from collections.abc import Mapping, Sequence

from courses import CodeBlock, Exercise, ExerciseBlock, Language, Lesson, ProseBlock
from notebooks import Cell, Notebook
from webapp.services.practice.answers import WRITTEN
from webapp.services.practice.records import Draft


def compose_notebook(
    lesson: Lesson,
    language: Language,
    drafts: Mapping[str, Draft],
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> Notebook:
    """The lesson with the learner's text in its cells, in reading order.

    A cell's id is its own, an answer's the exercise's; what was never touched has the lesson's text or the starter.
    choices: what was marked, ordered or paired, by exercise. Answers without code travel in the metadata of their cell,
    and stand in it as comments.
    """
    cells: list[Cell] = []
    for number, block in enumerate(lesson.blocks(language)):
        if isinstance(block, CodeBlock):
            draft = None if block.is_locked else drafts.get(block.cell_id)
            source = draft.source if draft else block.source
            cells.append(Cell(block.cell_id, "code", source, is_locked=block.is_locked))
        elif isinstance(block, ProseBlock):
            cells.append(Cell(f"prose-{number}", "markdown", block.markdown))
        else:
            cells.append(Cell(f"statement-{number}", "markdown", block.markdown))
            cells.extend(answer_cells(lesson, block, language, drafts, choices or {}))
    return Notebook(tuple(cells), language)


def answer_cells(
    lesson: Lesson,
    block: ExerciseBlock,
    language: Language,
    drafts: Mapping[str, Draft],
    choices: Mapping[str, tuple[str, ...]],
) -> tuple[Cell, ...]:
    exercise = lesson.find_exercise(block.exercise_id)
    if exercise is None:
        return ()
    draft = drafts.get(exercise.id)
    source = draft.source if draft else exercise.starter.for_language(language)
    if exercise.kind == "code":
        return (Cell(exercise.id, "code", source, exercise_id=exercise.id),)
    choice, answer = choices.get(exercise.id, ()), source if exercise.kind in WRITTEN else ""
    lines = [*describe_choice(exercise, choice, language), *answer.splitlines()]
    text = "\n".join(f"# {' '.join(line.split())}".rstrip() for line in lines)
    return (Cell(exercise.id, "code", text, exercise_id=exercise.id, choice=choice, answer=answer),)


def describe_choice(exercise: Exercise, choice: Sequence[str], language: Language) -> tuple[str, ...]:
    """What was marked, ordered or paired, in words: a line each. What the exercise no longer has is told by its id."""
    options = {one.id: one.text.for_language(language) for one in exercise.options}
    items = {one.id: one.text.for_language(language) for one in exercise.order_items}
    match exercise.kind:
        case "order":
            return tuple(f"{number}. {items.get(one, one)}" for number, one in enumerate(choice, 1))
        case "match":
            return tuple(describe_pair(exercise, pair, language) for pair in choice)
    return tuple(options.get(one, one) for one in choice)


def describe_pair(exercise: Exercise, pair: str, language: Language) -> str:
    item_id, _, answer_id = pair.partition("=")
    items = {one.id: one.text.for_language(language) for one in exercise.match_items}
    answers = {one.id: one.text.for_language(language) for one in exercise.match_answers}
    return f"{items.get(item_id, item_id)} → {answers.get(answer_id, answer_id)}"
