"""A change that the editor sends, made to the files of a lesson: all of it, or none and a reason.

The forms are in courses/schema/change.json, and docs/changes.md tells what each does. What a lesson that is being
written lacks is no reason to refuse a change; the reader's complaints tell of that.
"""

from collections.abc import Callable, Mapping
from typing import Any

from courses import change_blocks, change_files, change_sheets
from courses.archives import LARGEST_CONTENT
from courses.change_data import insert_dataset, swap
from courses.change_exercises import give_name
from courses.change_sections import TEXTS, follow_sections
from courses.change_shapes import read_change
from courses.change_sheets import demand_form
from courses.files import LARGEST_TEXT, MOST_FILES, size
from courses.lessons import SHEET
from courses.model import Dataset, LocalText
from courses.notes import with_note
from courses.refusals import Refused
from courses.sources import Files

Change = Mapping[str, Any]
Datasets = Mapping[str, Dataset]
Act = Callable[[Files, Change, Datasets], Files]

NESTED = LocalText("Unos cambios traen otros dentro.", "Some changes hold others.")
READ_AS_TEXT = (SHEET, *TEXTS)


def apply_change(files: Files, change: Mapping[str, Any], datasets: Datasets) -> Files:
    """The files of the lesson after a change. datasets: those of the catalogue, by name.

    Raises: Refused, whatever the change is; the files that were given are never changed.
    """
    asked = read_change(change)
    after = act(files, asked, datasets)
    if all(one["do"].startswith("file.") for one in parts(asked)):
        after = follow_if_alike(files, after)
    else:
        after = follow_sections(files, after)
    demand_form(files, after, may_be_unfinished=is_written(asked))
    demand_room(files, after)
    return after


def parts(asked: Change) -> tuple[Change, ...]:
    return tuple(asked["changes"]) if asked["do"] == "together" else (asked,)


def is_written(asked: Change) -> bool:
    """Whether a change writes what may be half done, as lesson.yaml and code are while somebody types."""
    return any(one["do"].startswith(("sheet.", "file.")) for one in parts(asked))


def follow_if_alike(before: Files, after: Files) -> Files:
    """The sections follow texts that were written as a whole, unless their author writes the other language next."""
    try:
        return follow_sections(before, after)
    except Refused:
        return after


def act(files: Files, asked: Change, datasets: Datasets) -> Files:
    if asked["do"] != "together":
        return ACTS[asked["do"]](files, asked, datasets)
    for one in asked["changes"]:
        inner = read_change(one)
        if inner["do"] == "together":
            raise Refused("change-shape", what=NESTED)
        files = act(files, inner, datasets)
    return files


def demand_room(before: Files, after: Files) -> None:
    """Raises: Refused if the lesson has grown beyond what its reader takes."""
    if len(after) > max(MOST_FILES, len(before)):
        raise Refused("lesson-full", what=LocalText("Archivos", "Files"), found=len(after), most=MOST_FILES)
    for name in READ_AS_TEXT:
        weight = len(after.get(name, b""))
        if weight > max(LARGEST_TEXT, len(before.get(name, b""))):
            raise change_files.too_large(name, size(weight), size(LARGEST_TEXT))
    total = sum(map(len, after.values()))
    if total > max(LARGEST_CONTENT, sum(map(len, before.values()))):
        what = LocalText("Peso de todo", "Weight of all")
        raise Refused("lesson-full", what=what, found=size(total), most=size(LARGEST_CONTENT))


def insert_block(files: Files, asked: Change, datasets: Datasets) -> Files:
    if asked["kind"] == "dataset":
        return insert_dataset(files, asked, datasets)
    return change_blocks.insert(files, asked)


def rename_exercise(files: Files, asked: Change, datasets: Datasets) -> Files:
    return give_name(files, asked["id"], asked["to"])


def set_note(files: Files, asked: Change, datasets: Datasets) -> Files:
    return with_note(files, asked["key"], LocalText(asked["es"], asked["en"]))


def without_datasets(plain: Callable[[Files, Change], Files]) -> Act:
    return lambda files, asked, datasets: plain(files, asked)


ACTS: Mapping[str, Act] = {
    "block.change": without_datasets(change_blocks.change),
    "block.insert": insert_block,
    "block.move": without_datasets(change_blocks.move),
    "block.delete": without_datasets(change_blocks.delete),
    "block.copy": without_datasets(change_blocks.copy),
    "sheet.set": without_datasets(change_sheets.set_value),
    "sheet.remove": without_datasets(change_sheets.remove),
    "sheet.insert": without_datasets(change_sheets.insert),
    "sheet.move": without_datasets(change_sheets.move),
    "file.write": without_datasets(change_files.write),
    "file.remove": without_datasets(change_files.remove),
    "exercise.rename": rename_exercise,
    "image.add": without_datasets(change_files.add_image),
    "image.alt": without_datasets(change_files.change_alt),
    "note.set": set_note,
    "dataset.swap": swap,
}
