"""Open sessions: one row for each device, ended at once when the row goes."""

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.people.records import PersonId, SignIn, SignInId
from webapp.services.people.rules import SESSION_LASTS, is_open, token_hash
from webapp.services.people.tables import SignInRow
from webapp.store import change


def sign_in(session: Session, *, person_id: PersonId, device: str, now: datetime) -> tuple[SignIn, str]:
    """Open a session. Its token is for the cookie; it is not kept here and cannot be had again."""
    token = secrets.token_urlsafe(32)
    session.execute(
        delete(SignInRow).where(SignInRow.person_id == person_id, SignInRow.created_at < now - SESSION_LASTS)
    )
    row = SignInRow(person_id=person_id, token_hash=token_hash(token), device=device[:300], created_at=now, seen_at=now)
    session.add(row)
    note(session, "signed_in", "person", person_id, actor=person_id, now=now)
    session.flush()
    return to_record(row), token


def note_failed_sign_in(session: Session, *, person_id: PersonId | None, now: datetime) -> None:
    note(session, "sign_in_failed", "person", person_id, actor=None, now=now)


def find_sign_in(session: Session, token: str, *, now: datetime) -> SignIn | None:
    """The open session with this token; None if it was ended or is too old."""
    row = session.scalar(select(SignInRow).where(SignInRow.token_hash == token_hash(token)))
    if row is None or not is_open(created_at=row.created_at, seen_at=row.seen_at, now=now):
        return None
    return to_record(row)


def keep_seen(session: Session, sign_in_id: SignInId, *, now: datetime) -> None:
    """Write down that the session is in use."""
    row = session.get(SignInRow, sign_in_id)
    if row is not None:
        row.seen_at = now


def list_sign_ins(session: Session, *, actor: PersonId, now: datetime) -> tuple[SignIn, ...]:
    """The actor's open sessions, the latest used first."""
    found = session.scalars(
        select(SignInRow).where(SignInRow.person_id == actor).order_by(SignInRow.seen_at.desc(), SignInRow.id.desc())
    )
    return tuple(to_record(row) for row in found if is_open(created_at=row.created_at, seen_at=row.seen_at, now=now))


def end_sign_in(session: Session, *, actor: PersonId, sign_in_id: int, now: datetime) -> bool:
    """Whether the actor had such a session, which is ended. Others' sessions are not seen."""
    ended = change(session, delete(SignInRow).where(SignInRow.id == sign_in_id, SignInRow.person_id == actor))
    if ended:
        note(session, "sign_in_ended", "person", actor, actor=actor, now=now)
    return bool(ended)


def end_others(session: Session, *, actor: PersonId, keep: SignInId, now: datetime) -> int:
    """End all of the actor's sessions but one; how many were ended."""
    count = end_all(session, person_id=actor, but=keep)
    note(session, "sign_in_ended", "person", actor, actor=actor, now=now, count=count)
    return count


def end_all(session: Session, *, person_id: PersonId, but: int | None = None) -> int:
    query = delete(SignInRow).where(SignInRow.person_id == person_id)
    if but is not None:
        query = query.where(SignInRow.id != but)
    return change(session, query)


def to_record(row: SignInRow) -> SignIn:
    return SignIn(SignInId(row.id), PersonId(row.person_id), row.device, row.created_at, row.seen_at)
