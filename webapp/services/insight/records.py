"""What is known of an exercise from all who tried it: figures, and the wrong answers that came most often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from graders import GradeReport, Verdict
from webapp.services.submissions.records import SubmissionId

# A lesson and an exercise of it.
ExerciseId = tuple[str, str]
# How an attempt came out, as charts colour it: "stopped" is an error of the code or a limit.
Outcomes = Literal["passed", "partial", "failed", "stopped"]
ClusterKind = Literal["declared", "fault", "limit", "choice", "checks"]


@dataclass(frozen=True)
class Try:
    """A graded attempt of a learner at an exercise."""

    submission_id: SubmissionId
    learner_id: int
    verdict: Verdict
    digest: str
    at: datetime


@dataclass(frozen=True)
class ExerciseFacts:
    """All that is known of the use of an exercise.

    tries: by learner, oldest first, at least one; without those that wait for a person;
    moments: when each learner saved or ran the answer's cell; hints: how many each was shown, absent for none.
    """

    lesson_id: str
    exercise_id: str
    tries: Mapping[int, Sequence[Try]]
    moments: Mapping[int, Sequence[datetime]]
    hints: Mapping[int, int]
    solution_seen: frozenset[int]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True)
class Spread:
    """The middle half of some numbers; of is how many there were, at least one."""

    low: float
    median: float
    high: float
    of: int


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram: from low to below high; None where it has no end."""

    low: float
    high: float | None
    count: int


@dataclass(frozen=True)
class Period:
    """The attempts of a stretch of days, by how they came out. begins_on: its first day."""

    begins_on: date
    counts: Mapping[Outcomes, int]


@dataclass(frozen=True)
class ExerciseStudy:
    """The figures of an exercise. learners: who has a graded attempt.

    discrimination: None where too few tried it, or where it cannot be told; tries_until_right: how many attempts those
    needed who passed; minutes: of those whose time is known; help_taken: how many learners were shown 0, 1, 2… hints.
    """

    lesson_id: str
    exercise_id: str
    learners: int
    attempts: int
    right_at_once: Share
    right_at_last: Share
    discrimination: float | None
    tries_until_right: Spread | None
    tries_bars: tuple[Bar, ...]
    minutes: Spread | None
    minutes_bars: tuple[Bar, ...]
    help_taken: tuple[int, ...]
    solution_seen: Share
    periods: tuple[Period, ...]
    days_per_period: int


@dataclass(frozen=True)
class WrongTry:
    """An attempt that did not pass, with its report and what was handed in: code or text, or what was marked."""

    learner_id: int
    report: GradeReport
    source: str
    choice: tuple[str, ...]


@dataclass(frozen=True)
class Cluster:
    """Wrong answers of one kind. report: of one of them, to be worded.

    example: the code or text that came most often, without comments; "" where too few people answered so to show it.
    variants: how many different ones there are, comments and layout aside.
    """

    kind: ClusterKind
    report: GradeReport
    choice: tuple[str, ...]
    learners: int
    attempts: int
    example: str
    variants: int


@dataclass(frozen=True)
class Clusters:
    """The most common kinds of wrong answers, the most learners first; rest: attempts of kinds that are not shown."""

    shown: tuple[Cluster, ...]
    attempts: int
    rest: int
