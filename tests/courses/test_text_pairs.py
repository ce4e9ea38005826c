"""What is done to the structure of one language is done in both, and both keep their words."""

from functools import cache
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses.block_edits import new_code, new_exercise, new_note, new_text
from courses.blocks import join_blocks, split_blocks
from courses.model import Language
from courses.refusals import Refused
from courses.text_pairs import Texts, change_both, delete_both, find_counterpart, insert_both, keys, move_both

LANGUAGES: tuple[Language, ...] = get_args(Language)
LESSONS = [SHIPPED / "_template", *sorted(path.parent for path in SHIPPED.glob("*/*/lesson.yaml"))]


@cache
def texts_of(number: int = 0) -> Texts:
    return {one: split_blocks((LESSONS[number] / f"lesson.{one}.md").read_text("utf-8")) for one in LANGUAGES}


def place_of(texts: Texts, language: Language, id: str) -> int:
    return next(place for place, one in enumerate(texts[language]) if one.id == id)


@settings(max_examples=40, deadline=None)
@given(
    number=st.integers(0, len(LESSONS) - 1),
    acts=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(LANGUAGES), st.integers(0, 40), st.integers(0, 40)), max_size=4
    ),
)
def test_the_languages_stay_in_step_whatever_is_done(number: int, acts: list[tuple[int, Language, int, int]]) -> None:
    texts = texts_of(number)
    for act, language, index, target in acts:
        try:
            if act == 0:
                texts = move_both(texts, language, index % len(texts[language]), target % len(texts[language]))
            elif act == 1:
                texts = delete_both(texts, language, index % len(texts[language]))
            elif act == 2:
                new = {one: new_exercise(f"tarea-{index}", f"Texto {one}") for one in LANGUAGES}
                texts = insert_both(texts, language, index % len(texts[language]), new)
            else:
                texts = change_both(texts, language, index % len(texts[language]), body=f"x = {target}")
        except Refused:
            continue
        assert keys(texts["es"]) == keys(texts["en"])


@pytest.mark.parametrize("number", range(len(LESSONS)), ids=[path.name for path in LESSONS])
def test_an_exercise_that_is_moved_in_one_language_moves_in_both(number: int) -> None:
    texts = texts_of(number)
    last = max(place for place, one in enumerate(texts["es"]) if one.kind == "exercise")
    exercise = texts["es"][last]
    moved = move_both(texts, "es", last, 2)
    for language in LANGUAGES:
        before = texts[language][place_of(texts, language, exercise.id)]
        after = moved[language][place_of(moved, language, exercise.id)]
        assert after.content == before.content
        assert place_of(moved, language, exercise.id) <= 3


def test_an_id_changes_in_both_and_a_statement_in_its_own() -> None:
    texts = texts_of()
    place = place_of(texts, "es", "mas-nacimientos")
    changed = change_both(texts, "es", place, id="otra", body="Haz esto.")
    spanish, english = (changed[one][place_of(changed, one, "otra")] for one in LANGUAGES)
    assert spanish.body == "Haz esto."
    assert english.body == texts["en"][place_of(texts, "en", "mas-nacimientos")].body


def test_a_cell_that_is_the_same_in_both_stays_so_and_a_translated_one_is_left() -> None:
    texts = texts_of()
    place = place_of(texts, "es", "cargar-vitales")
    assert texts["es"][place].body == texts["en"][place].body
    both = change_both(texts, "es", place, body="x = 1")
    assert [both[one][place].body for one in LANGUAGES] == ["x = 1", "x = 1"]
    translated = change_both(
        {**both, "en": change_both(both, "en", place, body="x = 2")["en"]}, "es", place, body="x = 3"
    )
    assert [translated[one][place].body for one in LANGUAGES] == ["x = 3", "x = 2"]


def test_a_note_is_deleted_with_its_translation() -> None:
    texts = texts_of()
    place = next(place for place, one in enumerate(texts["en"]) if one.kind == "note")
    deleted = delete_both(texts, "en", place)
    assert [[one.kind for one in deleted[language]].count("note") for language in LANGUAGES] == [0, 0]


def test_a_note_that_only_one_language_has_is_moved_there_alone() -> None:
    texts = texts_of()
    extra = insert_both(texts, "es", 4, {"es": new_note("tip", "Sí"), "en": new_text("")})
    assert find_counterpart(extra, "es", 4) is None
    moved = move_both(extra, "es", 4, 8)
    assert join_blocks(moved["en"]) == join_blocks(extra["en"])
    assert [one.name for one in moved["es"]].index("tip") == 8


def test_texts_that_are_not_in_step_are_refused_for_structure_and_taken_for_words() -> None:
    texts = texts_of()
    broken: Texts = {**texts, "en": tuple(one for one in texts["en"] if one.id != "al-dia")}
    with pytest.raises(Refused, match="do not hold the same blocks"):
        move_both(broken, "es", 3, 5)
    changed = change_both(broken, "es", place_of(texts, "es", "al-dia"), body="Di cuántos.")
    assert changed["en"] == broken["en"]


def test_words_that_take_a_section_away_in_one_language_are_refused() -> None:
    texts = texts_of()
    with pytest.raises(Refused, match="do not hold the same blocks"):
        change_both(texts, "es", place_of(texts, "es", "leer"), body="Sin encabezado.")


def test_a_new_cell_stands_in_both_after_the_same_neighbour() -> None:
    texts = texts_of()
    place = place_of(texts, "en", "que-significa")
    after = insert_both(texts, "en", place, {one: new_code("otra", "1 + 1") for one in LANGUAGES})
    for language in LANGUAGES:
        assert place_of(after, language, "otra") == place_of(after, language, "que-significa") - 1
