"""What cells show after their runs, kept so that a page need not read whole logs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from notebooks import CellDone
from webapp.services.practice.fold import CURSOR
from webapp.services.practice.log import list_entries
from webapp.services.practice.progress import read_progress
from webapp.services.practice.records import CellOutput, LessonKey, RunRecord
from webapp.services.practice.tables import CellOutputRow


def keep(
    session: Session,
    run: RunRecord,
    cell_id: str,
    shown: Sequence[Mapping[str, Any]],
    end: CellDone,
    *,
    now: datetime,
) -> None:
    """Keep what a cell shows at the end of a run, in place of what it showed before."""
    key = (run.learner_id, run.lesson.course_id, run.lesson.lesson_id, cell_id)
    row = session.get(CellOutputRow, key)
    if row is None:
        row = CellOutputRow(learner_id=key[0], course_id=key[1], lesson_id=key[2], cell_id=key[3])
        session.add(row)
    row.run_token, row.events, row.status = run.token, [plain(one) for one in shown], end.status
    row.seconds, row.execution_count, row.finished_at = end.seconds, end.execution_count, now


def list_outputs(session: Session, *, actor: int, lesson: LessonKey) -> dict[str, CellOutput]:
    """What each cell of a lesson showed at the end of its latest run, by cell."""
    found = session.scalars(
        select(CellOutputRow).where(
            CellOutputRow.learner_id == actor,
            CellOutputRow.course_id == lesson.course_id,
            CellOutputRow.lesson_id == lesson.lesson_id,
        )
    )
    return {
        row.cell_id: CellOutput(
            cell_id=row.cell_id, run_token=row.run_token, events=tuple(row.events), status=row.status,  # type: ignore[arg-type]  # written from a CellDone
            seconds=row.seconds, execution_count=row.execution_count, finished_at=row.finished_at,
        )
        for row in found
    }  # fmt: skip


def plain(event: Mapping[str, Any]) -> dict[str, Any]:
    """A shown event as notebooks' RunEvent reads it, without what only the fold needs."""
    return {name: value for name, value in event.items() if name != CURSOR}


def read_unfinished(session: Session, run: RunRecord) -> dict[str, CellOutput]:
    """What the cells of a run that goes on show up to event `run.seq`, for those that have begun and not ended."""
    entries = list_entries(session, run.id, limit=run.seq)
    progress = zip(run.cells, read_progress(run.cells, entries), strict=True)
    return {
        cell.cell_id: CellOutput(cell.cell_id, run.token, tuple(map(plain, one.fold.shown)), "", 0.0, None, None)
        for cell, one in progress
        if one.has_begun and not one.status
    }
