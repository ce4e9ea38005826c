"""A session of the real fork server for each test that asks."""

from collections.abc import Iterator

import pytest

from notebooks import ForkServer, Session


@pytest.fixture
def session(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session() as one:
        yield one
