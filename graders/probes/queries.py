"""What a query gives on copies of data sets, as JSON values. Runs in a session in which no learner code ever ran.

The query is a learner's and as hostile as code: it can only read, within limits that are counted and not timed, so that
the same query ends in the same way on every machine. The reader of these values is graders/checks/sql.py.
"""

import math
import random
import sqlite3
from collections.abc import Sequence
from typing import Any

import aula
import pandas as pd

# Of each table's rows so many stay in a copy, the share that the copy has; in another order.
SHARES = (0.8, 0.5, 0.1)
MOST_STEPS = 100_000_000  # of SQLite's machine, for one copy
STEPS_AT_ONCE = 10_000
MOST_ROWS = 20_000
MOST_CELLS = 200_000
HEAP_BYTES = 256 * 2**20
LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 20_000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 200),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
)
READING = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
# They reach beyond the data, or give something else each time.
FORBIDDEN = frozenset({
    "load_extension", "fts3_tokenizer", "sqlite_log", "random", "randomblob", "current_date", "current_time",
    "current_timestamp",
})  # fmt: skip
NAMES = {int: "integer", float: "number", str: "text"}


def run(names: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """{"results": [for each copy a table, or {"failed": kind, "text": …}]}; after a failure no other copy is tried.

    arguments: {"query": …, "tables": {name: {"dataset": …, "resource": … or none}}, "seed": …}. kinds: "error",
    "several", "forbidden", "too_slow", "too_large".
    """
    tables = {name: aula.datos(one["dataset"], one.get("resource")) for name, one in arguments["tables"].items()}
    results: list[dict[str, Any]] = []
    for copy in range(len(SHARES)):
        connection = sqlite3.connect(":memory:")
        try:
            for name, table in tables.items():
                _some_rows(table, copy, f"{arguments['seed']}/{copy}/{name}").to_sql(name, connection, index=False)
            results.append(_answer(connection, arguments["query"]))
        finally:
            connection.close()
        if "failed" in results[-1]:
            break
    return {"results": results}


def _some_rows(table: pd.DataFrame, copy: int, seed: str) -> pd.DataFrame:
    """The copy's share of the rows, at least one where there is any, in an order that the seed decides."""
    count = min(len(table), max(1, math.ceil(SHARES[copy] * len(table))))
    # Python's generator draws the same on every machine and in every version.
    return table.iloc[random.Random(seed).sample(range(len(table)), count)]  # no secret hangs on it


def _answer(connection: sqlite3.Connection, query: str) -> dict[str, Any]:
    steps = 0

    def count_steps() -> int:
        nonlocal steps
        steps += STEPS_AT_ONCE
        return int(steps > MOST_STEPS)

    for limit, most in LIMITS:
        connection.setlimit(limit, most)
    connection.execute(f"PRAGMA hard_heap_limit = {HEAP_BYTES}")
    connection.execute("PRAGMA query_only = 1")
    connection.set_authorizer(_permission)
    connection.set_progress_handler(count_steps, STEPS_AT_ONCE)
    try:
        cursor = connection.execute(query)
        rows = cursor.fetchmany(MOST_ROWS + 1)
    except (sqlite3.Error, sqlite3.Warning, MemoryError, ValueError) as error:
        return _failure(error, is_slow=steps > MOST_STEPS)
    columns = [one[0] for one in cursor.description or ()]
    if len(rows) > MOST_ROWS or len(rows) * len(columns) > MOST_CELLS:
        return {"failed": "too_large", "text": ""}
    return _table(columns, rows)


def _permission(action: int, first: str | None, second: str | None, database: str | None, source: str | None) -> int:
    """Whether SQLite may do it. Of a function the second word is its name."""
    if action not in READING or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in FORBIDDEN):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _failure(error: Exception, *, is_slow: bool) -> dict[str, Any]:
    text = str(error)[:300]
    if is_slow:
        return {"failed": "too_slow", "text": ""}
    if isinstance(error, MemoryError) or "too big" in text:
        return {"failed": "too_large", "text": ""}
    if "one statement at a time" in text:
        return {"failed": "several", "text": ""}
    return {"failed": "forbidden" if "not authorized" in text or "prohibited" in text else "error", "text": text}


def _table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The rows as a table, as graders/probes/answers.py tells them."""
    columns = []
    for at, name in enumerate(names):
        cells = [row[at] for row in rows]
        columns.append({"name": str(name)[:300], "dtype": _word(cells), "v": [_value(one) for one in cells]})
    return {
        "t": "table",
        "rows": len(rows),
        "width": len(columns),
        "is_series": False,
        "columns": columns,
        "index": [],
    }


def _word(cells: Sequence[Any]) -> str:
    kinds = {type(one) for one in cells if one is not None}
    if kinds == {int, float}:
        return "number"
    return NAMES.get(kinds.pop(), "mixed") if len(kinds) == 1 else "mixed"


def _value(cell: Any) -> Any:
    if isinstance(cell, float) and not math.isfinite(cell):
        return {"t": "float", "v": str(cell)}
    if isinstance(cell, int) and abs(cell) > 2**53:
        return {"t": "int", "v": str(cell)}
    return {"t": "other", "type": "BLOB"} if isinstance(cell, bytes) else cell
