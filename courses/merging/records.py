"""What a comparison and a merge of lessons give, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from courses.model import Language, LocalText
from courses.sources import Files

PartKind = Literal["block", "sheet", "file", "image", "note"]
Side = Literal["ours", "theirs"]
State = Literal["ours", "theirs", "same", "conflict"]
Choices = Mapping[str, Side]
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class PartChange:
    """What differs in one part of a lesson. before, after: its text for people; None where it is not there.

    key: tells the part from the others of the lesson. language: None where both languages share it.
    """

    key: str
    kind: PartKind
    title: LocalText
    language: Language | None
    before: str | None
    after: str | None


@dataclass(frozen=True)
class MergePart:
    """A part that somebody changed since `base`. state: who did; same: both alike; conflict: both, each otherwise."""

    key: str
    kind: PartKind
    title: LocalText
    language: Language | None
    base: str | None
    ours: str | None
    theirs: str | None
    state: State


@dataclass(frozen=True)
class Merge:
    """A merge with every part that changed. files: the merged lesson; None while a conflict is undecided."""

    parts: tuple[MergePart, ...]
    files: Files | None


@dataclass(frozen=True)
class Three(Generic[T_co]):
    """One thing in the three versions of a merge."""

    base: T_co
    ours: T_co
    theirs: T_co

    def of(self, side: Side) -> T_co:
        return self.ours if side == "ours" else self.theirs

    @property
    def all(self) -> tuple[T_co, T_co, T_co]:
        return self.base, self.ours, self.theirs
