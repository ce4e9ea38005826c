"""The world of a web process, as views see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app, g, has_request_context

from courses import Catalogue
from webapp.jobs import system_clock
from webapp.services.catalogue.shelf import Shelf
from webapp.services.practice.service import LogTail
from webapp.settings import Settings
from webapp.store import Sessions

if TYPE_CHECKING:
    from notebooks import KernelHost


@dataclass(frozen=True)
class Aula:
    """Made once by the factory and kept as `app.extensions["aula"]`.

    kernels: raises notebooks.KernelUnavailable while nothing answers; sandbox_grade: None where it is not known;
    tail: waits for news in the logs of runs.
    """

    settings: Settings
    sessions: Sessions
    shelf: Shelf
    kernels: Callable[[], "KernelHost"]
    sandbox_grade: Callable[[], str | None]
    tail: LogTail
    clock: Callable[[], datetime] = system_clock

    @property
    def catalogue(self) -> Catalogue:
        """What is taught now; the same for a whole request."""
        if not has_request_context():
            return self.shelf.current()
        if "catalogue" not in g:
            g.catalogue = self.shelf.current()
        found: Catalogue = g.catalogue
        return found


def current_aula() -> Aula:
    """The world of the running app."""
    aula: Aula = current_app.extensions["aula"]
    return aula
