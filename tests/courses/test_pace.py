"""The minutes of a lesson dealt out to its sections, and what one takes home from it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.practice import a_lesson

from courses import Catalogue, LocalText, ProseBlock, Section, list_takeaways, plan_minutes

WORDS = st.lists(st.integers(0, 400), min_size=1, max_size=12)


@given(minutes=st.integers(1, 20), words=WORDS)
def test_the_minutes_of_the_sections_are_those_of_the_lesson(minutes: int, words: list[int]) -> None:
    sections = tuple(Section(f"s{number}", LocalText("Sección")) for number in range(len(words)))
    blocks = tuple(ProseBlock(f"s{number}", "", "dato " * count) for number, count in enumerate(words))
    lesson = replace(a_lesson(), minutes=minutes, sections=sections, blocks_es=blocks, exercises=())
    planned = plan_minutes(lesson)
    assert list(planned) == [one.id for one in sections]
    assert sum(planned.values()) == minutes
    assert min(planned.values()) >= (1 if minutes >= len(words) else 0)


def test_a_section_with_more_to_do_gets_more_minutes() -> None:
    blocks = (ProseBlock("uno", "", "dato " * 100), ProseBlock("dos", "", "dato " * 300))
    planned = plan_minutes(replace(a_lesson(), blocks_es=blocks))
    assert planned == {"uno": 3, "dos": 7}


def test_an_exercise_counts_with_its_own_minutes() -> None:
    planned = plan_minutes(a_lesson())
    assert planned == {"uno": 5, "dos": 5}, "an exercise of five minutes in each"


def test_a_lesson_without_sections_plans_nothing() -> None:
    assert plan_minutes(replace(a_lesson(), sections=())) == {}


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_shipped_lesson_has_something_to_take_home(catalogue: Catalogue, language: str) -> None:
    for lesson in catalogue.courses[0].lessons:
        found = list_takeaways(lesson, language)  # type: ignore[arg-type]  # one of LANGUAGES
        assert found, lesson.id
        assert all("<h2" not in one for one in found), "headings stand elsewhere on the sheet"


def test_what_one_takes_home_is_the_notes_and_then_the_end(catalogue: Catalogue) -> None:
    lesson = catalogue.find_lesson("analisis-con-pandas", "agrupar")
    assert lesson is not None
    important, end = list_takeaways(lesson, "es")
    assert important.startswith('<div class="admonition important">')
    assert end.startswith("<ul>")
