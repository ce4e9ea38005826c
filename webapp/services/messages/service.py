"""Mail: asked for with the news that causes it, written and sent by a job.

No token is put in a job: the link is made when its mail is written, so the database never has it in clear.
"""

import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from courses import Language
from webapp.jobs import enqueue
from webapp.services.messages.records import Mail, MailKind
from webapp.services.messages.rules import FORGOTTEN_PATH, RESET_PATH, address_of, fill
from webapp.services.messages.tables import MailRow
from webapp.services.people.records import Person
from webapp.services.people.rules import clean_email
from webapp.services.people.service import find_person_by_email, start_reset

TEMPLATES = Path(__file__).parents[2] / "templates" / "emails"


def ask_for_mail(session: Session, kind: MailKind, *, email: str, language: Language) -> None:
    """A job that writes to whoever has an account with this address, and does nothing if nobody has.

    So the request takes the same time for both, and tells nobody which it was.
    """
    address = clean_email(email)
    if address is not None:
        enqueue(session, "send_mail", "mail", key=secrets.token_hex(16), kind=kind, email=address, language=language)


def write_mail(
    session: Session,
    *,
    key: str,
    kind: MailKind,
    email: str,
    language: Language,
    path: str = "",
    public_address: str,
    now: datetime,
) -> Mail | None:
    """The mail that a job is about, with a fresh link in it; None if nobody is to have it or it has been sent.

    path: the page that the link opens, for news of one's own work; other mails know their own.
    """
    row = session.get(MailRow, key)
    person = find_person_by_email(session, email)
    if (row is not None and row.sent_at is not None) or person is None or not person.is_active:
        return None
    if row is None:
        session.add(MailRow(key=key, kind=kind, begun_at=now))
    template = (TEMPLATES / f"{kind}.{language}.txt").read_text(encoding="utf-8")
    link = (
        address_of(public_address, language, path)
        if path
        else make_link(session, kind, person, language=language, public_address=public_address, now=now)
    )
    return fill(template, {"name": person.name, "link": link}, to=person.email)


def make_link(
    session: Session, kind: MailKind, person: Person, *, language: Language, public_address: str, now: datetime
) -> str:
    if kind == "account_there":
        return address_of(public_address, language, FORGOTTEN_PATH)
    token = start_reset(session, person_id=person.id, now=now)
    return address_of(public_address, language, f"{RESET_PATH}{token}")


def mark_sent(session: Session, key: str, *, now: datetime) -> None:
    session.get_one(MailRow, key).sent_at = now
