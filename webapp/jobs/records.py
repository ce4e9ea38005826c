"""What is known of a job, and how a job asks to be tried later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

# batch: work that nobody waits for, such as a regrade; it gives way to checks.
Lane = Literal["interactive", "check", "mail", "batch"]
JobState = Literal["queued", "running", "done", "failed"]
LANES: tuple[Lane, ...] = ("interactive", "check", "mail", "batch")


class Later(Exception):
    """Raised by a job that cannot do its work yet and is not to blame: it is tried again and no attempt is counted."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


@dataclass(frozen=True)
class JobRecord:
    """A job as operators see it. `error` is the last line of what went wrong at the latest attempt, or empty."""

    id: int
    name: str
    lane: Lane
    args: Mapping[str, Any]
    state: JobState
    attempt: int
    error: str
    created_at: datetime
    finished_at: datetime | None
