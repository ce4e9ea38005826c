"""Runs: begun once per idempotency key, found by their token, stopped on wish."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses import Language
from webapp.jobs import enqueue
from webapp.services.practice.kernels import find_or_add_row
from webapp.services.practice.log import append
from webapp.services.practice.records import LessonKey, RunCell, RunId, RunKind, RunRecord
from webapp.services.practice.refusals import KeyReused, UnknownRun
from webapp.services.practice.tables import RunRow


def find_repeated(session: Session, *, actor: int, key: str, digest: str) -> RunRecord | None:
    """The run that this very request has begun before. Raises: KeyReused if the key came with another request."""
    row = session.scalar(select(RunRow).where(RunRow.learner_id == actor, RunRow.idempotency_key == key))
    if row is None:
        return None
    if row.request_digest != digest:
        raise KeyReused
    return to_record(row)


def start_run(
    session: Session,
    *,
    actor: int,
    lesson: LessonKey,
    cells: Sequence[RunCell],
    language: Language,
    key: str,
    digest: str,
    now: datetime,
) -> RunRecord:
    """A run of cells on the learner's kernel in this lesson, written with the job that carries it out.

    cells: in order, the one that was pressed last. key, digest: see `find_repeated`.
    """
    kernel = find_or_add_row(session, actor=actor, lesson=lesson, language=language, now=now)
    row = new_row("cells", actor, lesson, cells[-1].cell_id, language, now)
    row.cells = [cell.to_json() for cell in cells]
    row.kernel_row_id = kernel.id
    run = add_run(session, row, key, digest, now)
    enqueue(session, "drain_kernel", "interactive", kernel_row_id=kernel.id)
    return run


def start_check(
    session: Session, *, actor: int, lesson: LessonKey, exercise_id: str, language: Language, key: str, digest: str,
    now: datetime,
) -> RunRecord:  # fmt: skip
    """A run that tells how an answer is graded. The submission and its job are `submissions.hand_in`'s to write."""
    return add_run(session, new_row("check", actor, lesson, exercise_id, language, now), key, digest, now)


def new_row(kind: RunKind, actor: int, lesson: LessonKey, cell_id: str, language: Language, now: datetime) -> RunRow:
    return RunRow(
        token=secrets.token_urlsafe(18), learner_id=actor, kind=kind, course_id=lesson.course_id,
        lesson_id=lesson.lesson_id, cell_id=cell_id, cells=[], language=language, state="queued", status="",
        last_seq=0, is_stop_wanted=False, created_at=now,
    )  # fmt: skip


def add_run(session: Session, row: RunRow, key: str, digest: str, now: datetime) -> RunRecord:
    """Write the run; where the same request came twice at once, the other one's run."""
    row.idempotency_key, row.request_digest = key, digest
    learner_id = row.learner_id
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        other = find_repeated(session, actor=learner_id, key=key, digest=digest)
        if other is None:
            raise
        return other
    append(session, RunId(row.id), [{"kind": "state", "state": "queued"}], now=now)
    session.refresh(row)
    return to_record(row)


def get_run(session: Session, *, actor: int, token: str) -> RunRecord:
    """The learner's run of that name. Raises: UnknownRun, also for somebody else's."""
    row = session.scalar(select(RunRow).where(RunRow.token == token, RunRow.learner_id == actor))
    if row is None:
        raise UnknownRun
    return to_record(row)


def get_run_by_id(session: Session, run_id: RunId) -> RunRecord:
    """For jobs, which know a run by its number."""
    return to_record(session.get_one(RunRow, run_id))


def list_active(session: Session, *, actor: int, lesson: LessonKey) -> tuple[RunRecord, ...]:
    """The learner's runs in a lesson that have not ended, oldest first."""
    found = session.scalars(
        select(RunRow)
        .where(
            RunRow.learner_id == actor,
            RunRow.course_id == lesson.course_id,
            RunRow.lesson_id == lesson.lesson_id,
            RunRow.state.in_(("queued", "running")),
        )
        .order_by(RunRow.id)
    )
    return tuple(to_record(row) for row in found)


def interrupt(session: Session, *, actor: int, token: str) -> RunRecord:
    """Wish that a run stops; whoever carries it out sees the wish within a second. Raises: UnknownRun."""
    run = get_run(session, actor=actor, token=token)
    session.execute(update(RunRow).where(RunRow.id == run.id).values(is_stop_wanted=True))
    if run.waiting_since is not None and run.kernel_row_id is not None:
        # Its own job may look at it only much later.
        enqueue(session, "drain_kernel", "interactive", kernel_row_id=run.kernel_row_id)
    return run


def is_stop_wanted(session: Session, run_id: RunId) -> bool:
    return bool(session.scalar(select(RunRow.is_stop_wanted).where(RunRow.id == run_id)))


def to_record(row: RunRow) -> RunRecord:
    return RunRecord(
        id=RunId(row.id), token=row.token, learner_id=row.learner_id, kind=row.kind,  # type: ignore[arg-type]  # the check constraints keep the words
        lesson=LessonKey(row.course_id, row.lesson_id), cell_id=row.cell_id,
        cells=tuple(RunCell(**cell) for cell in row.cells), language=row.language,  # type: ignore[arg-type]  # written from a Language
        state=row.state, status=row.status, seq=row.last_seq, is_stop_wanted=row.is_stop_wanted,  # type: ignore[arg-type]  # as above
        kernel_row_id=row.kernel_row_id, created_at=row.created_at,  # type: ignore[arg-type]  # the same number, named
        waiting_since=row.waiting_since,
    )  # fmt: skip
