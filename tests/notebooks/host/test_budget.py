"""The output of a cell ends where its budget does, to the byte and to the line."""

from hypothesis import given
from hypothesis import strategies as st

from notebooks import Display, Fault, Stream
from notebooks.host.budget import Budget, without_overwritten
from webapp.services.practice.fold import overwrite


@given(st.lists(st.text("añ\n🙂", max_size=40), max_size=30), st.integers(0, 800), st.integers(0, 12))
def test_no_more_than_the_budget_is_shown(texts: list[str], most_bytes: int, most_lines: int) -> None:
    budget = Budget(most_bytes, most_lines)
    kept = [budget.take(Stream("stdout", text), 0) for text in texts]
    shown = "".join(event.text for event in kept if isinstance(event, Stream))
    assert len(shown.encode()) <= most_bytes
    assert shown.count("\n") <= most_lines
    assert "".join(texts).startswith(shown)
    assert budget.is_spent or shown == "".join(texts)


def test_once_it_is_spent_nothing_but_an_error_comes() -> None:
    budget = Budget(1_000, 10)
    assert budget.take(Display({"image/png": "A"}), 5_000) is None
    assert budget.is_spent
    assert budget.take(Stream("stdout", "x"), 1) is None
    assert budget.take(Fault("KeyError", "'x'"), 1) == Fault("KeyError", "'x'")


@given(st.text("ab\r\n\b\x1b[K", max_size=40), st.text("xy\r\n", max_size=10))
def test_what_is_printed_over_is_left_out_and_nothing_looks_different(text: str, before: str) -> None:
    shown = overwrite(before, "")
    assert overwrite(shown[0], without_overwritten(text), shown[1]) == overwrite(shown[0], text, shown[1])


def test_a_bar_of_progress_costs_what_is_left_of_it() -> None:
    budget = Budget(1_000, 10)
    for step in range(10_000):
        assert budget.take(Stream("stdout", f"\r{step:05} de 10000"), 0)
    assert budget.take(Stream("stdout", "\n"), 0) == Stream("stdout", "\n")
    assert budget.take(Stream("stdout", "\r" + "".join(f"{step:05}\r" for step in range(1_000))), 0)
    assert not budget.is_spent


@given(st.lists(st.text("a\r\n", max_size=60), max_size=60), st.integers(0, 300))
def test_printing_over_never_leaves_more_than_the_budget(texts: list[str], most_bytes: int) -> None:
    budget, shown, cursor = Budget(most_bytes, 1_000), "", None
    for text in texts:
        event = budget.take(Stream("stdout", text), 0)
        if isinstance(event, Stream):
            shown, cursor = overwrite(shown, event.text, cursor)
    assert len(shown.encode()) <= most_bytes
