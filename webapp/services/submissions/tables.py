"""The table of attempts. Rows are never changed but for their state."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, CompressedText, Json, UtcDateTime


class SubmissionRow(Base):
    """run_id: the run that tells the learner about the grading; one attempt for each."""

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'graded', 'platform_failure')", name="state"),
        Index(None, "learner_id", "course_id", "lesson_id", "exercise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str] = mapped_column(String(80))
    exercise_id: Mapped[str] = mapped_column(String(80))
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), unique=True)
    source: Mapped[str] = mapped_column(CompressedText)
    choice: Mapped[Any] = mapped_column(Json)
    notebook: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    lesson_version: Mapped[str] = mapped_column(String(80))
    dataset_versions: Mapped[Any] = mapped_column(Json)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(20), default="queued")
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
