"""Who takes which course."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Enrolment:
    person_id: int
    course_id: str
    enrolled_at: datetime
