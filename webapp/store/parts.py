"""Questions about very many numbers, asked in parts that every database takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVarTuple

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

Columns = TypeVarTuple("Columns")
# SQLite takes 32 766 parameters in a statement, PostgreSQL 65 535.
MOST_AT_ONCE = 10_000


def in_parts(
    query: Select[*Columns], column: InstrumentedAttribute[int], numbers: Sequence[int] | None
) -> Iterator[Select[*Columns]]:
    """The query for each part of the numbers that the column may have; once without that condition for None."""
    if numbers is None:
        yield query
        return
    for start in range(0, len(numbers), MOST_AT_ONCE):
        yield query.where(column.in_(numbers[start : start + MOST_AT_ONCE]))
