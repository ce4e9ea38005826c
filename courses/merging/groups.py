"""Cells, exercises and sections that one side added or took away: each with all that belongs to it, or not at all."""

from collections.abc import Mapping
from typing import Any

from courses.merging.decisions import MISSING, Decisions
from courses.merging.reading import Reading, find_text, folder_of
from courses.merging.records import Side, Three
from courses.merging.titles import Titles
from courses.merging.values import say_value
from courses.model import LANGUAGES

PARTS = {"exercise": "exercises", "section": "sections"}


def decide_groups(three: Three[Reading], decisions: Decisions, titles: Titles) -> Mapping[str, Side]:
    """The side of each cell, exercise and section that is not in all versions.

    What one side took away and the other changed is one conflict, and so is what both added, each otherwise.
    """
    sides: dict[str, Side] = {}
    for name in dict.fromkeys(name for one in reversed(three.all) for name in one.groups):
        if not all(name in one.groups for one in three.all):
            values = Three(*(gather(one, name) for one in three.all))
            title = titles.name(name)
            sides[name] = decisions.decide(f"whole:{name}", values, "block", title, say=say_group, about=name)
    return sides


def gather(reading: Reading, name: str) -> Any:
    """All that belongs to a cell, exercise or section, by where it stands; MISSING if there is none."""
    if name not in reading.groups:
        return MISSING
    kind, _, id = name.partition(":")
    found: dict[str, Any] = {f"lesson.{language}.md": reading.block(language, name) for language in LANGUAGES}
    if kind in PARTS:
        found["lesson.yaml"] = reading.item(PARTS[kind], id)
    if kind == "exercise":
        found |= {one: raw for one, raw in sorted(reading.files.items()) if one.startswith(folder_of(id))}
    found["notes.yaml"] = reading.notes.get(name.replace("code:", "cell:", 1))
    return {place: value for place, value in found.items() if value is not None}


def say_group(values: Mapping[str, Any]) -> str:
    return "\n\n".join(f"── {place}\n{say_piece(value)}" for place, value in values.items())


def say_piece(value: Any) -> str:
    return say_file(value) if isinstance(value, bytes) else say_value(value)


def say_file(raw: bytes) -> str:
    """A file's text; of one that is none, how large it is."""
    text = find_text(raw)
    return f"{max(1, len(raw) // 1024)} KiB" if text is None else text
