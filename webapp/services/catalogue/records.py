"""A course as the school offers it, and the lessons that were written or kept here."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from courses import Course, LocalText

EditionId = NewType("EditionId", int)


@dataclass(frozen=True)
class Offer:
    course: Course
    is_hidden: bool


@dataclass(frozen=True)
class Origin:
    """What a lesson was made from: which lesson in which version, what it was called, and who wrote it.

    manuscript_id, number: the manuscript and its version, where it was written here; None for a shipped lesson.
    """

    course_id: str
    lesson_id: str
    version: str
    title: LocalText
    authors: tuple[str, ...] = ()
    manuscript_id: int | None = None
    number: int | None = None


@dataclass(frozen=True)
class Edition:
    """A version of a lesson that people were or are taught."""

    id: EditionId
    course_id: str
    lesson_id: str
    version: str
    origin: Origin | None
    authors: tuple[str, ...]
    made_at: datetime


@dataclass(frozen=True)
class Publication:
    """What a lesson that was written here offers now. edition_id: None where it was withdrawn."""

    course_id: str
    lesson_id: str
    edition_id: EditionId | None
    proof_token: str
    published_by: int
    published_at: datetime


@dataclass(frozen=True)
class AuthoredCourse:
    """A course that was written here. sheet: its course.yaml as text."""

    id: str
    owner_id: int
    sheet: str
    revision: int
    origin: Origin | None
    made_at: datetime
    saved_at: datetime
