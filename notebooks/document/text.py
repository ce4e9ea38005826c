"""Text that can be stored everywhere: in UTF-8, in SQLite, in PostgreSQL and in JSON."""

import re
from typing import Any

from notebooks.errors import NotebookRefused

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text with line ends as `\\n`, without the byte order mark that editors put before it.

    Raises: NotebookRefused("bad_text") on NUL, which PostgreSQL refuses, and on lone surrogates, which UTF-8
    does.
    """
    found = UNSTORABLE.search(text)
    if found:
        raise NotebookRefused(
            "bad_text",
            f"character U+{ord(found[0]):04X} at position {found.start()} cannot be stored; remove it",
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def replace_unstorable(value: Any) -> Any:
    """The JSON value with U+FFFD in place of every character that cannot be stored, in keys too."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [replace_unstorable(one) for one in value]
    if isinstance(value, dict):
        return {UNSTORABLE.sub("\ufffd", key): replace_unstorable(one) for key, one in value.items()}
    return value
