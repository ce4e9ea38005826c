"""Why the database could not take a write, told from what its driver says."""

import errno
import sqlite3
from typing import Literal

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError, TimeoutError

StoreFailure = Literal["disk_full", "database_busy", "database_away"]

# PostgreSQL: 53100 disk full; 55P03 lock not available; 40001 and 40P01 serialization failure and deadlock.
POSTGRES_STATES: dict[str, StoreFailure] = {
    "53100": "disk_full",
    "55P03": "database_busy",
    "40001": "database_busy",
    "40P01": "database_busy",
    "53300": "database_busy",
}


def explain_failure(error: BaseException) -> StoreFailure | None:
    """What is wrong with the database, or None where the error is of another kind (a bug, a broken rule)."""
    if isinstance(error, TimeoutError):
        return "database_busy"
    if isinstance(error, OSError) and not isinstance(error, SQLAlchemyError):
        return "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else None
    if not isinstance(error, DBAPIError):
        return None
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return explain_sqlite(getattr(cause, "sqlite_errorcode", 0))
    state = getattr(cause, "sqlstate", None)
    if state:
        return POSTGRES_STATES.get(state, "database_away" if state.startswith(("08", "57P")) else None)
    # A server that cannot be reached has no state to tell.
    is_away = error.connection_invalidated or isinstance(error, OperationalError)
    return "database_away" if is_away else None


def explain_sqlite(code: int) -> StoreFailure | None:
    # The low byte is the error's family; IOERR covers a write that the disk refused.
    family = code & 0xFF
    if family in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return "disk_full"
    if family in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "database_busy"
    return "database_away" if family == sqlite3.SQLITE_CANTOPEN else None
