"""lesson.yaml fitted to another order of exercises and sections; its comments and all else stay."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import courses
from courses import LocalText

SHEET = Path("lesson.yaml")
Listed = Literal["exercises", "sections"]


def list_ids(text: str, key: Listed) -> list[str] | None:
    """The ids in a list of the sheet; None where it has no such list or cannot be read."""
    sheet = courses.read_yaml(text, SHEET, courses.Complaints())
    listed = sheet.value.get(key) if sheet is not None and isinstance(sheet.value, dict) else None
    if not isinstance(listed, list):
        return None
    ids = [one.get("id") if isinstance(one, dict) else None for one in listed]
    return [one for one in ids if isinstance(one, str)] if all(isinstance(one, str) for one in ids) else None


def arrange(text: str, key: Listed, wanted: Sequence[str], new: Mapping[str, LocalText]) -> str | None:
    """The sheet with these entries of a list in this order; None where that would touch anything else.

    wanted: ids that are there already, or are in `new`: sections, with their titles.
    """
    sheet, have = courses.read_yaml(text, SHEET, courses.Complaints()), list_ids(text, key)
    if sheet is None or have is None or len(set(have)) < len(have) or not set(wanted) <= {*have, *new}:
        return None
    fresh = {one: {"id": one, "title": {"es": title.es, "en": title.en}} for one, title in new.items()}
    entries = {**fresh, **dict(zip(have, sheet.value[key], strict=True))}
    try:
        return courses.rewrite_sheet(text, {**sheet.value, key: [entries[one] for one in wanted]})
    except courses.Refused:
        return None
