"""Manuscripts as they stand: whose they are, what is in each version, and how it was proved."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses import Catalogue, Dataset, Lesson, LocalText, Problem, load_from_files, stale_keys
from webapp.services.catalogue.blobs import fetch_files
from webapp.services.catalogue.origins import from_json
from webapp.services.manuscripts.records import Files, Manuscript, ManuscriptId, ProofMark, Version
from webapp.services.manuscripts.refusals import UnknownManuscript, UnknownVersion
from webapp.services.manuscripts.tables import ManuscriptAuthorRow, ManuscriptRow, ManuscriptVersionRow, ProofRow

# What a proof that is not done says of its version.
MARKS: Mapping[str, ProofMark] = {"queued": "queued", "running": "running", "failed": "failed"}


def get_manuscript(session: Session, manuscript_id: int) -> Manuscript:
    """Raises: UnknownManuscript."""
    row = session.get(ManuscriptRow, manuscript_id)
    if row is None:
        raise UnknownManuscript
    return to_record(row, map_authors(session, [row.id]).get(row.id, ()))


def find_manuscript(session: Session, course_id: str, lesson_id: str) -> Manuscript | None:
    """The manuscript of a lesson that was written here."""
    row = session.scalar(
        select(ManuscriptRow).where(ManuscriptRow.course_id == course_id, ManuscriptRow.lesson_id == lesson_id)
    )
    return to_record(row, map_authors(session, [row.id]).get(row.id, ())) if row else None


def list_manuscripts(session: Session, *, person_id: int) -> tuple[Manuscript, ...]:
    """Those that somebody may write, the latest saved first."""
    mine = select(ManuscriptAuthorRow.manuscript_id).where(ManuscriptAuthorRow.person_id == person_id)
    query = select(ManuscriptRow).where(ManuscriptRow.id.in_(mine))
    return to_records(session, session.scalars(query.order_by(ManuscriptRow.saved_at.desc(), ManuscriptRow.id)).all())


def list_of_course(session: Session, course_id: str) -> tuple[Manuscript, ...]:
    query = select(ManuscriptRow).where(ManuscriptRow.course_id == course_id).order_by(ManuscriptRow.id)
    return to_records(session, session.scalars(query).all())


def list_shared(session: Session) -> tuple[Manuscript, ...]:
    """Those that their authors show to other trainers, or that are published; the latest saved first."""
    query = select(ManuscriptRow).where(ManuscriptRow.is_shared | ManuscriptRow.published_number.is_not(None))
    return to_records(session, session.scalars(query.order_by(ManuscriptRow.saved_at.desc(), ManuscriptRow.id)).all())


def read_files(session: Session, manuscript_id: int, number: int | None = None) -> Files:
    """The files of a version; of the newest for None. Raises: UnknownManuscript, UnknownVersion."""
    if number is None:
        number = get_manuscript(session, manuscript_id).head
    row = session.get(ManuscriptVersionRow, (manuscript_id, number))
    if row is None:
        raise UnknownVersion(number=number)
    return fetch_files(session, row.files)


def read_lesson(
    session: Session, catalogue: Catalogue, manuscript_id: int, number: int | None = None
) -> tuple[Lesson | None, tuple[Problem, ...]]:
    """The lesson that a version makes, None where it cannot be read, and every complaint."""
    manuscript = get_manuscript(session, manuscript_id)
    files = read_files(session, manuscript_id, number)
    return load_from_files(files, manuscript.course_id, map_datasets(catalogue), lesson_id=manuscript.lesson_id)


def stale_translations(session: Session, manuscript_id: int) -> tuple[str, ...]:
    """The texts whose translation is older than what it was made from, as courses.translation_ages names them."""
    return stale_keys(session.get_one(ManuscriptRow, manuscript_id).ages)


def map_datasets(catalogue: Catalogue) -> Mapping[str, Dataset]:
    return {one.name: one for one in catalogue.datasets}


def list_versions(session: Session, manuscript_id: int, *, limit: int = 100) -> tuple[Version, ...]:
    """The newest first."""
    manuscript = get_manuscript(session, manuscript_id)
    rows = session.scalars(
        select(ManuscriptVersionRow)
        .where(ManuscriptVersionRow.manuscript_id == manuscript_id)
        .order_by(ManuscriptVersionRow.number.desc())
        .limit(limit)
    ).all()
    marks = map_marks(session, manuscript_id)
    return tuple(
        Version(
            row.number,
            row.saved_by,
            row.saved_at,
            row.what,
            row.number == manuscript.published_number,
            marks.get(row.number, "none"),
        )  # fmt: skip
        for row in rows
    )


def map_marks(session: Session, manuscript_id: int) -> Mapping[int, ProofMark]:
    """How the latest proof of each version stands, by its number; those without one are absent."""
    rows = session.execute(
        select(ProofRow.number, ProofRow.state, ProofRow.is_green)
        .where(ProofRow.manuscript_id == manuscript_id)
        .order_by(ProofRow.id)
    )
    return {number: MARKS.get(state, "green" if is_green else "red") for number, state, is_green in rows if number}


def map_head_marks(session: Session, manuscripts: Sequence[Manuscript]) -> Mapping[ManuscriptId, ProofMark]:
    """How the latest proof of each manuscript's newest version stands; those without one are absent."""
    heads = {one.id: one.head for one in manuscripts}
    rows = session.execute(
        select(ProofRow.manuscript_id, ProofRow.number, ProofRow.state, ProofRow.is_green)
        .where(ProofRow.manuscript_id.in_(heads))
        .order_by(ProofRow.id)
    )
    marks: dict[ManuscriptId, ProofMark] = {}
    for id_, number, state, is_green in rows:
        if id_ is not None and heads[ManuscriptId(id_)] == number:
            marks[ManuscriptId(id_)] = MARKS.get(state, "green" if is_green else "red")
    return marks


def to_records(session: Session, rows: Sequence[ManuscriptRow]) -> tuple[Manuscript, ...]:
    authors = map_authors(session, [row.id for row in rows])
    return tuple(to_record(row, authors.get(row.id, ())) for row in rows)


def map_authors(session: Session, manuscript_ids: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    """Who may write each, in the order in which they were added."""
    rows = session.execute(
        select(ManuscriptAuthorRow.manuscript_id, ManuscriptAuthorRow.person_id)
        .where(ManuscriptAuthorRow.manuscript_id.in_(manuscript_ids))
        .order_by(ManuscriptAuthorRow.added_at, ManuscriptAuthorRow.person_id)
    )
    grouped: dict[int, tuple[int, ...]] = {}
    for manuscript_id, person_id in rows:
        grouped[manuscript_id] = (*grouped.get(manuscript_id, ()), person_id)
    return grouped


def to_record(row: ManuscriptRow, author_ids: tuple[int, ...]) -> Manuscript:
    return Manuscript(
        id=ManuscriptId(row.id), course_id=row.course_id, lesson_id=row.lesson_id, title=LocalText(**row.title),
        owner_id=row.owner_id, author_ids=(row.owner_id, *(one for one in author_ids if one != row.owner_id)),
        institution_id=row.institution_id, head=row.head, origin=from_json(row.origin),
        published_number=row.published_number, is_shared=row.is_shared, made_at=row.made_at, saved_at=row.saved_at,
    )  # fmt: skip
