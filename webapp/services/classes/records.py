"""Classes: a cohort that works at one lesson together with its trainer, and how far everybody is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from webapp.services.insight.records import Clusters

ClassId = NewType("ClassId", int)
# none: not begun; trying: saved, run or checked without passing; done: passed in this class, or handed in to a person;
# before: passed before the class began.
ExerciseState = Literal["none", "trying", "done", "before"]
EXERCISE_STATES: tuple[ExerciseState, ...] = ("none", "trying", "done", "before")


@dataclass(frozen=True)
class ClassSession:
    """A class. It is over from `ends_at` on, whether its trainer ended it or forgot to.

    trainer_id, institution_id: those of its cohort.
    """

    id: ClassId
    cohort_id: int
    cohort_name: str
    code: str
    course_id: str
    lesson_id: str
    started_by: int
    started_at: datetime
    ends_at: datetime
    trainer_id: int
    institution_id: int | None

    def is_open(self, now: datetime) -> bool:
        return now < self.ends_at


@dataclass(frozen=True)
class Tried:
    """A graded attempt. is_done: it passed, or a person will mark it; is_here: it was handed in during the class."""

    learner_id: int
    exercise_id: str
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class Standing:
    """How far somebody is. section_id: where they were last, empty before they did anything in this class.

    exercises: by id, one for each of the lesson; asked_at: since when they wait for help, if they do.
    """

    learner_id: int
    section_id: str
    last_at: datetime | None
    exercises: Mapping[str, ExerciseState]
    asked_at: datetime | None


@dataclass(frozen=True)
class Board:
    """Everybody of a class, in the order of their numbers; clusters: wrong answers of this class, by exercise."""

    learners: tuple[Standing, ...]
    clusters: Mapping[str, Clusters]
