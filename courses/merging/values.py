"""Plain values of YAML, merged key by key, and item by item where the items have ids."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.merging.decisions import MISSING, Decisions
from courses.merging.order import order_state, other, weave
from courses.merging.records import PartKind, Side, Three
from courses.model import LANGUAGES, Language, LocalText
from courses.yaml_edits import is_same, name_of
from courses.yaml_words import dump, styled, write_inline

Path = tuple[str, ...]
ORDER = "*"


@dataclass(frozen=True)
class ValueMerge:
    """How the values of one file are merged. title: of a path in words. about: the block that a path belongs to.

    follows: of paths that are no part of their own, since they are made from the others when these are decided.
    """

    decisions: Decisions
    prefix: str
    kind: PartKind
    title: Callable[[Path], LocalText]
    about: Callable[[Path], str]
    follows: Callable[[Path], bool] = lambda path: False

    def merge(self, path: Path, values: Three[Any]) -> Any:
        """The merged value; MISSING where it is not there."""
        if is_same(values.base, values.ours) and is_same(values.base, values.theirs):
            return values.ours
        if self.follows(path):
            return values.theirs if values.ours is MISSING else values.ours
        if all(isinstance(one, dict) for one in values.all) and not is_other_kind(values):
            return self.merge_keys(path, values)
        if all(isinstance(one, list) for one in values.all):
            names = Three(*(names_of(one) for one in values.all))
            if all(one is not None for one in names.all):
                return self.merge_items(path, values, Three(*(one or () for one in names.all)))
            if is_in_pairs(values):
                rows = enumerate(zip(*values.all, strict=True))
                return [self.merge((*path, str(place + 1)), Three(*row)) for place, row in rows]
        return values.of(self.decide(path, values))

    def decide(self, path: Path, values: Three[Any]) -> Side:
        key = f"{self.prefix}:{'/'.join(path)}"
        return self.decisions.decide(
            key, values, self.kind, self.title(path), language_of(path), say=say_value, about=self.about(path)
        )

    def merge_keys(self, path: Path, values: Three[Any]) -> dict[str, Any]:
        keys = dict.fromkeys(key for one in (values.ours, values.theirs, values.base) for key in one)
        found = {key: self.merge((*path, key), Three(*(one.get(key, MISSING) for one in values.all))) for key in keys}
        return {key: value for key, value in found.items() if value is not MISSING}

    def merge_items(self, path: Path, values: Three[list[Any]], names: Three[Sequence[str]]) -> list[Any]:
        items = [dict(zip(ids, ones, strict=True)) for ids, ones in zip(names.all, values.all, strict=True)]
        every = dict.fromkeys(name for one in (names.ours, names.theirs, names.base) for name in one)
        found = {name: self.merge((*path, name), Three(*(one.get(name, MISSING) for one in items))) for name in every}
        keep = [name for name, value in found.items() if value is not MISSING]
        side = self.decide_order(path, names)
        return [found[name] for name in weave((), (names.of(side), names.of(other(side))), names.base, keep)]

    def decide_order(self, path: Path, names: Three[Sequence[str]]) -> Side:
        state = order_state([names])
        if state is None or self.follows((*path, ORDER)):
            return "ours"
        key = f"{self.prefix}:{'/'.join((*path, ORDER))}"
        title, about = self.title((*path, ORDER)), self.about(path)
        return self.decisions.decide(key, names, self.kind, title, say="\n".join, state=state, about=about)


def names_of(items: Sequence[Any]) -> tuple[str, ...] | None:
    """What tells the items apart; None where something does not."""
    names = [name_of(one) for one in items]
    texts = tuple(one for one in names if isinstance(one, str))
    return texts if len(set(texts)) == len(items) else None


def is_in_pairs(values: Three[list[Any]]) -> bool:
    """Whether lists without names can be merged place by place: nobody added, took away or moved an item."""
    return len({len(one) for one in values.all}) == 1 and all(
        isinstance(one, dict) for ones in values.all for one in ones
    )


def is_other_kind(values: Three[Mapping[str, Any]]) -> bool:
    """Whether a check or an exercise became one of another kind, which has other fields: then it is taken whole."""
    return any(not is_same(values.base.get("kind"), one.get("kind")) for one in (values.ours, values.theirs))


def language_of(path: Path) -> Language | None:
    return next((one for one in LANGUAGES if path and path[-1] == one), None)


def say_value(value: Any) -> str:
    """A value as people read it: words as they are, all else as it stands in YAML."""
    if isinstance(value, str):
        return value
    return dump(styled(value)) if isinstance(value, dict | list) else write_inline(value, in_flow=False)
