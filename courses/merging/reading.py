"""A version of a lesson taken apart: its two texts as blocks, lesson.yaml and notes.yaml as values, its other files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.blocks import SourceBlock, split_blocks
from courses.complaints import Complaints
from courses.directives import one_newline
from courses.files import decode
from courses.lesson_notes import NOTES, has_values
from courses.lessons import SHEET
from courses.marked import read_yaml
from courses.merging.blocks import Blocks, name_all
from courses.merging.records import Three
from courses.model import LANGUAGES, Language
from courses.sources import Files

TEXTS: Mapping[Language, str] = {"es": "lesson.es.md", "en": "lesson.en.md"}
Names = tuple[str, ...]
# The kinds of blocks that have names of their own, which stand in both texts.
GROUPS = ("code:", "exercise:", "section:")


class Indivisible(Exception):
    """Raised where a lesson has no parts that can be told from each other: a text or a sheet that cannot be read."""


@dataclass(frozen=True)
class Reading:
    """What one version says. names: of the blocks of each text, as courses.merging.blocks gives them."""

    files: Files
    texts: Mapping[Language, Blocks]
    names: Mapping[Language, Names]
    sheet: Mapping[str, Any]
    notes: Mapping[str, Any]

    def find_block(self, language: Language, name: str) -> SourceBlock | None:
        names = self.names[language]
        return self.texts[language][names.index(name)] if name in names else None

    def block(self, language: Language, name: str) -> str | None:
        """A block as it is written; None if this version does not have it."""
        found = self.find_block(language, name)
        return found.content if found else None

    @property
    def others(self) -> Mapping[str, bytes]:
        """The files that are neither a text nor a sheet."""
        return {name: raw for name, raw in self.files.items() if name not in (SHEET, NOTES, *TEXTS.values())}

    @property
    def groups(self) -> Names:
        """The cells, exercises and sections in the order of the texts: the Spanish one and what only English has."""
        spanish, english = ([one for one in self.names[language] if one.startswith(GROUPS)] for language in LANGUAGES)
        found = list(spanish)
        for place, name in enumerate(english):
            if name not in found:
                found.insert(found.index(english[place - 1]) + 1 if place else 0, name)
        return (*found, *(name for name in self.elsewhere if name not in found))

    @property
    def is_in_step(self) -> bool:
        """Whether both texts hold their cells, exercises and sections in the same order."""
        spanish, english = ([one for one in self.names[language] if one.startswith(GROUPS)] for language in LANGUAGES)
        return spanish == english

    @property
    def elsewhere(self) -> Names:
        """The exercises that lesson.yaml holds, whether the texts do or not."""
        return tuple(f"exercise:{one['id']}" for one in items_of(self.sheet, "exercises") if "id" in one)

    def item(self, part: str, id: str) -> Any:
        """What lesson.yaml says of an exercise or a section; None if it says nothing."""
        return next((one for one in items_of(self.sheet, part) if one.get("id") == id), None)


def items_of(sheet: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = sheet.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def read_three(files: Three[Files]) -> Three[Reading]:
    """The three versions with like names for like blocks. Raises: Indivisible."""
    texts = {language: Three(*(read_blocks(one, TEXTS[language]) for one in files.all)) for language in LANGUAGES}
    names = {language: name_all(texts[language]) for language in LANGUAGES}
    sheets = {raw: read_sheet(raw, SHEET) for raw in {one.get(SHEET, b"") for one in files.all}}
    return Three(*(
        Reading(
            one,
            {language: texts[language].all[place] for language in LANGUAGES},
            {language: names[language].all[place] for language in LANGUAGES},
            sheets[one.get(SHEET, b"")],
            read_sheet(one[NOTES], NOTES) if NOTES in one and has_words(one[NOTES]) else {},
        )
        for place, one in enumerate(files.all)
    ))  # fmt: skip


def read_blocks(files: Files, name: str) -> Blocks:
    try:
        # Line ends are no change: whoever writes on Windows has changed nothing by that.
        blocks = split_blocks(one_newline(files[name].decode()))
    except (KeyError, UnicodeDecodeError) as error:
        raise Indivisible from error
    if len(blocks) == 1 and not blocks[0].content:
        raise Indivisible
    return blocks


def has_words(raw: bytes) -> bool:
    return has_values(raw.decode("utf-8", "replace"))


def read_sheet(raw: bytes, name: str) -> Mapping[str, Any]:
    complaints = Complaints()
    text = decode(raw, Path(name), complaints)
    sheet = read_yaml(text, Path(name), complaints) if text is not None else None
    if sheet is None or not isinstance(sheet.value, dict) or not sheet.value:
        raise Indivisible
    return sheet.value


def find_text(raw: bytes | None) -> str | None:
    """What a file says, its line ends as they are; None if it is not there or no text."""
    try:
        return None if raw is None or b"\0" in raw else raw.decode()
    except UnicodeDecodeError:
        return None


def folder_of(exercise_id: str) -> str:
    return f"exercises/{exercise_id}/"
