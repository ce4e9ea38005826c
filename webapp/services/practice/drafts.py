"""Saving what a learner writes, never over something newer."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.services.practice.records import Draft, LessonKey
from webapp.services.practice.refusals import StaleDraft
from webapp.services.practice.rules import surplus_versions
from webapp.services.practice.tables import DraftRow, DraftVersionRow
from webapp.store import change


def save_cell(
    session: Session,
    *,
    actor: int,
    lesson: LessonKey,
    cell_id: str,
    source: str,
    base_version: int,
    now: datetime,
) -> Draft:
    """The draft after saving. base_version: the version that the writing began from, 0 for a cell never saved.

    Saving the text that is there already changes nothing and is not a conflict: the answer to an earlier save may
    have been lost. Raises: StaleDraft if another version came in between; nothing is written then.
    """
    row = find_row(session, actor, lesson, cell_id)
    if row is None:
        return insert_draft(session, actor, lesson, Draft(cell_id, 1, source, now))
    if row.source == source:
        return to_draft(row)
    changed = change(
        session,
        update(DraftRow)
        .where(DraftRow.id == row.id, DraftRow.version == base_version)
        .values(version=DraftRow.version + 1, source=source, saved_at=now),
    )
    session.refresh(row)
    if not changed:
        raise StaleDraft(to_draft(row))
    keep_version(session, row)
    return to_draft(row)


def insert_draft(session: Session, actor: int, lesson: LessonKey, draft: Draft) -> Draft:
    row = DraftRow(
        learner_id=actor, course_id=lesson.course_id, lesson_id=lesson.lesson_id, cell_id=draft.cell_id,
        version=draft.version, source=draft.source, saved_at=draft.saved_at,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # Two first saves at once, which PostgreSQL allows to begin: the other one is there now.
        other = find_row(session, actor, lesson, draft.cell_id)
        if other is None or other.source != draft.source:
            raise (StaleDraft(to_draft(other)) if other else LookupError(draft.cell_id)) from None
        return to_draft(other)
    keep_version(session, row)
    return to_draft(row)


def keep_version(session: Session, row: DraftRow) -> None:
    session.add(DraftVersionRow(draft_id=row.id, version=row.version, source=row.source, saved_at=row.saved_at))
    session.flush()
    versions = session.scalars(select(DraftVersionRow.version).where(DraftVersionRow.draft_id == row.id)).all()
    surplus = surplus_versions(versions)
    if surplus:
        session.execute(
            delete(DraftVersionRow).where(DraftVersionRow.draft_id == row.id, DraftVersionRow.version.in_(surplus))
        )


def list_versions(session: Session, *, actor: int, lesson: LessonKey, cell_id: str) -> tuple[Draft, ...]:
    """The kept versions of a cell, newest first."""
    row = find_row(session, actor, lesson, cell_id)
    if row is None:
        return ()
    found = session.scalars(
        select(DraftVersionRow).where(DraftVersionRow.draft_id == row.id).order_by(DraftVersionRow.version.desc())
    )
    return tuple(Draft(cell_id, one.version, one.source, one.saved_at) for one in found)


def list_drafts(session: Session, *, actor: int, lesson: LessonKey) -> Mapping[str, Draft]:
    """The current text of every cell that the learner has saved in a lesson, by cell."""
    found = session.scalars(
        select(DraftRow).where(
            DraftRow.learner_id == actor,
            DraftRow.course_id == lesson.course_id,
            DraftRow.lesson_id == lesson.lesson_id,
        )
    )
    return {row.cell_id: to_draft(row) for row in found}


def find_row(session: Session, actor: int, lesson: LessonKey, cell_id: str) -> DraftRow | None:
    return session.scalar(
        select(DraftRow).where(
            DraftRow.learner_id == actor,
            DraftRow.course_id == lesson.course_id,
            DraftRow.lesson_id == lesson.lesson_id,
            DraftRow.cell_id == cell_id,
        )
    )


def to_draft(row: DraftRow) -> Draft:
    return Draft(row.cell_id, row.version, row.source, row.saved_at)
