"""Who takes which course, and where they left it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Enrolment:
    """lesson_id and section_id: the place last seen in the course; empty before the first visit."""

    person_id: int
    course_id: str
    enrolled_at: datetime
    lesson_id: str
    section_id: str
    seen_at: datetime
