"""lesson.yaml and notes.yaml, merged field by field; what is made from other parts follows them here too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.lesson_notes import NOTES
from courses.lessons import SHEET
from courses.merging.decisions import MISSING, Decisions
from courses.merging.order import other, weave
from courses.merging.reading import Indivisible, Reading, items_of
from courses.merging.records import Side, Three
from courses.merging.sums import fit_minutes, fit_points, has_sums
from courses.merging.texts import Merged
from courses.merging.titles import Titles
from courses.merging.values import ValueMerge
from courses.merging.wrong_answers import list_sources, with_sources, without_sources
from courses.model import LANGUAGES
from courses.refusals import Refused
from courses.sheet_edits import rewrite_sheet
from courses.sources import Files
from courses.yaml_edits import is_same

EXERCISES, SECTIONS = "exercises", "sections"
Path = tuple[str, ...]
Items = Mapping[str, Any]


@dataclass(frozen=True)
class SheetMerge:
    """What the sheets are merged by. merged: what came of the texts, which exercises and sections follow."""

    three: Three[Reading]
    decisions: Decisions
    titles: Titles
    groups: Mapping[str, Side]
    merged: Merged

    def merge_lesson(self) -> tuple[bytes, Files]:
        """lesson.yaml, and the code of wrong answers. Raises: Indivisible if it cannot be written."""
        told = list_sources(self.three)
        sheets = Three(*(with_sources(one, told) for one in self.three.all))
        values = ValueMerge(self.decisions, "sheet", "sheet", self.titles.sheet, about, self.is_made)
        parts: Mapping[str, Callable[[ValueMerge, Three[Items]], Any]] = {
            EXERCISES: self.merge_exercises,
            SECTIONS: self.merge_sections,
        }
        keys = dict.fromkeys(key for one in (sheets.ours, sheets.theirs, sheets.base) for key in one)
        found = {
            key: parts[key](values, sheets)
            if key in parts and has_ids(sheets, key)
            else values.merge((key,), pick(sheets, key))
            for key in keys
        }
        result = fit_minutes({key: value for key, value in found.items() if value is not MISSING})
        sheet, files = without_sources(result)
        return self.write(SHEET, sheet, Three(*(one.sheet for one in self.three.all))), files

    def is_made(self, path: Path) -> bool:
        """Whether something in lesson.yaml is made from other parts: points from checks, titles from headings."""
        if path[:1] == (EXERCISES,) and path[2:] == ("points",):
            items = [one.item(EXERCISES, path[1]) for one in self.three.all]
            return all(has_sums(one) for one in items if one)
        return path[:1] == (SECTIONS,) and path[2:3] == ("title",)

    def merge_exercises(self, values: ValueMerge, sheets: Three[Items]) -> list[Any]:
        found = self.merge_items(values, sheets, EXERCISES, "exercise")
        ids = Three(*(tuple(str(one["id"]) for one in items_of(sheet, EXERCISES)) for sheet in sheets.all))
        if all(is_in_order(one, "exercise", mine) for one, mine in zip(self.three.all, ids.all, strict=True)):
            return [found[id] for id in self.named("exercise") if id in found]
        side = values.decide_order((EXERCISES,), ids)
        return [found[id] for id in weave((), (ids.of(side), ids.of(other(side))), ids.base, found)]

    def merge_sections(self, values: ValueMerge, sheets: Three[Items]) -> Any:
        """The sections: those of the texts in their order, each called as its headings."""
        if not all(has_headings(one) for one in self.three.all):
            return values.merge((SECTIONS,), pick(sheets, SECTIONS))
        found = self.merge_items(values, sheets, SECTIONS, "section")
        return [self.with_title(id, found[id]) for id in self.named("section") if id in found]

    def merge_items(self, values: ValueMerge, sheets: Three[Items], part: str, kind: str) -> dict[str, Any]:
        """The items by id: whole from one side where not all versions have them, else field by field."""
        lists = Three(*({str(one["id"]): one for one in items_of(sheet, part)} for sheet in sheets.all))
        found = {
            id: self.merge_item(values, (part, id), f"{kind}:{id}", Three(*(one.get(id, MISSING) for one in lists.all)))
            for id in dict.fromkeys([*lists.ours, *lists.theirs, *lists.base])
        }
        return {id: value for id, value in found.items() if value is not MISSING}

    def merge_item(self, values: ValueMerge, path: Path, name: str, items: Three[Any]) -> Any:
        if name in self.groups:
            return items.of(self.groups[name])
        item = values.merge(path, items)
        return fit_points(item) if path[0] == EXERCISES and self.is_made((*path, "points")) else item

    def with_title(self, id: str, item: Mapping[str, Any]) -> Mapping[str, Any]:
        """A section with the title of the heading that each text has."""
        if f"section:{id}" in self.groups:
            return item
        sides = {language: self.merged.sides[language, f"section:{id}"] for language in LANGUAGES}
        titles = {language: self.three.of(side).item(SECTIONS, id)["title"] for language, side in sides.items()}
        return {**item, "title": {language: title[language] for language, title in titles.items()}}

    def named(self, kind: str) -> list[str]:
        return [name.partition(":")[2] for name in self.merged.named if name.startswith(f"{kind}:")]

    def merge_notes(self) -> bytes | None:
        """notes.yaml; None without notes. Raises: Indivisible if it cannot be written."""
        notes = Three(*(one.notes for one in self.three.all))
        values = ValueMerge(self.decisions, "note", "note", self.titles.note, lambda path: block_of(path[0]))
        found: dict[str, Any] = {}
        for key in dict.fromkeys(key for one in (notes.ours, notes.theirs, notes.base) for key in one):
            items = pick(notes, key)
            side = self.groups.get(block_of(key))
            found[key] = values.merge((key,), items) if side is None else items.of(side)
        result = {key: value for key, value in found.items() if value is not MISSING}
        return self.write(NOTES, result, notes) if result or any(NOTES in one.files for one in self.three.all) else None

    def write(self, name: str, value: Any, values: Three[Items]) -> Any:
        """A sheet's bytes: those of a side that says the same, or else of one with the fewest changes."""
        raw = Three(*(one.files.get(name) for one in self.three.all))
        is_ours, is_theirs = is_same(value, values.ours), is_same(value, values.theirs)
        if is_ours or is_theirs:
            return raw.ours if is_ours and not (is_theirs and raw.ours == raw.base) else raw.theirs
        if not value:
            return None
        try:
            return rewrite_sheet(find_basis(raw).decode(), value).encode()
        except (Refused, UnicodeDecodeError) as error:
            raise Indivisible from error


