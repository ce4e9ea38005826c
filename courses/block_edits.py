"""Changes to a text's blocks: one field, one block more or less, another order. All else keeps its bytes.

Each gives the blocks of the changed text, read anew, so that an editor shows what the reader will read.
Raises everywhere: Refused, where the change would reach beyond its block; nothing has changed then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from courses import prose
from courses.blocks import BLANK, BlockKind, SourceBlock, join_blocks, split_blocks
from courses.directives import NEW_LINE, one_newline, take_apart, write_directive
from courses.refusals import Refused

Blocks = tuple[SourceBlock, ...]

FIELDS: Mapping[BlockKind, tuple[str, ...]] = {
    "text": ("body",), "code": ("id", "tags", "body"), "exercise": ("id", "body"), "note": ("title", "body"),
    "directive": ("title", "body"), "front-matter": (),
}  # fmt: skip


def new_text(markdown: str) -> SourceBlock:
    body = one_newline(markdown).strip(BLANK)
    return SourceBlock("text", body, body=body)


def new_code(id: str, source: str, tags: Sequence[str] = ()) -> SourceBlock:
    options = {"label": id, **({"tags": f"[{', '.join(tags)}]"} if tags else {})}
    content = write_directive(f"{{{prose.CELL}}} python", "```", options, source)
    return SourceBlock("code", content, id=id, name=prose.CELL, title="python", tags=tuple(tags), body=clean(source))


def new_exercise(id: str, statement: str) -> SourceBlock:
    content = write_directive(f"{{{prose.EXERCISE}}}", ":::", {"label": id}, statement)
    return SourceBlock("exercise", content, id=id, name=prose.EXERCISE, body=clean(statement))


def new_note(name: str, body: str, title: str = "") -> SourceBlock:
    """An admonition: note, tip, important or warning."""
    content = write_directive(f"{{{name}}} {title}".rstrip(), ":::", {}, body)
    return SourceBlock("note", content, name=name, title=title, body=clean(body))


def change_block(
    blocks: Blocks, index: int, *, body: str | None = None, id: str | None = None,
    title: str | None = None, tags: Sequence[str] | None = None,
) -> Blocks:  # fmt: skip
    """The text with other fields in one block. A text may become several blocks, or none; the others stay one."""
    block = get_block(blocks, index)
    asked = {"body": body, "id": id, "title": title, "tags": None if tags is None else tuple(tags)}
    wanted = {name: value for name, value in asked.items() if value is not None}
    for name in wanted:
        if name not in FIELDS[block.kind]:
            known = ", ".join(FIELDS[block.kind]) or "–"
            raise Refused("no-such-field", block.line, kind=block.kind, field=name, known=known)
    if block.kind == "text":
        return change_text(blocks, index, block.body if body is None else body)
    expected = replace(
        block,
        id=block.id if id is None else id,
        title=block.title if title is None else title,
        tags=block.tags if tags is None else tuple(tags),
        body=block.body if body is None else clean(body),
        content=rewrite(block, line_end(blocks), wanted),
    )
    return settle((*blocks[:index], expected, *blocks[index + 1 :]), block)


def rewrite(block: SourceBlock, end: str, wanted: Mapping[str, str | tuple[str, ...]]) -> str:
    """A directive's content with other fields; the lines of the others stay as they are."""
    written = take_apart(block.content, end=end, has_options=block.kind in ("code", "exercise"))
    if "body" in wanted:
        written = written.with_body(str(wanted["body"]))
    if "title" in wanted:
        written = written.with_title(str(wanted["title"]))
    if "id" in wanted:
        written = written.with_option("label", str(wanted["id"]))
    if "tags" in wanted:
        written = written.with_option("tags", f"[{', '.join(wanted['tags'])}]" if wanted["tags"] else "")
    return written.content


def change_text(blocks: Blocks, index: int, body: str) -> Blocks:
    content = with_ends(body.strip(BLANK), blocks)
    if not content:
        return delete_block(blocks, index) if blocks[index].content else blocks
    return settle(
        (*blocks[:index], replace(blocks[index], content=content), *blocks[index + 1 :]), blocks[index], index
    )


