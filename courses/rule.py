"""A rule of content, as the words that its breach is told in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Words of a complaint. A grave one leaves out of the catalogue whatever it is about; advice is no fault yet."""

    es: str
    en: str
    is_grave: bool = True
    is_advice: bool = False
