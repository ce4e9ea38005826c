"""What a kernel holds, for the variables panel and the table explorer. The kernel's answer is learner's code
speaking."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notebooks.document import is_within_depth, replace_unstorable

MEDIA_TYPE = "application/vnd.aula.panel+json"
LARGEST_ANSWER = 1_000_000
MOST_VARIABLES = 200
MOST_COLUMNS = 200
MOST_ROWS = 50
LONGEST_TEXT = 300

Value = str | int | float | bool | None

# Runs in a namespace of its own, so that it neither sees nor leaves names among the learner's.
PROBE = """exec('''
import json
from IPython.display import display
from aula import panel
display({{"{media}": json.dumps(panel.{call})}}, raw=True)
''', {{}})"""


@dataclass(frozen=True)
class Variable:
    """A name in the learner's memory. kind: a short word such as "table"; shape: rows and columns, or a
    length."""

    name: str
    kind: str
    type: str
    shape: tuple[int, ...]
    columns: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class TableColumn:
    name: str
    type: str


@dataclass(frozen=True)
class TablePage:
    """At most 50 rows of a table. matching_count: rows that contain the text looked for; row_count: all
    rows."""

    name: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    page: int
    page_count: int
    matching_count: int
    row_count: int


def variables_code() -> str:
    return PROBE.format(media=MEDIA_TYPE, call="variables()")


def table_code(name: str, page: int, sort: str | None, descending: bool, contains: str) -> str:
    """The probe for one page. The arguments travel as a JSON text inside a Python literal, so none can become
    code."""
    arguments = json.dumps({"name": name, "page": page, "sort": sort, "descending": descending, "contains": contains})
    return PROBE.format(media=MEDIA_TYPE, call=f'table_page(**json.loads(bytes.fromhex("{arguments.encode().hex()}")))')


def to_variables(answer: str | None) -> tuple[Variable, ...]:
    """The variables in a kernel's answer, those with a proper shape only."""
    data = _load(answer)
    items = data if isinstance(data, list) else []
    return tuple(_to_variable(one) for one in items[:MOST_VARIABLES] if isinstance(one, dict) and "name" in one)


def to_table_page(answer: str | None) -> TablePage | None:
    """The page in a kernel's answer; None where it is none."""
    data = _load(answer)
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("columns"), list)
        or not isinstance(data.get("rows"), list)
    ):
        return None
    columns = tuple(
        TableColumn(_text(one.get("name")), _text(one.get("type")))
        for one in data["columns"][:MOST_COLUMNS]
        if isinstance(one, dict)
    )
    rows = tuple(
        tuple(_value(cell) for cell in row[: len(columns)]) for row in data["rows"][:MOST_ROWS] if isinstance(row, list)
    )
    return TablePage(
        name=_text(data.get("name")),
        columns=columns,
        rows=rows,
        page=_count(data.get("page")),
        page_count=_count(data.get("page_count")),
        matching_count=_count(data.get("matching_count")),
        row_count=_count(data.get("row_count")),
    )


def _to_variable(data: Mapping[str, Any]) -> Variable:
    shape, columns = data.get("shape"), data.get("columns")
    return Variable(
        name=_text(data["name"]),
        kind=_text(data.get("kind")),
        type=_text(data.get("type")),
        shape=tuple(_count(one) for one in shape[:4]) if isinstance(shape, list) else (),
        columns=tuple(_text(one) for one in columns[:MOST_COLUMNS]) if isinstance(columns, list) else (),
        text=_text(data.get("text")),
    )


def _load(answer: str | None) -> Any:
    if answer is None or len(answer) > LARGEST_ANSWER:
        return None
    try:
        value = json.loads(answer, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return replace_unstorable(value) if is_within_depth(value, 6) else None


def _text(value: Any) -> str:
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else 0


def _value(value: Any) -> Value:
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    return value if isinstance(value, int | float | bool) else None
