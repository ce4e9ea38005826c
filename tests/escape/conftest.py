"""A fork server in each way that a school may run it, with everything laid out that learner code must not get at."""

from collections.abc import Iterator, Mapping

import pytest
from support.bait import laid_out
from support.sandbox import WAYS, Way, running_fork_server

from notebooks import ForkServer

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
