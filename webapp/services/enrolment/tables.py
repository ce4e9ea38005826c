"""The table of enrolments."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, UtcDateTime


class EnrolmentRow(Base):
    __tablename__ = "enrolments"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    course_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
