"""lesson.yaml says what it was told to say, and keeps every comment and line that has nothing to do with it."""

import copy
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses.complaints import Complaints
from courses.marked import read_yaml
from courses.refusals import Refused
from courses.sheet_edits import (
    PATH,
    check_sheet,
    find_place,
    insert_item,
    move_item,
    remove_field,
    rewrite_sheet,
    set_field,
)
from courses.yaml_edits import is_same

SHEETS = [SHIPPED / "_template/lesson.yaml", *sorted(SHIPPED.glob("*/*/lesson.yaml"))]
TEMPLATE = SHEETS[0].read_text("utf-8")
EXERCISE = ("exercises", "mas-nacimientos")
# Every way of writing that the reader takes, with comments in all places.
ODD = """\
# head

a: |  # block
  x
  # not a comment

# above b
b:
  - a # q
  # above flow
  - {x: 1, y: [2, 3], "z": 'q'}

c:
d: >+
  foo


'e': "x
  y"   # after e
f:
- 1
-
- - 2   # nested
  # above 3
  - 3
- id: uno   # first
  # inside
  t: {es: a, en: b}
- id: dos
  l: [a, "b",
      c]
? g
: h
? "long
  key"
  # above the colon
:
? alone
i: plain text
  that goes on
j: []
k: {}
m: {p: , q}
# foot
"""
TEXTS = st.text(max_size=30) | st.sampled_from(
    ["", " ", "a: b", "# x", "- a", "yes", "true", "null", "~", "1", "1.0", "1e5", "0x1F", "2020-01-01", "a\nb",
     "a\n\n b\n", "\n", "\t", "'", '"', "{a", "[", "a, b", "`x`", "%", "@", "ñ «x»", "\ufeff", "\x00", "\x85", "\u2028",
     "🙂", "---", "...", "|", "> x", "? a", "!!int 3", "&a", "*a", "a #b", " a ", "a\r\nb", "\\", "x" * 200]
)  # fmt: skip
LEAVES = TEXTS | st.integers(-(10**17), 10**17) | st.booleans() | st.none() | st.floats(-1e15, 1e15).filter(
    lambda one: abs(one) > 1e-15 or one == 0
)  # fmt: skip
KEYS = st.sampled_from(["id", "es", "en", "x", "name", "b"]) | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES, lambda one: st.lists(one, max_size=4) | st.dictionaries(KEYS, one, max_size=4), max_leaves=8
)


@cache
def value_of(text: str) -> Any:
    found = read_yaml(text, PATH, Complaints())
    assert found is not None
    return found.value


def paths(value: Any, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(one for key, inner in inside for one in paths(inner, (*here, key)))]


def changed(value: Any, path: tuple[str | int, ...], act: int, new: Any) -> Any:
    """The value with one thing set, taken out, doubled or turned round."""
    root = copy.deepcopy(value)
    around = root
    for key in path[:-1]:
        around = around[key]
    if act == 0 or not isinstance(around, list):
        if act == 1 and len(around) > 1:
            del around[path[-1]]
        elif act == 2:
            around[f"new {path[-1]}"] = new
        else:
            around[path[-1]] = new
    elif act == 1:
        del around[int(path[-1])]
    elif act == 2:
        around.insert(int(path[-1]), new)
    else:
        around.reverse()
    return root


def comments(text: str) -> list[str]:
    return sorted(line.strip() for line in text.split("\n") if line.strip().startswith("#"))


@settings(max_examples=200, deadline=None)
@given(data=st.data(), new=VALUES)
def test_any_change_to_any_manner_of_writing_says_what_was_asked(data: st.DataObject, new: Any) -> None:
    old = value_of(ODD)
    acts = data.draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10_000)), min_size=1, max_size=3))
    value = old
    for act, choice in acts:
        places = paths(value)[1:]
        value = changed(value, places[choice % len(places)], act, new)
    text = rewrite_sheet(ODD, value)
    assert is_same(value_of(text), value)
    assert text.startswith("# head\n\n")
    assert text.endswith("\n# foot\n")


