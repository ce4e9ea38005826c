"""Sessions as a check sees them once an answer has run."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NoReturn

from graders.view import Scene
from notebooks import ForkServer, Limits, Session

PICTURE = {"image/png": ""}


def a_scene(
    session: Session,
    *,
    source: str = "",
    shown: Sequence[Mapping[str, str]] = (),
    server: ForkServer | None = None,
    datasets: Sequence[str] = (),
) -> Scene:
    """server: of the clean sessions; without one there are none."""

    def open_clean() -> AbstractContextManager[Session]:
        return server.open_session(datasets=datasets) if server is not None else _none_expected()

    return Scene(session, source, tuple(shown), Limits(), open_clean)


def _none_expected() -> NoReturn:
    raise AssertionError("no clean session was expected here")
