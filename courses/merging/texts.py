"""The two texts of a lesson, merged block by block."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from courses.block_edits import signs
from courses.blocks import SourceBlock, join_blocks, split_blocks
from courses.directives import NEW_LINE
from courses.merging.blocks import FRONT
from courses.merging.decisions import MISSING, Decisions
from courses.merging.order import order_state, other, weave
from courses.merging.reading import TEXTS, Indivisible, Names, Reading
from courses.merging.records import Side, Three
from courses.merging.titles import Titles
from courses.model import LANGUAGES, Language, LocalText

ORDER_KEY = "order"
ORDER_TITLE = LocalText("Orden de los bloques", "Order of the blocks")
CELL = "code:"
Sides = Mapping[tuple[Language, str], Side]


@dataclass(frozen=True)
class Merged:
    """What came of the texts. named: their cells, exercises and sections in order; sides: where each block is from."""

    files: Mapping[str, bytes]
    named: Names
    sides: Sides


@dataclass(frozen=True)
class TextMerge:
    """What the texts are merged by. groups: the side of each cell, exercise and section that not all versions have."""

    three: Three[Reading]
    decisions: Decisions
    titles: Titles
    groups: Mapping[str, Side]

    def merge(self) -> Merged:
        """Raises: Indivisible if the merged blocks would not be read back as they are."""
        side = self.decide_order()
        sides = dict(self.decide_blocks())
        blocks = {language: self.find_blocks(language, sides) for language in LANGUAGES}
        named = self.order_named(side, self.order(LANGUAGES[0], side, blocks[LANGUAGES[0]]))
        files = {
            TEXTS[language]: self.write(language, side, self.order(language, side, found, named), found)
            for language, found in blocks.items()
        }
        return Merged(files, tuple(named), sides)

    def decide_order(self) -> Side:
        names = [Three(*(one.names[language] for one in self.three.all)) for language in LANGUAGES]
        state = order_state(names)
        if state is None:
            return "ours"
        first = next(one for one in names if order_state([one]))
        common = set(first.ours) & set(first.theirs)
        lists = Three(*([name for name in one if name in common] for one in first.all))
        return self.decisions.decide(ORDER_KEY, lists, "block", ORDER_TITLE, say=self.say_order, state=state)

    def say_order(self, names: Sequence[str]) -> str:
        return "\n".join(self.titles.name(one).es for one in names)

    def decide_blocks(self) -> Iterator[tuple[tuple[Language, str], Side]]:
        """The side of each block. A cell is one part of both languages: they must do the same."""
        for language in LANGUAGES:
            for name in dict.fromkeys(name for one in reversed(self.three.all) for name in one.names[language]):
                if name in self.groups:
                    yield (language, name), self.groups[name]
                elif not name.startswith(CELL):
                    yield (language, name), self.decide_block(language, name)
        for name in dict.fromkeys(name for one in reversed(self.three.all) for name in one.groups):
            if name.startswith(CELL) and name not in self.groups:
                side = self.decide_cell(name)
                yield from (((language, name), side) for language in LANGUAGES)

    def decide_block(self, language: Language, name: str) -> Side:
        found = [one.block(language, name) for one in self.three.all]
        values = Three(*(MISSING if one is None else one for one in found))
        title, about = self.titles.block(name), about_block(name)
        return self.decisions.decide(f"block:{language}:{name}", values, "block", title, language, about=about)

    def decide_cell(self, name: str) -> Side:
        values = Three(*([one.block(language, name) for language in LANGUAGES] for one in self.three.all))
        return self.decisions.decide(
            f"block:{name}", values, "block", self.titles.block(name), say=say_cell, about=name
        )

    def find_blocks(self, language: Language, sides: Sides) -> Mapping[str, SourceBlock]:
        """The blocks that there will be in a text, each from its side."""
        names = dict.fromkeys(name for one in self.three.all for name in one.names[language])
        found = {name: self.three.of(sides[language, name]).find_block(language, name) for name in names}
        return {name: block for name, block in found.items() if block is not None}

    def order(
        self, language: Language, side: Side, blocks: Mapping[str, SourceBlock], named: Sequence[str] = ()
    ) -> list[str]:
        """The blocks of a text in order; its cells, exercises and sections in that of the other text.

        Texts that were out of step already are left so: their writer is at work on them.
        """
        names = Three(*(one.names[language] for one in self.three.all))
        sides = (names.of(side), names.of(other(side)))
        order = weave((), sides, names.base, blocks)
        step = [name for name in named if name in blocks]
        is_kept = all(one.is_in_step for one in self.three.all)
        if is_kept and step != [name for name in order if name in step]:
            order = weave(step, sides, names.base, blocks)
        return sorted(order, key=lambda name: name != FRONT)

    def order_named(self, side: Side, spanish: Sequence[str]) -> list[str]:
        """The cells, exercises and sections that there will be, in one order for both texts."""
        orders = Three(*(one.groups for one in self.three.all))
        keep = {name for one in (orders.ours, orders.theirs) for name in one if self.is_kept(name)}
        start = [name for name in spanish if name in keep]
        return weave(start, (orders.of(side), orders.of(other(side))), orders.base, keep)

    def is_kept(self, name: str) -> bool:
        side = self.groups.get(name)
        return side is None or name in self.three.of(side).groups

    def write(self, language: Language, side: Side, order: Sequence[str], blocks: Mapping[str, SourceBlock]) -> bytes:
        """A text's bytes: those of a side that has the same blocks, or else new ones."""
        raw = Three(*(one.files[TEXTS[language]] for one in self.three.all))
        written = [(name, blocks[name].content) for name in order]
        is_ours, is_theirs = (self.contents(language, one) == written for one in (self.three.ours, self.three.theirs))
        if is_ours or is_theirs:
            return raw.ours if is_ours and not (is_theirs and raw.ours == raw.base) else raw.theirs
        return self.join(language, order, blocks, [self.three.of(side), self.three.of(other(side))])

    def contents(self, language: Language, reading: Reading) -> list[tuple[str, str]]:
        pairs = zip(reading.names[language], reading.texts[language], strict=True)
        return [(name, block.content) for name, block in pairs]

    def join(
        self, language: Language, order: Sequence[str], blocks: Mapping[str, SourceBlock], lead: Sequence[Reading]
    ) -> bytes:
        """The text of blocks, with the gaps that they had where they were neighbours, and a blank line elsewhere."""
        first = lead[0].texts[language]
        spaced: list[SourceBlock] = []
        for place, name in enumerate(order):
            is_last = place == len(order) - 1
            gap = first[-1].gap if is_last else find_gap(language, name, order[place + 1], blocks[name], lead)
            spaced.append(replace(blocks[name], gap=gap, lead="" if place else first[0].lead))
        text = join_blocks(spaced)
        if signs(split_blocks(text)) != signs(spaced):
            raise Indivisible
        is_windows = b"\r\n" in self.three.ours.files[TEXTS[language]].partition(b"\n")[0] + b"\n"
        return (text.replace("\n", "\r\n") if is_windows else text).encode()


def find_gap(language: Language, name: str, following: str, block: SourceBlock, lead: Sequence[Reading]) -> str:
    for reading in lead:
        names = reading.names[language]
        place = names.index(name) if name in names else len(names)
        if names[place + 1 : place + 2] == (following,):
            return reading.texts[language][place].gap
    return block.gap + "\n" * (2 - len(NEW_LINE.findall(block.gap)))


def about_block(name: str) -> str:
    """The cell, exercise or section that a block is, or stands after."""
    return name.partition("@")[2].partition("+")[0].partition("~")[0] if "@" in name else name


def say_cell(texts: Sequence[str | None]) -> str:
    """A cell's text, of both languages where they differ."""
    return "\n\n".join(dict.fromkeys(one for one in texts if one is not None))
