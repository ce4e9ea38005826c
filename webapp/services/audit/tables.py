"""The table of the audit log. Rows are added and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store import Base, Json, UtcDateTime


class EventRow(Base):
    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "subject", "id"), Index(None, "actor_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    details: Mapped[Any] = mapped_column(Json)
