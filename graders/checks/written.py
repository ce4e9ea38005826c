"""Numbers as people write them: "1 234,5 kg", "$1,234.50", "12.5 %", "−3", "1.2 × 10⁶"."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses import Unit

LONGEST = 60
SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
# Signs that stand for another, and words of approximation that say nothing of the number.
SIGNS = str.maketrans({"−": "-", "–": "-", "’": "'", "‘": "'", "=": " ", "≈": " ", "~": " "})
NUMBER = re.compile(
    r"(?P<outer>[+-]?)(?P<before>[^0-9]*?)(?P<sign>[+-]?) ?(?P<digits>[.,]?[0-9](?:[0-9.,' ]*[0-9])?)"
    r"(?P<power>[eE][+-]?[0-9]{1,3})?(?P<after>[^0-9].*)?"
)
# A digit that is no part of a unit's name, as the 2 of "km2" is: a second number, a fraction, a range.
ANOTHER = re.compile(r"(?<![^\W\d_])[0-9]")
# The two ways to write decimals and thousands; in Mexico and in English it is the first.
WAYS = (
    re.compile(
        r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[, '])[0-9]{3}(?:(?P=mark)[0-9]{3})*|[0-9]*)(?:\.(?P<part>[0-9]+))?"
    ),
    re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[. '])[0-9]{3}(?:(?P=mark)[0-9]{3})*|[0-9]*)(?:,(?P<part>[0-9]+))?"),
)


@dataclass(frozen=True)
class Written:
    """A number that somebody wrote. readings: one, or two where a sign may be of thousands or of decimals
    ("1,234"), the local custom first; unit: what stands beside the digits, as it was written."""

    readings: tuple[float, ...]
    unit: str


def read_written(text: str) -> Written | None:
    """The number in a text, None where there is none, or more than one."""
    found = NUMBER.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    if found is None:
        return None
    sides = [part.strip(" .,'") for part in (found["before"], found["after"] or "")]
    unit = " ".join(side for side in sides if side)
    sign = found["outer"] or found["sign"]
    amounts = [float(Decimal(f"{sign}{digits}{found['power'] or ''}")) for digits in _spelt(found["digits"])]
    readings = tuple(dict.fromkeys(amount for amount in amounts if math.isfinite(amount)))
    return Written(readings, unit) if readings and not ANOTHER.search(unit) else None


def find_unit(text: str, units: Sequence[Unit]) -> Unit | None:
    """The unit that a text names, written with other capitals or accents too where that leaves no doubt."""
    for fold in (_folded, _loosely_folded):
        known = [(one, {fold(name) for name in (one.name, *one.aliases)}) for one in units]
        # "$1,234 MXN" names its unit twice.
        twice = {fold(part) for part in text.split()}
        found = [one for one, names in known if fold(text) in names or twice <= names]
        if len(found) == 1:
            return found[0]
    return None


def _plain(text: str) -> str:
    """The text in plain signs: one kind of space, minus and apostrophe, and powers of ten as "e6"."""
    text = re.sub(r"10([⁺⁻]?[⁰¹²³⁴-⁹]+)", lambda power: "10^" + power[1].translate(SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFKC", text.translate(SIGNS)).translate(SIGNS)
    text = re.sub(r"\s*[x×·*]\s*10\s*(?:\^|\*\*)\s*\(?([+-]?[0-9]{1,3})\)?", r"e\1", text)
    return " ".join(text.split()).removesuffix(".")


def _spelt(digits: str) -> list[str]:
    """The digits as Python reads them, in each way in which they make a number."""
    spelt = []
    for way in WAYS:
        found = way.fullmatch(digits)
        if found is not None and (found["whole"] or found["part"]):
            whole = re.sub(r"[^0-9]", "", found["whole"]) or "0"
            spelt.append(f"{whole}.{found['part'] or '0'}")
    return spelt


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).strip(".")


def _loosely_folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _folded("".join(one for one in apart if not unicodedata.combining(one)))
