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
