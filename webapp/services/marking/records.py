"""What people say of an attempt: marks, comments, rubric levels, second marks, and reviews that learners ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from webapp.services.submissions.records import ExerciseKey, SubmissionId

ReviewId = NewType("ReviewId", int)
# Whose mark it is: the only marker's, or the first of two; the second of two; or who decides between them.
Slot = Literal["first", "second", "moderator"]
# none: nobody has marked it; waiting_second: the first of two is in; disputed: two are in and too far apart;
# settled: what people gave stands.
StandingState = Literal["none", "waiting_second", "disputed", "settled"]
ReviewState = Literal["open", "kept", "changed"]


@dataclass(frozen=True)
class Sheet:
    """The two parts of an exercise, and how many must mark it.

    check_points: the most by its checks; rubric: by criterion, the points of each level, from least to most.
    """

    check_points: float
    rubric: Mapping[str, tuple[float, ...]]
    needs_second: bool = False

    @property
    def rubric_points(self) -> float:
        return sum(levels[-1] for levels in self.rubric.values())

    @property
    def points(self) -> float:
        return self.check_points + self.rubric_points


@dataclass(frozen=True)
class Judgement:
    """What one person decides. check_points: in place of the machine's; None where the machine's stand.

    levels: by criterion, the number of the level from 0; empty where the exercise has no rubric.
    """

    check_points: float | None
    levels: Mapping[str, int]
    comment: str = ""


@dataclass(frozen=True)
class ManualMark:
    """A judgement as it was kept. A change is a new one with the next version; the latest of a slot is what it says.

    max_points: of the whole exercise when it was marked; needs_second: whether it asked for two markers then.
    """

    submission_id: SubmissionId
    slot: Slot
    version: int
    marker_id: int
    check_points: float | None
    levels: Mapping[str, int]
    rubric_points: float | None
    max_points: float
    needs_second: bool
    comment: str
    marked_at: datetime


@dataclass(frozen=True)
class Standing:
    """What people's marks of an attempt come to. Points are None where no person gave any, or none stand yet."""

    state: StandingState = "none"
    check_points: float | None = None
    rubric_points: float | None = None


@dataclass(frozen=True)
class Review:
    """A learner's request to look at an attempt again, and its answer."""

    id: ReviewId
    submission_id: SubmissionId
    learner_id: int
    exercise: ExerciseKey
    reason: str
    state: ReviewState
    asked_at: datetime
    answer: str = ""
    answered_by: int | None = None
    answered_at: datetime | None = None
