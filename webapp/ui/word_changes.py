"""Two texts word by word: what stayed, what went, what came; for pages that show them beside each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORD = re.compile(r"\w+|\s+|[^\w\s]")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
# Longer texts are compared line by line: what a pair of texts costs grows with the product of their lengths.
MOST_WORDS = 3000
# Texts with less in common are two texts: marks among their blanks and stops would only confuse.
LEAST_ALIKE = 0.5


@dataclass(frozen=True)
class Stretch:
    """A stretch of text that stayed, went (del) or came (ins)."""

    kind: Literal["same", "del", "ins"]
    text: str


def changes_between(before: str, after: str) -> tuple[Stretch, ...]:
    """The way from one text to the other, all of both in it."""
    old, new = pieces(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return tuple(one for one in (Stretch("del", before), Stretch("ins", after)) if one.text)
    found: list[Stretch] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            found.append(Stretch("same", "".join(old[start:end])))
        else:
            found += [Stretch("del", "".join(old[start:end]))] if end > start else []
            found += [Stretch("ins", "".join(new[first:last]))] if last > first else []
    return tuple(found)


def without(kind: Literal["del", "ins"], stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """One of the two texts, with its marks."""
    return tuple(one for one in stretches if one.kind != kind)


def pieces(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return LINE.findall(before), LINE.findall(after)
    return old, new
