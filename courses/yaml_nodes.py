"""Where each value of a YAML text stands in it, so that one can be changed and the rest left as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from courses.marked import scalar


@dataclass(frozen=True)
class Node:
    """A value with its place: text[start:end], where lines count from 0.

    end: of what stands in lines of its own (block collections and block texts) not known; see last_line.
    entries: of a mapping its keys and values; of a list its items, with no key.
    """

    kind: Literal["scalar", "mapping", "list"]
    value: Any
    start: int
    end: int
    first_line: int
    end_line: int
    is_inline: bool
    style: str
    text: str = ""
    entries: tuple[tuple["Node | None", "Node"], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written: `key:` alone. Its place is then that of what follows."""
        return self.kind == "scalar" and self.start == self.end


def make_nodes(events: Sequence[Any]) -> Node:
    """The root of a YAML text from the events of courses.marked.read_events, which has refused all but plain ones."""
    begins = ("MappingStartEvent", "SequenceStartEvent", "ScalarEvent")
    left = iter(events)
    return make_node(next(event for event in left if type(event).__name__ in begins), left)


def make_node(event: Any, events: Iterator[Any]) -> Node:
    """The node that begins with an event; takes the events up to its end. No deeper than the reader allows."""
    kind, start, end = type(event).__name__, event.start_mark, event.end_mark
    if kind == "ScalarEvent":
        is_block = event.style in ("|", ">")
        # The end of a block text is where the next thing may begin: the line after it.
        end_line = end.line - 1 if is_block and end.column == 0 else end.line
        place = (start.index, end.index, start.line, end_line, not is_block, event.style or "")
        return Node("scalar", scalar(event), *place, text=event.value)
    is_mapping = kind == "MappingStartEvent"
    entries: list[tuple[Node | None, Node]] = []
    for following in events:
        if type(following).__name__ in ("MappingEndEvent", "SequenceEndEvent"):
            end = following.end_mark
            break
        key = make_node(following, events) if is_mapping else None
        entries.append((key, make_node(next(events) if is_mapping else following, events)))
    value = {key.text: one.value for key, one in entries if key} if is_mapping else [one.value for _, one in entries]
    place = (start.index, end.index, start.line, end.line, bool(event.flow_style), "")
    return Node("mapping" if is_mapping else "list", value, *place, entries=tuple(entries))
