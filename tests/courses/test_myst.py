"""The texts of lessons are MyST for its own tool too: mystmd builds them and finds the same cells and exercises."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support.content import SHIPPED
from support.needs import need

from courses.blocks import split_blocks

# A project of one page, and a template that asks for nothing: without one the tool would fetch the one it likes.
PROJECT = "version: 1\nproject:\n  toc:\n    - file: lesson.md\nsite:\n  template: ./template\n"
TEMPLATE = "jtex: v1\ntitle: none\nversion: 1.0.0\n"


@pytest.fixture(scope="module")
def myst() -> list[str]:
    """The command of the tool, run by the machine's own Node."""
    found, node = find_spec("mystmd_py"), shutil.which("node")
    need(found is not None and found.origin is not None, "mystmd", "It comes with requirements-dev.txt.")
    need(node is not None, "Node.js", "apt-get install nodejs")
    assert found is not None
    assert found.origin is not None
    return [str(node), str(Path(found.origin).with_name("myst.cjs"))]


def build(command: list[str], text: str, folder: Path) -> tuple[int, str, Any]:
    """Exit code, what the tool said, and the page's tree."""
    (folder / "template").mkdir()
    (folder / "template/template.yml").write_text(TEMPLATE, "utf-8")
    (folder / "myst.yml").write_text(PROJECT, "utf-8")
    (folder / "lesson.md").write_text(text, "utf-8")
    done = subprocess.run(
        [*command, "build", "--site", "--ci"],
        cwd=folder, env={**os.environ, "NO_UPDATE_NOTIFIER": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    page = folder / "_build/site/content/index.json"
    tree = json.loads(page.read_text("utf-8"))["mdast"] if page.is_file() else {}
    return done.returncode, done.stdout + done.stderr, tree


def find_complaints(said: str) -> list[str]:
    """The lines of the tool's errors and warnings, which do not change its exit code."""
    return [line for line in said.splitlines() if "⛔" in line or "⚠" in line]


def walk(node: Any) -> Iterator[Any]:
    yield node
    for child in node.get("children", ()):
        yield from walk(child)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("lesson", ["_template", "analisis-con-pandas/agrupar", "analisis-con-pandas/unir"])
def test_mystmd_builds_a_shipped_lesson_and_finds_the_same_blocks(
    lesson: str, language: str, myst: list[str], tmp_path: Path
) -> None:
    text = (SHIPPED / lesson / f"lesson.{language}.md").read_text("utf-8")
    code, said, tree = build(myst, text, tmp_path)
    assert (code, find_complaints(said)) == (0, [])
    nodes, blocks = list(walk(tree)), split_blocks(text)
    assert [one["label"] for one in nodes if one["type"] == "exercise"] == [
        one.id for one in blocks if one.kind == "exercise"
    ]
    assert [(one["identifier"], one["value"]) for one in nodes if one["type"] == "code" and one.get("executable")] == [
        (f"{one.id}-code", one.body) for one in blocks if one.kind == "code"
    ]
    assert [one["identifier"] for one in nodes if one["type"] == "heading"] == [
        one.id for one in blocks if one.is_section
    ]
    assert [one["kind"] for one in nodes if one["type"] == "admonition"] == [
        one.name for one in blocks if one.kind == "note"
    ]


def test_the_tool_would_say_so_of_a_text_that_is_wrong(myst: list[str], tmp_path: Path) -> None:
    _, said, _ = build(myst, "# T\n\n:::{no-hay}\nx\n:::\n", tmp_path)
    assert ["unknown directive: no-hay" in one for one in find_complaints(said)] == [True]
