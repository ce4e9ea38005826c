"""Fixtures that several rooms share. What only one room needs lives in that room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.sandbox import running_fork_server

from courses import Catalogue, load_catalogue
from notebooks import ForkServer

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def fork_server() -> Iterator[ForkServer]:
    """The real fork server with the shipped datasets, once for the whole run."""
    with running_fork_server() as server:
        yield server


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped courses and datasets."""
    return load_catalogue(ROOT / "courses" / "content")
