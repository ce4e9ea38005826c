"""Marks: what a graded attempt earned, what stands of all attempts, and how far a learner has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from graders import GradeReport, Verdict
from webapp.services.submissions.records import ExerciseKey, Submission, SubmissionId


@dataclass(frozen=True)
class Entry:
    """The mark of one attempt; there is never a second for the same."""

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
class Mark:
    """What a learner has in one exercise. points are the best attempt's; attempts counts graded ones only."""

    exercise: ExerciseKey
    points: float
    max_points: float
    attempts: int
    latest_verdict: Verdict
    is_passed: bool
    latest_at: datetime


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
