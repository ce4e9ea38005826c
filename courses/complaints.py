"""Collecting complaints: a code and its fields become a Problem with a place and words in both languages."""

import os
from pathlib import Path

from courses.model import LocalText, Problem
from courses.rules import RULES

LONGEST_FIELD = 120
MOST_COMPLAINTS = 60

Field = str | int | float | LocalText


class Complaints:
    """The complaints about one thing while it is read: a lesson, a course file or a dataset.

    Keeps the first 60 and counts on, so that a file of garbage does not bury the others.
    """

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._is_grave = False

    def add(self, code: str, path: Path, line: int | None = None, **fields: Field) -> None:
        """Note a complaint. Raises: KeyError for a code or a field that courses/rules.py does not know."""
        rule = RULES[code]
        self._is_grave = self._is_grave or rule.is_grave
        message = LocalText(
            rule.es.format(**{name: in_words(value, "es") for name, value in fields.items()}),
            rule.en.format(**{name: in_words(value, "en") for name, value in fields.items()}),
        )
        problem = Problem(printable(path), line, code, message, rule.is_advice)
        if len(self._problems) < MOST_COMPLAINTS and problem not in self._problems:
            self._problems.append(problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    @property
    def is_grave(self) -> bool:
        """Whether any complaint forbids serving what it is about."""
        return self._is_grave


def printable(path: Path) -> Path:
    """The path without bytes that are not text, so that a complaint can always be printed."""
    return Path(os.fsencode(path).decode("utf-8", "replace"))


def in_words(value: Field, language: str) -> str:
    """A field as part of a sentence: one line, printable, and not too long."""
    if isinstance(value, float):
        return f"{value:g}"
    text = (value.en if language == "en" else value.es) if isinstance(value, LocalText) else str(value)
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= LONGEST_FIELD else f"{line[: LONGEST_FIELD - 1]}…"
