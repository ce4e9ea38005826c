"""A lesson's blocks joined with what a learner has done."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from courses import CodeBlock, Exercise, ExerciseBlock, Hint, Lesson, LocalText, ProseBlock, Section
from webapp.ui.lesson_page import (
    CellWork,
    ExerciseView,
    ExerciseWork,
    LessonWork,
    SectionView,
    here,
    section_views,
    stair_label,
)

TEXT = LocalText("texto", "text")


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    app = Flask("texts")
    Babel(app, default_locale="es")
    with app.test_request_context():
        yield


def an_exercise(exercise_id: str) -> Exercise:
    return Exercise(
        id=exercise_id, title=LocalText("Suma `x`"), kind="code", points=4, minutes=3, competencies=(), checks=(),
        hints=(Hint("Mira `sum`"), Hint("Casi")), starter=LocalText("x = ..."), solutions=("x = 1",),
    )  # fmt: skip


def a_lesson() -> Lesson:
    blocks = (
        ProseBlock("a", '<h2 id="a">A</h2>', ""),
        CodeBlock("a", "c1", "import aula", is_locked=True),
        CodeBlock("a", "c2", "1 + 1"),
        ExerciseBlock("b", "suma", "<p>Suma.</p>", ""),
        ProseBlock("c", "<p>Fin</p>", ""),
    )
    sections = tuple(Section(one, TEXT) for one in "abc")
    return Lesson("l", "c", TEXT, TEXT, 10, (), sections, (an_exercise("suma"),), blocks, blocks, "v1")


def the_exercise(sections: tuple[SectionView, ...]) -> ExerciseView:
    found = sections[1].blocks[0].exercise
    assert found is not None
    return found


def test_a_visitor_reads_the_lesson_as_it_was_written() -> None:
    sections = section_views(a_lesson(), "es", LessonWork())
    assert [len(section.blocks) for section in sections] == [3, 1, 1]
    assert the_exercise(sections).cell is not None
    assert the_exercise(sections).hints == ()


def test_a_draft_takes_the_place_of_the_text_and_the_original_is_kept_beside_it() -> None:
    work = LessonWork(cells={"c2": CellWork(source="2 + 2", version=3)})
    cell = section_views(a_lesson(), "es", work)[0].blocks[2].cell
    assert cell is not None
    assert (cell.source, cell.version, cell.original) == ("2 + 2", 3, "1 + 1")


def test_a_locked_cell_keeps_the_text_of_the_lesson() -> None:
    work = LessonWork(cells={"c1": CellWork(source="import os", version=1)})
    cell = section_views(a_lesson(), "es", work)[0].blocks[1].cell
    assert cell is not None
    assert cell.source == "import aula"


def test_only_the_hints_that_were_asked_for_are_on_the_page() -> None:
    work = LessonWork(exercises={"suma": ExerciseWork(hints_seen=1)})
    shown = the_exercise(section_views(a_lesson(), "es", work))
    assert shown.hints == ("<p>Mira <code>sum</code></p>\n",)
    assert shown.hint_count == 2


def test_a_section_is_climbed_when_its_exercises_are_passed() -> None:
    passed = LessonWork(exercises={"suma": ExerciseWork(is_passed=True)})
    assert [one.is_done for one in section_views(a_lesson(), "es", passed)] == [False, True, False]


def test_a_section_without_exercises_is_climbed_when_the_learner_has_gone_past_it() -> None:
    work = LessonWork(place="c")
    assert [one.is_done for one in section_views(a_lesson(), "es", work)] == [True, False, False]


def test_an_anchor_is_written_once() -> None:
    assert [one.anchor for one in section_views(a_lesson(), "es", LessonWork())] == ["", "b", "c"]


def test_one_stands_where_one_left_and_else_at_the_start() -> None:
    sections = section_views(a_lesson(), "es", LessonWork())
    assert (here(sections, "b"), here(sections, ""), here(sections, "gone")) == (2, 1, 1)


def test_the_stair_says_in_words_how_far_one_is() -> None:
    passed = LessonWork(exercises={"suma": ExerciseWork(is_passed=True)}, place="c")
    assert stair_label(section_views(a_lesson(), "es", passed)) == "2 de 3 secciones terminadas"
