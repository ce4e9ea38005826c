"""Institutions: where people work, and what a manager sees of."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.services.people.records import Branch, Institution, InstitutionId, Order
from webapp.services.people.refusals import UnknownInstitution
from webapp.services.people.rules import clean_name
from webapp.services.people.tables import InstitutionRow


def list_institutions(session: Session) -> tuple[Institution, ...]:
    """All of them, by name."""
    return tuple(to_record(row) for row in session.scalars(select(InstitutionRow).order_by(InstitutionRow.name)))


def get_institution(session: Session, institution_id: int) -> Institution:
    """Raises: UnknownInstitution."""
    row = session.get(InstitutionRow, institution_id)
    if row is None:
        raise UnknownInstitution
    return to_record(row)


def find_or_add_institution(session: Session, *, name: str, branch: Branch, order: Order) -> Institution:
    """The institution with this name, made if there is none. Raises: UnknownInstitution for what cannot be a name."""
    cleaned = clean_name(name)
    if cleaned is None:
        raise UnknownInstitution
    row = session.scalar(select(InstitutionRow).where(InstitutionRow.name == cleaned))
    if row is None:
        row = InstitutionRow(name=cleaned, branch=branch, government_order=order)
        session.add(row)
        session.flush()
    return to_record(row)


def to_record(row: InstitutionRow) -> Institution:
    return Institution(InstitutionId(row.id), row.name, row.branch, row.government_order)  # type: ignore[arg-type]  # the check constraints keep the words
