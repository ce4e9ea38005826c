"""The way from one text to another holds both of them whole."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.ui.word_changes import MOST_WORDS, Stretch, changes_between, without

TEXTS = st.text("ab ñ«.\n", max_size=60)


def joined(stretches: tuple[Stretch, ...]) -> str:
    return "".join(one.text for one in stretches)


@given(TEXTS, TEXTS)
def test_each_text_is_what_the_other_ones_marks_leave(before: str, after: str) -> None:
    way = changes_between(before, after)
    assert joined(without("ins", way)) == before
    assert joined(without("del", way)) == after
    assert all(one.text for one in way)


def test_words_are_marked_and_not_letters() -> None:
    assert changes_between("la suma total", "la resta total") == (
        Stretch("same", "la "), Stretch("del", "suma"), Stretch("ins", "resta"), Stretch("same", " total"),
    )  # fmt: skip


def test_long_texts_are_compared_line_by_line() -> None:
    lines = [f"línea {number}\n" for number in range(MOST_WORDS)]
    way = changes_between("".join(lines), "".join([*lines[:-1], "otra\n"]))
    assert way[-2:] == (Stretch("del", lines[-1]), Stretch("ins", "otra\n"))
