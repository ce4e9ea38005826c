"""Lessons made by hand, and notebooks that answer them."""

from collections.abc import Sequence
from typing import Any

from courses import (
    Block,
    Check,
    ChoiceOption,
    CodeBlock,
    DatasetPin,
    Exercise,
    ExerciseBlock,
    Lesson,
    LocalText,
    Section,
    WrongAnswer,
)
from notebooks import Cell, Notebook


def a_check(kind: str = "value", check_id: str = "", *, points: float = 2.0, message: str = "", **params: Any) -> Check:
    """params: of the kind; a value check is about the number `total` unless they say otherwise."""
    if kind == "value":
        params = {"name": "total", "type": "number", **params}
    told = LocalText(message, f"{message} (en)") if message else None
    return Check(check_id or kind, kind, points, LocalText("Cumple", "It holds"), params, told)  # type: ignore[arg-type]  # tests name kinds by hand


def a_wrong_answer(source: str, wrong_id: str = "mal", check_id: str = "value") -> WrongAnswer:
    return WrongAnswer(wrong_id, source, check_id, LocalText(f"Así no: {wrong_id}.", f"Not so: {wrong_id}."))


def an_exercise(
    *checks: Check,
    solution: str | Sequence[str] = "total = 42",
    starter: str = "total = ...",
    wrong_answers: Sequence[WrongAnswer] = (),
    exercise_id: str = "suma",
    **fields: Any,
) -> Exercise:
    """A code exercise; without checks it has the plain value check."""
    given = checks or (a_check(),)
    return Exercise(
        id=exercise_id,  # type: ignore[arg-type]  # a plain text stands for the named id
        title=LocalText("Suma", "Sum"),
        kind="code",
        points=sum(check.points for check in given),
        minutes=3,
        competencies=(),
        checks=given,
        hints=(),
        starter=LocalText(starter, starter),
        solutions=(solution,) if isinstance(solution, str) else tuple(solution),
        wrong_answers=tuple(wrong_answers),
        **fields,
    )


def a_choice(*right: str, among: str = "abc", **fields: Any) -> Exercise:
    """A choice exercise with an option for each letter of `among`."""
    options = tuple(
        ChoiceOption(one, LocalText(f"Opción {one}"), one in right, LocalText(f"Sobre {one}.", f"About {one}."))
        for one in among
    )
    exercise = an_exercise(a_check("choice", "eleccion"), exercise_id="elige", solution=(), starter="")
    return Exercise(**{**vars(exercise), "kind": "choice", "options": options, "is_multiple": len(right) > 1, **fields})


def a_lesson(
    *exercises: Exercise, before: str = "base = 40", is_locked: bool = True, datasets: Sequence[str] = ()
) -> Lesson:
    """One code cell, `antes`, and then the exercises in order."""
    blocks: tuple[Block, ...] = (
        CodeBlock("uno", "antes", before, is_locked=is_locked),  # type: ignore[arg-type]  # as above
        *(ExerciseBlock("uno", one.id, "", "") for one in exercises),
    )
    return Lesson(
        id="leccion",  # type: ignore[arg-type]  # as above
        course_id="curso",  # type: ignore[arg-type]  # as above
        title=LocalText("Lección"),
        summary=LocalText(""),
        minutes=10,
        datasets=tuple(DatasetPin(name, "1.0.0") for name in datasets),
        sections=(Section("uno", LocalText("Uno")),),
        exercises=exercises,
        blocks_es=blocks,
        blocks_en=blocks,
        version="v1",
    )


def answered(lesson: Lesson, *, choice: Sequence[str] = (), language: str = "es", **sources: str) -> Notebook:
    """The lesson's notebook with these texts in cells and answers, by id (hyphens as underscores)."""
    texts = {name.replace("_", "-"): text for name, text in sources.items()} | sources
    cells = []
    for block in lesson.blocks("en" if language == "en" else "es"):
        if isinstance(block, CodeBlock):
            source = texts.get(block.cell_id, block.source)
            cells.append(Cell(block.cell_id, "code", source, is_locked=block.is_locked))
        elif isinstance(block, ExerciseBlock):
            exercise = lesson.find_exercise(block.exercise_id)
            assert exercise is not None
            source = texts.get(exercise.id, exercise.starter.es)
            cells.append(Cell(exercise.id, "code", source, exercise_id=exercise.id, choice=tuple(choice)))
    return Notebook(tuple(cells), language)
