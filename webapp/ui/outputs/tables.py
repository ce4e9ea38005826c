"""Tables that the kernel describes as data, as real HTML tables: caption, scopes, numbers aligned and
readable."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from webapp.ui.outputs.words import Language, count_text, group_digits, say

MEDIA_TYPE = "application/vnd.aula.table+json"
MOST_ROWS = 200
MOST_COLUMNS = 60
MOST_DESCRIBED = 2_000
LONGEST_VALUE = 300
NUMERIC = ("integer", "number")
MISSING = {"datetime": "NaT"}


@dataclass(frozen=True)
class Column:
    """A column and what it holds: integer, number, text, datetime, boolean or category."""

    name: str
    type: str
    is_index: bool = False


@dataclass(frozen=True)
class Table:
    """What is shown of a table. row_count and column_count: of the whole table, the index not counted."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    row_count: int
    column_count: int
    name: str = ""


def to_table(data: Any) -> Table | None:
    """The table in a kernel's answer, index columns first; None where it has no such shape."""
    if not isinstance(data, Mapping) or not isinstance(data.get("rows"), list):
        return None
    index = _columns(data.get("index"), is_index=True)
    plain = _columns(data.get("columns"), is_index=False)
    columns = (*index, *plain)[:MOST_COLUMNS]
    rows = tuple(tuple(row) for row in data["rows"][:MOST_ROWS] if isinstance(row, list))
    if not columns or any(len(row) != len(index) + len(plain) for row in rows):
        return None
    rows = tuple(row[: len(columns)] for row in rows)
    shape = data.get("shape")
    counts = (
        shape if isinstance(shape, list) and len(shape) == 2 and all(map(_is_count, shape)) else [len(rows), len(plain)]
    )
    name = data.get("name")
    return Table(columns, rows, max(counts[0], len(rows)), counts[1], name if isinstance(name, str) else "")


def render_table(table: Table, *, language: Language, caption: str) -> str:
    """The table in a region that scrolls and takes the focus, how much of it is shown, and the explorer's
    opener."""
    texts = [format_column([row[at] for row in table.rows], column.type) for at, column in enumerate(table.columns)]
    head = "".join(_head(column, language) for column in table.columns)
    body = "".join(
        "<tr>" + "".join(_cell(column, texts[at][number]) for at, column in enumerate(table.columns)) + "</tr>"
        for number in range(len(table.rows))
    )
    explore = say(language, "explore")
    opener = (
        f'<button type="button" class="link-button" data-table="{escape(table.name)}">{explore}</button>'
        if table.name
        else ""
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="group" aria-label="{escape(caption)}">'
        f'<table class="data-table"><caption class="visually-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f'<p class="output-foot"><span>{escape(describe_size(table, language))}</span>{opener}</p>'
    )


def describe_size(table: Table, language: Language) -> str:
    """How many rows are shown of how many, and the same of columns where some are left out."""
    shown_columns = sum(not column.is_index for column in table.columns)
    sizes = [_rows_text(len(table.rows), table.row_count, language)]
    if shown_columns < table.column_count:
        sizes.append(say(language, "shown_columns", shown=shown_columns, all=count_text(table.column_count)))
    return " · ".join(sizes)


def format_column(values: Sequence[Any], kind: str) -> list[str | None]:
    """The values of one column as readers see them; None where one is missing. Numbers share their
    decimals."""
    if kind not in NUMERIC:
        return [_text(value, kind) for value in values]
    numbers = [value for value in values if _is_number(value)]
    if any(abs(value) >= 1e15 or 0 < abs(value) < 1e-4 for value in numbers):
        return [f"{value:.6g}" if _is_number(value) else _text(value, kind) for value in values]
    largest = max((abs(value) for value in numbers), default=0.0)
    decimals = 0 if kind == "integer" else _decimals(numbers, 2 if largest >= 1000 else 4)
    return [
        _fixed(value, decimals, is_grouped=largest >= 10_000) if _is_number(value) else _text(value, kind)
        for value in values
    ]


def kind_text(kind: str, language: Language) -> str:
    """A column's type in the reader's words; empty for one that we have no word for."""
    return say(language, kind) if kind in ("integer", "number", "text", "datetime", "boolean", "category") else ""


def _columns(data: Any, *, is_index: bool) -> tuple[Column, ...]:
    items = data if isinstance(data, list) else []
    return tuple(
        Column(str(one.get("name") or "")[:LONGEST_VALUE], str(one.get("type") or "text"), is_index)
        for one in items[:MOST_DESCRIBED]
        if isinstance(one, Mapping)
    )


def _head(column: Column, language: Language) -> str:
    kind = kind_text(column.type, language)
    name = column.name or (say(language, "index") if column.is_index else "")
    classes = ' class="number"' if column.type in NUMERIC and not column.is_index else ""
    small = f"<small>{escape(kind)}</small>" if kind else ""
    return f'<th scope="col"{classes}>{escape(name)}{small}</th>'


def _cell(column: Column, text: str | None) -> str:
    shown = escape(text) if text is not None else f'<span class="missing">{MISSING.get(column.type, "NaN")}</span>'
    if column.is_index:
        return f'<th scope="row">{shown}</th>'
    return f'<td class="number">{shown}</td>' if column.type in NUMERIC else f"<td>{shown}</td>"


def _rows_text(shown: int, count: int, language: Language) -> str:
    if count == 0:
        return say(language, "no_rows")
    if shown < count:
        return say(language, "shown_rows", shown=count_text(shown), all=count_text(count))
    return say(language, "one_row") if count == 1 else say(language, "all_rows", all=count_text(count))


def _decimals(numbers: Sequence[float], most: int) -> int:
    """How many decimals the column needs so that each value is right to `most`."""
    longest = 0
    for number in numbers:
        fraction = f"{number:.{most}f}".partition(".")[2].rstrip("0")
        longest = max(longest, len(fraction))
    return longest


def _fixed(value: float, decimals: int, *, is_grouped: bool) -> str:
    sign = "\u2212" if value < 0 else ""
    whole, _, fraction = f"{abs(value):.{decimals}f}".partition(".")
    if is_grouped:
        whole = group_digits(whole)
    return f"{sign}{whole}.{fraction}" if fraction else sign + whole


def _text(value: Any, kind: str) -> str | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    text = value if isinstance(value, str) else str(value)
    if kind == "datetime":
        text = text.removesuffix("T00:00:00").removesuffix(" 00:00:00")
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