@settings(max_examples=80, deadline=None)
@given(
    first=st.dictionaries(KEYS, VALUES, min_size=1, max_size=4),
    then=st.dictionaries(KEYS, VALUES, min_size=1, max_size=4),
)
def test_any_value_is_written_over_any_other(first: dict[str, Any], then: dict[str, Any]) -> None:
    text = rewrite_sheet(rewrite_sheet("a: 1\n", first), then)
    assert is_same(value_of(text), then)


@settings(max_examples=10, deadline=None)
@given(number=st.integers(0, len(SHEETS) - 1), data=st.data(), new=LEAVES)
def test_a_field_of_a_shipped_lesson_changes_alone(number: int, data: st.DataObject, new: Any) -> None:
    text = SHEETS[number].read_text("utf-8")
    leaves = [one for one in paths(value_of(text)) if one and not isinstance(get(value_of(text), one), dict | list)]
    path = data.draw(st.sampled_from(leaves))
    after = set_field(text, path, new)
    assert is_same(get(value_of(after), path), new)
    before_lines, lines = text.split("\n"), after.split("\n")
    differing = [line for line in before_lines if line not in lines]
    assert len(differing) <= 1 or "\n" in str(get(value_of(text), path))
    assert comments(after) == comments(text) or str(new).find("#") >= 0


