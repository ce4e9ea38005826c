"""The sections of lesson.yaml follow the headings of the texts: whoever writes a text need not think of them."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from itertools import count
from typing import Any

from markdown_it.token import Token

from courses import prose
from courses.block_edits import Blocks
from courses.checkup import RESERVED, RESERVED_STARTS
from courses.directives import one_newline
from courses.lesson_edits import read_text, read_texts, with_sheet
from courses.lesson_text import STUMBLES
from courses.lessons import SHEET
from courses.model import LANGUAGES, Language
from courses.refusals import Refused
from courses.sheet_edits import read_sheet_value, rewrite_sheet
from courses.sources import Files
from courses.text_pairs import Texts

LONGEST_ID = 40
SECTIONS = "sections"
TEXTS = tuple(f"lesson.{language}.md" for language in LANGUAGES)


def follow_sections(before: Files, after: Files) -> Files:
    """The lesson with the sections of its texts in lesson.yaml, if they were there before.

    Raises: Refused if none would be left, or one language alone has another.
    """
    if all(before.get(name) == after.get(name) for name in TEXTS):
        return after
    old, new = read_texts(before), read_texts(after)
    value = read_sheet_value(read_text(after, SHEET))
    records = value.get(SECTIONS) if isinstance(value, dict) else None
    if headings(old) == headings(new) or not is_followed(records, old):
        return after
    titles = {language: dict(titled(new[language])) for language in LANGUAGES}
    if list(titles["es"]) != list(titles["en"]):
        raise Refused("section-alone")
    if not titles["es"]:
        raise Refused("last-section")
    known = {one["id"]: one for one in records or ()}
    value[SECTIONS] = [
        with_titles(known.get(id, {"id": id, "title": {}}), {one: titles[one][id] for one in LANGUAGES})
        for id in titles["es"]
    ]
    return with_sheet(after, rewrite_sheet(read_text(after, SHEET), value))


def headings(texts: Texts) -> list[tuple[str, str]]:
    return [pair for language in LANGUAGES for pair in titled(texts[language])]


def is_followed(records: Any, texts: Texts) -> bool:
    """Whether lesson.yaml lists the sections of the text: where it does not, its author has something else in hand."""
    try:
        ids = [one["id"] for one in records]
    except (TypeError, KeyError):
        return False
    found = [id for id, _ in titled(texts["es"])]
    return ids == found and len(set(found)) == len(found)


def with_titles(record: Mapping[str, Any], titles: Mapping[Language, str]) -> dict[str, Any]:
    """A section with the titles of the texts; one that says the same is kept as it is written."""
    said: Any = record.get("title")
    kept = {
        language: said[language]
        if isinstance(said, dict) and tidy(str(said.get(language, ""))) == tidy(title)
        else title
        for language, title in titles.items()
    }
    return {**record, "title": kept}


def tidy(text: str) -> str:
    return " ".join(text.split())


def titled(blocks: Blocks) -> list[tuple[str, str]]:
    """The anchor and the words of each section of a text, in order."""
    found = []
    for block in blocks:
        if block.is_section:
            words = [title for _, _, title in second_headings(one_newline(block.content))]
            found.append((block.id, tidy(words[0]) if words else ""))
    return found


def second_headings(markdown: str) -> list[tuple[int, str, str]]:
    """The line, from 0, the anchor and the words of each second-level heading at the left margin."""
    try:
        tokens = prose.parse(markdown)
    except STUMBLES:
        return []
    found: list[tuple[int, str, str]] = []
    before: Token | None = None
    for token, inside in zip(tokens, tokens[1:], strict=False):
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map:
            is_anchored = before is not None and before.type == "myst_target"
            found.append((token.map[0], before.content if before and is_anchored else "", inside.content))
        before = token
    return found


def with_anchors(markdown: str, anchors: Sequence[str], taken: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The Markdown with an anchor above each section that has none, and the anchors of all, in order.

    anchors: what the sections are to be called, in order, as far as is known; the others are named by their words.
    taken: ids that the lesson has.
    """
    lines = one_newline(markdown).split("\n")
    names: list[str] = []
    for place, (_, anchor, title) in enumerate(second_headings(one_newline(markdown))):
        wanted = anchors[place] if place < len(anchors) else ""
        names.append(anchor or wanted or new_id(title, {*taken, *names}, "seccion"))
    for (line, anchor, _), name in reversed(list(zip(second_headings("\n".join(lines)), names, strict=True))):
        if not anchor:
            lines.insert(line, f"({name})=")
    return "\n".join(lines), tuple(names)


def new_id(words: str, taken: Collection[str], otherwise: str) -> str:
    """An id made from words, which the lesson does not have yet."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", plain)
    name = "-".join(parts)[:LONGEST_ID].strip("-")
    if not re.match(r"[a-z]", name) or name.startswith(RESERVED_STARTS):
        name = f"{otherwise}-{name}".strip("-")
    ids = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(one for one in ids if one not in taken and one not in RESERVED)
