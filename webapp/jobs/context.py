"""What a job may use: sessions, settings, the catalogue, kernels and a clock."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from webapp.settings import Settings
from webapp.store import Sessions

if TYPE_CHECKING:
    # Whoever only writes jobs, such as a web process, need not load the kernels' client for it.
    from courses import Catalogue, Lesson
    from notebooks import ForkServer, KernelHost


def system_clock() -> datetime:
    return datetime.now(UTC)


class Shelf(Protocol):
    """Where lessons come from: what is taught now, and the older versions that were kept."""

    def current(self) -> "Catalogue": ...

    def find_edition(self, course_id: str, lesson_id: str, version: str) -> "Lesson | None": ...

    def keep(self, session: Session, course_id: str, lesson_id: str, *, now: datetime) -> object: ...


@dataclass(frozen=True)
class JobContext:
    """The world of a job. `kernels` and `fork_server` are asked each time, for their processes may have been renewed.

    Both raise notebooks' KernelUnavailable or SandboxUnavailable while nothing answers.
    """

    sessions: Sessions
    settings: Settings
    shelf: Shelf
    kernels: Callable[[], "KernelHost"]
    fork_server: Callable[[], "ForkServer"]
    clock: Callable[[], datetime] = system_clock

    @property
    def catalogue(self) -> "Catalogue":
        """What is taught now; asked each time, for somebody may have published."""
        return self.shelf.current()

    def session_scope(self) -> AbstractContextManager[Session]:
        """A transaction, committed at the end. Never hold one across a kernel call."""
        return self.sessions.write()

    def reading(self) -> AbstractContextManager[Session]:
        return self.sessions.read()
