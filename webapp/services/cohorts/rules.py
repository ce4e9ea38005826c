"""Codes by which learners join, and names of cohorts."""

import secrets
import unicodedata

# Without letters and digits that look alike (0 O, 1 I L): codes are read aloud and copied from a board.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
MOST_NAME = 120


def new_code() -> str:
    """Eight letters and digits; of the order of 10^12 codes, so that nobody guesses one."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def clean_code(text: str) -> str:
    """The code as it is kept: capitals only, without the blanks and dashes that people put in."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)


def shown_code(code: str) -> str:
    """ "ABCD-2345": easier to copy."""
    return f"{code[:4]}-{code[4:]}"


def clean_name(text: str) -> str | None:
    """The name as written, in one line; None if empty or longer than 120 characters."""
    printable = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    name = unicodedata.normalize("NFC", " ".join(printable.split()))
    return name if 0 < len(name) <= MOST_NAME else None
