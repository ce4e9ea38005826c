"""Wrong answers with the code that makes them: a record of lesson.yaml and a file, merged as one."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from courses.merging.reading import Reading, find_text, folder_of, items_of
from courses.merging.records import Three
from courses.merging.sums import dicts
from courses.sources import Files

WRONG, SOURCE = "wrong_answers", "source"


def with_sources(reading: Reading, told: Collection[str]) -> Mapping[str, Any]:
    """lesson.yaml with the code of each wrong answer in its record. told: the files that are merged so."""
    if not isinstance(reading.sheet.get("exercises"), list):
        return reading.sheet
    return {**reading.sheet, "exercises": [with_source(reading, one, told) for one in reading.sheet["exercises"]]}


def with_source(reading: Reading, item: Any, told: Collection[str]) -> Any:
    if not isinstance(item, dict) or not isinstance(item.get(WRONG), list):
        return item
    names = iter(names_in(item))
    return {
        **item,
        WRONG: [told_one(reading, one, next(names), told) if isinstance(one, dict) else one for one in item[WRONG]],
    }


def told_one(reading: Reading, answer: Mapping[str, Any], name: str, told: Collection[str]) -> Mapping[str, Any]:
    text = find_text(reading.files.get(name)) if name in told else None
    return answer if text is None else {**answer, SOURCE: text}


def names_in(item: Mapping[str, Any]) -> list[str]:
    """The file of each wrong answer of an exercise, by its name in the lesson; empty for one without."""
    folder = folder_of(str(item.get("id", "")))
    return [f"{folder}{one['file']}" if isinstance(one.get("file"), str) else "" for one in dicts(item.get(WRONG))]


def list_sources(three: Three[Reading]) -> frozenset[str]:
    """The files that are merged with their records: text in every version, and there where a record names them."""
    named = [Counter(name for item in items_of(one.sheet, "exercises") for name in names_in(item)) for one in three.all]
    every = set().union(*named)
    return frozenset(
        name
        for name in every
        if name and all(
            count[name] == (name in one.files) and (count[name] == 0 or find_text(one.files[name]) is not None)
            for one, count in zip(three.all, named, strict=True)
        )
    )  # fmt: skip


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
