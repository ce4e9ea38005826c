"""A lesson's text in one language: MyST Markdown to sections and blocks, each with its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from markdown_it.token import Token

from courses import prose
from courses.complaints import Complaints
from courses.files import Folder
from courses.model import Block, CellId, CodeBlock, ExerciseBlock, ExerciseId, Language, ProseBlock

OPTION = re.compile(r":([A-Za-z-]+):[ \t]*(.*)")
OPTIONS: Mapping[str, tuple[str, ...]] = {prose.CELL: (":label:", ":tags:"), prose.EXERCISE: (":label:",)}
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
TARGET = re.compile(r"^\([^()\n]+\)=[ \t]*\n?", re.MULTILINE)
# What the parser and its extensions raise on text that is no Markdown at all.
STUMBLES = (IndexError, RecursionError, ValueError, KeyError, AttributeError, TypeError)


@dataclass(frozen=True)
class Heading:
    """A second-level heading: its anchor (empty where there is none), its words and its line."""

    id: str
    title: str
    line: int


@dataclass(frozen=True)
class Piece:
    """A block with its line. code_line: the line before the first of its code, for a cell."""

    block: Block
    line: int
    code_line: int = 0

    @property
    def name(self) -> str:
        """What two languages must agree on: which cell, which exercise. Empty for prose, which may differ."""
        if isinstance(self.block, CodeBlock):
            return f"{'locked ' if self.block.is_locked else ''}{prose.CELL} {self.block.cell_id}"
        return f"{prose.EXERCISE} {self.block.exercise_id}" if isinstance(self.block, ExerciseBlock) else ""


@dataclass(frozen=True)
class LessonText:
    path: Path
    source: str
    headings: tuple[Heading, ...]
    pieces: tuple[Piece, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(piece.block for piece in self.pieces)


@dataclass(frozen=True)
class Directive:
    """A `code-cell` or `exercise` at the left margin: its options, what follows them, and where that begins."""

    kind: Literal["code-cell", "exercise"]
    options: Mapping[str, str]
    body: str
    line: int
    body_line: int


def read_lesson_text(folder: Folder, language: Language, complaints: Complaints) -> LessonText | None:
    """The text in lesson.<language>.md; None, with a complaint, if it cannot be read.

    What stands before the first heading belongs to the first section.
    """
    name = f"lesson.{language}.md"
    source = folder.find_text(name, complaints)
    if source is None:
        return None
    try:
        return TextReader(folder, name, source, language, complaints).read()
    except STUMBLES as error:
        complaints.add("unreadable", folder.path / name, name=name, reason=type(error).__name__)
        return None


class TextReader:
    """Walks through the top level of one text and gathers its blocks."""

    def __init__(self, folder: Folder, name: str, source: str, language: Language, complaints: Complaints) -> None:
        self.path, self.source, self.language, self.complaints = folder.path / name, source, language, complaints
        self.lines = source.split("\n")
        self.tokens = prose.parse(source)
        self.headings: list[Heading] = []
        self.pieces: list[Piece] = []
        self.around = prose.Surroundings(
            language,
            {one: folder.contents[one] for one in folder.names("img/")},
            frozenset(token.content for token in self.tokens if token.type == "myst_target"),
            self.report,
        )

    def report(self, code: str, line: int, **fields: str) -> None:
        self.complaints.add(code, self.path, line, **fields)

    def read(self) -> LessonText:
        self.anchor_headings()
        groups = list(top_level(self.tokens))
        first = next((one.id for one in self.headings if one.id), "")
        section, stretch = first, list[Token]()
        for group in groups:
            directive = self.find_directive(group)
            is_heading = group[0].type == "heading_open" and group[0].tag == "h2"
            if directive or is_heading:
                self.add_prose(section, stretch)
                stretch = []
            if directive:
                self.add_directive(section, directive)
            else:
                section = str(group[0].attrGet("id") or section) if is_heading else section
                stretch += group
        self.add_prose(section, stretch)
        return LessonText(self.path, self.source, tuple(self.headings), tuple(self.pieces))

    def anchor_headings(self) -> None:
        """Give each heading the id of the anchor on the line above it, and note the second-level ones."""
        before: Token | None = None
        for token, following in zip_longest(self.tokens, self.tokens[1:]):
            if token.type == "heading_open" and token.level == 0 and following is not None:
                anchor = before.content if before is not None and before.type == "myst_target" else ""
                self.note_heading(token, anchor, following.content)
                if before is not None and anchor:
                    before.meta["is_heading"] = True
            before = token

    def note_heading(self, token: Token, anchor: str, title: str) -> None:
        line = line_of(token)
        if anchor and ID.fullmatch(anchor):
            token.attrSet("id", anchor)
        elif anchor:
            self.report("bad-form", line - 1, place="()=", found=anchor, pattern=ID.pattern)
        if token.tag == "h1":
            self.report("heading-1", line, title=title)
        elif token.tag == "h2":
            self.headings.append(Heading(anchor, title, line))
            if not anchor:
                self.report("no-anchor", line, title=title)

    def add_prose(self, section: str, tokens: Sequence[Token]) -> None:
        """Add a stretch of prose, unless nothing in it is seen."""
        seen = [token for token in tokens if token.map and token.type not in ("front_matter", "myst_target")]
        if not seen:
            return
        prose.prepare(tokens, self.around)
        for token in tokens:
            if token.type in ("fence", "colon_fence"):
                self.check_closed(token)
        start, end = min(line_of(one) for one in seen) - 1, max(one.map[1] for one in seen if one.map)
        markdown = TARGET.sub("", "\n".join(self.lines[start:end])).strip("\n")
        html = prose.to_html(tokens, self.language)
        self.pieces.append(Piece(ProseBlock(section, html, markdown), start + 1))

    def find_directive(self, group: Sequence[Token]) -> Directive | None:
        """The cell or exercise that a group of tokens is, with its options taken off."""
        token = group[0]
        match = prose.DIRECTIVE.fullmatch(token.info) if token.type in ("fence", "colon_fence") else None
        if match is None or match[1] not in OPTIONS:
            return None
        self.check_closed(token)
        kind: Literal["code-cell", "exercise"] = "code-cell" if match[1] == prose.CELL else "exercise"
        options, body = split_options(token.content)
        for number, (name, value) in enumerate(options, 1):
            if f":{name}:" not in OPTIONS[kind]:
                place, known = line_of(token) + number, ", ".join(OPTIONS[kind])
                self.report("unknown-option", place, kind=kind, option=f":{name}: {value}".strip(), known=known)
        return Directive(kind, dict(options), body, line_of(token), line_of(token) + len(options))

    def check_closed(self, token: Token) -> None:
        """A block that is not closed swallows what follows, which the parser takes for its content."""
        last = self.lines[token.map[1] - 1].strip() if token.map and token.map[1] <= len(self.lines) else ""
        if not last.startswith(token.markup) or last.strip(token.markup[0]):
            opening = f"{token.markup}{token.info}"
            self.report("unclosed", line_of(token), opening=opening, markup=token.markup)

    def add_directive(self, section: str, directive: Directive) -> None:
        label = directive.options.get("label", "")
        if not ID.fullmatch(label):
            self.report("no-label", directive.line, kind=directive.kind)
            return
        if directive.kind == "exercise":
            tokens = prose.parse(directive.body)
            prose.prepare(tokens, self.around, before=directive.body_line)
            html = prose.to_html(tokens, self.language)
            block: Block = ExerciseBlock(section, ExerciseId(label), html, directive.body.strip("\n"))
        else:
            tags = [tag.strip() for tag in directive.options.get("tags", "").strip("[]").split(",")]
            unknown = ", ".join(tag for tag in tags if tag not in ("locked", ""))
            if unknown:
                self.report("unknown-option", directive.line, kind=directive.kind, option=unknown, known="locked")
            block = CodeBlock(section, CellId(label), directive.body.strip("\n"), is_locked="locked" in tags)
        blank = len(directive.body) - len(directive.body.lstrip("\n"))
        self.pieces.append(Piece(block, directive.line, directive.body_line + blank))


def split_options(content: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The options that a directive's content begins with, each a name and a value, and what follows them."""
    lines = content.split("\n")
    options: list[tuple[str, str]] = []
    while lines and (option := OPTION.fullmatch(lines[0].rstrip())):
        options.append((option[1], option[2].strip()))
        lines.pop(0)
    return tuple(options), "\n".join(lines)


def top_level(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens in groups, one for each thing at the top level: a paragraph, a list, a fence."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []
    if group:
        yield group


def line_of(token: Token) -> int:
    """The line of a block's first token, counted from 1."""
    return token.map[0] + 1 if token.map else 1
