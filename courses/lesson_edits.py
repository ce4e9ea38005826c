"""Changes to a whole lesson: lesson.yaml, both texts and the files of an exercise, all at once or not at all.

Raises everywhere: Refused; the files that were given are never changed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from courses.block_edits import new_exercise
from courses.blocks import join_blocks, split_blocks
from courses.lesson_text import ID
from courses.lessons import SHEET
from courses.model import LANGUAGES, Language
from courses.refusals import Refused
from courses.sheet_edits import insert_item, read_sheet_value, remove_field, rewrite_sheet, set_field
from courses.sources import Files
from courses.text_pairs import Texts, change_both, delete_both, insert_both, keys, move_both

EXERCISES = "exercises"


def read_texts(files: Files) -> Texts:
    """The blocks of both texts. Raises: Refused if one is not there or not UTF-8."""
    return {language: split_blocks(read_text(files, f"lesson.{language}.md")) for language in LANGUAGES}


def read_text(files: Files, name: str) -> str:
    """A file's text with its own line ends. Raises: Refused if it is not there or not UTF-8."""
    try:
        return files[name].decode()
    except (KeyError, UnicodeDecodeError) as error:
        raise Refused("no-such-file", name=name) from error


def with_texts(files: Files, texts: Texts) -> Files:
    """The files with other texts."""
    return {**files, **{f"lesson.{language}.md": join_blocks(texts[language]).encode() for language in LANGUAGES}}


def with_sheet(files: Files, sheet: str) -> Files:
    return {**files, SHEET: sheet.encode()}


def add_exercise(
    files: Files, index: int, record: Mapping[str, Any], *, statements: Mapping[Language, str], sources: Files
) -> Files:
    """The lesson with an exercise more.

    index: where it stands among the blocks of the Spanish text; lesson.yaml follows the order of the text.
    record: its part of lesson.yaml. sources: its files by their names in its folder ("starter.py", "wrong/suma.py").
    """
    id = str(record.get("id", ""))
    check_id(files, id)
    new = {language: new_exercise(id, statements[language]) for language in LANGUAGES}
    texts = insert_both(read_texts(files), "es", index, new)
    place = order(texts).index(id)
    sheet = insert_item(read_text(files, SHEET), (EXERCISES,), place, dict(record))
    return {**with_sheet(with_texts(files, texts), sheet), **put_in(id, sources)}


def remove_exercise(files: Files, id: str) -> Files:
    """The lesson without an exercise, its statements and its files."""
    texts = read_texts(files)
    texts = delete_both(texts, "es", find_exercise(texts, id))
    sheet = remove_field(read_text(files, SHEET), (EXERCISES, id))
    left = {name: raw for name, raw in files.items() if not name.startswith(f"{EXERCISES}/{id}/")}
    return with_sheet(with_texts(left, texts), sheet)


def rename_exercise(files: Files, id: str, new_id: str) -> Files:
    """The lesson with another id for an exercise, in lesson.yaml, in both texts and in its folder's name."""
    check_id(files, new_id)
    texts = read_texts(files)
    texts = change_both(texts, "es", find_exercise(texts, id), id=new_id)
    sheet = set_field(read_text(files, SHEET), (EXERCISES, id, "id"), new_id)
    old, new = f"{EXERCISES}/{id}/", f"{EXERCISES}/{new_id}/"
    moved = {new + name.removeprefix(old) if name.startswith(old) else name: raw for name, raw in files.items()}
    return with_sheet(with_texts(moved, texts), sheet)


def move_in_lesson(files: Files, language: Language, index: int, target: int) -> Files:
    """The lesson with a block elsewhere in both texts, and the exercises of lesson.yaml in the order of the texts."""
    texts = move_both(read_texts(files), language, index, target)
    return with_sheet(with_texts(files, texts), in_order(read_text(files, SHEET), order(texts)))


def in_order(sheet: str, ids: Sequence[str]) -> str:
    """A lesson.yaml with its exercises in an order; those that it does not name come last."""
    value = read_sheet_value(sheet)
    exercises = get_list(value)
    names = [one.get("id") if isinstance(one, dict) else None for one in exercises]
    places = {id: place for place, id in enumerate(ids)}
    ranks = sorted(range(len(exercises)), key=lambda one: places.get(str(names[one]), len(ids)))
    exercises[:] = [exercises[one] for one in ranks]
    return rewrite_sheet(sheet, value)


def get_list(value: Any) -> list[Any]:
    """The exercises of what lesson.yaml says; empty if it has none."""
    found = value.get(EXERCISES) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def order(texts: Texts) -> list[str]:
    """The exercises in the order of the texts."""
    return [id for kind, id in keys(texts["es"]) if kind == "exercise"]


def find_exercise(texts: Texts, id: str) -> int:
    """Where an exercise stands in the Spanish text. Raises: Refused if it does not."""
    for place, block in enumerate(texts["es"]):
        if block.key == ("exercise", id):
            return place
    raise Refused("no-such-place", place=f"{EXERCISES} › {id}")


def check_id(files: Files, id: str) -> None:
    """Raises: Refused if an exercise cannot be called so, or something of the lesson is."""
    if not ID.fullmatch(id):
        raise Refused("new-name", name=id, pattern=ID.pattern)
    ids = [one.get("id") for one in get_list(read_sheet_value(read_text(files, SHEET))) if isinstance(one, dict)]
    ids += [block.id for block in read_texts(files)["es"]]
    if id in ids or any(name.startswith(f"{EXERCISES}/{id}/") for name in files):
        raise Refused("new-exists", name=id)


def put_in(id: str, sources: Files) -> Files:
    return {f"{EXERCISES}/{id}/{name}": raw for name, raw in sources.items()}
