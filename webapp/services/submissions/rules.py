"""When two answers are the same."""

import hashlib
from collections.abc import Sequence


def answer_digest(source: str, choice: Sequence[str]) -> str:
    """Equal for answers that differ only in blank lines, in blanks at line ends, or in the order of marked options."""
    lines = [line.rstrip() for line in source.splitlines() if line.strip()]
    return hashlib.sha256("\n".join([*lines, "\0", *sorted(choice)]).encode()).hexdigest()
