"""Changes to whole exercises: a new one that works from the start, a copy, another name, one less."""

from collections.abc import Mapping
from typing import Any

from courses.block_edits import get_block
from courses.blocks import SourceBlock
from courses.change_ids import demand_new, drop_note, list_ids, move_note
from courses.change_sections import new_id, tidy
from courses.change_shapes import both_languages
from courses.lesson_edits import (
    EXERCISES,
    add_exercise,
    get_list,
    order,
    read_text,
    read_texts,
    remove_exercise,
    rename_exercise,
    with_sheet,
)
from courses.lessons import SHEET
from courses.model import LANGUAGES, Language
from courses.new_exercises import Draft, draft_exercise
from courses.refusals import Refused
from courses.sheet_edits import read_sheet_value, rewrite_sheet
from courses.sources import Files
from courses.text_pairs import Texts, find_place

MOST_EXERCISES = 12
MOST_MINUTES = 20


def insert_exercise(files: Files, language: Language, index: int, asked: Mapping[str, Any]) -> Files:
    """The lesson with a small exercise more, of which everything works and all is to be replaced."""
    titles = both_languages(asked["title"]) if "title" in asked else None
    tidied = {one: tidy(text) for one, text in titles.items()} if titles else None
    draft = draft_exercise(asked.get("exercise_kind", "code"), cells_above(files, language, index), tidied)
    if "id" in asked:
        demand_new(files, asked["id"])
    id = asked.get("id") or new_id(draft.record["title"]["es"], list_ids(files), "ejercicio")
    return put(files, language, index, id, draft)


def cells_above(files: Files, language: Language, index: int) -> list[str]:
    """The sources of the cells that run before a place, in order."""
    return [block.body for block in read_texts(files)[language][:index] if block.kind == "code"]


def put(files: Files, language: Language, index: int, id: str, draft: Draft) -> Files:
    """The lesson with a drafted exercise at a place, and minutes enough for it."""
    count = len(get_list(read_sheet_value(read_text(files, SHEET))))
    if count >= MOST_EXERCISES:
        raise Refused("most-exercises", found=count, most=MOST_EXERCISES)
    place = spanish_place(read_texts(files), language, index)
    record = {"id": id, **{key: value for key, value in draft.record.items() if key != "id"}}
    return with_minutes(add_exercise(files, place, record, statements=draft.statements, sources=draft.sources))


def spanish_place(texts: Texts, language: Language, index: int) -> int:
    """A place of one language as the place in the Spanish text. Raises: Refused if there is none."""
    if not 0 <= index <= len(texts[language]):
        raise Refused("no-such-block", found=index, count=len(texts[language]))
    return index if language == "es" else find_place(texts, "en", index)


def with_minutes(files: Files) -> Files:
    """The lesson with minutes enough for its exercises, as far as a lesson may have them."""
    text = read_text(files, SHEET)
    value = read_sheet_value(text)
    try:
        needed = sum(one["minutes"] for one in get_list(value))
        if not value["minutes"] < needed <= MOST_MINUTES:
            return files
    except (TypeError, KeyError):
        return files
    value["minutes"] = needed
    return with_sheet(files, rewrite_sheet(text, value))


def copy_exercise(files: Files, language: Language, index: int) -> Files:
    """The lesson with an exercise twice, the second right after the first."""
    texts = read_texts(files)
    block = get_block(texts[language], index)
    record = get_record(files, block.id)
    folder = f"{EXERCISES}/{block.id}/"
    sources = {name.removeprefix(folder): raw for name, raw in files.items() if name.startswith(folder)}
    statements = {one: find_statement(texts, one, block.id).body for one in LANGUAGES}
    draft = Draft(record, statements, sources)
    return put(files, language, index + 1, new_id(block.id, list_ids(files), "ejercicio"), draft)


def get_record(files: Files, id: str) -> Mapping[str, Any]:
    """An exercise's part of lesson.yaml. Raises: Refused if there is none."""
    for one in get_list(read_sheet_value(read_text(files, SHEET))):
        if isinstance(one, dict) and one.get("id") == id:
            return one
    raise Refused("no-such-place", place=f"{EXERCISES} › {id}")


def find_statement(texts: Texts, language: Language, id: str) -> SourceBlock:
    for block in texts[language]:
        if block.key == ("exercise", id):
            return block
    raise Refused("no-such-place", place=f"{EXERCISES} › {id}")


def delete_exercise(files: Files, id: str) -> Files:
    """The lesson without an exercise, its files and its note."""
    if len(order(read_texts(files))) == 1:
        raise Refused("last-exercise")
    return drop_note(remove_exercise(files, id), f"exercise:{id}")


def give_name(files: Files, id: str, to: str) -> Files:
    """The lesson with another id for an exercise, in its note's key too."""
    if id == to:
        return files
    demand_new(files, to)
    return move_note(rename_exercise(files, id, to), f"exercise:{id}", f"exercise:{to}")
