"""A world for jobs without kernels, with a clock that moves when told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from courses import Catalogue
from notebooks import KernelUnavailable
from webapp.jobs import JobContext
from webapp.services.catalogue.shelf import Shelf
from webapp.settings import Settings
from webapp.store import Sessions

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def no_kernels() -> NoReturn:
    raise KernelUnavailable("this test has no kernels")


def a_context(sessions: Sessions, home: Path, clock: HandClock | None = None, **parts: object) -> JobContext:
    """parts: kernels, fork_server, catalogue, where a test has them."""
    settings = Settings.from_env({"AULA_HOME": str(home)})
    shelf = Shelf(parts.pop("catalogue", Catalogue((), (), ())), sessions)  # type: ignore[arg-type]  # as below
    world = {
        "shelf": shelf, "kernels": no_kernels, "fork_server": no_kernels, "settings": settings,
        **({"clock": clock} if clock else {}), **parts,
    }  # fmt: skip
    return JobContext(sessions=sessions, **world)  # type: ignore[arg-type]  # tests give what they need
