"""Long lists, one page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a longer list. `number` counts from 1; an empty list has one empty page."""

    rows: tuple[Row, ...]
    number: int
    size: int
    total: int

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.size))


def take_page(
    session: Session, query: Select[Any], to_record: Callable[[Any], Row], *, number: int, size: int = 50
) -> Page[Row]:
    """The page `number` of what a query gives, in its order; a number past the end gives the last page."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(max(1, number), max(1, -(-total // size)))
    found = session.scalars(query.limit(size).offset((number - 1) * size))
    return Page(rows=tuple(to_record(row) for row in found), number=number, size=size, total=total)
