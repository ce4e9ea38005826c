"""Accounts: opening one, finding people, changing what an account says, closing it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.people.passwords import is_password
from webapp.services.people.records import InstitutionId, NewPerson, Person, PersonId, Role
from webapp.services.people.refusals import BadEmail, BadName, EmailTaken, OwnRole, UnknownPerson, WeakPassword
from webapp.services.people.rules import clean_email, clean_name, password_fault, plain
from webapp.services.people.sign_ins import end_all
from webapp.services.people.tables import PersonRow
from webapp.store import Page, take_page


def require_good_password(password: str, *, email: str, name: str) -> None:
    """Raises: WeakPassword with the reason as its code."""
    fault = password_fault(password, email=email, name=name)
    if fault is not None:
        raise WeakPassword(fault)


def open_account(session: Session, new: NewPerson, *, now: datetime, actor: int | None = None) -> Person:
    """A new account. Raises: BadEmail, BadName, EmailTaken. actor: who opened it, if not the person."""
    email, name = clean_email(new.email), clean_name(new.name)
    if email is None:
        raise BadEmail
    if name is None:
        raise BadName
    row = PersonRow(
        email=email, name=name, search_text=search_text(name, email), password_hash=new.password_hash, role=new.role,
        language=new.language, institution_id=new.institution_id, is_active=True, created_at=now,
    )  # fmt: skip
    if find_row(session, email) is not None:
        raise EmailTaken
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise EmailTaken from error
    note(session, "account_opened", "person", row.id, actor=actor or row.id, now=now, role=new.role)
    return to_record(row)


def search_text(name: str, email: str) -> str:
    return f"{' '.join(plain(word) for word in name.split())} {email}"[:400]


def check_password(session: Session, *, email: str, password: str) -> Person | None:
    """The person with this address and password; None otherwise, after the same time whatever is wrong."""
    address = clean_email(email)
    row = find_row(session, address) if address else None
    is_right = is_password(row.password_hash if row else None, password)
    return to_record(row) if row and is_right and row.is_active else None


def is_own_password(session: Session, *, actor: PersonId, password: str) -> bool:
    return is_password(get_row(session, actor).password_hash, password)


def change_password(session: Session, *, actor: PersonId, password_hash: str, keep: int | None, now: datetime) -> None:
    """Set a new password and end every other session. keep: the session that stays open."""
    get_row(session, actor).password_hash = password_hash
    end_all(session, person_id=actor, but=keep)
    note(session, "password_changed", "person", actor, actor=actor, now=now)


def change_profile(
    session: Session, *, actor: PersonId, name: str, institution_id: InstitutionId | None, now: datetime
) -> Person:
    """Raises: BadName."""
    cleaned = clean_name(name)
    if cleaned is None:
        raise BadName
    row = get_row(session, actor)
    row.name, row.institution_id = cleaned, institution_id
    row.search_text = search_text(cleaned, row.email)
    note(session, "name_changed", "person", actor, actor=actor, now=now)
    return to_record(row)


def change_role(session: Session, *, actor: PersonId, person_id: PersonId, role: Role, now: datetime) -> Person:
    """Raises: OwnRole, UnknownPerson."""
    if actor == person_id:
        raise OwnRole
    row = get_row(session, person_id)
    note(session, "role_changed", "person", person_id, actor=actor, now=now, before=row.role, after=role)
    row.role = role
    return to_record(row)


def close_account(session: Session, *, actor: PersonId, person_id: PersonId, now: datetime) -> Person:
    """The person can no longer sign in and is signed out everywhere; nothing of theirs is deleted."""
    if actor == person_id:
        raise OwnRole
    row = get_row(session, person_id)
    row.is_active = False
    end_all(session, person_id=person_id)
    note(session, "closed", "person", person_id, actor=actor, now=now)
    return to_record(row)


def reopen_account(session: Session, *, actor: PersonId, person_id: PersonId, now: datetime) -> Person:
    row = get_row(session, person_id)
    row.is_active = True
    note(session, "reopened", "person", person_id, actor=actor, now=now)
    return to_record(row)


def find_person_by_email(session: Session, email: str) -> Person | None:
    address = clean_email(email)
    row = find_row(session, address) if address else None
    return to_record(row) if row else None


def get_person(session: Session, person_id: int) -> Person:
    """Raises: UnknownPerson."""
    return to_record(get_row(session, person_id))


def map_people(session: Session, person_ids: Iterable[int]) -> Mapping[int, Person]:
    """People by their ids; ids of nobody are left out."""
    found = session.scalars(select(PersonRow).where(PersonRow.id.in_(list(person_ids))))
    return {row.id: to_record(row) for row in found}


def list_ids_of_institution(session: Session, institution_id: InstitutionId) -> tuple[int, ...]:
    """The numbers of an institution's people, in order."""
    found = session.scalars(select(PersonRow.id).where(PersonRow.institution_id == institution_id))
    return tuple(sorted(found))


def list_people(
    session: Session, *, query: str = "", institution_id: InstitutionId | None = None, number: int = 1, size: int = 50
) -> Page[Person]:
    """People by name, one page at a time. query: words that must all be in the name or address, accents aside."""
    wanted = select(PersonRow).order_by(PersonRow.name, PersonRow.id)
    if institution_id is not None:
        wanted = wanted.where(PersonRow.institution_id == institution_id)
    for word in query.split():
        is_address = "@" in word or "." in word
        wanted = wanted.where(
            PersonRow.search_text.contains(word.lower() if is_address else plain(word), autoescape=True)
        )
    return take_page(session, wanted, to_record, number=number, size=size)


def find_row(session: Session, email: str) -> PersonRow | None:
    return session.scalar(select(PersonRow).where(PersonRow.email == email))


def get_row(session: Session, person_id: int) -> PersonRow:
    row = session.get(PersonRow, person_id)
    if row is None:
        raise UnknownPerson
    return row


def to_record(row: PersonRow) -> Person:
    return Person(
        id=PersonId(row.id), email=row.email, name=row.name,
        role=row.role,  # type: ignore[arg-type]  # the check constraint keeps the words
        language="en" if row.language == "en" else "es",
        institution_id=None if row.institution_id is None else InstitutionId(row.institution_id),
        is_active=row.is_active, created_at=row.created_at,
    )  # fmt: skip
