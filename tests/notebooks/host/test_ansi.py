"""Colours between pieces of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebooks import ansi_after
from notebooks.host.ansi import cut_unfinished


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("", "nada", ""),
        ("", "\x1b[1;31mrojo", "1;31"),
        ("1;31", "sigue", "1;31"),
        ("1;31", "\x1b[0m", ""),
        ("1;31", "\x1b[m", ""),
        ("", "\x1b[38;5;0mnegro", "38;5;0"),
        ("", "\x1b[31;0;4m", "4"),
        ("", "\x1b[2Kborra", ""),
    ],
)
def test_the_codes_in_force_after_a_text(before: str, text: str, after: str) -> None:
    assert ansi_after(before, text) == after


@given(st.text("\x1b[0;31mK"), st.text("\x1b[0;31mK"))
def test_nothing_is_lost_by_cutting(one: str, other: str) -> None:
    whole, rest = cut_unfinished(one + other)
    assert whole + rest == one + other


@given(st.lists(st.sampled_from(["\x1b[1m", "\x1b[31m", "\x1b[0m", "a", "\x1b[38;5;9m"])), st.integers(0, 99))
def test_reading_in_two_pieces_is_reading_in_one(pieces: list[str], at: int) -> None:
    text = "".join(pieces)
    first, rest = cut_unfinished(text[:at])
    assert ansi_after(ansi_after("", first), rest + text[at:]) == ansi_after("", text)


def test_codes_do_not_grow_without_end() -> None:
    assert len(ansi_after("", "\x1b[1m" * 10_000).split(";")) < 20
