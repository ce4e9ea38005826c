"""Makes the rows come true: sends again whatever waits without a live lease, and starts recurring jobs.

A thread of the interactive worker's process. Several at once (several machines) do no harm.
"""

import logging
import threading
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.jobs.context import JobContext
from webapp.jobs.queue import Send, resend_delay
from webapp.jobs.records import Lane
from webapp.jobs.registry import list_recurring
from webapp.jobs.tables import Job
from webapp.store import change

log = logging.getLogger(__name__)

PERIOD_S = 1.0
BATCH = 500
KEEP_DONE = timedelta(days=2)


class Reconciler:
    """Call `start` once; `stop` ends it."""

    def __init__(self, context: JobContext, send: Send) -> None:
        self._context, self._send = context, send
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reconciler", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._stop.wait(PERIOD_S):
            try:
                self.turn()
            except SQLAlchemyError:
                log.warning("The database did not answer the reconciler; it tries again.", exc_info=True)

    def turn(self) -> int:
        """One round; how many wake-ups were sent."""
        now = self._context.clock()
        self._start_recurring(now)
        due = self._take_due(now)
        for job_id, lane in due:
            try:
                self._send(job_id, lane)
            except Exception:  # whatever a broker does, the row is written and its turn comes again
                log.warning("The broker did not take job %s; it is sent again.", job_id, exc_info=True)
        return len(due)

    def _take_due(self, now: datetime) -> list[tuple[int, Lane]]:
        is_due = or_(
            and_(Job.state == "queued", Job.wake_at <= now),
            and_(Job.state == "running", Job.lease_until < now, Job.wake_at <= now),
        )
        with self._context.reading() as session:
            rows = session.execute(
                select(Job.id, Job.lane, Job.sends).where(is_due).order_by(Job.id).limit(BATCH)
            ).all()
        if not rows:
            return []
        with self._context.session_scope() as session:
            return [(row.id, row.lane) for row in rows if self._mark_sent(session, row.id, row.sends, now)]

    @staticmethod
    def _mark_sent(session: Session, job_id: int, sends: int, now: datetime) -> bool:
        """Whether it is for us to send: another reconciler may have been first."""
        changed = change(
            session,
            update(Job)
            .where(Job.id == job_id, Job.sends == sends, Job.wake_at <= now)
            .values(sends=sends + 1, wake_at=now + resend_delay(sends)),
        )
        return bool(changed)

    def _start_recurring(self, now: datetime) -> None:
        """One row for each turn of each recurring job, unless the turn before still waits.

        The slot's name is unique, so two reconcilers make one row.
        """
        for spec in list_recurring():
            slot = f"{spec.name}@{int(now.timestamp()) // (spec.every_s or 1)}"
            if self._is_started(spec.name, slot):
                continue
            try:
                with self._context.session_scope() as session:
                    session.execute(delete(Job).where(Job.state == "done", Job.finished_at < now - KEEP_DONE))
                    session.add(
                        Job(
                            name=spec.name, lane=spec.lane, args={}, state="queued", slot=slot, created_at=now,
                            wake_at=now,
                        )
                    )  # fmt: skip
            except IntegrityError:
                log.debug("Another reconciler has started %s.", slot)

    def _is_started(self, name: str, slot: str) -> bool:
        is_waiting = and_(Job.name == name, Job.state.in_(("queued", "running")))
        with self._context.reading() as session:
            return session.scalar(select(Job.id).where(or_(Job.slot == slot, is_waiting)).limit(1)) is not None
