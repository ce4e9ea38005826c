"""The variables panel and the table explorer, as the values that `components/variables.html` lays out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from notebooks import TablePage
from webapp.ui.outputs.tables import NUMERIC, format_column, kind_text
from webapp.ui.outputs.words import Language, count_text, say

MOST_NAMES = 6
LONGEST_NUMBER = 10
TABULAR = ("table", "series")


@dataclass(frozen=True)
class VariableEntry:
    """One entry of the panel. kind: a short phrase; size: rows and columns, a length or nothing."""

    name: str
    kind: str
    size: str
    is_table: bool


@dataclass(frozen=True)
class ColumnView:
    name: str
    kind: str
    is_number: bool
    order: Literal["", "asc", "desc"]


@dataclass(frozen=True)
class PageView:
    """One page of a table, every value as text."""

    caption: str
    columns: tuple[ColumnView, ...]
    rows: tuple[tuple[str, ...], ...]
    number: int
    last: int


def to_entries(variables: Iterable[Mapping[str, Any]], language: Language) -> tuple[VariableEntry, ...]:
    """The panel's entries; each variable as a mapping of `notebooks.Variable`'s fields."""
    return tuple(_to_entry(one, language) for one in variables)


def to_page_view(page: TablePage, language: Language, *, sort: str = "", descending: bool = False) -> PageView:
    columns = tuple(
        ColumnView(
            one.name,
            kind_text(one.type, language),
            one.type in NUMERIC,
            "" if one.name != sort else "desc" if descending else "asc",
        )
        for one in page.columns
    )
    texts = [format_column([row[at] for row in page.rows], one.type) for at, one in enumerate(page.columns)]
    rows = tuple(tuple(text[at] or "NaN" for text in texts) for at in range(len(page.rows)))
    shown = say(language, "shown_rows", shown=count_text(page.matching_count), all=count_text(page.row_count))
    return PageView(f"{page.name} · {shown}", columns, rows, page.page, max(1, page.page_count))


def _to_entry(variable: Mapping[str, Any], language: Language) -> VariableEntry:
    kind, shape = variable["kind"], variable["shape"]
    word = say(language, f"kind_{kind}") if kind in KINDS else variable["type"]
    # A series tells the type of its values where a table tells its columns.
    names = (
        [kind_text(one, language) or one for one in variable["columns"]] if kind == "series" else variable["columns"]
    )
    detail = ", ".join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "") if names else ""
    size = " × ".join(count_text(number) for number in shape)
    if not shape and variable["text"]:
        size = _short(variable["text"], kind)
    return VariableEntry(variable["name"], f"{word} · {detail}" if detail else word, size, kind in TABULAR)


def _short(text: str, kind: str) -> str:
    """A value as the narrow panel has room for it: of a long number its first seven digits."""
    if kind != "number" or len(text) <= LONGEST_NUMBER:
        return text
    try:
        return f"{float(text):.7g}"
    except ValueError:  # a complex number, or one of a learner's own making
        return text


KINDS = (
    "table",
    "series",
    "integer",
    "number",
    "text",
    "boolean",
    "list",
    "mapping",
    "function",
    "array",
    "other",
)
