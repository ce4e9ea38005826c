"""What these tests share: one clean session for tests, and one for the learner's cells."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graders.examiner import TestOutcome, examine
from notebooks import ForkServer, Session

Examined = Callable[..., TestOutcome]


@pytest.fixture
def learner(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session() as one:
        yield one


@pytest.fixture
def examiner(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session() as one:
        yield one


@pytest.fixture
def examined(learner: Session, examiner: Session) -> Examined:
    """examined(cell, test, …): how the test comes out after the learner's cell."""

    def _examined(cell: str, test: str, **limits: Any) -> TestOutcome:
        assert learner.run(cell).error is None
        return examine(test, learner=learner, examiner=examiner, **{"timeout_s": 20.0, **limits})

    return _examined
