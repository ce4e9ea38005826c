"""The audit log: notes are added in the transaction that they tell of, and read newest first."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.services.audit.records import Action, Event
from webapp.services.audit.rules import subject_of
from webapp.services.audit.tables import EventRow


def note(
    session: Session,
    action: Action,
    kind: str,
    id: int | str | None,
    *,
    actor: int | None,
    now: datetime,
    **details: Any,
) -> None:
    """Add a line. kind and id: what it was done to; details: JSON values."""
    session.add(EventRow(at=now, actor_id=actor, action=action, subject=subject_of(kind, id), details=details))


def list_events(session: Session, *, subject: str | None = None, limit: int = 100) -> tuple[Event, ...]:
    """The latest lines, newest first; of one subject if it is given."""
    query = select(EventRow).order_by(EventRow.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(EventRow.subject == subject)
    return tuple(to_record(row) for row in session.scalars(query))


def to_record(row: EventRow) -> Event:
    return Event(row.id, row.at, row.actor_id, row.action, row.subject, row.details)
