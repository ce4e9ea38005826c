"""A regrade: a dry run over many attempts, what it would change, and what became of each when it was applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from graders import Verdict
from webapp.services.cohorts.records import Cohort
from webapp.services.submissions.records import SubmissionId

RegradeId = NewType("RegradeId", int)
# waiting: for another's dry run to end; running: the dry run; stopped: by somebody; stale: the lessons changed before
# it ended; ready: every attempt has been tried; applying, applied: the new marks are being written, are written.
RegradeState = Literal["waiting", "running", "stopped", "stale", "ready", "applying", "applied"]
# waiting: not tried yet; failed: could not be graded, so it keeps its mark.
ItemState = Literal["waiting", "gain", "lose", "same", "failed"]
# Why an attempt could not be graded. person: somebody marked it, and their mark stands; own_solution: the exercise's
# own solution does not pass; unreadable: what was handed in; ours: grading broke off again and again.
Reason = Literal["", "lesson_gone", "exercise_gone", "person", "own_solution", "unreadable", "ours"]
# What became of a changed attempt. written: the new mark stands; higher: never lower was asked for; changed: it was
# regraded meanwhile; person: somebody marked it meanwhile; stale: the lessons changed meanwhile.
Applied = Literal["written", "higher", "changed", "person", "stale"]
CHANGED: tuple[ItemState, ...] = ("gain", "lose")


@dataclass(frozen=True)
class Scope:
    """Which attempts. lesson_id and exercise_id: None for all; cohort_id: of its learners only."""

    course_id: str
    lesson_id: str | None = None
    exercise_id: str | None = None
    cohort_id: int | None = None
    only_older: bool = False


@dataclass(frozen=True)
class LessonContent:
    """What attempts at a lesson are graded with."""

    version: str
    datasets: Mapping[str, str]


@dataclass(frozen=True)
class Tally:
    """How many attempts came out how."""

    waiting: int = 0
    gain: int = 0
    lose: int = 0
    same: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.gain + self.lose + self.same + self.failed

    @property
    def done(self) -> int:
        return self.total - self.waiting


@dataclass(frozen=True)
class Regrade:
    """content: by lesson, what it grades with. started_by: None for an operator at the command line.

    cohort: None where it takes up everybody's attempts.
    """

    id: RegradeId
    scope: Scope
    state: RegradeState
    content: Mapping[str, LessonContent]
    started_by: int | None
    started_at: datetime
    ended_at: datetime | None
    never_lower: bool | None
    applied_by: int | None
    applied_at: datetime | None
    cohort: Cohort | None = None

    @property
    def trainer_id(self) -> int | None:
        return self.cohort.trainer_id if self.cohort else None

    @property
    def is_under_way(self) -> bool:
        return self.state in ("waiting", "running", "applying")


@dataclass(frozen=True)
class Item:
    """One attempt of a regrade. after: None until it was graded, and where it could not be."""

    submission_id: SubmissionId
    learner_id: int
    lesson_id: str
    exercise_id: str
    revision: int
    before_version: str
    before_verdict: Verdict
    before_points: float
    before_max: float
    state: ItemState
    reason: Reason
    after_verdict: Verdict | None
    after_points: float | None
    after_max: float | None
    applied: Applied | None


@dataclass(frozen=True)
class MarkChange:
    """What a learner has in an exercise, all attempts taken together, before and after."""

    learner_id: int
    lesson_id: str
    exercise_id: str
    before_points: float
    after_points: float
    max_points: float
