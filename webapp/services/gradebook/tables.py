"""The table of marks: one row for each graded attempt."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, CompressedJson, UtcDateTime


class EntryRow(Base):
    """report: JSON with its schema version, see graders.to_json. digest: the attempt's, to count distinct tries."""

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
