"""Fixtures that several rooms share. What only one room needs lives in that room."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from courses import Catalogue, load_catalogue
from notebooks import ForkServer
from support.sandbox import running_fork_server

ROOT = Path(__file__).parents[1]


def need(is_there: bool, what: str, how: str) -> None:
    """Skip with a reason where an optional part is missing; in CI its absence is a failure."""
    if not is_there:
        message = f"{what} is missing on this machine. {how}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(scope="session")
def fork_server() -> Iterator[ForkServer]:
    """The real fork server with the shipped datasets, once for the whole run."""
    with running_fork_server() as server:
        yield server


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped courses and datasets."""
    return load_catalogue(ROOT / "courses" / "content")
