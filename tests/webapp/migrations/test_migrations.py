"""The migrations make exactly the tables that the code has, on each engine, and can be taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, Table, insert, inspect, text

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


def test_marks_from_before_regrades_know_what_they_were_graded_with(engine: Engine) -> None:
    """0008 takes it from the attempts."""
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0007")
        put(connection, "people", id=1, role="learner", language="es")
        for number, version in ((1, "v1"), (2, "v2")):
            put(connection, "runs", id=number + 1, learner_id=1, kind="check", state="done", token=version,
                idempotency_key=version)  # fmt: skip
            put(connection, "submissions", id=number, learner_id=1, run_id=number + 1, state="graded",
                lesson_version=version, dataset_versions=f'{{"datos":"{number}"}}')  # fmt: skip
            put(connection, "gradebook_entries", submission_id=number, learner_id=1)
        command.upgrade(alembic_config(connection), "0008")
        found = connection.execute(
            text("select revision, lesson_version, dataset_versions from gradebook_entries order by submission_id")
        ).all()
    assert [tuple(row) for row in found] == [(0, "v1", '{"datos":"1"}'), (0, "v2", '{"datos":"2"}')]


def put(connection: Connection, name: str, **facts: object) -> None:
    """A row with these facts, and with something in every other column that must have a value."""
    table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
    anything = {int: 1, float: 1.0, str: "x", bytes: b"x", bool: False, datetime: datetime(2026, 3, 2, tzinfo=UTC)}
    others = {one.name: anything[one.type.python_type] for one in table.c if not one.nullable}
    connection.execute(insert(table), {**others, **facts})
