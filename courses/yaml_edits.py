"""A YAML text with another value in it, written with the fewest changes: comments, order and quotes stay.

The text around what changes is not written anew but kept, byte by byte; what came out is read again and compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from courses.refusals import Refused
from courses.yaml_nodes import Node
from courses.yaml_words import write_entry, write_inline, write_item

MOST_PAIRS = 40_000


@dataclass(frozen=True)
class Segment:
    """Lines of one entry. before: the comments and blank lines above it, with their line ends."""

    before: str
    text: str


class Rewriter:
    """Writes values over those of one text, whose lines end with \\n."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def rewrite(self, root: Node, new: Any) -> str:
        """The text with another value for its root, which is a mapping in lines of its own before and after."""
        end = self.line_end(self.last_line(root, root.first_line))
        return self.text[: root.start] + self.stacked(root, new) + self.text[end:]

    def line_end(self, line: int) -> int:
        """Where a line ends, before its line break."""
        return self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)

    def column(self, place: int) -> int:
        return place - self.text.rfind("\n", 0, place) - 1

    def last_line(self, node: Node, key_line: int) -> int:
        """The last line on which something of a node stands. key_line: that of its colon or dash."""
        if node.is_empty:
            return key_line
        if node.kind != "scalar" and not node.is_inline:
            key, last = node.entries[-1]
            return self.last_line(last, self.colon_line(key) if key else self.dash_line(node, len(node.entries) - 1))
        line = node.end_line
        if not node.is_inline and "+" not in self.text[node.start : self.line_end(node.first_line)].split("#")[0]:
            while line > node.first_line and not self.line(line).strip():
                line -= 1
        return line

    def line(self, number: int) -> str:
        return self.text[self.starts[number] : self.line_end(number)]

    def colon_line(self, key: Node) -> int:
        """The line of a key's colon: that of the key, or after `? key` a line of its own."""
        line = key.end_line
        if not self.text[key.end : self.line_end(line)].lstrip().startswith(":"):
            following = range(line + 1, len(self.starts))
            near = next((one for one in following if self.line(one).split("#")[0].strip()), line)
            line = near if re.match(r"\s*:(\s|$)", self.line(near)) else line
        return line

    def dash_line(self, node: Node, index: int) -> int:
        """The line of the dash of a list's item."""
        if index == 0:
            return node.first_line
        column, line = self.column(node.start), self.entry_end(node, index - 1) + 1
        while not (self.line(line)[column : column + 1] == "-" and not self.line(line)[:column].strip()):
            line += 1
        return line

    def entry_end(self, node: Node, index: int) -> int:
        """The last line of an entry."""
        key, value = node.entries[index]
        return self.last_line(value, self.colon_line(key) if key else self.dash_line(node, index))

    def segment(self, node: Node, index: int, text: str) -> Segment:
        """An entry with other text and the lines that stand above it."""
        if index == 0:
            return Segment("", text)
        key = node.entries[index][0]
        first = key.first_line if key else self.dash_line(node, index)
        before = self.text[self.starts[self.entry_end(node, index - 1) + 1] : self.starts[first]]
        return Segment(before, text)

    def stacked(self, node: Node, new: Any) -> str:
        """A block collection with another value, from its start to the end of its last line."""
        column = self.column(node.start)
        segments = (
            self.mapping_segments(node, new, column) if isinstance(new, dict) else self.list_segments(node, new, column)
        )
        first, *others = segments
        above = first.before.lstrip(" \n")
        lines = [f"{above}{' ' * column}{first.text}" if above else first.text]
        lines += [f"{one.before}{' ' * column}{one.text}" for one in others]
        return "\n".join(lines)

    def mapping_segments(self, node: Node, new: dict[str, Any], column: int) -> list[Segment]:
        """The entries that stay, in their order, and each new one after the one that it follows in the new value."""
        segments: dict[str, Segment] = {}
        for index, (key, value) in enumerate(node.entries):
            if key and key.text in new:
                # An entry begins at its key, or at the question mark before it.
                start = node.start if index == 0 else self.starts[key.first_line] + column
                text = self.entry_text(start, key, value, new[key.text])
                segments[key.text] = self.segment(node, index, text)
        order = list(segments)
        names = list(new)
        for place, name in enumerate(names):
            if name not in segments:
                segments[name] = Segment("", write_entry(name, new[name], column))
                order.insert(order.index(names[place - 1]) + 1 if place else 0, name)
        return [segments[name] for name in order]

    def entry_text(self, start: int, key: Node, node: Node, new: Any) -> str:
        end = self.line_end(self.last_line(node, self.colon_line(key)))
        if is_same(node.value, new):
            return self.text[start:end]
        changed = self.value_text(node, new)
        if changed is not None:
            return self.text[start : node.start] + changed
        return self.with_comment(write_entry(key.text, new, self.column(start)), node)

    def list_segments(self, node: Node, new: list[Any], column: int) -> list[Segment]:
        """The items of the new value; those that were there with what they were written as, and what stood above."""
        pairs = match_items([value.value for _, value in node.entries], new)
        usual = (
            "\n"
            if any(self.segment(node, one, "").before.startswith("\n") for one in range(1, len(node.entries)))
            else ""
        )
        segments = []
        for old, value in zip(pairs, new, strict=True):
            if old is None:
                segments.append(Segment(usual, write_item(value, column)))
            else:
                found = self.segment(node, old, self.item_text(node, old, value, column))
                segments.append(Segment(usual, found.text) if old == 0 and segments else found)
        return segments

    def item_text(self, node: Node, index: int, new: Any, column: int) -> str:
        value = node.entries[index][1]
        line = self.dash_line(node, index)
        start = node.start if index == 0 else self.starts[line] + column
        if is_same(value.value, new):
            return self.text[start : self.line_end(self.last_line(value, line))]
        changed = self.value_text(value, new)
        if changed is not None:
            return self.text[start : value.start] + changed
        return self.with_comment(write_item(new, column), value)

    def with_comment(self, text: str, node: Node) -> str:
        """What is written anew, with the comment that stood at the end of the old line."""
        rest = self.text[node.end : self.line_end(node.end_line)] if node.is_inline and not node.is_empty else ""
        first, newline, others = text.partition("\n")
        return first + rest + newline + others

    def value_text(self, node: Node, new: Any) -> str | None:
        """A value in the place of another, to the end of its last line; None if it cannot stand there."""
        if node.is_empty or (isinstance(new, dict | list) and not new and not node.is_inline):
            return None
        if not node.is_inline:
            kinds = {"mapping": dict, "list": list}
            return self.stacked(node, new) if isinstance(new, kinds.get(node.kind, ())) else None
        if node.kind == "scalar" and (isinstance(new, dict | list) or (isinstance(new, str) and "\n" in new)):
            return None
        return self.inline(node, new, in_flow=False) + self.text[node.end : self.line_end(node.end_line)]

    def inline(self, node: Node, new: Any, *, in_flow: bool) -> str:
        """What stands for a value on a line, between brackets or not."""
        if is_same(node.value, new):
            return self.text[node.start : node.end]
        if node.kind == "mapping" and isinstance(new, dict):
            return self.flow_mapping(node, new)
        if node.kind == "list" and isinstance(new, list):
            return self.flow_list(node, new)
        return write_inline(new, in_flow=in_flow, style=node.style)

    def flow_mapping(self, node: Node, new: dict[str, Any]) -> str:
        old = {key.text: value for key, value in node.entries if key}
        if set(old) == set(new) and not any(one.is_empty for one in old.values()):
            return self.replaced(node, [new[key.text] for key, _ in node.entries if key])
        self.refuse_comments(node)
        written = {key.text: self.text[key.start : key.end] for key, _ in node.entries if key}
        parts = [
            f"{written[name]}: {self.inline(old[name], value, in_flow=True)}"
            if name in old and not old[name].is_empty
            else write_inline({name: value}, in_flow=True)[1:-1]
            for name, value in sorted(
                new.items(), key=lambda item: list(old).index(item[0]) if item[0] in old else len(old)
            )
        ]
        return "{" + ", ".join(parts) + "}"

    def flow_list(self, node: Node, new: list[Any]) -> str:
        old = [value for _, value in node.entries]
        pairs = match_items([one.value for one in old], new)
        if pairs == list(range(len(old))):
            return self.replaced(node, new)
        self.refuse_comments(node)
        parts = [
            write_inline(value, in_flow=True) if place is None else self.inline(old[place], value, in_flow=True)
            for place, value in zip(pairs, new, strict=True)
        ]
        return "[" + ", ".join(parts) + "]"

    def replaced(self, node: Node, values: Sequence[Any]) -> str:
        """A flow collection with other values in the same places."""
        text, place = "", node.start
        for (_, old), new in zip(node.entries, values, strict=True):
            text += self.text[place : old.start] + self.inline(old, new, in_flow=True)
            place = old.end
        return text + self.text[place : node.end]

    def refuse_comments(self, node: Node) -> None:
        """Raises: Refused where items between which comments stand would have to be written anew."""
        between, place = "", node.start
        for key, value in node.entries:
            first = key or value
            between += self.text[place : first.start] + self.text[first.end : value.start]
            place = max(value.end, first.end)
        if "#" in between + self.text[place : node.end]:
            raise Refused("sheet-value", node.first_line + 1, place=self.text[node.start : node.end])


def match_items(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new item the old one that it comes from: of the same id, or the same, or else in the same place."""
    left = list(range(len(old)))
    pairs: list[int | None] = [None] * len(new)

    def take(place: int, candidates: Iterator[int]) -> None:
        found = next(candidates, None) if pairs[place] is None else None
        if found is not None:
            pairs[place] = found
            left.remove(found)

    # Lists of thousands are no lesson's; theirs are taken item by item.
    is_short = len(old) * len(new) <= MOST_PAIRS
    for place, value in enumerate(new):
        take(place, (one for one in left if is_short and is_same(old[one], value)))
    for place, value in enumerate(new):
        if is_short and name_of(value) is not None:
            take(place, (one for one in left if is_same(name_of(old[one]), name_of(value))))
    if len(old) == len(new):
        for place in range(len(new)):
            take(place, (one for one in left if one == place))
    return pairs


def name_of(value: Any) -> Any:
    """What tells an item of a list from the others, whatever else of it changes."""
    return next((value[key] for key in ("id", "name") if key in value), None) if isinstance(value, dict) else None


def is_same(one: Any, other: Any) -> bool:
    """Whether two plain values are the same and of the same types: 1 is neither 1.0 nor true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return set(one) == set(other) and all(is_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return bool(one == other)
