"""Databases for the tests of the site: each test that asks for `sessions` runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.postgres import private_cluster
from support.practice import a_catalogue
from support.stores import database_with_tables, fresh_database, open_sessions
from support.webclient import School, open_school

from webapp.store import Sessions


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    with private_cluster() as address:
        yield address


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with database_with_tables(None, tmp_path_factory.mktemp("tables")) as copied:
        yield copied


@pytest.fixture(scope="session")
def postgres_tables(postgres_cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with database_with_tables(postgres_cluster, tmp_path_factory.mktemp("tables")) as copied:
        yield copied


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with every table and no rows, of each engine."""
    cluster = request.getfixturevalue("postgres_cluster") if request.param == "postgres" else None
    copied: str = request.getfixturevalue(f"{request.param}_tables")
    with fresh_database(cluster, tmp_path, copied) as url:
        yield url


@pytest.fixture
def sessions(database_url: str) -> Iterator[Sessions]:
    """Sessions over such a database, of each engine."""
    with open_sessions(database_url) as opened:
        yield opened


@pytest.fixture
def sqlite_sessions(sqlite_tables: str, tmp_path: Path) -> Iterator[Sessions]:
    """The same on SQLite alone, for what does not depend on the engine."""
    with fresh_database(None, tmp_path, sqlite_tables) as url, open_sessions(url) as opened:
        yield opened


@pytest.fixture
def school(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    """The site with one small course, without kernels, on SQLite."""
    return open_school(sqlite_sessions, tmp_path / "home", a_catalogue())


@pytest.fixture
def each_school(sessions: Sessions, tmp_path: Path) -> School:
    """The same on each engine."""
    return open_school(sessions, tmp_path / "home", a_catalogue())
