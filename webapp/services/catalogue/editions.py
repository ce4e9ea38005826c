"""Editions: versions of lessons that people are taught, kept whole, and which of them is offered now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.catalogue.blobs import Files, fetch_files, keep_files
from webapp.services.catalogue.origins import from_json, to_json
from webapp.services.catalogue.records import Edition, EditionId, Origin, Publication
from webapp.services.catalogue.tables import EditionRow, PublicationRow
from webapp.store import add_once


def keep_edition(
    session: Session,
    *,
    course_id: str,
    lesson_id: str,
    version: str,
    files: Files,
    authors: Sequence[str],
    now: datetime,
    origin: Origin | None = None,
) -> Edition:
    """The edition of exactly this version, written if it was not there. version: the lesson's own, of its files."""
    found = find_edition(session, course_id, lesson_id, version)
    if found is not None:
        return found
    row = EditionRow(
        course_id=course_id, lesson_id=lesson_id, version=version, files=keep_files(session, files),
        origin=to_json(origin), authors=list(authors), made_at=now,
    )  # fmt: skip
    add_once(session, row)
    kept = find_edition(session, course_id, lesson_id, version)
    assert kept is not None
    return kept


def find_edition(session: Session, course_id: str, lesson_id: str, version: str) -> Edition | None:
    row = session.scalar(
        select(EditionRow).where(
            EditionRow.course_id == course_id, EditionRow.lesson_id == lesson_id, EditionRow.version == version
        )
    )
    return to_record(row) if row else None


def get_edition(session: Session, edition_id: int) -> Edition:
    return to_record(session.get_one(EditionRow, edition_id))


def read_edition(session: Session, edition_id: int) -> Files:
    return fetch_files(session, session.get_one(EditionRow, edition_id).files)


def read_files(session: Session, course_id: str, lesson_id: str, version: str) -> Files | None:
    """The files of a version that was kept; None for one that was not."""
    edition = find_edition(session, course_id, lesson_id, version)
    return None if edition is None else read_edition(session, edition.id)


def find_lineage(session: Session, course_id: str, lesson_id: str) -> Origin | None:
    """What the lesson that is offered now was made from; None for one that was made from none."""
    publication = find_publication(session, course_id, lesson_id)
    if publication is None or publication.edition_id is None:
        return None
    return get_edition(session, publication.edition_id).origin


def offer(session: Session, edition: Edition, *, actor_id: int, proof_token: str, now: datetime) -> Publication:
    """Teach this edition from now on."""
    row = PublicationRow(
        course_id=edition.course_id, lesson_id=edition.lesson_id, edition_id=edition.id, proof_token=proof_token,
        published_by=actor_id, published_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    subject = f"{edition.course_id}/{edition.lesson_id}"
    note(session, "lesson_published", "lesson", subject, actor=actor_id, now=now, version=edition.version)
    return to_publication(row)


def withdraw(session: Session, course_id: str, lesson_id: str, *, actor_id: int, now: datetime) -> None:
    """Offer a lesson no longer. What was handed in and its editions stay."""
    session.add(
        PublicationRow(
            course_id=course_id, lesson_id=lesson_id, edition_id=None, published_by=actor_id, published_at=now
        )
    )
    note(session, "lesson_withdrawn", "lesson", f"{course_id}/{lesson_id}", actor=actor_id, now=now)


def find_publication(session: Session, course_id: str, lesson_id: str) -> Publication | None:
    """What holds for a lesson now: its latest line."""
    row = session.scalar(
        select(PublicationRow)
        .where(PublicationRow.course_id == course_id, PublicationRow.lesson_id == lesson_id)
        .order_by(PublicationRow.id.desc())
        .limit(1)
    )
    return to_publication(row) if row else None


def list_offered(session: Session) -> tuple[Publication, ...]:
    """The lessons written here that are offered now."""
    latest = select(func.max(PublicationRow.id)).group_by(PublicationRow.course_id, PublicationRow.lesson_id)
    rows = session.scalars(
        select(PublicationRow)
        .where(PublicationRow.id.in_(latest), PublicationRow.edition_id.is_not(None))
        .order_by(PublicationRow.course_id, PublicationRow.lesson_id)
    )
    return tuple(to_publication(row) for row in rows)


def list_course_ids(session: Session) -> tuple[str, ...]:
    """The courses written here of which a lesson was ever offered."""
    query = select(PublicationRow.course_id).where(PublicationRow.edition_id.is_not(None)).distinct()
    return tuple(sorted(session.scalars(query)))


def count_changes(session: Session) -> tuple[int, int]:
    """Two numbers that change with each publication, also where transactions end in another order than they began."""
    count, latest = session.execute(select(func.count(PublicationRow.id), func.max(PublicationRow.id))).one()
    return count, latest or 0


def to_record(row: EditionRow) -> Edition:
    return Edition(
        EditionId(row.id), row.course_id, row.lesson_id, row.version, from_json(row.origin), tuple(row.authors),
        row.made_at,
    )  # fmt: skip


def to_publication(row: PublicationRow) -> Publication:
    return Publication(
        row.course_id, row.lesson_id, None if row.edition_id is None else EditionId(row.edition_id), row.proof_token,
        row.published_by, row.published_at,
    )  # fmt: skip
