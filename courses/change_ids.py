"""The names of a lesson's parts, each of which is there once; and the notes that go with them."""

from courses.change_sections import titled
from courses.lesson_edits import EXERCISES, get_list, read_text, read_texts
from courses.lesson_notes import NOTES
from courses.lessons import SHEET
from courses.notes import without_note
from courses.refusals import Refused
from courses.sheet_edits import read_sheet_value, rewrite_sheet
from courses.sources import Files


def list_ids(files: Files) -> frozenset[str]:
    """Every id that a new part of the lesson may not have: of sections, cells and exercises."""
    texts = read_texts(files)
    exercises = get_list(read_sheet_value(read_text(files, SHEET)))
    return frozenset({
        *(block.id for blocks in texts.values() for block in blocks if block.id),
        *(id for blocks in texts.values() for id, _ in titled(blocks)),
        *(str(one["id"]) for one in exercises if isinstance(one, dict) and "id" in one),
        *(name.split("/")[1] for name in files if name.startswith(f"{EXERCISES}/")),
    })  # fmt: skip


def demand_new(files: Files, id: str) -> None:
    """Raises: Refused if something of the lesson is called so."""
    if id in list_ids(files):
        raise Refused("new-exists", name=id)


def move_note(files: Files, old: str, new: str) -> Files:
    """The lesson with the note of a part under its new key, if it has one."""
    if NOTES not in files:
        return files
    text = read_text(files, NOTES)
    notes = read_sheet_value(text) if text.strip() else None
    if not isinstance(notes, dict) or old not in notes:
        return files
    moved = {new if key == old else key: value for key, value in notes.items()}
    return {**files, NOTES: rewrite_sheet(text, moved).encode()}


def drop_note(files: Files, key: str) -> Files:
    """The lesson without the note of a part, if it has one."""
    return without_note(files, key) if NOTES in files else files