def find_basis(raw: Three[bytes | None]) -> bytes:
    """The sheet whose comments are kept: ours, unless only the others wrote any."""
    ours, theirs, base = (
        {line for line in (one or b"").splitlines() if b"#" in line} for one in (raw.ours, raw.theirs, raw.base)
    )
    is_theirs = raw.ours is None or (ours == base and theirs != base)
    return (raw.theirs if is_theirs and raw.theirs is not None else raw.ours) or b""


def pick(sheets: Three[Items], key: str) -> Three[Any]:
    return Three(*(one.get(key, MISSING) for one in sheets.all))


def has_ids(sheets: Three[Items], key: str) -> bool:
    """Whether a list's items can be told by their ids in all versions."""
    for sheet in sheets.all:
        items = sheet.get(key)
        ids = [one.get("id") for one in items_of(sheet, key)]
        if not isinstance(items, list) or len(ids) < len(items) or not all(isinstance(one, str) for one in ids):
            return False
        if len(set(ids)) < len(ids):
            return False
    return True


def is_in_order(reading: Reading, kind: str, ids: Sequence[str]) -> bool:
    """Whether lesson.yaml holds what the texts do, in their order."""
    return [f"{kind}:{id}" for id in ids] == [name for name in reading.groups if name.startswith(f"{kind}:")]


def has_headings(reading: Reading) -> bool:
    """Whether the sections of lesson.yaml are the headings of the texts, word for word."""
    items = items_of(reading.sheet, SECTIONS)
    if not is_in_order(reading, "section", [str(one.get("id")) for one in items]):
        return False
    return all(has_heading(reading, language, item) for item in items for language in LANGUAGES)


def has_heading(reading: Reading, language: Any, item: Mapping[str, Any]) -> bool:
    title, block = item.get("title"), reading.block(language, f"section:{item.get('id')}")
    words = title.get(language) if isinstance(title, dict) else None
    return isinstance(words, str) and block is not None and " ".join(words.split()) in " ".join(block.split())


def about(path: Path) -> str:
    """The block that a place of lesson.yaml belongs to; empty for the whole lesson."""
    kinds = {EXERCISES: "exercise", SECTIONS: "section"}
    return f"{kinds[path[0]]}:{path[1]}" if len(path) > 1 and path[0] in kinds else ""


def block_of(key: str) -> str:
    """The block that a note is for."""
    return key.replace("cell:", "code:", 1)
