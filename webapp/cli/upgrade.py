"""Brings the database to this version of the site, one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from webapp.settings import ROOT, Settings
from webapp.store import make_engine

# Any number will do as long as nobody else on the same PostgreSQL uses it.
ADVISORY_LOCK = 7_215_001


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "webapp" / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(settings: Settings) -> tuple[str | None, str | None]:
    """The revisions before and after. Two starts at once wait for each other; a failure leaves nothing half made."""
    engine = make_engine(settings.database_url)
    try:
        with one_at_a_time(settings.home), engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            before = current_revision(connection)
            command.upgrade(alembic_config(connection), "head")
            return before, current_revision(connection)
    finally:
        engine.dispose()


def current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The revision that this version of the site expects."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "upgrade.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
