"""Hints leave something to do and speak of what the lesson has; statements name what the checks look for."""

from dataclasses import replace

import pytest
from support.lessons import a_lesson, an_exercise

from courses import ExerciseBlock, Hint, Lesson
from graders.proving.hints import prove_words


def codes(lesson: Lesson) -> list[tuple[str | None, str]]:
    return [(one.language, one.code) for one in prove_words(lesson, lesson.exercises[0], ())]


def hinted(hint: str, *, solution: str = "parte = base * 2\ntotal = parte + 2\ntotal", told: str = "`total`") -> Lesson:
    lesson = a_lesson(replace(an_exercise(solution=solution, starter="... "), hints=(Hint(hint, hint),)))
    blocks = tuple(
        replace(one, markdown=f"Guarda {told}.") if isinstance(one, ExerciseBlock) else one for one in lesson.blocks_es
    )
    return replace(lesson, blocks_es=blocks, blocks_en=blocks)


@pytest.mark.parametrize(
    "hint",
    [
        "Suma `base` y algo más.",
        "Empieza con `parte = base * 2`.",
        "Usa `sum(base)`, o `[uno for uno in range(base)]`.",
        "Escribe `.loc[16]` al final, o ``base`` con comillas.",
    ],
)
def test_a_hint_that_leaves_something_to_do_fits(hint: str) -> None:
    assert codes(hinted(hint)) == []


def test_a_hint_with_all_of_the_solution_is_told() -> None:
    hint = "Escribe `parte = base*2` y luego `total=parte + 2`."
    assert codes(hinted(hint)) == [("es", "hint_is_solution"), ("en", "hint_is_solution")]


def test_a_hint_with_a_name_that_the_lesson_does_not_have_is_told() -> None:
    lesson = hinted("Parte de `basse + 2`.")
    assert codes(lesson) == [("es", "hint_unknown_name"), ("en", "hint_unknown_name")]
    assert "basse" in prove_words(lesson, lesson.exercises[0], ())[0].message.es


def test_a_statement_that_does_not_name_the_answer_is_told() -> None:
    assert codes(hinted("Suma.", told="`totales`")) == [("es", "name_not_told"), ("en", "name_not_told")]
