"""Names for the blocks of a text, the same in three versions of it for what is the same block.

Cells, exercises and sections have names of their own. Texts and notes are told by what they say and where they stand.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from courses.blocks import SourceBlock
from courses.merging.records import Three

Blocks = Sequence[SourceBlock]
FRONT = "front-matter"
# How much two texts must have in common to be one that was changed: beside the same neighbour, and anywhere.
NEAR, FAR = 0.3, 0.6


@dataclass(frozen=True)
class Loose:
    """A text or note without a name of its own: its place, and the named blocks before and after it."""

    place: int
    block: SourceBlock
    before: str
    after: str


def name_all(texts: Three[Blocks]) -> Three[tuple[str, ...]]:
    """A name for each block of the three versions."""
    base = name_base(texts.base)
    ours, theirs = (name_side(texts.base, base, one) for one in (texts.ours, texts.theirs))
    return Three(base, ours, theirs)


def named(blocks: Blocks) -> list[str | None]:
    """The names of those that have one; a second block of the same label is told by its number."""
    own = [":".join(block.key) if block.key else FRONT if block.kind == FRONT else None for block in blocks]
    names = numbered({place: name for place, name in enumerate(own) if name}, "#")
    return [names.get(place) for place in range(len(blocks))]


def list_loose(blocks: Blocks) -> list[Loose]:
    names = named(blocks)
    return [
        Loose(
            place,
            block,
            next((one for one in reversed(names[:place]) if one), ""),
            next((one for one in names[place:] if one), ""),
        )
        for place, block in enumerate(blocks)
        if names[place] is None
    ]


def name_base(blocks: Blocks) -> tuple[str, ...]:
    return fill(blocks, numbered({one.place: f"{one.block.kind}@{one.before}" for one in list_loose(blocks)}))


def name_side(base: Blocks, names: Sequence[str], side: Blocks) -> tuple[str, ...]:
    """The names of a side's blocks. One that base does not have is named by its neighbour and by what it says."""
    found = list_loose(side)
    given = {theirs.place: names[mine.place] for mine, theirs in pair_up(list_loose(base), found)}
    new = {one.place: f"{one.block.kind}@{one.before}+{digest(one.block)}" for one in found if one.place not in given}
    return fill(side, {**given, **numbered(new)})


def fill(blocks: Blocks, loose: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(name or loose[place] for place, name in enumerate(named(blocks)))


def numbered(names: Mapping[int, str], sign: str = "~") -> dict[int, str]:
    """The names, each but once: the second of a name has its number. sign: before it; named blocks have their own."""
    seen = Counter[str]()
    made: dict[int, str] = {}
    for place, name in names.items():
        seen[name] += 1
        made[place] = name if seen[name] == 1 else f"{name}{sign}{seen[name]}"
    return made


def digest(block: SourceBlock) -> str:
    return hashlib.sha256(block.content.encode()).hexdigest()[:8]


def pair_up(left: list[Loose], right: list[Loose]) -> Iterator[tuple[Loose, Loose]]:
    """Which loose blocks of two versions are the same: the surest pairs first."""
    left, right = list(left), list(right)
    for likeness, least in ROUNDS:
        for one in list(left):
            scores = [(likeness(one, other), -number) for number, other in enumerate(right) if same_kind(one, other)]
            best = max(scores, default=(0.0, 0))
            if best[0] >= least:
                other = right.pop(-best[1])
                left.remove(one)
                yield one, other


def same_kind(one: Loose, other: Loose) -> bool:
    return one.block.kind == other.block.kind


def is_beside(one: Loose, other: Loose) -> bool:
    return one.before == other.before or one.after == other.after


def in_place(one: Loose, other: Loose) -> float:
    return float(one.block.content == other.block.content and is_beside(one, other))


def equal(one: Loose, other: Loose) -> float:
    return float(one.block.content == other.block.content)


def near(one: Loose, other: Loose) -> float:
    return alike(one, other) if is_beside(one, other) else 0.0


def between(one: Loose, other: Loose) -> float:
    """Whether both stand between the same named blocks: what was written anew is still that text."""
    return float(one.before == other.before and one.after == other.after)


def alike(one: Loose, other: Loose) -> float:
    words, others = one.block.content.split(), other.block.content.split()
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR else 0.0


ROUNDS: tuple[tuple[Callable[[Loose, Loose], float], float], ...] = (
    (in_place, 1.0), (equal, 1.0), (near, NEAR), (alike, FAR), (between, 1.0),
)  # fmt: skip
