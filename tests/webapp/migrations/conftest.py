"""Databases without tables, for here they are made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.stores import fresh_database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """In place of the one with tables."""
    cluster = request.getfixturevalue("postgres_cluster") if request.param == "postgres" else None
    with fresh_database(cluster, tmp_path) as url:
        yield url
