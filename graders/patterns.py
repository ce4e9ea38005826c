"""Regular expressions that take time in proportion to the text, whatever its author or the pattern's put in."""

import functools
from typing import Any

import re2

from graders.errors import UngradableExercise


def matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether the pattern is found anywhere in the text.

    Raises: UngradableExercise for a pattern that RE2 does not know, as those that look ahead or back.
    """
    return _compiled(pattern, ignore_case).search(text) is not None


@functools.lru_cache(maxsize=500)
def _compiled(pattern: str, ignore_case: bool) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not ignore_case
    try:
        return re2.compile(pattern, options)
    except re2.error as reason:
        raise UngradableExercise(
            "bad_pattern",
            f"The pattern {pattern!r} of a check cannot be used: {_words(reason)}. "
            "Mend it, without looking ahead or back and without back-references.",
        ) from reason


def _words(reason: Exception) -> str:
    """The library speaks in bytes."""
    said = reason.args[0] if reason.args else b""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
