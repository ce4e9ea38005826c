"""Cohorts: people who take a course together with a trainer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from courses import LocalText

CohortId = NewType("CohortId", int)
# What becomes of an exercise in another version of its lesson.
ExerciseFate = Literal["same", "changed", "new", "gone"]


@dataclass(frozen=True)
class Cohort:
    """code: what learners write to join. institution_id: the trainer's when the cohort was made."""

    id: CohortId
    name: str
    course_id: str
    code: str
    trainer_id: int
    institution_id: int | None
    created_at: datetime
    member_count: int


@dataclass(frozen=True)
class LessonMove:
    """A lesson that a cohort would be taught otherwise, if it were moved to what is taught now.

    before, after: the versions; "" where it is not taught.
    """

    lesson_id: str
    title: LocalText
    before: str
    after: str


@dataclass(frozen=True)
class LatePolicy:
    """What being late costs: a share of the points for each day begun, and the share that always stays.

    grace_hours: how long after the due date nothing is lost. As it comes, lateness costs nothing.
    """

    share_per_day: float = 0.0
    floor_share: float = 0.0
    grace_hours: int = 0


@dataclass(frozen=True)
class Deadline:
    """When a lesson's work is due for somebody, and what it costs to be late."""

    due_at: datetime
    policy: LatePolicy


@dataclass(frozen=True)
class Lateness:
    """days: begun since the due date, at least 1; lost_share: of the points, 0 ≤ lost_share ≤ 1."""

    days: int
    lost_share: float
