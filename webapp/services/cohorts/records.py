"""Cohorts: people who take a course together with a trainer."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

CohortId = NewType("CohortId", int)


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
