"""A lesson's files as the cells of a notebook, each with the part of the lesson that it shows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import courses
from courses import Language
from graders.exchange.answers import split_answer
from graders.exchange.told import NotTaken
from graders.exchange.words import answer_in_words, asked_in_words

Role = Literal["text", "code", "statement", "words", "answer", "question"]

SHEET = "lesson.yaml"
ANCHOR = re.compile(r"\A\([^()\n]+\)=[ \t]*\n+")
NOT_IN_IDS = re.compile(r"[^A-Za-z0-9_-]+")
LONGEST_ID = 60


@dataclass(frozen=True)
class Shown:
    """One cell of a lesson's notebook. place: of its block in the text. hidden: what its block has before it.

    marks: what nbgrader keeps of it; empty for a plain cell.
    """

    id: str
    role: Role
    place: int
    kind: Literal["code", "markdown"]
    source: str
    hidden: str = ""
    marks: Mapping[str, Any] = field(default_factory=dict)


def read_text(files: Mapping[str, bytes], name: str) -> str:
    """A file's text with its own line ends. Raises: NotTaken where it is not there or no text."""
    try:
        return files[name].decode()
    except (KeyError, UnicodeDecodeError) as reason:
        raise NotTaken("not-text", name) from reason


def plain(text: str) -> str:
    """The text as a cell has it: without a byte order mark, lines ended by \\n and none empty at the end."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def find_plain(files: Mapping[str, bytes], name: str) -> str:
    """A file's text as a cell has it, empty where there is none."""
    return plain(files.get(name, b"").decode("utf-8", "replace"))


def read_records(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, Any]]:
    """The records of lesson.yaml by exercise; none where it cannot be read."""
    raw = files.get(SHEET, b"").decode("utf-8", "replace")
    sheet = courses.read_yaml(plain(raw), Path(SHEET), courses.Complaints())
    listed = sheet.value.get("exercises") if sheet is not None and isinstance(sheet.value, dict) else None
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {one["id"]: one for one in found if isinstance(one.get("id"), str)}


def starter_name(files: Mapping[str, bytes], exercise_id: str, language: Language) -> str:
    english = f"exercises/{exercise_id}/starter.en.py"
    return english if language == "en" and english in files else f"exercises/{exercise_id}/starter.py"


def lay_out(files: Mapping[str, bytes], language: Language) -> tuple[Shown, ...]:
    """The cells of a lesson's text in one language, in its order. Raises: NotTaken without a text."""
    blocks = courses.split_blocks(read_text(files, f"lesson.{language}.md"))
    records, ids = read_records(files), _Ids()
    return tuple(
        cell
        for place, block in enumerate(blocks)
        if block.kind != "front-matter" and block.content
        for cell in _cells_of(files, language, (place, block), records.get(block.id, {}), ids)
    )


class _Ids:
    """Cell ids, none given twice; they are nbgrader's too."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, wanted: str) -> str:
        stem = NOT_IN_IDS.sub("-", wanted)[:LONGEST_ID].strip("-") or "cell"
        name, again = stem, 2
        while name in self._taken:
            name, again = f"{stem[: LONGEST_ID - 4]}-{again}", again + 1
        self._taken.add(name)
        return name


def _cells_of(
    files: Mapping[str, bytes], language: Language, placed: "tuple[int, courses.SourceBlock]",
    record: Mapping[str, Any], ids: _Ids,
) -> Iterator[Shown]:  # fmt: skip
    place, block = placed
    if block.kind == "code":
        name = ids.give(block.id or "code")
        yield Shown(
            name, "code", place, "code", plain(block.body), marks=locked(name) if "locked" in block.tags else {}
        )
    elif block.kind == "exercise":
        stem = ids.give(block.id or "exercise")
        name = ids.give(f"{stem}-statement")
        yield Shown(name, "statement", place, "markdown", plain(block.body), marks=locked(name))
        if record:
            name = ids.give(f"{stem}-words")
            yield Shown(name, "words", place, "markdown", asked_in_words(record, language), marks=locked(name))
            yield _answer_cell(files, language, place, record, stem)
    else:
        source = plain(block.content)
        found = ANCHOR.match(source) if block.is_section else None
        name = ids.give(f"section-{block.id}" if block.is_section else f"text-{place}")
        hidden = found[0] if found else ""
        yield Shown(name, "text", place, "markdown", source.removeprefix(hidden), hidden)


def _answer_cell(
    files: Mapping[str, bytes], language: Language, place: int, record: Mapping[str, Any], name: str
) -> Shown:
    """Where learners answer. A person marks it in nbgrader: a test that only tells what is checked would pass all."""
    marks = {"grade": True, "solution": True, "locked": False, "points": points_of(record), "grade_id": name}
    if record.get("kind") != "code":
        return Shown(name, "question", place, "markdown", answer_in_words(record, language), marks=marked(marks))
    starter = find_plain(files, starter_name(files, record["id"], language))
    solution = find_plain(files, f"exercises/{record['id']}/solution.py")
    return Shown(name, "answer", place, "code", split_answer(starter, solution).cell_text, marks=marked(marks))


def locked(name: str) -> Mapping[str, Any]:
    return marked({"grade": False, "solution": False, "locked": True, "grade_id": name})


def marked(marks: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"schema_version": 3, "task": False, **marks}


def points_of(record: Mapping[str, Any]) -> float:
    points = record.get("points")
    return float(points) if isinstance(points, int | float) and not isinstance(points, bool) and points >= 0 else 0.0
