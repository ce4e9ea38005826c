"""A fork server in each way that a school may run it, with everything laid out that learner code must not get at."""

from collections.abc import Iterator, Mapping

import pytest
from support.bait import laid_out
from support.cramped import SMALL
from support.gateways import eventually
from support.sandbox import WAYS, Way, running_fork_server

from notebooks import ForkServer, Session

Bait = Mapping[str, object]


@pytest.fixture(scope="session", params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    found: Way = request.param
    return found


@pytest.fixture(scope="session")
def server(way: Way) -> Iterator[ForkServer]:
    with running_fork_server(way) as one:
        yield one


@pytest.fixture(scope="session")
def bait(server: ForkServer) -> Iterator[Bait]:
    with laid_out(server) as laid:
        yield laid


@pytest.fixture
def cramped(server: ForkServer) -> Iterator[Session]:
    """A session with small limits; afterwards nothing of it is left, and its neighbour has not noticed."""
    count = server.status().kernels
    with server.open_session() as neighbour:
        neighbour.run("x = 'aquí'")
        with server.open_session(limits=SMALL) as one:
            yield one
        eventually(lambda: server.status().kernels == count + 1)
        assert neighbour.run("x").result == {"text/plain": "'aquí'"}
    eventually(lambda: server.status().kernels == count)
