"""YAML and JSON as plain values with lines: what is read, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from courses.complaints import Complaints
from courses.marked import read_json, read_yaml, with_lines

PATH = Path("x.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", 1),
        ("a: -1.5e-6", -1.5e-6),
        ("a: 1.0.0", "1.0.0"),
        ("a: 2024-01-31", "2024-01-31"),
        ("a: yes", "yes"),
        ("a: true", True),
        ("a: 'true'", "true"),
        ("a:", None),
        ("a: null", None),
        ("a: .inf", ".inf"),
        ("a: .nan", ".nan"),
        ("a: 1e999", "1e999"),
        ("a: 012", 12),
        ("a: 1_000", "1_000"),
        ("a: [1, {b: c}]", [1, {"b": "c"}]),
        ("a: |\n  dos\n  líneas\n", "dos\nlíneas\n"),
        ("a: " + "9" * 400, "9" * 400),
    ],
)
def test_values_follow_the_core_schema(text: str, value: Any) -> None:
    marked = read_yaml(text, PATH, Complaints())
    assert marked is not None
    assert marked.value == {"a": value}
    assert type(marked.value["a"]) is type(value)


def test_each_part_knows_its_line() -> None:
    marked = read_yaml("a: 1\nb:\n  - c: 2\n    d: 3\n  - e\nf: {g: 4}\n", PATH, Complaints())
    assert marked is not None
    assert [marked.line("a"), marked.line("b"), marked.line("b", 0, "d"), marked.line("b", 1)] == [1, 2, 4, 5]
    assert marked.line("f", "g") == 6
    assert marked.line("b", 0, "nada") == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\nb: *x\n", 1),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2),
        ("a: !cosa 1\n", 1),
        ("? [a]\n: 1\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: [1,\n", None),
        ("a: \x01\n", None),
        ('a: "\\ud800"\n', 1),
        ('a: "\\UFFFFFFFF"\n', None),
        ("- " * 500 + "a", None),
        ("a: " + "[" * 500, None),
        ("a: 1\n\tb: 2\n", None),
    ],
)
def test_what_is_not_plain_is_refused(text: str, line: int | None) -> None:
    complaints = Complaints()
    assert read_yaml(text, PATH, complaints) is None
    assert [one.code for one in complaints.problems] == ["not-yaml"]
    if line is not None:
        assert complaints.problems[0].line == line


def test_a_bomb_of_aliases_costs_nothing() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(9))}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    complaints = Complaints()
    assert read_yaml(bomb, PATH, complaints) is None
    assert complaints.problems[0].line == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "NaN", '{"a": Infinity}', '{"a": 1e999}', '{"a": 1, "a": 2}', '"\\ud800"', "[" * 100_000, "9" * 5000],
)
def test_json_is_strict(text: str) -> None:
    complaints = Complaints()
    assert read_json(text, PATH, complaints) is None
    assert [one.code for one in complaints.problems] == ["not-json"]


def test_json_finds_its_lines_when_asked() -> None:
    text = '{\n  "a": 1,\n  "b": {\n    "c": [1,\n 2]\n  }\n}\n'
    marked = read_json(text, PATH, Complaints())
    assert marked is not None
    lines = with_lines(marked, text)
    assert (lines.line("b", "c"), lines.line("b", "c", 1)) == (4, 5)
