"""The output of a cell ends where its budget does, to the byte and to the line."""

from hypothesis import given
from hypothesis import strategies as st

from notebooks import Display, Fault, Stream
from notebooks.host.budget import Budget


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
