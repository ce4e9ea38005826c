"""Text that no store can hold is refused before it reaches one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebooks import NotebookRefused, clean_text


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r")))
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize("bad", ["\x00", "a\ud800", "\udc00b", "\ud83d"])
def test_nul_and_lone_surrogates_are_refused(bad: str) -> None:
    with pytest.raises(NotebookRefused) as refusal:
        clean_text(bad)
    assert refusal.value.code == "bad_text"


def test_line_ends_become_plain() -> None:
    assert clean_text("uno\r\ndos\rtres\n") == "uno\ndos\ntres\n"
