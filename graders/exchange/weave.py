"""A text put together anew from blocks that were kept, changed, moved or are new. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import courses
from courses import Language

PROBE = "aula-end-of-cell"


@dataclass(frozen=True)
class Piece:
    """A stretch of the new text. place: of the block that it was, None for what is new; in_both: in either language."""

    content: str
    place: int | None = None
    in_both: bool = False


def weave(text: str, pieces: Sequence[Piece]) -> str:
    """The text of these pieces. Blocks that were neighbours keep what is between them, all others get a blank line."""
    blocks = courses.split_blocks(text)
    end = "\r\n" if "\r\n" in text else "\n"
    woven = [blocks[0].lead]
    shown = [one for one in pieces if one.content]
    for piece, following in zip_longest(shown, shown[1:]):
        woven.append(with_ends(piece.content, end) if piece.place is None else piece.content)
        if following is None:
            woven.append(blocks[-1].gap)
        elif piece.place is not None and following.place == piece.place + 1:
            woven.append(blocks[piece.place].gap)
        else:
            woven.append(end * 2)
    return "".join(woven)


def with_ends(text: str, end: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", end)


def follow(
    texts: Mapping[Language, str], language: Language, pieces: Sequence[Piece], changed: Mapping[int, str]
) -> list[Piece]:
    """The pieces of the other language's text that follow those of this one, in their new order.

    changed: the new content of its blocks, by their places there. What has no like in this language stays behind what
    it followed.
    """
    other: Language = "en" if language == "es" else "es"
    theirs, twins = courses.split_blocks(texts[other]), _twins(texts, language)
    places = [one.place for one in pieces if one.place in twins]
    if places == sorted(twins) and not any(one.in_both and one.place not in twins for one in pieces):
        # Nothing moved, came or went, so the other text keeps its own order, also where that never was the same.
        return [Piece(changed.get(place, block.content), place) for place, block in enumerate(theirs)]
    kept = {twins[one.place] for one in pieces if one.place in twins}
    tails = _tails(theirs, kept, set(twins.values()) - kept)
    followed = tails[-1]
    for piece in pieces:
        if piece.place in twins:
            twin = twins[piece.place]
            followed += [Piece(changed.get(twin, theirs[twin].content), twin), *tails[twin]]
        elif piece.in_both:
            followed.append(replace(piece, place=None))
    return followed


def _twins(texts: Mapping[Language, str], language: Language) -> dict[int, int]:
    """The places of blocks of this language with those of their likes in the other, each there once."""
    blocks = {one: courses.split_blocks(text) for one, text in texts.items()}
    twins: dict[int, int] = {}
    for place in range(len(blocks[language])):
        twin = courses.find_counterpart(blocks, language, place)
        if twin is not None and twin not in twins.values() and blocks[language][place].content:
            twins[place] = twin
    return twins


def _tails(theirs: "Sequence[courses.SourceBlock]", kept: set[int], dropped: set[int]) -> dict[int, list[Piece]]:
    """What has no like, by the place of the kept block that it follows; -1 for what comes first."""
    owner = -1
    tails: dict[int, list[Piece]] = {owner: []}
    for place, block in enumerate(theirs):
        if place in kept:
            owner = place
            tails[owner] = []
        elif place not in dropped:
            tails[owner].append(Piece(block.content, place))
    return tails


def twin_of(texts: Mapping[Language, str], language: Language, place: int) -> "tuple[int, courses.SourceBlock] | None":
    """The block of the other language that is the like of one in this."""
    other: Language = "en" if language == "es" else "es"
    blocks = {one: courses.split_blocks(text) for one, text in texts.items()}
    twin = courses.find_counterpart(blocks, language, place)
    return None if twin is None else (twin, blocks[other][twin])


def is_closed(content: str) -> bool:
    """Whether what follows a text is read as if the text were not there."""
    probe = courses.new_code(PROBE, "pass").content
    last = courses.split_blocks(f"{content}\n\n{probe}")[-1]
    return last.kind == "code" and last.id == PROBE and last.content == probe


def list_keys(text: str) -> list[tuple[str, str]]:
    """The cells, exercises and sections of a text in order."""
    return [block.key for block in courses.split_blocks(text) if block.key]
