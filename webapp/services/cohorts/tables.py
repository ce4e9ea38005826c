"""The tables of cohorts, of who is in them, and of when their work is due."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, UtcDateTime


class CohortRow(Base):
    __tablename__ = "cohorts"
    __table_args__ = (Index(None, "trainer_id"), Index(None, "institution_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    course_id: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(20), unique=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MemberRow(Base):
    __tablename__ = "cohort_members"
    __table_args__ = (Index(None, "person_id"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DeadlineRow(Base):
    __tablename__ = "cohort_deadlines"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"), primary_key=True, autoincrement=False)
    lesson_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PinRow(Base):
    """The version of a lesson that a cohort is taught, whatever is published meanwhile. position: in the course."""

    __tablename__ = "cohort_lessons"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"), primary_key=True, autoincrement=False)
    lesson_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    pinned_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LatePolicyRow(Base):
    """What being late costs in a cohort. A cohort without a row has the policy that costs nothing."""

    __tablename__ = "cohort_late_policies"
    __table_args__ = (
        CheckConstraint("share_per_day >= 0 and share_per_day <= 1", name="share_per_day"),
        CheckConstraint("floor_share >= 0 and floor_share <= 1", name="floor_share"),
        CheckConstraint("grace_hours >= 0", name="grace_hours"),
    )

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"), primary_key=True, autoincrement=False)
    share_per_day: Mapped[float]
    floor_share: Mapped[float]
    grace_hours: Mapped[int]
