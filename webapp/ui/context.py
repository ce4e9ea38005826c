"""The world of a web process, as views see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app

from courses import Catalogue
from webapp.jobs import system_clock
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
    catalogue: Catalogue
    kernels: Callable[[], "KernelHost"]
    sandbox_grade: Callable[[], str | None]
    tail: LogTail
    clock: Callable[[], datetime] = system_clock


def current_aula() -> Aula:
    """The world of the running app."""
    aula: Aula = current_app.extensions["aula"]
    return aula
