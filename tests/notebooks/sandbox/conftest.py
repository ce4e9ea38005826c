"""The real fork server and a session of it for each test that asks."""

from collections.abc import Iterator

import pytest
from support.sandbox import running_fork_server

from notebooks import ForkServer, Session


@pytest.fixture(scope="session")
def fork_server() -> Iterator[ForkServer]:
    with running_fork_server() as server:
        yield server


@pytest.fixture
def session(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session() as one:
        yield one
