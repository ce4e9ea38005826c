"""The tables of people's marks and of reviews. Marks are added and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, CompressedText, Json, UtcDateTime


class MarkRow(Base):
    """One judgement. The unique constraint is what keeps two people from writing over each other."""

    __tablename__ = "marking_marks"
    __table_args__ = (
        CheckConstraint("slot in ('first', 'second', 'moderator')", name="slot"),
        CheckConstraint("version >= 1", name="version"),
        UniqueConstraint("submission_id", "slot", "version"),
        Index(None, "learner_id", "course_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[str] = mapped_column(String(80))
    slot: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    marker_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    check_points: Mapped[float | None]
    levels: Mapped[Any] = mapped_column(Json)
    rubric_points: Mapped[float | None]
    max_points: Mapped[float]
    needs_second: Mapped[bool]
    comment: Mapped[str] = mapped_column(CompressedText)
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReviewRow(Base):
    """One request for each attempt."""

    __tablename__ = "marking_reviews"
    __table_args__ = (
        CheckConstraint("state in ('open', 'kept', 'changed')", name="state"),
        Index(None, "learner_id", "state"),
        Index(None, "course_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), unique=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    exercise_id: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(CompressedText)
    state: Mapped[str] = mapped_column(String(20), default="open")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(CompressedText, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
