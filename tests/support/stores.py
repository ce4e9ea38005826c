"""Empty databases of both engines, with every table."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from webapp.store import Sessions, make_engine, session_factory

NUMBERS = itertools.count(1)


@contextmanager
def fresh_database(cluster: str | None, folder: Path) -> Iterator[str]:
    """The address of a database without tables: SQLite in `folder`, or a new one in a PostgreSQL cluster."""
    if cluster is None:
        yield f"sqlite:///{folder / 'aula.sqlite'}"
        return
    name = f"aula_{next(NUMBERS)}"
    maintenance = create_engine(cluster % "postgres", isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text(f"create database {name}"))
    try:
        yield cluster % name
    finally:
        with maintenance.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        maintenance.dispose()


@contextmanager
def open_sessions(url: str) -> Iterator[Sessions]:
    engine = make_engine(url)
    try:
        yield session_factory(engine)
    finally:
        finish_readers()
        engine.dispose()


def finish_readers() -> None:
    """Wait for the threads that look at logs and leases: they end by themselves once nobody needs them."""
    for thread in threading.enumerate():
        if thread.name in ("log-tail", "leases"):
            thread.join(10)
