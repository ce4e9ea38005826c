"""Engines and sessions for SQLite and PostgreSQL, with the settings under which "saved" means saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

BUSY_TIMEOUT_MS = 30_000
READ_ONLY = "aula_read_only"


@dataclass(frozen=True)
class Sessions:
    """Where sessions come from: `writing` ones may change rows, `reading` ones never wait for a writer on SQLite."""

    engine: Engine
    writing: sessionmaker[Session]
    reading: sessionmaker[Session]

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed at the end, and rolled back if anything is raised."""
        with self.writing.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A look at the rows as they are at one moment; nothing can be written."""
        with self.reading() as session:
            yield session


def make_engine(url: str, *, pool_size: int = 20) -> Engine:
    """An engine whose commits survive power loss. Nothing is connected yet."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url, pool_size=pool_size, max_overflow=200, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}
        )
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "begin", begin_sqlite)
        return engine
    return create_engine(
        url, pool_size=pool_size, max_overflow=40, pool_pre_ping=True, pool_recycle=1800,
        connect_args={"options": f"-c timezone=UTC -c lock_timeout={BUSY_TIMEOUT_MS}", "connect_timeout": 10},
    )  # fmt: skip


def prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own way of beginning transactions is off: begin_sqlite says which kind is wanted.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        "temp_store = memory",
    ):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once and so waits its turn; a deferred one that reads first would fail instead."""
    is_reading = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql(f"pragma query_only = {'on' if is_reading else 'off'}")
    connection.exec_driver_sql("begin" if is_reading else "begin immediate")


def session_factory(engine: Engine) -> Sessions:
    """Sessions over one engine. Rows stay readable after a commit, for records are made from them at once."""
    reading = engine.execution_options(**{READ_ONLY: True})
    if engine.dialect.name == "postgresql":
        reading = reading.execution_options(postgresql_readonly=True)
    return Sessions(
        engine=engine,
        writing=sessionmaker(engine, expire_on_commit=False),
        reading=sessionmaker(reading, expire_on_commit=False),
    )
