"""Wrong answers with the code that makes them: a record of lesson.yaml and a file, merged as one."""

from collections.abc import Mapping
from typing import Any

from courses.merging.reading import Reading, find_text, folder_of, items_of
from courses.merging.sums import dicts
from courses.sources import Files

WRONG, SOURCE = "wrong_answers", "source"


def with_sources(reading: Reading) -> Mapping[str, Any]:
    """lesson.yaml with the code of each wrong answer in its record."""
    if "exercises" not in reading.sheet:
        return reading.sheet
    exercises = reading.sheet["exercises"]
    made = [with_source(reading, one) for one in exercises] if isinstance(exercises, list) else exercises
    return {**reading.sheet, "exercises": made}


def with_source(reading: Reading, item: Any) -> Any:
    if not isinstance(item, dict) or not isinstance(item.get(WRONG), list):
        return item
    texts = [find_text(reading.files.get(name)) for name in names_in(item)]
    answers = [
        {**answer, SOURCE: text} if text is not None else answer
        for answer, text in zip(item[WRONG], texts, strict=True)
    ] if len(texts) == len(item[WRONG]) else item[WRONG]  # fmt: skip
    return {**item, WRONG: answers}


def names_in(item: Mapping[str, Any]) -> list[str]:
    """The file of each wrong answer of an exercise, by its name in the lesson; empty for one without."""
    folder = folder_of(str(item.get("id", "")))
    return [f"{folder}{one['file']}" if isinstance(one.get("file"), str) else "" for one in dicts(item.get(WRONG))]


def list_sources(reading: Reading) -> set[str]:
    """The files that are merged with their records."""
    names = {name for item in items_of(reading.sheet, "exercises") for name in names_in(item)}
    return {name for name in names if find_text(reading.files.get(name)) is not None}


def without_sources(sheet: Mapping[str, Any]) -> tuple[Mapping[str, Any], Files]:
    """lesson.yaml as it is written, and the files of its wrong answers."""
    if not isinstance(sheet.get("exercises"), list):
        return sheet, {}
    files: dict[str, bytes] = {}
    exercises = [take_out(one, files) for one in sheet["exercises"]]
    return {**sheet, "exercises": exercises}, files


def take_out(item: Any, files: dict[str, bytes]) -> Any:
    if not isinstance(item, dict) or not isinstance(item.get(WRONG), list):
        return item
    for name, answer in zip(names_in(item), dicts(item[WRONG]), strict=True):
        if name and SOURCE in answer:
            files[name] = answer[SOURCE].encode()
    bare = [
        {key: one for key, one in answer.items() if key != SOURCE} if isinstance(answer, dict) else answer
        for answer in item[WRONG]
    ]
    return {**item, WRONG: bare}
