"""The table of jobs. A row is the job; a message of the broker is only a wake-up that carries its number."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, Json, UtcDateTime


class Job(Base):
    """wake_at: when the reconciler sends the next wake-up; slot: names one turn of a recurring job, once for all."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name="state"),
        Index(None, "state", "wake_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    lane: Mapped[str] = mapped_column(String(20))
    args: Mapped[Any] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(10))
    attempt: Mapped[int] = mapped_column(default=0)
    sends: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(120))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wake_at: Mapped[datetime] = mapped_column(UtcDateTime)
    slot: Mapped[str | None] = mapped_column(String(120), unique=True)
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
