"""The tables of marks: one row for each graded attempt, and those that a regrade put another in the place of."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, CompressedJson, Json, UtcDateTime


class EntryRow(Base):
    """report: JSON with its schema version, see graders.to_json. digest: the attempt's, to count distinct tries.

    revision: how often a regrade replaced it; lesson_version, dataset_versions: what it was graded with.
    recorded_at: when the attempt was first graded.
    """

    __tablename__ = "gradebook_entries"
    __table_args__ = (
        CheckConstraint("points >= 0 and points <= max_points", name="points"),
        Index(None, "learner_id", "course_id", "lesson_id", "exercise_id"),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True, autoincrement=False)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    exercise_id: Mapped[str] = mapped_column(String(80))
    verdict: Mapped[str] = mapped_column(String(20))
    points: Mapped[float]
    max_points: Mapped[float]
    digest: Mapped[str] = mapped_column(String(64))
    report: Mapped[Any] = mapped_column(CompressedJson)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    lesson_version: Mapped[str | None] = mapped_column(String(80))
    dataset_versions: Mapped[Any] = mapped_column(Json, nullable=True)


class PastEntryRow(Base):
    """An entry as it was before a regrade; never changed. revision: its own; regrade_id: which one replaced it."""

    __tablename__ = "gradebook_past_entries"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("gradebook_entries.submission_id"), primary_key=True, autoincrement=False
    )
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    verdict: Mapped[str] = mapped_column(String(20))
    points: Mapped[float]
    max_points: Mapped[float]
    report: Mapped[Any] = mapped_column(CompressedJson)
    lesson_version: Mapped[str | None] = mapped_column(String(80))
    dataset_versions: Mapped[Any] = mapped_column(Json, nullable=True)
    regrade_id: Mapped[int]
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime)
