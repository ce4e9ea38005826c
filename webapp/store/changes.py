"""Changes that say whether they found what they were meant for, when others change the same rows at once."""

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.store.naming import Base


def change(session: Session, statement: Update | Delete) -> int:
    """Carry out a change; how many rows it changed."""
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount


def add_once(session: Session, row: Base) -> bool:
    """Whether the row was written; False where another request has just written one with the same key.

    On PostgreSQL two requests may both have looked and found none.
    """
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
