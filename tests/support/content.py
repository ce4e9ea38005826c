"""A small content folder that is right in everything, and ways to spoil it."""

import shutil
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "courses" / "content"
DATASET = "mx-estadisticas-vitales"
LESSON = "curso/mi-leccion"
EXERCISE = f"{LESSON}/exercises/mas-nacimientos"
PACKAGE = f"datasets/{DATASET}/datapackage.json"

Edit = Callable[[Path], None]

COURSE = """\
id: curso
title: {es: Un curso, en: A course}
summary: {es: Para las pruebas., en: For the tests.}
level: explora
topics: [analisis]
cover: waves
pass_share: 0.8
lessons:
  - mi-leccion
"""


def a_content_folder(root: Path) -> Path:
    """One course with the template as its lesson, and the dataset that it reads."""
    course = root / "curso"
    course.mkdir(parents=True)
    (course / "course.yaml").write_text(COURSE, "utf-8")
    copy_lesson(course, "mi-leccion")
    shutil.copytree(SHIPPED / "datasets" / DATASET, root / "datasets" / DATASET)
    return root


def copy_lesson(course: Path, name: str) -> Path:
    """The template as a lesson of a course, its id changed, and listed in course.yaml."""
    lesson = course / name
    shutil.copytree(SHIPPED / "_template", lesson)
    replace("lesson.yaml", "id: mi-leccion", f"id: {name}")(lesson)
    sheet = course / "course.yaml"
    if f"- {name}\n" not in sheet.read_text("utf-8"):
        sheet.write_text(f"{sheet.read_text('utf-8')}  - {name}\n", "utf-8")
    return lesson


def replace(file: str, old: str, new: str) -> Edit:
    """An edit that replaces the first of a text in a file; the text must be there."""

    def edit(root: Path) -> None:
        path = root / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def append(file: str, text: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return edit


def write(file: str, content: bytes | str) -> Edit:
    def edit(root: Path) -> None:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return edit


def remove(file: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / file
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    return edit


def both(*edits: Edit) -> Edit:
    def edit(root: Path) -> None:
        for one in edits:
            one(root)

    return edit
