"""What a miss has about it that is worth telling: another unit, another sign, only accents, a time zone too many."""

from collections.abc import Mapping, Sequence

from graders.checks.alike import (
    Closeness,
    folded,
    has_time_zone,
    is_alike,
    is_missing,
    is_number,
    is_time_zone_amiss,
    shown_cell,
)
from graders.checks.finding import Finding, miss
from graders.evidence import Value

FACTORS = (10, 100, 1000, 10_000, 1_000_000, 1_000_000_000)
ROUNDED = Closeness(relative=1e-4)  # in which a factor or a sign is told, rounded or not
HINTS: Mapping[str, str] = {
    "times_larger": "table.times_larger",
    "times_smaller": "table.times_smaller",
    "percent": "table.percent",
    "share": "table.share",
    "other_sign": "table.other_sign",
}
FEWEST_IN_A_COLUMN = 2  # numbers that must all be off by the same factor


def find_number_hint(have: float, want: float) -> tuple[str, int] | None:
    """How a number is off, as the end of a code, and by which factor (0 where there is none)."""
    if not have or not want:
        return None
    for factor in FACTORS:
        if is_alike(have / factor, want, ROUNDED):
            return ("percent" if factor == 100 and abs(want) <= 1 else "times_larger"), factor
        if is_alike(have * factor, want, ROUNDED):
            return ("share" if factor == 100 and abs(have) <= 1 else "times_smaller"), factor
    return ("other_sign", 0) if is_alike(-have, want, ROUNDED) else None


def find_column_hint(have: Sequence[Value], want: Sequence[Value], name: str) -> Finding | None:
    """What is amiss with a whole column in the same way; None where each value is wrong on its own.

    have, want: laid side by side, equally long.
    """
    pairs = [(one, other) for one, other in zip(have, want, strict=True) if not (is_missing(one) or is_missing(other))]
    if not pairs:
        return None
    if all(is_time_zone_amiss(one, other) for one, other in pairs):
        return miss("table.time_zone" if has_time_zone(pairs[0][0]) else "table.no_time_zone", column=name)
    if all(isinstance(one, str) and isinstance(other, str) for one, other in pairs):
        return _text_hint(have, want, name)
    numbers = [(one, other) for one, other in pairs if one != 0 or other != 0]
    if len(numbers) < FEWEST_IN_A_COLUMN or not all(is_number(one) and is_number(other) for one, other in numbers):
        return None
    hints: set[tuple[str, int]] = set()
    for one, other in numbers:
        hint = find_number_hint(float(one), float(other))  # type: ignore[arg-type]  # numbers, as just found
        if hint is None:
            return None
        hints.add(hint)
    return _number_hint(hints, name)


def _text_hint(have: Sequence[Value], want: Sequence[Value], name: str) -> Finding | None:
    """That texts differ in capitals, accents and blanks alone, in whatever order they stand."""
    shapes = [sorted(folded(one) for one in side if isinstance(one, str)) for side in (have, want)]
    if shapes[0] != shapes[1]:
        return None
    known = {one for one in want if isinstance(one, str)}
    odd = next((one for one in have if isinstance(one, str) and one not in known), "")
    return miss("table.text_nearly", column=name, value=shown_cell(odd)) if odd else None


def _number_hint(hints: set[tuple[str, int]], name: str) -> Finding | None:
    """The hint that all numbers of a column share. A column of shares is told as such though one of them be above 1."""
    words = {("times_larger", 100): "percent", ("times_smaller", 100): "share"}
    if any(word in words.values() for word, _ in hints):
        hints = {(words.get((word, factor), word), factor) for word, factor in hints}
    if len(hints) > 1:
        return None
    word, factor = hints.pop()
    return miss(HINTS[word], column=name, **({"factor": factor} if word.startswith("times") else {}))
