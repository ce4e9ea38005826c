"""What a lesson says to whoever teaches it: notes for its sections, cells and exercises, read from notes.yaml.

Learners never see them: no page of theirs, no notebook and no hand-out is made from this file.
"""

import re
from collections.abc import Mapping

from courses.complaints import Complaints
from courses.files import Folder
from courses.marked import Marked, read_yaml
from courses.model import CodeBlock, Lesson, LocalText
from courses.schemas import fits

NOTES = "notes.yaml"
KEY = re.compile(r"(?:section|cell|exercise):[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST = 2_000


def read_notes(folder: Folder, complaints: Complaints) -> Marked | None:
    """The notes of a lesson's folder, their shape known to be right; None if it has none or they cannot be read."""
    if NOTES not in folder.contents:
        return None
    text = folder.find_text(NOTES, complaints)
    if text is None or not has_values(text):
        return None
    sheet = read_yaml(text, folder.path / NOTES, complaints)
    return sheet if sheet is not None and fits(sheet, "notes", complaints) else None


def has_values(text: str) -> bool:
    """Whether anything but comments and blank lines stands in a YAML text."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def to_notes(sheet: Marked | None) -> Mapping[str, LocalText]:
    """The notes by key ("section:cargar"), in the order of the file; none without a file."""
    return {key: LocalText(one["es"], one["en"]) for key, one in sheet.value.items()} if sheet is not None else {}


def check_notes(lesson: Lesson, sheet: Marked | None, complaints: Complaints) -> None:
    """Every note is for something that the lesson has."""
    if sheet is None:
        return
    known = list_note_keys(lesson)
    for key in sheet.value:
        if key not in known:
            complaints.add("stray-note", sheet.path, sheet.line(key), key=key)


def list_note_keys(lesson: Lesson) -> tuple[str, ...]:
    """The key of everything in a lesson that may have a note: sections, cells, exercises."""
    return (
        *(f"section:{one.id}" for one in lesson.sections),
        *(f"cell:{one.cell_id}" for one in lesson.blocks_es if isinstance(one, CodeBlock)),
        *(f"exercise:{one.id}" for one in lesson.exercises),
    )
