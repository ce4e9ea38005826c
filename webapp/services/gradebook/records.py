"""Marks: what a graded attempt earned, what stands of all attempts, and how far a learner has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from graders import GradeReport, Verdict
from webapp.services.cohorts.records import Lateness
from webapp.services.submissions.records import ExerciseKey, Submission, SubmissionId

# final: what stands; waiting: a person has not marked it yet; in_review: two markers, or a moderator, are at it.
MarkState = Literal["final", "waiting", "in_review"]


@dataclass(frozen=True)
class Entry:
    """What the machine gave for one attempt; there is never a second for the same."""

    submission_id: SubmissionId
    learner_id: int
    exercise: ExerciseKey
    verdict: Verdict
    points: float
    max_points: float
    digest: str
    recorded_at: datetime


@dataclass(frozen=True)
class Attempt:
    """An attempt with its report; None while it is being graded, or where we failed to grade it."""

    submission: Submission
    report: GradeReport | None


@dataclass(frozen=True)
class Parts:
    """Where points come from: what the machine gave, what a person gave, and what was lost by being late."""

    machine: float
    person: float = 0.0
    late: float = 0.0

    @property
    def total(self) -> float:
        return self.machine + self.person - self.late


@dataclass(frozen=True)
class Score:
    """What one graded attempt is worth. While it is not final, what is still open counts for nothing."""

    submission_id: SubmissionId
    parts: Parts
    max_points: float
    state: MarkState
    is_passed: bool
    lateness: Lateness | None = None


@dataclass(frozen=True)
class Mark:
    """What a learner has in one exercise. parts are those of the attempt that counts; attempts counts graded ones.

    state: not final also where a later attempt is still open. lateness: of the attempt that counts.
    """

    exercise: ExerciseKey
    parts: Parts
    max_points: float
    attempts: int
    latest_verdict: Verdict
    is_passed: bool
    latest_at: datetime
    state: MarkState = "final"
    lateness: Lateness | None = None

    @property
    def points(self) -> float:
        return self.parts.total


@dataclass(frozen=True)
class LessonProgress:
    """is_done: the share of points that the course asks for is reached."""

    lesson_id: str
    points: float
    max_points: float
    passed: int
    exercises: int
    is_done: bool


@dataclass(frozen=True)
class CourseProgress:
    course_id: str
    lessons: tuple[LessonProgress, ...]
    marks: Mapping[tuple[str, str], Mark]

    @property
    def points(self) -> float:
        return sum(lesson.points for lesson in self.lessons)

    @property
    def max_points(self) -> float:
        return sum(lesson.max_points for lesson in self.lessons)

    @property
    def is_passed(self) -> bool:
        return bool(self.lessons) and all(lesson.is_done for lesson in self.lessons)
