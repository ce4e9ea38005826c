"""A lesson's text as blocks to edit, and back: nothing of it is lost, not a byte.

The cuts are those of the reader (courses/lesson_text.py): what it takes for a cell or an exercise is one here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from markdown_it.token import Token

from courses import prose
from courses.directives import LINE
from courses.files import LARGEST_TEXT
from courses.lesson_text import STUMBLES, split_options, top_level

BlockKind = Literal["front-matter", "text", "code", "exercise", "note", "directive"]

BOM = "\ufeff"
BLANK = " \t\r\n"
KINDS: Mapping[str, BlockKind] = {
    prose.CELL: "code",
    prose.EXERCISE: "exercise",
    **dict.fromkeys(prose.ADMONITIONS, "note"),
}  # fmt: skip


@dataclass(frozen=True)
class SourceBlock:
    """A stretch of a lesson's text.

    content: as it is written, up to before the line end of its last line.
    gap: that line end, and the blank lines before the next block.
    lead: what stands before the first block of a text (a byte order mark, blank lines); empty in the others.
    line: where content begins, from 1.
    id: the label of a cell or exercise; the anchor of a text that begins a section.
    body: what is inside: source, statement, the text of a note; of other texts all of content.
    """

    kind: BlockKind
    content: str
    gap: str = ""
    lead: str = ""
    line: int = 1
    id: str = ""
    name: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    body: str = ""
    is_section: bool = False

    @property
    def raw(self) -> str:
        return self.lead + self.content + self.gap

    @property
    def key(self) -> tuple[str, str] | None:
        """What the two languages have in common: which cell, exercise or section. None for what may differ."""
        if self.kind in ("code", "exercise"):
            return self.kind, self.id
        return ("section", self.id) if self.is_section else None


@dataclass(frozen=True)
class Cut:
    """Lines, from 0, that are a block of their own, and the token that it begins with. A section has no end yet."""

    start: int
    end: int | None
    token: Token
    anchor: str = ""


def join_blocks(blocks: Sequence[SourceBlock]) -> str:
    """The text of blocks. Of a split text it is that text, whatever it was."""
    return "".join(block.raw for block in blocks)


def find_block(blocks: Sequence[SourceBlock], line: int) -> int:
    """The place of the block that a line of the text, from 1, is in: where a complaint about that line belongs."""
    return max((place for place, block in enumerate(blocks) if block.line <= line), default=0)


# A change splits the same text several times; blocks are values, which nobody changes.
@lru_cache(maxsize=16)
def split_blocks(text: str) -> tuple[SourceBlock, ...]:
    """The blocks of a text, at least one; with any line ends, and with or without a byte order mark."""
    lines: list[str] = LINE.findall(text)
    first = next((number for number, line in enumerate(lines) if line.strip(BLANK + BOM)), len(lines))
    if first == len(lines):
        return (SourceBlock("text", "", lead=text),)
    plain = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    try:
        # What is larger than the reader takes is one text, and no work.
        cuts = list(find_cuts(prose.parse(plain))) if len(plain) <= LARGEST_TEXT else []
    except STUMBLES:
        # The reader stumbles over it too, and complains; to its author it is a text like any other.
        cuts = []
    lead = "".join(lines[:first])
    if text.startswith(BOM) and first == 0:
        lead, lines[0] = BOM, lines[0].removeprefix(BOM)
    blocks = [make_block(lines, *stretch) for stretch in stretches(lines, cuts, first)]
    return (replace(blocks[0], lead=lead), *blocks[1:])


def find_cuts(tokens: Sequence[Token]) -> Iterator[Cut]:
    """The directives, the front matter and the section headings at the top level, in order."""
    before: Token | None = None
    for group in top_level(tokens):
        token = group[0]
        if token.map and (token.type == "front_matter" or directive_name(token)):
            yield Cut(token.map[0], token.map[1], token)
        elif token.map and token.type == "heading_open" and token.tag == "h2":
            anchor = before if before is not None and before.type == "myst_target" and before.map else None
            start = anchor.map[0] if anchor and anchor.map else token.map[0]
            yield Cut(start, None, token, anchor.content if anchor else "")
        before = group[-1]


def directive_name(token: Token) -> str:
    """The name of the directive that a token is; of a colon fence without one, its info. Empty for all else."""
    match = prose.DIRECTIVE.fullmatch(token.info) if token.type in ("fence", "colon_fence") else None
    if match:
        return match[1]
    return (token.info.strip() or token.markup) if token.type == "colon_fence" else ""


def stretches(lines: Sequence[str], cuts: Sequence[Cut], first: int) -> Iterator[tuple[int, int, Cut | None]]:
    """Where each block begins and ends with its gap: every line from the first on is in one."""
    begins: dict[int, Cut | None] = {first: None}
    for cut in cuts:
        begins[cut.start] = cut
        if cut.end is not None:
            after = next((one for one in range(cut.end, len(lines)) if lines[one].strip(BLANK)), len(lines))
            begins.setdefault(after, None)
    begins.pop(len(lines), None)
    for start, end in pairwise([*sorted(begins), len(lines)]):
        yield start, end, begins[start]


def make_block(lines: Sequence[str], start: int, end: int, cut: Cut | None) -> SourceBlock:
    last = next(one for one in range(end - 1, start - 1, -1) if lines[one].strip(BLANK) or one == start)
    content = "".join(lines[start:last]) + lines[last].rstrip("\r\n")
    gap, line = "".join(lines[start:end])[len(content) :], start + 1
    if cut is None or cut.token.type == "heading_open":
        anchor = cut.anchor if cut else ""
        return SourceBlock("text", content, gap, line=line, id=anchor, body=content, is_section=cut is not None)
    if cut.token.type == "front_matter":
        return SourceBlock("front-matter", content, gap, line=line, body=cut.token.content)
    return replace(read_directive(cut.token), content=content, gap=gap, line=line)


def read_directive(token: Token) -> SourceBlock:
    """The fields of a directive, as the reader understands them."""
    name, match = directive_name(token), prose.DIRECTIVE.fullmatch(token.info)
    kind = KINDS.get(name, "directive")
    pairs, body = split_options(token.content) if kind in ("code", "exercise") else ((), token.content)
    options = dict(pairs)
    tags = tuple(one.strip() for one in options.get("tags", "").strip("[]").split(",") if one.strip())
    title = match[2].strip() if match else ""
    return SourceBlock(kind, "", id=options.get("label", ""), name=name, title=title, tags=tags, body=body.strip("\n"))
