"""Jobs are written in the transaction that needs them; their wake-ups leave after its commit."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from webapp.jobs.records import JobRecord, JobState, Lane
from webapp.jobs.registry import list_names
from webapp.jobs.tables import Job
from webapp.store import Sessions

log = logging.getLogger(__name__)

Send = Callable[[int, Lane], None]
WAITING = "aula.jobs"
# A wake-up that was lost is sent again after this long, and after twice as long each time.
FIRST_RESEND_S, LONGEST_RESEND_S = 2.0, 60.0


def enqueue(session: Session, name: str, /, lane: Lane = "check", *, delay_s: float = 0.0, **args: Any) -> int:
    """Write a job with the news that causes it; the number of its row. Nothing is sent unless the commit succeeds.

    args: JSON values, given to the job's function by keyword.
    """
    now = datetime.now(UTC)
    row = Job(
        name=name, lane=lane, args=args, state="queued", sends=0, created_at=now,
        wake_at=now + timedelta(seconds=delay_s or FIRST_RESEND_S),
    )  # fmt: skip
    session.add(row)
    session.flush()
    if not delay_s:
        session.info.setdefault(WAITING, []).append((row.id, lane))
    return row.id


def send_after_commit(sessions: Sessions, send: Send) -> None:
    """Wake-ups of these sessions' jobs go out with `send` once they are committed, and not at all otherwise."""

    def committed(session: Session) -> None:
        if session.in_nested_transaction():
            # The end of a savepoint: the rows are nobody else's to see yet.
            return
        for job_id, lane in session.info.pop(WAITING, []):
            try:
                send(job_id, lane)
            except Exception:  # whatever a broker does, the row is written and the reconciler sends again
                log.warning("The broker did not take job %s; it is sent again.", job_id, exc_info=True)

    def rolled_back(session: Session) -> None:
        # What a savepoint takes back may be woken all the same: a number without a row does nothing.
        if not session.in_nested_transaction():
            session.info.pop(WAITING, None)

    event.listen(sessions.writing, "after_commit", committed)
    event.listen(sessions.writing, "after_rollback", rolled_back)


def resend_delay(sends: int) -> timedelta:
    """How long after the wake-up number `sends` (from 0) the next one goes out."""
    return timedelta(seconds=min(LONGEST_RESEND_S, FIRST_RESEND_S * 2**sends))


def to_record(row: Job) -> JobRecord:
    return JobRecord(
        id=row.id, name=row.name, lane=row.lane, args=row.args, state=row.state, attempt=row.attempt,  # type: ignore[arg-type]  # the check constraint keeps both to their words
        error=row.error.strip().splitlines()[-1] if row.error.strip() else "",
        created_at=row.created_at, finished_at=row.finished_at,
    )  # fmt: skip


def list_jobs(session: Session, *, state: JobState | None = None, limit: int = 100) -> tuple[JobRecord, ...]:
    """The newest jobs, newest first."""
    query = select(Job).order_by(Job.id.desc()).limit(limit)
    if state is not None:
        query = query.where(Job.state == state)
    return tuple(to_record(row) for row in session.scalars(query))


def get_job(session: Session, job_id: int) -> JobRecord:
    """Raises: sqlalchemy.exc.NoResultFound for a job that does not exist."""
    return to_record(session.get_one(Job, job_id))


def is_waited_for(session: Session, lane: Lane) -> bool:
    """Whether a job of this lane, of a kind that this version knows, waits for somebody to do it."""
    waiting = select(Job.id).where(Job.state == "queued", Job.lane == lane, Job.name.in_(list_names())).limit(1)
    return session.scalar(waiting) is not None


def count_jobs(session: Session) -> dict[str, int]:
    """How many jobs are in each state."""
    return dict(session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
