"""Databases for the tests of the site: each test that asks for `sessions` runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.postgres import private_cluster
from support.practice import a_catalogue
from support.stores import fresh_database, open_sessions
from support.webclient import School, open_school

from webapp.migrations.tables import every_table
from webapp.store import Sessions


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    with private_cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each engine."""
    cluster = request.getfixturevalue("postgres_cluster") if request.param == "postgres" else None
    with fresh_database(cluster, tmp_path) as url:
        yield url


@pytest.fixture
def sessions(database_url: str) -> Iterator[Sessions]:
    """Sessions over a database with every table, of each engine."""
    with open_sessions(database_url) as opened:
        every_table().create_all(opened.engine)
        yield opened


@pytest.fixture
def sqlite_sessions(tmp_path: Path) -> Iterator[Sessions]:
    """The same on SQLite alone, for what does not depend on the engine."""
    with open_sessions(f"sqlite:///{tmp_path / 'aula.sqlite'}") as opened:
        every_table().create_all(opened.engine)
        yield opened


@pytest.fixture
def school(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    """The site with one small course, without kernels, on SQLite."""
    return open_school(sqlite_sessions, tmp_path / "home", a_catalogue())


@pytest.fixture
def each_school(sessions: Sessions, tmp_path: Path) -> School:
    """The same on each engine."""
    return open_school(sessions, tmp_path / "home", a_catalogue())
