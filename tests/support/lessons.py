"""Lessons made by hand, and notebooks that answer them."""

import itertools
from collections.abc import Sequence
from typing import Any

from courses import (
    Block,
    Check,
    ChoiceOption,
    CodeBlock,
    Criterion,
    DatasetPin,
    Exercise,
    ExerciseBlock,
    Hint,
    Lesson,
    LocalText,
    MatchAnswer,
    MatchItem,
    NumberAnswer,
    OrderItem,
    RubricLevel,
    Section,
    TextLength,
    Unit,
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
    hints: Sequence[Hint] = (),
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
        hints=tuple(hints),
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


def an_order(ids: str = "abcd", tied: str = "", **fields: Any) -> Exercise:
    """An order exercise with an item for each letter; those of `tied` may change places with the one above."""
    places = list(itertools.accumulate(one not in tied for one in ids[1:]))
    items = tuple(
        OrderItem(one, LocalText(f"Paso {one}", f"Step {one}"), place)
        for one, place in zip(ids, [0, *places], strict=True)
    )
    return a_question("order", **{"order_items": items, **fields})


def a_match(**fields: Any) -> Exercise:
    """A match exercise: a goes with uno, b and c with dos; tres is left over."""
    items = tuple(
        MatchItem(one, LocalText(f"Lado {one}"), answer, LocalText(f"Sobre {one}.", f"About {one}."))
        for one, answer in (("a", "uno"), ("b", "dos"), ("c", "dos"))
    )
    answers = tuple(MatchAnswer(one, LocalText(one.title())) for one in ("uno", "dos", "tres"))
    return a_question("match", **{"match_items": items, "match_answers": answers, **fields})


def a_number(value: float = 1234.5, unit: str = "kg", **fields: Any) -> Exercise:
    """A number exercise; there are its unit and a thousandth of it, "milésimas"."""
    units = (Unit(unit, 1.0), Unit("milésimas", 0.001)) if unit else ()
    return a_question("number", number=NumberAnswer(value, units, relative=0.001), **fields)


def a_text(**fields: Any) -> Exercise:
    """An open question of 3 points: up to 2 by one criterion, 1 by the other."""
    rubric = tuple(
        Criterion(
            name, LocalText(name), tuple(RubricLevel(float(one), LocalText(f"Nivel {one}")) for one in range(most + 1))
        )
        for name, most in (("dato", 2), ("razon", 1))
    )
    return a_question("text", checks=(), points=3.0, rubric=rubric, length=TextLength(3, 50), **fields)


def a_question(kind: str, exercise_id: str = "", **fields: Any) -> Exercise:
    """An exercise without code; its check is worth 3 points."""
    plain = an_exercise(
        a_check(kind, "respuesta", points=3.0), exercise_id=exercise_id or kind, solution=(), starter=""
    )
    return Exercise(**{**vars(plain), "kind": kind, **fields})


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


def answered(
    lesson: Lesson, *, choice: Sequence[str] = (), answer: str = "", language: str = "es", **sources: str
) -> Notebook:
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
            cells.append(
                Cell(exercise.id, "code", source, exercise_id=exercise.id, choice=tuple(choice), answer=answer)
            )
    return Notebook(tuple(cells), language)
