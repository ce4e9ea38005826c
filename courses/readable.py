"""What of a lesson its readers read as prose, passage by passage, each with its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from courses import prose
from courses.lesson_notes import NOTES
from courses.lesson_text import OPTION, LessonText
from courses.lessons import LessonSource
from courses.model import LANGUAGES, ExerciseBlock, Language
from courses.typography import CODE, texts_of

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# What is stressed is often quoted from elsewhere, such as a message of Python.
MARKS = {"softbreak": "\n", "hardbreak": "\n", "em_open": "“", "em_close": "”"}
GAP = " ¤ "  # where code or a formula stood: what follows begins no sentence, and is no neighbour of what precedes


@dataclass(frozen=True)
class Passage:
    """A stretch of prose without code, formulas and addresses. block: id of the exercise or the section around it."""

    text: str
    language: Language
    path: Path
    line: int | None
    block: str

    @property
    def words(self) -> int:
        return len(WORD.findall(self.text))


def list_passages(source: LessonSource) -> Iterator[Passage]:
    """All prose of a lesson: its two texts, and what lesson.yaml and notes.yaml say in words."""
    for language in LANGUAGES:
        yield from passages_of(source.texts[language], language)
    for language in LANGUAGES:
        for place, text in texts_of(source.sheet.value, language):
            line = source.sheet.line(*place)
            yield Passage(CODE.sub(GAP, text), language, source.sheet.path, line, _exercise_at(source, place))
        for place, text in texts_of(source.notes.value if source.notes else {}, language):
            line = source.notes.line(*place) if source.notes else None
            yield Passage(
                CODE.sub(GAP, text), language, source.folder.path / NOTES, line, str(place[0]).partition(":")[2]
            )


def passages_of(text: LessonText, language: Language) -> Iterator[Passage]:
    """The prose of one text, in its order."""
    for line, words in _inline(prose.parse(text.source), 0):
        yield Passage(words, language, text.path, line, _block_at(text, line))


def links_of(text: LessonText) -> Iterator[tuple[int, str, str]]:
    """Every link of a text: its line, where it leads, and the words that lead there."""
    for line, token in _tokens(prose.parse(text.source), 0):
        href, words = "", ""
        for child in token.children or []:
            if child.type == "link_open":
                href, words = str(child.attrGet("href") or ""), ""
            elif child.type == "link_close":
                yield line, href, words.strip()
            else:
                words += child.content


def headings_of(text: LessonText) -> Iterator[tuple[int, int, str]]:
    """Every heading of a text: its line, its level and its words."""
    tokens = prose.parse(text.source)
    for token, following in zip(tokens, tokens[1:], strict=False):
        if token.type == "heading_open":
            yield (token.map or [0])[0] + 1, int(token.tag[1:]), following.content


def pictures_of(text: LessonText) -> Iterator[tuple[int, str, str]]:
    """Every picture of a text: its line, its file and its alternative text."""
    for line, token in _tokens(prose.parse(text.source), 0):
        for child in token.children or []:
            if child.type == "image":
                yield line, str(child.attrGet("src") or ""), child.content


def _inline(tokens: Sequence[Token], before: int) -> Iterator[tuple[int, str]]:
    for line, token in _tokens(tokens, before):
        yield line, "".join(_plain(child) for child in token.children or [])


def _plain(child: Token) -> str:
    if child.type in ("text", "image"):
        return child.content
    return MARKS.get(child.type, GAP if child.content else "")


def _tokens(tokens: Sequence[Token], before: int) -> Iterator[tuple[int, Token]]:
    """The inline tokens with their lines, also of what stands inside of a directive but a cell."""
    for token in tokens:
        line = before + (token.map or [0])[0] + 1
        if token.type == "inline":
            yield line, token
        elif token.type in ("fence", "colon_fence"):
            match = prose.DIRECTIVE.fullmatch(token.info)
            if match is not None and match[1] != prose.CELL:
                body = [OPTION.sub("", one) for one in token.content.split("\n")]
                yield from _tokens(prose.parse("\n".join(body)), line)


def _block_at(text: LessonText, line: int) -> str:
    """The exercise in which a line stands, or its section."""
    before = [piece.block for piece in text.pieces if piece.line <= line]
    if not before:
        return ""
    return before[-1].exercise_id if isinstance(before[-1], ExerciseBlock) else before[-1].section_id


def _exercise_at(source: LessonSource, place: Sequence[str | int]) -> str:
    is_inside = len(place) > 1 and place[0] == "exercises" and isinstance(place[1], int)
    return source.lesson.exercises[int(place[1])].id if is_inside else ""
