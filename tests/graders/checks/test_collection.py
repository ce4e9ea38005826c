"""The check `collection`: items and entries, however they are kept."""

from collections.abc import Callable
from typing import Any

import pytest
from support.lessons import a_check, a_lesson, an_exercise
from support.scenes import a_scene

from graders import GradeReport
from graders.checks.collection import KIND, is_same, judge
from graders.checks.finding import Finding
from graders.collect import collect
from graders.evidence import Absent, Column, Items, Pairs, Table, Unreadable, Value
from notebooks import ForkServer


def items(*values: Any, kind: str = "list") -> Items:
    return Items(kind, tuple(values))


def series(values: tuple[Value, ...], labels: tuple[Value, ...] = ()) -> Table:
    index = (Column("", "text", labels),) if labels else ()
    return Table((Column("", "mixed", values),), index, len(values), 1, True)


def pairs(**values: Any) -> Pairs:
    return Pairs(tuple(values.items()))


WANT = items("a", "b", "b", "c")
EQUAL_TO_ALL = """
class Anything(str):
    def __eq__(self, other): return True
    def __hash__(self): return 0
"""


def judged(have: Value | Absent, want: Value = WANT, **params: Any) -> Finding:
    return judge(a_check("collection", name="x", **params), have, want)


@pytest.mark.parametrize(
    ("have", "want", "params"),
    [
        (items("c", "b", "a", "b"), WANT, {}),
        (items("b", "b", "c", "a", kind="tuple"), WANT, {}),
        (items("a", "b", "b", "c", kind="array"), WANT, {"ordered": True}),
        (series(("a", "b", "b", "c"), ("w", "x", "y", "z")), WANT, {"ordered": True}),
        (items("a", "b", "c", kind="set"), WANT, {"as_set": True}),
        (items("a", "a", "b", "c"), WANT, {"as_set": True}),
        (items("A", "B", "b", "C"), WANT, {"ignore_case": True}),
        (items(1.0, 2.01), items(1, 2), {"tolerance": 0.05}),
        (items(0.1 + 0.2, 1.0), items(1, 0.3), {}),
        (items(None, 1), items(1, None), {}),
        (items(items(1, 2), items(3, 4)), items(items(3, 4), items(1, 2)), {}),
        (pairs(b=2, a=1), pairs(a=1, b=2), {}),
        (pairs(b=0, a=0), pairs(a=1, b=2), {"keys": True}),
        (series((1, 2), ("a", "b")), pairs(a=1, b=2), {"ordered": True}),
        (items(), items(kind="set"), {}),
    ],
)
def test_what_holds_the_same_passes_in_any_clothes(have: Value, want: Value, params: Any) -> None:
    assert judged(have, want, **params).is_right


@pytest.mark.parametrize(
    ("have", "params", "code", "fields"),
    [
        (Absent(), {}, "missing_name", {}),
        (Unreadable("placeholder"), {}, "placeholder", {}),
        (Unreadable("too_large", "list"), {}, "too_large", {}),
        ("abbc", {}, "wrong_type", {"type": "text"}),
        (pairs(a=1), {}, "wrong_type", {"type": "dict"}),
        (items("a", "b", kind="set"), {"ordered": True}, "no_order", {}),
        (items("a", "b", "b", "c"), {"unique": True}, "repeated", {"item": "'b'", "count": 1}),
        (items("b", "a", "b", "c"), {"ordered": True}, "order", {"place": 1, "item": "'b'"}),
        (items("a", "x", "b", "c"), {"ordered": True}, "item", {"place": 2, "item": "'x'", "count": 1}),
        (items("a", "b", "c"), {}, "missing", {"have": 3, "wanted": 4, "count": 1}),
        (items("a", "b", "b", "c", "d", "d"), {}, "extra", {"count": 2, "item": "'d'"}),
        (items("a", "b", "b", "C"), {}, "nearly", {"count": 1, "item": "'C'"}),
        (items("a", "b", "x", "y"), {}, "differs", {"count": 2, "item": "'x'", "missing": 2}),
        (items("a", "x", "x"), {"as_set": True}, "differs", {"count": 1, "item": "'x'", "missing": 2}),
    ],
)
def test_what_is_wrong_has_a_name(have: Value | Absent, params: Any, code: str, fields: Any) -> None:
    assert judged(have, **params) == Finding(False, f"collection.{code}", {"name": "x", **fields})


