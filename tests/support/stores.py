"""Databases of both engines for one test each: without tables, or as copies of one that has every table."""

import itertools
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from webapp.migrations.tables import every_table
from webapp.store import Sessions, make_engine, session_factory

NUMBERS = itertools.count(1)


@contextmanager
def fresh_database(cluster: str | None, folder: Path, copied: str | None = None) -> Iterator[str]:
    """The address of a database of one's own: SQLite in `folder`, or a new one in a PostgreSQL cluster.

    copied: what it is made from, as `database_with_tables` gives it; None where it is to have no tables.
    """
    if cluster is None:
        path = folder / "aula.sqlite"
        if copied is not None and not path.exists():
            shutil.copyfile(copied, path)
        yield f"sqlite:///{path}"
        return
    name = f"aula_{next(NUMBERS)}"
    maintenance = create_engine(cluster % "postgres", isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text(f"create database {name} template {copied or 'template1'}"))
    try:
        yield cluster % name
    finally:
        with maintenance.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        maintenance.dispose()


@contextmanager
def database_with_tables(cluster: str | None, folder: Path) -> Iterator[str]:
    """A database to copy, with every table and no rows: SQLite's file, or the name in the cluster.

    To make the tables takes longer than most tests do.
    """
    with fresh_database(cluster, folder) as url:
        with open_sessions(url) as opened:
            every_table().create_all(opened.engine)
        yield str(make_url(url).database)


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
