"""A change as it comes from a browser: plain, of a known form, and with nothing in it that a file could not keep."""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from courses.complaints import Complaints
from courses.marked import DEEPEST, MOST_VALUES, Marked
from courses.model import LANGUAGES, Language, LocalText
from courses.refusals import Refused
from courses.schemas import fits

Change = Mapping[str, Any]

NOT_PLAIN = LocalText("No es JSON sencillo.", "It is not plain JSON.")
# A whole number that a browser can keep, and the reader of YAML too.
LARGEST_NUMBER = 2**53


def read_change(change: Any) -> dict[str, Any]:
    """The change as plain values of the form that courses/schema/change.json tells. Raises: Refused."""
    plain = to_plain(change)
    complaints = Complaints()
    if not fits(Marked(plain, Path("change"), {}), "change", complaints):
        raise Refused("change-shape", what=complaints.problems[0].message)
    found: dict[str, Any] = plain
    return found


def to_plain(value: Any) -> Any:
    """The value made of Python's own mappings, lists, texts and numbers alone. Raises: Refused if it is not JSON."""
    budget = MOST_VALUES

    def copy(one: Any, depth: int) -> Any:
        nonlocal budget
        budget -= 1
        if budget < 0 or depth > DEEPEST:
            raise Refused("change-shape", what=NOT_PLAIN)
        if isinstance(one, Mapping):
            if not all(isinstance(key, str) for key in one):
                raise Refused("change-shape", what=NOT_PLAIN)
            return {plain_text(str(key)): copy(inside, depth + 1) for key, inside in one.items()}
        if isinstance(one, list | tuple):
            return [copy(inside, depth + 1) for inside in one]
        return plain_scalar(one)

    return copy(value, 0)


def plain_scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return plain_text(str(value))
    # Infinity and what is no number at all are greater than nothing.
    if isinstance(value, int | float) and -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        return value
    raise Refused("change-shape", what=NOT_PLAIN)


def plain_text(text: str) -> str:
    """The text, if a file can keep it and a reader see it all. Raises: Refused."""
    for one in odd_letters(text):
        raise Refused("odd-letters", found=f"U+{ord(one):04X}")
    return text


def odd_letters(text: str) -> Iterator[str]:
    """Control characters, half characters, and marks that turn the direction of what follows."""
    if text.isascii() and text.isprintable():
        return
    for one in text:
        if one not in "\t\n\r" and (
            unicodedata.category(one) in ("Cc", "Cs") or one in "\u202a\u202b\u202d\u202e\u2028\u2029"
        ):
            yield one


def both_languages(record: Mapping[str, Any]) -> dict[Language, str]:
    """Its Spanish and English texts; what was not translated yet stands in Spanish. Raises: Refused without words."""
    spanish = str(record.get("es") or "")
    if not spanish.strip():
        raise Refused("empty-text")
    english = str(record.get("en") or "")
    return {one: english if one == "en" and english.strip() else spanish for one in LANGUAGES}
