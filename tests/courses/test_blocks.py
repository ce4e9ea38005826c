"""A text in blocks is the same text: put together again it has every byte, and the cuts are the reader's."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses.blocks import find_block, join_blocks, split_blocks
from courses.complaints import Complaints
from courses.files import Folder, decode
from courses.lesson_text import read_lesson_text
from courses.model import CodeBlock, ExerciseBlock

LESSONS = sorted(SHIPPED.glob("*/*/lesson.*.md")) + sorted(SHIPPED.glob("_template/lesson.*.md"))
# Pieces of MyST, right and wrong, so that texts are full of what blocks begin and end with.
SCRAPS = st.sampled_from(
    [
        "---\na: b\n---\n", "(a)=\n", "## T\n", "# H\n", "### S\n", ":::{exercise}\n", ":::{note} Ojo\n", "::::{tip}\n",
        ":::\n", "::::\n", "```{code-cell} python\n", "```python\n", "~~~\n", "```\n", "````\n", ":label: uno\n",
        ":tags: [locked]\n", ":otra: x\n", "x = 1\n", "texto\n", "texto", "\n", "\n\n", "\r\n", "\r", "  ", "\t", "- ",
        "> ", "$$\n", "| a |\n|-|\n", "\ufeff", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "ñ", "🙂", "(b)=\r\n",
        ":::{figure} x\n", "[a]: b\n", "```{note}\n", "<!-- x\n",
    ]
)  # fmt: skip
TEXT = st.lists(SCRAPS, max_size=30).map("".join) | st.text(max_size=80)


@settings(max_examples=600, deadline=None)
@given(TEXT)
def test_a_text_put_together_again_is_the_same(text: str) -> None:
    blocks = split_blocks(text)
    assert join_blocks(blocks) == text
    assert blocks


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_every_line_is_where_its_block_says(text: str) -> None:
    before = 0
    for block in split_blocks(text):
        start = before + len(block.lead)
        line = text[:start].replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        assert block.line == line or not block.content
        before += len(block.raw)


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_cells_and_exercises_are_those_that_the_reader_finds(text: str) -> None:
    raw = text.encode()
    plain = decode(raw, Path("lesson.es.md"), Complaints())
    assert plain is not None
    read = read_lesson_text(Folder(Path(), {"lesson.es.md": raw}), "es", Complaints())
    if read is None:
        return
    expected = [
        (piece.line, piece.block.source if isinstance(piece.block, CodeBlock) else piece.block.markdown)
        for piece in read.pieces
        if isinstance(piece.block, CodeBlock | ExerciseBlock)
    ]
    # The reader passes over those without a label, which it complains about.
    found = [(one.line, one.body) for one in split_blocks(text) if one.kind in ("code", "exercise") and one.id == "uno"]
    assert found == expected


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_lesson_is_lossless_and_has_the_readers_blocks(path: Path) -> None:
    text = path.read_bytes().decode()
    blocks = split_blocks(text)
    assert join_blocks(blocks) == text
    read = read_lesson_text(Folder(path.parent, {path.name: path.read_bytes()}), "es", Complaints()) or None
    if path.name == "lesson.es.md":
        assert read is not None
        assert [(one.id, one.line) for one in read.headings] == [
            (one.id, one.line + 1) for one in blocks if one.is_section
        ]
        cells = [
            (piece.block.cell_id, piece.block.source, piece.block.is_locked, piece.line)
            for piece in read.pieces
            if isinstance(piece.block, CodeBlock)
        ]
        assert cells == [(one.id, one.body, "locked" in one.tags, one.line) for one in blocks if one.kind == "code"]


def test_blocks_have_their_fields() -> None:
    text = (SHIPPED / "_template/lesson.es.md").read_text("utf-8")
    blocks = split_blocks(text)
    assert [(one.kind, one.id) for one in blocks] == [
        ("front-matter", ""), ("text", ""), ("text", "mirar"), ("code", "cargar-vitales"), ("note", ""),
        ("exercise", "mas-nacimientos"), ("text", "leer"), ("exercise", "que-significa"), ("exercise", "en-que-orden"),
        ("exercise", "que-guarda"), ("exercise", "al-dia"), ("exercise", "que-falta"),
    ]  # fmt: skip
    code, note, exercise = blocks[3:6]
    assert (code.tags, code.body.splitlines()[0]) == (("locked",), "import aula")
    assert (note.name, note.title) == ("note", "")
    assert exercise.body == "Guarda en `anio_mayor` el año con más nacimientos registrados."
    assert blocks[2].key == ("section", "mirar")
    assert blocks[1].key is None


def test_a_line_belongs_to_its_block() -> None:
    text = (SHIPPED / "_template/lesson.es.md").read_text("utf-8")
    blocks = split_blocks(text)
    for number, line in enumerate(text.split("\n"), 1):
        block = blocks[find_block(blocks, number)]
        assert line in block.raw
        assert block.line <= number <= block.line + block.raw.count("\n")
    assert (find_block(blocks, 0), find_block(blocks, 10_000)) == (0, len(blocks) - 1)


def test_a_text_larger_than_a_lesson_is_one_block() -> None:
    text = ":::{note}\nx\n:::\n" * 10_000
    assert [one.kind for one in split_blocks(text)] == ["text"]
    assert join_blocks(split_blocks(text)) == text
