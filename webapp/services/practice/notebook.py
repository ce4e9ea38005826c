"""A learner's lesson as one notebook: what is downloaded, and what is graded."""

from collections.abc import Mapping

from courses import CodeBlock, ExerciseBlock, Language, Lesson, ProseBlock
from notebooks import Cell, Notebook
from webapp.services.practice.records import Draft


def compose_notebook(
    lesson: Lesson,
    language: Language,
    drafts: Mapping[str, Draft],
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> Notebook:
    """The lesson with the learner's text in its cells, in reading order.

    A cell's id is its own, an answer's the exercise's; what was never touched has the lesson's text or the starter.
    choices: the options marked in choice exercises, by exercise.
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
    choice = choices.get(exercise.id, ())
    if exercise.kind == "choice":
        marked = [option for option in exercise.options if option.id in choice]
        text = "\n".join(f"# {option.text.for_language(language)}" for option in marked)
    else:
        draft = drafts.get(exercise.id)
        text = draft.source if draft else exercise.starter.for_language(language)
    return (Cell(exercise.id, "code", text, exercise_id=exercise.id, choice=choice),)
