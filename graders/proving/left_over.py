"""Words that a new exercise comes with and that its author has not replaced yet."""

from collections.abc import Iterator, Mapping
from typing import Any

import courses
from graders.proving.record import ProofFinding
from graders.proving.words import words_left_over

# How courses begins the words that stand for others in a new question.
BEGINNING = "Aquí va "


def find_left_over(examined: "courses.Examined") -> tuple[ProofFinding, ...]:
    """One finding for each exercise that still has such words. A lesson with them runs, and teaches nothing."""
    if examined.source is None:
        return ()
    found = []
    for record in examined.source.sheet.value["exercises"]:
        words = next(list_left_over(record), "")
        if words:
            id_ = str(record["id"])
            found.append(ProofFinding("words_left_over", "error", words_left_over(id_, words), None, id_, id_))
    return tuple(found)


def list_left_over(value: Any) -> Iterator[str]:
    """The texts in a part of lesson.yaml that stand for others."""
    if isinstance(value, str):
        if value.startswith(BEGINNING):
            yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from list_left_over(one)
    elif isinstance(value, list):
        for one in value:
            yield from list_left_over(one)
