"""Match exercises: each right pair earns its share."""

from collections.abc import Sequence

import pytest
from support.lessons import a_match

from graders.checks.match import judge_match


@pytest.mark.parametrize(
    ("chosen", "code", "share"),
    [
        (["a=uno", "b=dos", "c=dos"], "right", 0.0),
        (["c=dos", "a=uno", "b=dos"], "right", 0.0),
        (["a=uno", "b=dos", "c=uno"], "partly", 2 / 3),
        (["a=dos", "b=uno", "c=uno"], "wrong", 0.0),
        (["a=uno"], "incomplete", 1 / 3),
        (["a=tres", "b=dos"], "partly", 1 / 3),
        ([], "none", 0.0),
        (["a"], "none", 0.0),
        (["a=otro", "z=uno", "="], "none", 0.0),
    ],
)
def test_pairs_are_judged(chosen: Sequence[str], code: str, share: float) -> None:
    finding = judge_match(a_match(), chosen)
    assert (finding.code, finding.share) == (f"match.{code}", share)
    assert finding.is_right is (code == "right")


def test_only_the_first_of_several_pairs_of_an_item_counts() -> None:
    every = [f"{item}={answer}" for item in "abc" for answer in ("tres", "uno", "dos")]
    assert judge_match(a_match(), every).share == 0.0


def test_no_finding_says_what_goes_with_what() -> None:
    assert judge_match(a_match(), ["a=dos", "b=dos"]).fields == {"items": ["b"], "wrong": ["a"]}
