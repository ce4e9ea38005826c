"""An attempt at an exercise, as it was handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

SubmissionId = NewType("SubmissionId", int)
# "platform_failure": we could not grade it; it has no verdict and never counts as a try.
SubmissionState = Literal["queued", "graded", "platform_failure"]


@dataclass(frozen=True)
class ExerciseKey:
    course_id: str
    lesson_id: str
    exercise_id: str


@dataclass(frozen=True)
class Answer:
    """What the learner hands in: the answer's code or text, or what was marked, ordered or paired ("item=answer"), and
    the whole notebook it stands in.

    notebook: bytes of an .ipynb file; dataset_versions: by name, of the lesson that was on the screen.
    """

    source: str
    choice: tuple[str, ...]
    notebook: bytes
    lesson_version: str
    dataset_versions: Mapping[str, str]
    language: Literal["es", "en"]


@dataclass(frozen=True)
class Submission:
    """A kept attempt. digest: equal for equal answers, whatever their blanks and line ends."""

    id: SubmissionId
    learner_id: int
    exercise: ExerciseKey
    run_id: int
    answer: Answer
    digest: str
    state: SubmissionState
    handed_in_at: datetime
