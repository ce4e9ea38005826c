"""Order exercises: what may stay where it is earns its share."""

import pytest
from support.lessons import an_order

from graders.checks.order import judge_order


@pytest.mark.parametrize(
    ("chosen", "code", "share", "kept"),
    [
        ("abcde", "right", 0.0, None),
        ("eabcd", "partly", 0.75, "abcd"),
        ("abdce", "partly", 0.75, "abde"),
        ("deabc", "partly", 0.5, "abc"),
        ("edcba", "wrong", 0.0, None),
        ("ab", "partly", 0.25, "ab"),
        ("aabbccdde", "right", 0.0, None),
        ("xyabcde", "right", 0.0, None),
        ("", "none", 0.0, None),
        ("xy", "none", 0.0, None),
        ("a", "wrong", 0.0, None),
    ],
)
def test_an_order_earns_what_is_in_order_of_it(chosen: str, code: str, share: float, kept: str | None) -> None:
    finding = judge_order(an_order("abcde"), list(chosen))
    assert (finding.code, finding.share) == (f"order.{code}", share)
    assert finding.fields.get("items") == (list(kept) if kept else None)


@pytest.mark.parametrize(("chosen", "code"), [("abc", "right"), ("acb", "right"), ("bac", "partly"), ("bca", "partly")])
def test_items_of_one_place_may_stand_in_either_order(chosen: str, code: str) -> None:
    assert judge_order(an_order("abc", tied="c"), list(chosen)).code == f"order.{code}"


def test_the_longest_order_of_many_items_is_found_at_once() -> None:
    ids = [chr(97 + number) for number in range(26)]
    assert judge_order(an_order("".join(ids)), [*ids[13:], *ids[:13]]).share == 12 / 25
