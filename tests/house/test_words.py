"""What must not be in the tree: unfinished code, excepts that swallow all, waiting tests, unexplained exceptions."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).parents[2]
Node = TypeVar("Node", ast.Call, ast.ExceptHandler)


def python_files(*folders: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *[f"{folder}/*.py" for folder in folders]],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    # Starters and wrong answers of lessons are material for learners, with their own manners.
    return [ROOT / name for name in listing if not name.startswith("courses/content/")]


def breaches(pattern: str, *folders: str) -> list[str]:
    compiled = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in python_files(*folders)
        if path.name != Path(__file__).name
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if compiled.search(line)
    ]


ROOMS = ("courses", "notebooks", "graders", "webapp")
UNFINISHED = r"\bNotImplementedError\(|raise NotImplemented|# ?(TODO|FIXME|XXX)"


@pytest.mark.parametrize(
    ("rule", "pattern", "folders"),
    [
        ("code is finished", UNFINISHED, (*ROOMS, "tests")),
        ("a test asserts something", r"assert True\b|pytest\.skip\(\)", ("tests",)),
        ("nothing is unpickled", r"\bpickle\.(load|loads|Unpickler)|allow_pickle=True", ROOMS),
        ("YAML is read safely", r"yaml\.load\(|typ=[\"']unsafe", ROOMS),
    ],
)
def test_the_tree_keeps_its_manners(rule: str, pattern: str, folders: tuple[str, ...]) -> None:
    assert breaches(pattern, *folders) == [], rule


def test_every_exception_to_a_rule_has_a_reason() -> None:
    """`# noqa: X` and `# type: ignore[x]` are followed by a reason in words."""
    bare = breaches(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z-, ]+\])\s*$", *ROOMS)
    assert bare == []


def nodes(kind: type[Node], *folders: str) -> Iterator[tuple[str, str, Node]]:
    """Every piece of code of a kind, with its place and its first line. What stands in strings is no code."""
    for path in python_files(*folders):
        text = path.read_text()
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, kind):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", lines[node.lineno - 1], node


def test_a_test_never_waits_by_the_clock() -> None:
    waits = [
        place for place, _line, call in nodes(ast.Call, "tests") if ast.unparse(call.func) in ("time.sleep", "sleep")
    ]
    assert waits == []


def test_broad_excepts_explain_themselves() -> None:
    """`except Exception` is for the edge and the job runner, with its reason beside it; or it cleans up and raises."""
    silent = [
        place
        for place, line, handler in nodes(ast.ExceptHandler, *ROOMS)
        if (handler.type is None or ast.unparse(handler.type) in ("Exception", "BaseException"))
        and "#" not in line
        and not passes_on(handler)
    ]
    assert silent == []


def passes_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
