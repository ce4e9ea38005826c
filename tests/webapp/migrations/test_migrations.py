"""The migrations make exactly the tables that the code has, on each engine, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from webapp.cli.upgrade import alembic_config, newest_revision, upgrade
from webapp.migrations.tables import every_table
from webapp.settings import Settings
from webapp.store import make_engine

ALEMBICS_OWN = "alembic_version"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = make_engine(database_url)
    yield opened
    opened.dispose()


def go_up(engine: Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")


def go_down(engine: Engine) -> None:
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")


def names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {ALEMBICS_OWN}


def shape(engine: Engine) -> dict[str, Any]:
    """All that the engine knows of each table: columns with their defaults, keys, checks and indexes."""
    found = inspect(engine)
    return {
        table: {
            "columns": [{**column, "type": repr(column["type"])} for column in found.get_columns(table)],
            "primary key": found.get_pk_constraint(table),
            "foreign keys": by_name(found.get_foreign_keys(table)),
            "unique": by_name(found.get_unique_constraints(table)),
            "checks": by_name(found.get_check_constraints(table)),
            "indexes": by_name(found.get_indexes(table)),
        }
        for table in sorted(names(engine))
    }


def by_name(constraints: list[Any]) -> list[Any]:
    return sorted(constraints, key=lambda one: str(one["name"]))


def test_the_migrations_make_what_the_tables_say(engine: Engine) -> None:
    go_up(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, every_table()) == []


def test_migrated_and_made_at_once_are_the_same(engine: Engine) -> None:
    """`compare_metadata` does not see check constraints, nor all defaults; the engine does."""
    go_up(engine)
    migrated = shape(engine)
    go_down(engine)
    every_table().create_all(engine)
    assert shape(engine) == migrated


def test_all_migrations_can_be_taken_back_and_made_again(engine: Engine) -> None:
    go_up(engine)
    before = shape(engine)
    go_down(engine)
    assert names(engine) == set()
    go_up(engine)
    assert shape(engine) == before


def test_an_upgrade_tells_where_it_came_from_and_is_harmless_again(database_url: str, tmp_path: Path) -> None:
    settings = Settings.from_env({"AULA_HOME": str(tmp_path / "home"), "DATABASE_URL": database_url})
    assert upgrade(settings) == (None, newest_revision())
    assert upgrade(settings) == (newest_revision(), newest_revision())
