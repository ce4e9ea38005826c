"""The table of courses that the school does not offer at present."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, UtcDateTime


class HiddenCourseRow(Base):
    __tablename__ = "hidden_courses"

    course_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    hidden_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    hidden_at: Mapped[datetime] = mapped_column(UtcDateTime)
