"""A lesson in preparation as values for its editor: blocks in both languages side by side. No request, no database.

It is made of the sources, not of a loaded lesson, so that one that does not load yet can be written all the same.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup

from courses import (
    LANGUAGES,
    Complaints,
    Language,
    LocalText,
    Problem,
    Refused,
    SourceBlock,
    Texts,
    find_block,
    find_counterpart,
    read_texts,
    read_yaml,
)
from webapp.services.manuscripts.records import Files
from webapp.teach.editor_exercise import ExerciseForm, exercise_form
from webapp.ui.highlight import highlight_python

SHEET, NOTES = "lesson.yaml", "notes.yaml"
TEXT_FILES: Mapping[str, Language] = {f"lesson.{language}.md": language for language in LANGUAGES}
LONGEST_NAME, LONGEST_DETAIL = 36, 50

Mark = Literal["", "proved", "failed", "warned"]


@dataclass(frozen=True)
class Side:
    """A block in one language. place: among the blocks of that text."""

    language: Language
    place: int
    body: str
    title: str = ""

    @property
    def rows(self) -> int:
        return max(3, self.body.count("\n") + 1 + len(self.body) // 70)

    @property
    def text(self) -> str:
        return self.body

    @property
    def line_count(self) -> int:
        return self.body.count("\n") + 1

    @property
    def code_html(self) -> Markup:
        return highlight_python(self.body)


@dataclass(frozen=True)
class BlockForm:
    """A block with its fields. key: the same as long as the block is the same, wherever it stands.

    complaints: what is wrong in it; stale_keys: its texts whose translation is older; note: for who teaches it, in
    Spanish and in English.
    """

    key: str
    kind: str
    id: str
    name: str
    detail: str
    sides: tuple[Side, ...]
    directive: str = ""
    is_locked: bool = False
    is_section: bool = False
    exercise: ExerciseForm | None = None
    complaints: tuple[LocalText, ...] = ()
    proof: Mark = ""
    note: tuple[str, str] = ("", "")
    stale_keys: tuple[str, ...] = ()

    @property
    def language(self) -> Language:
        return self.sides[0].language

    @property
    def place(self) -> int:
        return self.sides[0].place

    @property
    def note_key(self) -> str:
        """What notes.yaml calls it; empty for what can have no note."""
        if self.is_section:
            return f"section:{self.id}"
        return {"code": f"cell:{self.id}", "exercise": f"exercise:{self.id}"}.get(self.kind, "")

    @property
    def code_sides(self) -> tuple[Side, ...]:
        """Of a cell whose code is the same in both languages one of them; the other follows it."""
        return self.sides[:1] if len({one.body for one in self.sides}) == 1 else self.sides

    @cached_property
    def mark(self) -> str:
        """Another one where anything but its place is different."""
        unplaced = replace(self, sides=tuple(replace(one, place=0) for one in self.sides))
        return hashlib.sha256(repr(unplaced).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class BrokenFile:
    """A file that cannot be read as what it is: shown as text, with what its reader says and where."""

    name: str
    text: str
    line: int | None
    message: LocalText


@dataclass(frozen=True)
class Draft:
    """The whole lesson as its editor shows it. loose: complaints that belong to no block."""

    sheet: Mapping[str, Any]
    blocks: tuple[BlockForm, ...]
    broken: tuple[BrokenFile, ...]
    loose: tuple[Problem, ...]


def open_draft(
    files: Files, problems: Sequence[Problem], *, stale: Collection[str] = (), marks: Mapping[str, Mark] | None = None
) -> Draft:
    """problems: what the loader says of the files; marks: by the id of a cell or an exercise, from the latest proof."""
    broken = tuple(find_broken(files))
    if broken:
        return Draft({}, (), broken, tuple(problems))
    sheet = parse_sheet(files)
    texts = read_texts(files)
    told = share_out(problems, texts, sheet)
    notes = read_notes(files)
    blocks = tuple(
        dress(block, sheet.value, files, told.get(block.key, ()), stale, marks or {}) for block in pair_up(texts)
    )
    blocks = tuple(replace(one, note=notes.get(one.note_key, ("", ""))) for one in blocks)
    known = {block.key for block in blocks}
    loose = tuple(one for key, found in told.items() if key not in known for one in found)
    return Draft(sheet.value, blocks, (), loose)


def find_broken(files: Files) -> Iterator[BrokenFile]:
    """The files without which there are no blocks to show."""
    complaints = Complaints()
    sheet = parse_sheet(files, complaints)
    if sheet is None or not isinstance(sheet.value, dict):
        problem = complaints.problems[0] if complaints.problems else None
        message = problem.message if problem else LocalText(
            "lesson.yaml no dice nada de la lección. Escribe en él su título, sus secciones y sus ejercicios.",
            "lesson.yaml says nothing of the lesson. Write its title, its sections and its exercises in it.",
        )  # fmt: skip
        yield BrokenFile(SHEET, shown(files, SHEET), problem.line if problem else None, message)
    try:
        read_texts(files)
    except Refused as refused:
        for name in TEXT_FILES:
            if not is_text(files.get(name)):
                yield BrokenFile(name, shown(files, name), refused.line, refused.message)


def parse_sheet(files: Files, complaints: Complaints | None = None) -> Any:
    """lesson.yaml with its lines, or None with a complaint."""
    return read_yaml(shown(files, SHEET), Path(SHEET), complaints or Complaints())


def read_notes(files: Files) -> Mapping[str, tuple[str, str]]:
    """The notes for who teaches it, by what notes.yaml calls their blocks. What has another form is left out."""
    found = read_yaml(shown(files, NOTES), Path(NOTES), Complaints()) if NOTES in files else None
    values = found.value if found and isinstance(found.value, dict) else {}
    return {
        key: (str(one.get("es") or ""), str(one.get("en") or ""))
        for key, one in values.items()
        if isinstance(one, dict)
    }


def shown(files: Files, name: str) -> str:
    return files.get(name, b"").decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")


def is_text(raw: bytes | None) -> bool:
    try:
        return raw is not None and raw.decode() is not None
    except UnicodeDecodeError:
        return False


def pair_up(texts: Texts) -> Iterator[BlockForm]:
    """The blocks of both languages, those that are one block together; in the order of the Spanish text.

    What only the English text has comes after what it follows there.
    """
    twins = {place: find_counterpart(texts, "es", place) for place in range(len(texts["es"]))}
    taken = {twin for twin in twins.values() if twin is not None}
    lonely = [place for place, one in enumerate(texts["en"]) if place not in taken and is_shown(one)]
    counts: dict[str, int] = {}
    above = "top"
    done = -1
    for place, block in enumerate(texts["es"]):
        twin = twins[place]
        if twin is not None:
            for alone in [one for one in lonely if done < one < twin]:
                yield block_form(texts["en"][alone], key_of(texts["en"][alone], above, counts), en=alone)
            done = max(done, twin)
        if is_shown(block):
            key = key_of(block, above, counts)
            above = key if block.key else above
            yield block_form(block, key, es=place, en=twin, english=None if twin is None else texts["en"][twin])
    for alone in [one for one in lonely if one > done]:
        yield block_form(texts["en"][alone], key_of(texts["en"][alone], above, counts), en=alone)


def is_shown(block: SourceBlock) -> bool:
    return block.kind != "front-matter" and bool(block.content)


def key_of(block: SourceBlock, above: str, counts: dict[str, int]) -> str:
    """Its kind and id; of what has none, how many of those stand above it since the last block that has."""
    name = f"{block.key[0]}-{block.key[1]}" if block.key else f"{block.kind}-{above}"
    counts[name] = counts.get(name, 0) + 1
    return name if block.key and counts[name] == 1 else f"{name}-{counts[name]}"


def block_form(
    block: SourceBlock, key: str, *, es: int | None = None, en: int | None = None, english: SourceBlock | None = None
) -> BlockForm:
    sides = [] if es is None else [Side("es", es, block.body, block.title)]
    if en is not None:
        twin = english or block
        sides.append(Side("en", en, twin.body, twin.title))
    return BlockForm(
        key=key, kind=block.kind, id=block.id, name=name_of(block), detail=detail_of(block), sides=tuple(sides),
        directive=block.name, is_locked="locked" in block.tags, is_section=block.is_section,
    )  # fmt: skip


def name_of(block: SourceBlock) -> str:
    """What a list calls the block: its heading, its title, or its first words."""
    lines = [line.strip() for line in block.body.splitlines()]
    if block.is_section:
        return next((line.lstrip("# ") for line in lines if line.startswith("## ")), block.id)
    if block.kind == "code":
        return block.id
    words = block.title or next((line for line in lines if line and not line.startswith("!")), "")
    plain = words.lstrip("#->*0123456789. ").replace("**", "").replace("`", "")
    return plain if len(plain) <= LONGEST_NAME else plain[:LONGEST_NAME].rstrip(" .,;:") + "…"


def detail_of(block: SourceBlock) -> str:
    """Of code its last line, which mostly shows what it is for."""
    lines = [line for line in block.body.splitlines() if line.strip()] if block.kind == "code" else []
    return lines[-1].strip()[:LONGEST_DETAIL] if lines else ""


def dress(
    block: BlockForm, sheet: Mapping[str, Any], files: Files, told: Sequence[Problem], stale: Collection[str],
    marks: Mapping[str, Mark],
) -> BlockForm:  # fmt: skip
    """The block with its exercise, its complaints and its mark of the proof."""
    exercise = exercise_form(sheet, block.id, files) if block.kind == "exercise" else None
    return replace(
        block,
        exercise=exercise,
        name=exercise.title.get("es") or block.id if exercise else block.name,
        complaints=tuple(one.message for one in told),
        proof=marks.get(block.id, "proved") if marks else "",
        stale_keys=tuple(sorted(key for key in stale if is_about(key, block))),
    )


def is_about(key: str, block: BlockForm) -> bool:
    """Whether a key of courses.translation_ages belongs to a block."""
    return key in block_keys(block) or (block.kind == "exercise" and key.startswith(f"exercise:{block.id}:"))


def block_keys(block: BlockForm) -> tuple[str, ...]:
    return (block.key, f"{block.kind}:{block.id}", f"section:{block.id}" if block.is_section else block.key)


def share_out(problems: Sequence[Problem], texts: Texts, sheet: Any) -> Mapping[str, tuple[Problem, ...]]:
    """The complaints by the key of the block that they belong to; "" for those of no block."""
    keys = {
        (side.language, side.place): block.key for block in pair_up(texts) for side in block.sides
    }  # fmt: skip
    shared: dict[str, tuple[Problem, ...]] = {}
    for one in problems:
        name = "/".join(one.path.parts[2:]) or one.path.name
        if name in TEXT_FILES and one.line:
            language = TEXT_FILES[name]
            key = keys.get((language, find_block(texts[language], one.line)), "")
        else:
            exercise = exercise_at(name, one.line, sheet)
            key = f"exercise-{exercise}" if exercise else ""
        shared[key] = (*shared.get(key, ()), one)
    return shared


def exercise_at(name: str, line: int | None, sheet: Any) -> str:
    """The exercise that a file, or a line of lesson.yaml, belongs to; empty where there is none."""
    if name.startswith("exercises/"):
        return name.split("/")[1]
    found = ""
    if name == SHEET and line:
        exercises = sheet.value.get("exercises")
        for number, one in enumerate(exercises if isinstance(exercises, list) else ()):
            begins = sheet.line("exercises", number)
            if begins is not None and begins <= line and isinstance(one, dict):
                found = str(one.get("id", ""))
    return found
