"""The corpus as the tables of docs/corpus.md."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from support.corpus import cheating, honest, hostile, malformed
from support.corpus.case import BESIDE, FULL, Case, Outcome

PAGE = Path(__file__).parents[3] / "docs" / "corpus.md"
MARK = "<!-- tables -->\n"
CASES: Sequence[Case] = (*cheating.CASES, *hostile.CASES, *honest.CASES, *malformed.CASES)
TITLES = {
    "cheating": "Cheating",
    "hostile": "Hostile",
    "honest": "Honest, in unusual clothes",
    "malformed": "Malformed",
}


def to_markdown() -> str:
    """A table for each family, in the corpus's order."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    for family, title in TITLES.items():
        found = [case for case in CASES if case.family == family]
        yield from (
            f"## {title} ({len(found)})",
            "",
            "| submission | our lesson | instructor's notebook |",
            "|---|---|---|",
        )
        yield from (f"| {one.name} | {_words(one.lesson)} | {_words(one.nbgrader)} |" for one in found)
        yield ""


def _words(outcome: Outcome) -> str:
    if outcome.refused:
        return f"not taken: `{outcome.refused}`"
    beside = "" if outcome.beside == BESIDE else f", and {outcome.beside:g} of {BESIDE:g} beside it"
    return f"{outcome.points:g} of {FULL:g}{beside}"


if __name__ == "__main__":
    PAGE.write_text(PAGE.read_text(encoding="utf-8").partition(MARK)[0] + MARK + to_markdown(), encoding="utf-8")
