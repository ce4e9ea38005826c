"""`application/vnd.aula.table+json`: tables as data beside pandas's own HTML, so that the page can draw them well."""

import json
from typing import Any

import pandas as pd
from IPython.core.formatters import BaseFormatter
from traitlets import ObjectName, Unicode

from aula.cells import column_name, plain_column, type_word

MEDIA_TYPE = "application/vnd.aula.table+json"
MOST_ROWS = 200
MOST_COLUMNS = 60
LARGEST = 250_000


class TableFormatter(BaseFormatter):
    """Asked by IPython for each value that is shown."""

    format_type = Unicode(MEDIA_TYPE)
    print_method = ObjectName("_repr_aula_table_")
    _return_type = dict


def register(shell: Any) -> None:
    """Show DataFrames and Series as tables in this shell."""
    formatter = TableFormatter(parent=shell.display_formatter)
    for kind in (pd.DataFrame, pd.Series):
        formatter.for_type(kind, lambda value: describe(value, _find_name(value, shell.user_ns)))
    shell.display_formatter.formatters[MEDIA_TYPE] = formatter


def describe(value: pd.DataFrame | pd.Series, name: str = "") -> dict[str, Any]:
    """The first rows of a table with its columns' types and its whole shape. Index levels come first in each row.

    name: of the variable that holds it, by which the page can ask for the rest; empty where none does.
    """
    frame = value.to_frame(name=value.name if value.name is not None else "") if isinstance(value, pd.Series) else value
    levels = min(frame.index.nlevels, MOST_COLUMNS - 1)
    shown = frame.iloc[:MOST_ROWS, : MOST_COLUMNS - levels]
    index = [frame.index.get_level_values(level) for level in range(levels)]
    texts = [plain_column(level[: len(shown)]) for level in index]
    texts += [plain_column(shown.iloc[:, at]) for at in range(shown.shape[1])]
    return {
        "name": name,
        "index": [{"name": column_name(one.name), "type": type_word(one)} for one in index],
        "columns": [
            {"name": column_name(shown.columns[at]), "type": type_word(shown.iloc[:, at])}
            for at in range(shown.shape[1])
        ],
        "rows": _fitting([list(row) for row in zip(*texts, strict=True)]),
        "shape": list(frame.shape),
    }


def _fitting(rows: list[list[Any]]) -> list[list[Any]]:
    """As many of the first rows as a page can carry."""
    while len(rows) > 1 and len(json.dumps(rows)) > LARGEST:
        rows = rows[: len(rows) // 2]
    return rows


def _find_name(value: Any, names: dict[str, Any]) -> str:
    return next((name for name, one in list(names.items()) if one is value and not name.startswith("_")), "")
