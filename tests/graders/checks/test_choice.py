"""Choice exercises: the marked options against the right ones."""

from collections.abc import Sequence

import pytest
from support.lessons import a_choice

from graders.checks import judge_choice


@pytest.mark.parametrize(
    ("right", "chosen", "code"),
    [
        ("b", ["b"], "choice.right"),
        ("b", [], "choice.none"),
        ("b", ["gone"], "choice.none"),
        ("b", ["a"], "choice.wrong"),
        ("b", ["a", "b"], "choice.wrong"),
        ("bc", ["c", "b"], "choice.right"),
        ("bc", ["b", "gone"], "choice.incomplete"),
        ("bc", ["a", "b", "c"], "choice.wrong"),
    ],
)
def test_marked_options_are_judged(right: str, chosen: Sequence[str], code: str) -> None:
    finding = judge_choice(a_choice(*right), chosen)
    assert (finding.is_right, finding.code) == (code == "choice.right", code)


def test_options_that_were_not_marked_are_not_given_away() -> None:
    for chosen in (["a"], ["b"], []):
        assert set(judge_choice(a_choice("b", "c"), chosen).fields.get("options", ())) <= set(chosen)