def insert_block(blocks: Blocks, index: int, block: SourceBlock) -> Blocks:
    """The text with a block more, which stands at `index`. A text may be read as several blocks."""
    check_place(blocks, index)
    new = replace(block, content=with_ends(block.content, blocks), lead="", gap="")
    after = respace((*blocks[:index], new, *blocks[index:]), blocks)
    return settle(after, new, index if block.kind == "text" else None)


def delete_block(blocks: Blocks, index: int) -> Blocks:
    block = get_movable(blocks, index)
    return settle(respace((*blocks[:index], *blocks[index + 1 :]), blocks), block)


def move_block(blocks: Blocks, index: int, target: int) -> Blocks:
    """The text with a block elsewhere: at `target`, counted without it."""
    block = get_movable(blocks, index)
    rest = (*blocks[:index], *blocks[index + 1 :])
    check_place(rest, target)
    return settle(respace((*rest[:target], block, *rest[target:]), blocks), block)


def get_block(blocks: Blocks, index: int) -> SourceBlock:
    if not 0 <= index < len(blocks):
        raise Refused("no-such-block", found=index, count=len(blocks))
    return blocks[index]


def get_movable(blocks: Blocks, index: int) -> SourceBlock:
    block = get_block(blocks, index)
    if block.kind == "front-matter":
        raise Refused("front-matter-first", block.line)
    return block


def check_place(blocks: Blocks, index: int) -> None:
    """Raises: Refused if no block may stand at a place."""
    if not 0 <= index <= len(blocks):
        raise Refused("no-such-block", found=index, count=len(blocks))
    if index < len(blocks) and blocks[index].kind == "front-matter":
        raise Refused("front-matter-first", blocks[index].line)


def line_end(blocks: Blocks) -> str:
    """The line end that a text uses: that of its first line."""
    found = NEW_LINE.search(join_blocks(blocks))
    return found[0] if found else "\n"


def with_ends(text: str, blocks: Blocks) -> str:
    return one_newline(text).replace("\n", line_end(blocks))


def clean(text: str) -> str:
    """A body as the reader gives it back."""
    return one_newline(text).strip("\n")


def respace(blocks: Blocks, before: Blocks) -> Blocks:
    """The blocks with a blank line between those that were no neighbours, and the text's old beginning and end."""
    neighbours = {(id(one), id(other)) for one, other in zip(before, before[1:], strict=False)}
    end = line_end(before)
    spaced: list[SourceBlock] = []
    for place, block in enumerate(blocks):
        gap = block.gap
        if place == len(blocks) - 1:
            gap = before[-1].gap
        elif (id(block), id(blocks[place + 1])) not in neighbours:
            gap += end * (2 - len(NEW_LINE.findall(gap)))
        spaced.append(replace(block, gap=gap, lead="" if place else before[0].lead))
    return tuple(spaced)


def settle(blocks: Blocks, about: SourceBlock, loose: int | None = None) -> Blocks:
    """The blocks as they are read anew. Plain texts that meet become one.

    loose: the place of a text that may be read as anything. about: the block to name in a refusal.
    """
    found = split_blocks(join_blocks(blocks))
    seen = signs(found)
    if loose is None:
        is_kept = seen == signs(blocks)
    else:
        before, after = signs(blocks[:loose]), signs(blocks[loose + 1 :])
        is_kept = seen[: len(before)] == before and seen[max(len(before), len(seen) - len(after)) :] == after
    if not is_kept:
        raise Refused("block-leaks", about.line, found=about.id or about.name or about.content)
    return found


def signs(blocks: Sequence[SourceBlock]) -> list[tuple[object, ...]]:
    """What must be read back of each block. Of a section its beginning; of other texts nothing, they may join."""
    return [
        (one.kind, one.id) if one.kind == "text"
        else (one.kind, one.content, one.id, one.name, one.title, one.tags, one.body)
        for one in blocks
        if one.kind != "text" or one.is_section
    ]  # fmt: skip
