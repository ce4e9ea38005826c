"""Which side each part of a merge is taken from, and the list of the parts that somebody changed."""

from collections.abc import Callable, Sequence
from typing import Any

from courses.merging.records import Choices, MergePart, PartKind, Side, State, Three
from courses.model import Language, LocalText
from courses.yaml_edits import is_same


class Missing:
    """Stands for what a version does not have."""


MISSING = Missing()


class Decisions:
    """Takes one part after the other; a conflict without a choice leaves the merge undecided and goes on with ours."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.parts: list[MergePart] = []
        self.about: dict[str, str] = {}
        self.is_undecided = False

    def decide(
        self,
        key: str,
        values: Three[Any],
        kind: PartKind,
        title: LocalText,
        language: Language | None = None,
        *,
        say: Callable[[Any], str] = str,
        state: State | None = None,
        about: str = "",
    ) -> Side:
        """The side that a part is taken from.

        say: a value as text for people. state: if the values alone do not tell. about: the block that it belongs to.
        """
        found = state or state_of(values)
        if found is None:
            return "ours"
        base, ours, theirs = (None if one is MISSING else say(one) for one in values.all)
        self.parts.append(MergePart(key, kind, title, language, base, ours, theirs, found))
        self.about[key] = about
        if found == "same":
            return "ours"
        side = self.choices.get(key) or (None if found == "conflict" else found)
        self.is_undecided = self.is_undecided or side is None
        return side or "ours"

    def in_order(self, blocks: Sequence[str]) -> tuple[MergePart, ...]:
        """The parts in the order of the blocks that they belong to; what is about the whole lesson comes first."""
        places = {name: place for place, name in enumerate(blocks)}
        return tuple(sorted(self.parts, key=lambda one: places.get(self.about[one.key], -1)))


def state_of(values: Three[Any]) -> State | None:
    """Who changed a value; None if nobody did."""
    ours, theirs = is_same(values.base, values.ours), is_same(values.base, values.theirs)
    if ours and theirs:
        return None
    if ours or theirs:
        return "theirs" if ours else "ours"
    return "same" if is_same(values.ours, values.theirs) else "conflict"
