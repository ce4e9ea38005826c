"""The tables of regrades: each one, its attempts, and the marks that it changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, CompressedJson, Json, UtcDateTime


class RegradeRow(Base):
    """turn: 1 while its dry run goes on, else nothing; being unique, it lets only one go on at a time."""

    __tablename__ = "regrades"
    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'running', 'stopped', 'stale', 'ready', 'applying', 'applied')", name="state"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(String(80))
    lesson_id: Mapped[str | None] = mapped_column(String(80))
    exercise_id: Mapped[str | None] = mapped_column(String(80))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"))
    only_older: Mapped[bool]
    content: Mapped[Any] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(10))
    turn: Mapped[int | None] = mapped_column(unique=True)
    started_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    never_lower: Mapped[bool | None]
    applied_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ItemRow(Base):
    """One attempt, once. revision: of the mark that the dry run saw; report: what it would have instead."""

    __tablename__ = "regrade_items"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'gain', 'lose', 'same', 'failed')", name="state"),
        Index(None, "regrade_id", "state"),
    )

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrades.id"), primary_key=True, autoincrement=False)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True, autoincrement=False)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    lesson_id: Mapped[str] = mapped_column(String(80))
    exercise_id: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int]
    before_version: Mapped[str] = mapped_column(String(80))
    before_verdict: Mapped[str] = mapped_column(String(20))
    before_points: Mapped[float]
    before_max: Mapped[float]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    reason: Mapped[str] = mapped_column(String(40), default="")
    after_verdict: Mapped[str | None] = mapped_column(String(20))
    after_points: Mapped[float | None]
    after_max: Mapped[float | None]
    report: Mapped[Any] = mapped_column(CompressedJson, nullable=True)
    applied: Mapped[str | None] = mapped_column(String(20))


class MarkRow(Base):
    """The mark of a learner in an exercise that changed when the regrade was applied."""

    __tablename__ = "regrade_marks"

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrades.id"), primary_key=True, autoincrement=False)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    lesson_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    before_points: Mapped[float]
    after_points: Mapped[float]
    max_points: Mapped[float]