@pytest.mark.parametrize(
    ("have", "params", "code", "fields"),
    [
        (items("a", "b"), {}, "not_mapping", {"type": "list"}),
        (pairs(a=1), {}, "missing_keys", {"have": 1, "wanted": 2, "count": 1}),
        (pairs(a=1, b=2, c=3), {}, "extra_keys", {"count": 1, "key": "'c'", "missing": 0}),
        (pairs(a=1, c=3), {"keys": True}, "differing_keys", {"count": 1, "key": "'c'", "missing": 1}),
        (pairs(a=1, b=3), {}, "value", {"count": 1, "key": "'b'", "value": "3"}),
        (pairs(b=2, a=1), {"ordered": True}, "order", {"place": 1, "item": "'b'"}),
    ],
)
def test_a_mapping_is_told_by_its_keys(have: Value, params: Any, code: str, fields: Any) -> None:
    assert judged(have, pairs(a=1, b=2), **params) == Finding(False, f"collection.{code}", {"name": "x", **fields})


def test_nothing_that_was_expected_is_told() -> None:
    for have in (items("x"), items("a", "b"), items("a", "b", "c", "c"), pairs(a=1)):
        assert "secreto" not in str(judged(have, items("a", "secreto", "secreto", "c")).fields)
    assert "secreto" not in str(judged(pairs(a=1, b="mío"), Pairs((("a", "secreto"), ("secreto", 1)))).fields)


def test_a_wrong_answer_is_known_by_what_it_holds() -> None:
    check = a_check("collection", name="x", ordered=True, unique=True)
    assert is_same(check, items("b", "b"), items("b", "b", kind="tuple"))
    assert not is_same(check, items("b", "a"), items("a", "b"))
    assert not is_same(check, Absent(), Absent())


def test_as_many_items_as_evidence_may_hold_are_compared() -> None:
    many = items(*(float(one) + 1e-12 for one in range(60_000)))
    assert judged(many, items(*map(float, reversed(range(60_000))))).is_right


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x = {'b', 'c', 'a'}", "right"),
        ("x = pd.Series(['a', 'b', 'c'])", "right"),
        ("x = np.array(['c', 'b', 'a'], dtype=object)", "right"),
        ("x = pd.Index(['a', 'b', 'c'])", "right"),
        ("x = {'a': 1, 'b': 2, 'c': 3}.keys()", "right"),
        ("x = {'a': 1}", "collection.wrong_type"),
        ("x = (one for one in 'abc')", "collection.wrong_type"),
        ("x = ['a', 'b', ...]", "collection.differs"),
        ("x = []\nx.append(x)", "collection.too_large"),
        ("class L(list):\n    def __iter__(self): return iter('abc')\nx = L()", "collection.missing"),
    ],
)  # fmt: skip
def test_real_objects_are_seen_for_what_they_are(fork_server: ForkServer, source: str, code: str) -> None:
    check = a_check("collection", name="x")
    with fork_server.open_session() as session:
        session.run(f"import numpy as np, pandas as pd\n{source}")
        have = KIND.read(collect(a_scene(session), [check])[check.id])
    assert judge(check, have, items("a", "b", "c")).code == code


def test_an_item_that_equals_everything_earns_nothing(mark: Callable[..., GradeReport]) -> None:
    lesson = a_lesson(an_exercise(a_check("collection", name="x"), solution="x = ['uno', 'dos']", starter="x = ..."))
    assert mark(lesson, f"{EQUAL_TO_ALL}\nx = [Anything(), Anything()]").points == 0.0
    assert mark(lesson, "x = ('dos', 'uno')").points == 2.0
