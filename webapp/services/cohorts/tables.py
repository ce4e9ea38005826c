"""The tables of cohorts and of who is in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
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
