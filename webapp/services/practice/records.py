"""What is known of a learner's practice: drafts, runs, the log of a run, kernels, and the place in a lesson."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, NewType

RunId = NewType("RunId", int)
KernelRowId = NewType("KernelRowId", int)

RunKind = Literal["cells", "check"]
RunState = Literal["queued", "running", "done"]
# How a cell or a run ended; "unavailable" is our own failure and never the learner's.
RunStatus = Literal["", "ok", "error", "interrupted", "timeout", "memory", "lost", "output_limit", "unavailable"]
KernelState = Literal["none", "waiting", "starting", "ready", "busy", "resting", "lost"]


@dataclass(frozen=True)
class LessonKey:
    """Which lesson. Its content is not in the database, only this and its version."""

    course_id: str
    lesson_id: str


@dataclass(frozen=True)
class Draft:
    """The text of a cell as it was saved. The first save makes version 1."""

    cell_id: str
    version: int
    source: str
    saved_at: datetime


@dataclass(frozen=True)
class RunCell:
    """A cell that a run carries out. may_fail: an error in it does not end the run (an answer further up).

    needs_above: where the kernel had rested or was lost, what stands above it runs first.
    """

    cell_id: str
    source: str
    may_fail: bool = False
    needs_above: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class RunRecord:
    """A run of cells, or a check. token: its public name; seq: the number of its last event.

    waiting_since: when it joined the line of those that wait for room; None for one that does not.
    """

    id: RunId
    token: str
    learner_id: int
    kind: RunKind
    lesson: LessonKey
    cell_id: str
    cells: tuple[RunCell, ...]
    language: Literal["es", "en"]
    state: RunState
    status: RunStatus
    seq: int
    is_stop_wanted: bool
    kernel_row_id: KernelRowId | None
    created_at: datetime
    waiting_since: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """A run that waits for room, and whose it is."""

    run_id: RunId
    learner_id: int


@dataclass(frozen=True)
class Standing:
    """Where a run stands in the line. place: 1 where nobody else is before it; is_next: it is to be tried now."""

    place: int
    is_next: bool


@dataclass(frozen=True)
class Told:
    """A check that waits, whose it is, and the place that it was told last; None where it was told none."""

    run_id: RunId
    learner_id: int
    place: int | None


@dataclass(frozen=True)
class LogEntry:
    """One event of a run's log. body: {"kind": …}, as `webapp.services.practice.log` says; numbers begin at 1."""

    seq: int
    body: Mapping[str, Any]


@dataclass(frozen=True)
class CellOutput:
    """What a cell shows: the events of its latest run, folded, each as RunEvent's JSON; status "" while it goes on."""

    cell_id: str
    run_token: str
    events: tuple[Mapping[str, Any], ...]
    status: RunStatus
    seconds: float
    execution_count: int | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Environment:
    """A learner's kernel in one lesson, as the page shows it. variables: rows with the fields of notebooks.Variable."""

    state: KernelState
    variables: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Place:
    """The section of a lesson that a learner last had on the screen."""

    lesson: LessonKey
    section_id: str
    seen_at: datetime


@dataclass(frozen=True)
class Workbook:
    """All that a learner has in one lesson. choices and checks are the submissions' and the gradebook's to tell."""

    drafts: Mapping[str, Draft] = field(default_factory=dict)
    outputs: Mapping[str, CellOutput] = field(default_factory=dict)
    active_runs: tuple[RunRecord, ...] = ()
    hints: Mapping[str, int] = field(default_factory=dict)
    solutions_seen: frozenset[str] = frozenset()
    place: str = ""
    environment: Environment = Environment("none")


@dataclass(frozen=True)
class Trace:
    """Where in a lesson somebody was, and when. Either the section or the cell is known; the other is empty."""

    learner_id: int
    section_id: str
    cell_id: str
    at: datetime