def get(value: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@settings(max_examples=8, deadline=None)
@given(number=st.integers(0, len(SHEETS) - 1), data=st.data())
def test_what_is_put_in_and_taken_out_leaves_the_text_as_it_was(number: int, data: st.DataObject) -> None:
    text = SHEETS[number].read_text("utf-8")
    lists = [one for one in paths(value_of(text)) if isinstance(get(value_of(text), one), list)]
    path = data.draw(st.sampled_from(lists))
    place = data.draw(st.integers(1, len(get(value_of(text), path))))
    record = {"id": "nueva", "title": {"es": "Nueva", "en": "New"}}
    assert remove_field(insert_item(text, path, place, record), (*path, place)) == text


@settings(max_examples=8, deadline=None)
@given(number=st.integers(0, len(SHEETS) - 1), data=st.data())
def test_exercises_in_another_order_are_the_same_lines(number: int, data: st.DataObject) -> None:
    text = SHEETS[number].read_text("utf-8")
    count = len(value_of(text)["exercises"])
    index, target = data.draw(st.integers(0, count - 1)), data.draw(st.integers(0, count - 1))
    after = move_item(text, ("exercises", index), target)
    assert sorted(after.split("\n")) == sorted(text.split("\n"))
    assert check_sheet(after) == ()
    assert move_item(after, ("exercises", target), index) == text


def test_what_an_author_does_passes_the_schema() -> None:
    text = set_field(TEMPLATE, (*EXERCISE, "title"), {"es": "Otro: título", "en": "Other"})
    text = insert_item(text, (*EXERCISE, "hints"), 0, {"es": "Una pista.", "en": "A hint."})
    text = insert_item(text, ("exercises", "que-significa", "hints"), 0, {"es": "Primera.", "en": "First."})
    check = {
        "id": "tipo",
        "kind": "value",
        "points": 1,
        "title": {"es": "Es entero", "en": "Whole"},
        "name": "anio_mayor",
        "type": "integer",
    }
    text = insert_item(text, (*EXERCISE, "checks"), 1, check)
    text = set_field(text, (*EXERCISE, "checks", "anio", "points"), 1)
    text = remove_field(text, (*EXERCISE, "wrong_answers", "cuantos"))
    text = move_item(text, (*EXERCISE, "hints", 0), 2)
    text = remove_field(text, ("exercises", "en-que-orden"))
    assert check_sheet(text) == ()
    exercise = value_of(text)["exercises"][0]
    assert [one["id"] for one in exercise["checks"]] == ["anio", "tipo"]
    assert exercise["hints"][2] == {"es": "Una pista.", "en": "A hint."}
    assert text.startswith("# yaml-language-server: $schema=../../../schema/lesson.json\n# Copy this folder")
    assert [one["id"] for one in value_of(text)["exercises"]][1:3] == ["que-significa", "que-guarda"]


def test_the_last_hint_leaves_no_empty_list() -> None:
    text = insert_item(TEMPLATE, ("exercises", "al-dia", "hints"), 0, {"es": "Una.", "en": "One."})
    assert remove_field(text, ("exercises", "al-dia", "hints", 0)) == TEMPLATE


def test_comments_go_with_what_they_stand_above() -> None:
    text = "# of all\na:\n  # of one\n  - id: one  # here\n\n  # of two\n  - id: two\n# of b\nb: 1\n"
    assert move_item(text, ("a", "two"), 0) == (
        "# of all\na:\n  # of one\n  # of two\n  - id: two\n\n  - id: one  # here\n# of b\nb: 1\n"
    )
    assert set_field(text, ("a", "one", "id"), "uno") == text.replace("id: one", "id: uno")
    assert remove_field(text, ("a", "two")) == "# of all\na:\n  # of one\n  - id: one  # here\n# of b\nb: 1\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_stay(ends: str, mark: str) -> None:
    text = mark + TEMPLATE.replace("\n", ends)
    assert set_field(text, ("minutes",), 9) == text.replace("minutes: 8", "minutes: 9")


def test_quotes_stay_those_of_the_author() -> None:
    assert set_field("a: 'x'\nb: \"y\"\nc: z\n", ("a",), "w") == "a: 'w'\nb: \"y\"\nc: z\n"
    assert set_field("a: 'x'\nb: \"y\"\nc: z\n", ("b",), "w") == "a: 'x'\nb: \"w\"\nc: z\n"


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("not-yaml", lambda: set_field("a: [", ("a",), 1)),
        ("not-yaml", lambda: set_field("a: &x 1\nb: *x\n", ("a",), 1)),
        ("repeated-key", lambda: set_field("a: 1\na: 2\n", ("a",), 1)),
        ("too-large", lambda: set_field("a: " + "x" * 200_000, ("a",), 1)),
        ("sheet-value", lambda: rewrite_sheet("", {"a": 1})),
        ("sheet-value", lambda: rewrite_sheet("{a: 1}", {"a": 2})),
        ("sheet-value", lambda: rewrite_sheet("a: 1", [1])),
        ("sheet-value", lambda: set_field("a: 1\n", ("a",), float("nan"))),
        ("sheet-value", lambda: set_field("a: 1\n", ("a",), "\ud800")),
        ("sheet-value", lambda: set_field("a: 1\n", ("a",), object())),
        ("sheet-value", lambda: insert_item("a: [1, # why\n  2]\n", ("a",), 0, 3)),
        ("no-such-place", lambda: set_field(TEMPLATE, ("exercises", "nada", "title"), 1)),
        ("no-such-place", lambda: remove_field(TEMPLATE, ("exercises", 99))),
        ("no-such-place", lambda: remove_field(TEMPLATE, ())),
        ("no-such-place", lambda: insert_item(TEMPLATE, ("minutes",), 0, 1)),
        ("no-such-place", lambda: move_item(TEMPLATE, ("exercises", 0), 99)),
        ("no-such-place", lambda: find_place({"a": 1}, "a", "b")),
    ],
)
def test_what_cannot_be_written_is_refused_with_words(code: str, act: Any) -> None:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert re.search(r"\. .+\. .+\.$", caught.value.message.es), caught.value.message.es


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(max_size=60)
    | st.lists(
        st.sampled_from(["a:", " b", "- ", "\n", "{", "]", "|", "#", "'", "? ", "\t", "\r", "1"]), max_size=14
    ).map("".join),
    new=VALUES,
)
def test_a_sheet_of_garbage_is_changed_or_refused(text: str, new: Any) -> None:
    try:
        after = set_field(text, ("a",), new)
    except Refused:
        return
    assert is_same(value_of(after.replace("\r\n", "\n").removeprefix("\ufeff"))["a"], new)
