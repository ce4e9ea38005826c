"""What is known of an error when an explanation is sought, and the search for a name that was meant."""

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """An error and what stood around it. names: the learner's variables; columns: of the tables among
    them."""

    name: str
    value: str
    source: str = ""
    line: int | None = None
    names: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The learner's line that failed, without its indentation; empty where it is not known."""
        lines = self.source.split("\n")
        return lines[self.line - 1].strip() if self.line and self.line <= len(lines) else ""


def find_near(wanted: str, options: Sequence[str]) -> str | None:
    """The option that was probably meant: the same but for capitals, accents and spaces, or else alike."""
    plain = {_plain(option): option for option in reversed(options) if option != wanted}
    if _plain(wanted) in plain:
        return plain[_plain(wanted)]
    alike = difflib.get_close_matches(_plain(wanted), list(plain), n=1, cutoff=0.75)
    return plain[alike[0]] if alike else None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return (
        "".join(one for one in decomposed if not unicodedata.combining(one))
        .casefold()
        .replace(" ", "")
        .replace("_", "")
    )
