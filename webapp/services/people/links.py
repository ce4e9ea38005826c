"""Links that work once: to set a new password, and to accept an invitation."""

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.people.accounts import find_person_by_email, get_row, open_account, to_record
from webapp.services.people.records import InstitutionId, Invitation, NewPerson, Person, PersonId, Role
from webapp.services.people.refusals import BadEmail, DeadLink, NotInvited
from webapp.services.people.rules import INVITATION_LASTS, RESET_LASTS, clean_email, token_hash
from webapp.services.people.sign_ins import end_all
from webapp.services.people.tables import InvitationRow, PasswordResetRow
from webapp.store import change


def start_reset(session: Session, *, person_id: PersonId, now: datetime) -> str:
    """The token of a reset link; any earlier link of the person stops working."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(PasswordResetRow).where(PasswordResetRow.person_id == person_id))
    session.add(PasswordResetRow(person_id=person_id, token_hash=token_hash(token), created_at=now))
    return token


def get_reset(session: Session, token: str, *, now: datetime) -> Person:
    """Whose password a link may set. Raises: DeadLink."""
    row = session.scalar(select(PasswordResetRow).where(PasswordResetRow.token_hash == token_hash(token)))
    if row is None or now - row.created_at >= RESET_LASTS:
        raise DeadLink
    person = get_row(session, row.person_id)
    if not person.is_active:
        raise DeadLink
    return to_record(person)


def finish_reset(session: Session, token: str, *, password_hash: str, now: datetime) -> Person:
    """Set the password, use the link up and end every session of the person. Raises: DeadLink."""
    person = get_reset(session, token, now=now)
    if not change(session, delete(PasswordResetRow).where(PasswordResetRow.token_hash == token_hash(token))):
        # Another request with the same link was first.
        raise DeadLink
    get_row(session, person.id).password_hash = password_hash
    end_all(session, person_id=person.id)
    note(session, "password_reset", "person", person.id, actor=person.id, now=now)
    return person


def invite(
    session: Session,
    *,
    email: str,
    role: Role,
    now: datetime,
    institution_id: InstitutionId | None = None,
    actor: PersonId | None = None,
) -> str:
    """The token of an invitation link; earlier invitations of the same address stop working. Raises: BadEmail."""
    address = clean_email(email)
    if address is None:
        raise BadEmail
    token = secrets.token_urlsafe(32)
    session.execute(delete(InvitationRow).where(InvitationRow.email == address, InvitationRow.used_at.is_(None)))
    session.add(
        InvitationRow(
            token_hash=token_hash(token), email=address, role=role, institution_id=institution_id, invited_by=actor,
            created_at=now,
        )
    )  # fmt: skip
    note(session, "invited", "email", address, actor=actor, now=now, role=role)
    return token


def get_invitation(session: Session, token: str, *, now: datetime) -> Invitation:
    """Raises: DeadLink."""
    row = get_invitation_row(session, token, now, is_for_use=False)
    institution_id = None if row.institution_id is None else InstitutionId(row.institution_id)
    return Invitation(row.email, row.role, institution_id, row.created_at)  # type: ignore[arg-type]  # the check constraint keeps the words


def accept_as_new(session: Session, token: str, new: NewPerson, *, now: datetime) -> Person:
    """Open the invited account; address, role and institution are the invitation's.

    Raises: DeadLink, BadName, EmailTaken.
    """
    row = get_invitation_row(session, token, now)
    institution_id = new.institution_id if row.institution_id is None else InstitutionId(row.institution_id)
    invited = NewPerson(
        name=new.name, email=row.email, password_hash=new.password_hash, language=new.language,
        institution_id=institution_id, role=row.role,  # type: ignore[arg-type]  # the check constraint keeps the words
    )  # fmt: skip
    person = open_account(session, invited, now=now)
    row.used_at = now
    note(session, "invitation_accepted", "person", person.id, actor=person.id, now=now, role=row.role)
    return person


def accept_as_oneself(session: Session, token: str, *, actor: PersonId, now: datetime) -> Person:
    """Give the role to an account that is there already. Raises: DeadLink, NotInvited."""
    row = get_invitation_row(session, token, now)
    invited = find_person_by_email(session, row.email)
    if invited is None or invited.id != actor:
        raise NotInvited
    person = get_row(session, actor)
    person.role = row.role
    if row.institution_id is not None:
        person.institution_id = row.institution_id
    row.used_at = now
    note(session, "invitation_accepted", "person", actor, actor=actor, now=now, role=row.role)
    return to_record(person)


def get_invitation_row(session: Session, token: str, now: datetime, *, is_for_use: bool = True) -> InvitationRow:
    """is_for_use: it stays locked until the commit, so that two requests with one link do not both use it."""
    query = select(InvitationRow).where(InvitationRow.token_hash == token_hash(token))
    row = session.scalar(query.with_for_update() if is_for_use else query)
    if row is None or row.used_at is not None or now - row.created_at >= INVITATION_LASTS:
        raise DeadLink
    return row
