"""A check as a sentence with slots to fill in."""

from dataclasses import dataclass
from typing import Literal

from courses import LocalText

FieldType = Literal["text", "number", "choice", "names", "yes", "code", "yaml"]


@dataclass(frozen=True)
class Field:
    """One slot of a sentence.

    value: as it is typed, empty for nothing: names with commas between, a choice by its key, "yes" or "no".
    options: of a choice, and of names where only some will do: each key with its words.
    """

    name: str
    type: FieldType
    label: LocalText
    value: str
    options: tuple[tuple[str, LocalText], ...] = ()
    is_required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Sentence:
    """What a check of a kind says. parts: words and slots in their order; more: what is rarely needed."""

    kind: str
    title: LocalText
    parts: tuple[LocalText | Field, ...]
    more: tuple[Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        return (*(one for one in self.parts if isinstance(one, Field)), *self.more)


class SentenceRefused(ValueError):
    """What was filled in will not do. field: which slot, "" for the sentence as a whole."""

    def __init__(self, field: str, message: LocalText) -> None:
        super().__init__(message.en)
        self.field, self.message = field, message
