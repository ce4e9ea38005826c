"""What a proof is made from."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Specimen:
    """A lesson to be proved, with the course.yaml that it stands under."""

    course_id: str
    lesson_id: str
    sheet: str
    files: Mapping[str, bytes]
