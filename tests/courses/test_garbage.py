"""Whatever stands in a content folder, reading it raises nothing and leaves what is good."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.content import LESSON, PACKAGE, a_content_folder, copy_lesson

from courses import Catalogue, load_catalogue

FILES = (
    "curso/course.yaml",
    f"{LESSON}/lesson.yaml",
    f"{LESSON}/lesson.es.md",
    f"{LESSON}/exercises/mas-nacimientos/solution.py",
    PACKAGE,
)
# Pieces of the languages that are read here, so that garbage gets past the first look.
SCRAPS = st.sampled_from(
    [
        "exercises:", "- id: x", "{", "}", "[", "]", ": ", "\n", "  ", "&a", "*a", "!!set", "'", '"', "|", ">", "---",
        "(a)=\n", "## T\n", ":::{exercise}\n", ":::\n", "```{code-cell} python\n", "```\n", ":label: x\n", "$x$", "$$",
        "![a](img/b)", "[a](b)", "| a |\n|-|\n", "\x00", "\ufeff", "ñ", "🙂", "\u2028", "\\ud800", "def f(", "1e9",
    ]
)  # fmt: skip
TEXT = st.lists(SCRAPS, max_size=40).map("".join) | st.text(max_size=200)
GARBAGE = st.binary(max_size=300) | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = a_content_folder(tmp_path_factory.mktemp("garbage") / "content")
    copy_lesson(root / "curso", "la-buena")
    return root


def load_and_print(root: Path) -> Catalogue:
    """Load, and print each complaint in both languages as every page and command does."""
    catalogue = load_catalogue(root)
    for one in catalogue.problems:
        assert f"{one} {one.message.en}".encode()
    return catalogue


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), garbage=GARBAGE)
def test_a_file_of_garbage_raises_nothing(root: Path, file: str, garbage: bytes) -> None:
    before = (root / file).read_bytes()
    try:
        (root / file).write_bytes(garbage)
        catalogue = load_and_print(root)
        assert catalogue.problems or garbage.strip() == b"" or file.endswith(".py")
    finally:
        (root / file).write_bytes(before)


@settings(max_examples=50, deadline=None)
@given(data=st.data(), file=st.sampled_from(FILES), scrap=TEXT)
def test_a_good_file_with_garbage_inside_raises_nothing(root: Path, data: st.DataObject, file: str, scrap: str) -> None:
    before = (root / file).read_bytes()
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + 40)))
    try:
        (root / file).write_bytes(before[:start] + scrap.encode("utf-8", "surrogatepass") + before[end:])
        catalogue = load_and_print(root)
        if file.startswith(LESSON):
            assert catalogue.find_lesson("curso", "la-buena") is not None
    finally:
        (root / file).write_bytes(before)


@pytest.mark.parametrize("file", FILES)
def test_a_folder_where_a_file_should_be_raises_nothing(tmp_path: Path, file: str) -> None:
    root = a_content_folder(tmp_path / "content")
    (root / file).unlink()
    (root / file).mkdir()
    assert load_and_print(root).problems


@pytest.mark.parametrize("folder", ["curso", LESSON, f"{LESSON}/exercises", "datasets"])
def test_a_file_where_a_folder_should_be_raises_nothing(tmp_path: Path, folder: str) -> None:
    root = a_content_folder(tmp_path / "content")
    shutil.rmtree(root / folder)
    (root / folder).write_bytes(b"\xff\x00")
    load_and_print(root)


def test_a_circle_of_links_raises_nothing(tmp_path: Path) -> None:
    root = a_content_folder(tmp_path / "content")
    (root / "curso/uno").symlink_to(root / "curso/dos")
    (root / "curso/dos").symlink_to(root / "curso/uno")
    (root / LESSON / "img").symlink_to(root / LESSON)
    assert {one.code for one in load_and_print(root).problems} == {"odd-file"}


def test_a_name_that_is_not_text_raises_nothing(tmp_path: Path) -> None:
    root = a_content_folder(tmp_path / "content")
    Path(str(root / LESSON).encode().decode(), b"foto-\xff.png".decode("utf-8", "surrogateescape")).write_bytes(b"x")
    assert [one.code for one in load_and_print(root).problems] == ["unused-file"]


def test_a_folder_of_too_many_files_raises_nothing(tmp_path: Path) -> None:
    root = a_content_folder(tmp_path / "content")
    for number in range(600):
        (root / LESSON / f"img{number}.txt").write_bytes(b"")
    assert "too-large" in {one.code for one in load_and_print(root).problems}
