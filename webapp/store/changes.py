"""Compare-and-set: a change that says whether it found what it was meant for."""

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.orm import Session


def change(session: Session, statement: Update | Delete) -> int:
    """Carry out a change; how many rows it changed."""
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount
