"""What the variables panel and the table explorer ask the kernel. Both answers are plain JSON values.

Nothing here calls code of learners' own classes: their objects are named by their type only.
"""

import types
from typing import Any

import numpy as np
import pandas as pd
from IPython import get_ipython

from aula.cells import column_name, plain_column, type_word

MOST_VARIABLES = 60
MOST_COLUMNS = 60
ROWS_PER_PAGE = 50
LONGEST_PREVIEW = 120
MOST_ITEMS = 6

KINDS: dict[type, str] = {
    bool: "boolean", int: "integer", float: "number", complex: "number", str: "text", bytes: "bytes", list: "list",
    tuple: "list", set: "set", frozenset: "set", dict: "mapping", type(None): "none", range: "list",
}  # fmt: skip
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc)


def variables() -> list[dict[str, Any]]:
    """The learner's names, newest last: name, kind, type, shape, columns and a short text where that is safe."""
    shell = get_ipython()
    hidden = shell.user_ns_hidden
    found = [
        _describe(name, value)
        for name, value in list(shell.user_ns.items())
        if isinstance(name, str)
        and not name.startswith("_")
        and type(value) is not types.ModuleType
        and not (name in hidden and hidden[name] is value)
        and name not in ("In", "Out")
    ]
    return found[-MOST_VARIABLES:]


def table_page(
    name: str, page: int = 1, sort: str | None = None, descending: bool = False, contains: str = ""
) -> dict[str, Any] | None:
    """Fifty rows of a table by its variable's name; None where the name holds no table.

    page counts from 1 and is brought into range; contains keeps rows where any value holds the text, whatever its case.
    """
    value = get_ipython().user_ns.get(name)
    if not _is_a(value, pd.DataFrame, pd.Series):
        return None
    frame = _flat(value)
    row_count = len(frame)
    frame = _holding(frame, contains) if contains else frame
    frame = _sorted(frame, sort, descending) if sort else frame
    page_count = max(1, -(-len(frame) // ROWS_PER_PAGE))
    page = min(max(1, int(page)), page_count)
    shown = frame.iloc[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
    columns = [plain_column(shown.iloc[:, at]) for at in range(shown.shape[1])]
    return {
        "name": name,
        "columns": [
            {"name": column_name(frame.columns[at]), "type": type_word(frame.iloc[:, at])}
            for at in range(frame.shape[1])
        ],
        "rows": [list(row) for row in zip(*columns, strict=True)],
        "page": page,
        "page_count": page_count,
        "matching_count": len(frame),
        "row_count": row_count,
    }


def _describe(name: str, value: Any) -> dict[str, Any]:
    kind, shape, columns, text = "object", [], [], ""
    if _is_a(value, pd.DataFrame):
        kind, shape = "table", list(value.shape)
        columns = [column_name(one) for one in value.columns[:MOST_COLUMNS]]
    elif _is_a(value, pd.Series):
        kind, shape, columns = "series", [len(value)], [type_word(value)]
        text = _preview(value.iloc[:MOST_ITEMS].tolist())
    elif _is_a(value, np.ndarray):
        kind, shape, columns = "array", list(value.shape), [str(value.dtype)[:40]]
    elif type(value) in KINDS:
        kind, text = KINDS[type(value)], _preview(value)
        shape = [len(value)] if kind in ("list", "set", "mapping", "text", "bytes") else []
    elif type(value) in FUNCTIONS:
        kind = "function"
    elif type(value) is type:
        kind = "class"
    elif _is_a(value, np.generic, pd.Timestamp, pd.Timedelta):
        kind, text = (
            ("datetime" if _is_a(value, pd.Timestamp, np.datetime64) else "number"),
            str(value)[:LONGEST_PREVIEW],
        )
    return {
        "name": name[:100],
        "kind": kind,
        "type": type(value).__name__[:100],
        "shape": shape,
        "columns": columns,
        "text": text,
    }


def _is_a(value: Any, *kinds: type) -> bool:
    """As isinstance, but an object cannot pretend."""
    return any(kind in type(value).__mro__ for kind in kinds)


def _preview(value: Any, depth: int = 2) -> str:
    """A short text of plain values; what is not plain is shown as its type."""
    kind = type(value)
    if kind is int:
        return str(value) if value.bit_length() < 256 else "<int>"
    if kind is str or kind is bytes:
        return repr(value[:LONGEST_PREVIEW])[:LONGEST_PREVIEW].encode("utf-8", "replace").decode()
    if kind in (bool, float, complex, type(None), range):
        return repr(value)
    if kind in (list, tuple, set, frozenset) and depth:
        items = [_preview(one, depth - 1) for one, _ in zip(value, range(MOST_ITEMS), strict=False)]
        opening, closing = {list: "[]", tuple: "()"}.get(kind, "{}")
        return _joined(items, len(value), opening, closing)
    if kind is dict and depth:
        items = [
            f"{_preview(key, depth - 1)}: {_preview(one, depth - 1)}"
            for (key, one), _ in zip(value.items(), range(MOST_ITEMS), strict=False)
        ]
        return _joined(items, len(value), "{", "}")
    return f"<{kind.__name__[:60]}>"


def _joined(items: list[str], length: int, opening: str, closing: str) -> str:
    text = ", ".join(items) + (", …" if length > len(items) else "")
    return opening + (text if len(text) < LONGEST_PREVIEW else text[:LONGEST_PREVIEW] + "…") + closing


def _flat(value: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """A table whose index, where it says something, is columns like the others."""
    frame = value.to_frame(name=value.name if value.name is not None else "") if _is_a(value, pd.Series) else value
    says_nothing = type(frame.index) is pd.RangeIndex and frame.index.name is None
    if not says_nothing:
        names = [one if one is not None else "" for one in frame.index.names]
        frame = frame.reset_index(names=names if len(names) > 1 else names[0], allow_duplicates=True)
    return frame.iloc[:, :MOST_COLUMNS]


def _holding(frame: pd.DataFrame, contains: str) -> pd.DataFrame:
    wanted = contains.casefold()
    keeps = np.zeros(len(frame), dtype=bool)
    for at in range(frame.shape[1]):
        column = frame.iloc[:, at]
        # Each distinct value is looked at once.
        codes, values = pd.factorize(column, use_na_sentinel=True)
        holds = np.array([wanted in str(one).casefold() for one in plain_column(values)] + [False], dtype=bool)
        keeps |= holds[codes]
    return frame[keeps]


def _sorted(frame: pd.DataFrame, sort: str, descending: bool) -> pd.DataFrame:
    names = [column_name(one) for one in frame.columns]
    if sort not in names:
        return frame
    column = frame.iloc[:, names.index(sort)].reset_index(drop=True)
    try:
        order = column.sort_values(ascending=not descending, kind="stable", na_position="last").index
    except TypeError:  # values of several kinds have no order of their own
        order = column.map(str).sort_values(ascending=not descending, kind="stable").index
    return frame.iloc[order]
