"""Who has a job: claimed by compare-and-set, held by a lease that a thread renews, given back at the end."""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import and_, or_, update
from sqlalchemy.exc import SQLAlchemyError

from webapp.jobs.context import JobContext
from webapp.jobs.queue import to_record
from webapp.jobs.records import JobRecord
from webapp.jobs.tables import Job
from webapp.store import change

log = logging.getLogger(__name__)

LEASE_S = 6.0
RENEW_S = 1.5


class TakenOver(Exception):
    """The lease was lost to somebody else, who now does the work: stop and write nothing more."""


def new_owner() -> str:
    """A name for one claim, which says which process of which machine has it."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(8)}"


def claim(context: JobContext, job_id: int, owner: str) -> JobRecord | None:
    """The job, now ours; None where there is nothing to do: it is done, or somebody with a live lease does it."""
    now = context.clock()
    with context.session_scope() as session:
        taken = change(
            session,
            update(Job)
            .where(
                Job.id == job_id,
                or_(Job.state == "queued", and_(Job.state == "running", Job.lease_until < now)),
            )
            .values(
                state="running",
                owner=owner,
                attempt=Job.attempt + 1,
                sends=0,
                wake_at=now,
                lease_until=now + timedelta(seconds=LEASE_S),
            ),
        )
        if not taken:
            return None
        row = session.get_one(Job, job_id, populate_existing=True)
        return to_record(row)


def finish(context: JobContext, job_id: int, owner: str) -> bool:
    """Whether the job was still ours to finish."""
    with context.session_scope() as session:
        changed = change(
            session,
            update(Job)
            .where(Job.id == job_id, Job.owner == owner, Job.state == "running")
            .values(state="done", owner=None, lease_until=None, finished_at=context.clock(), error=""),
        )
        return bool(changed)


def put_back(context: JobContext, job_id: int, owner: str, *, wait_s: float, error: str, counts: bool) -> bool:
    """Queue the job again for later. counts: whether this attempt counts towards its limit."""
    with context.session_scope() as session:
        changed = change(
        session,
            update(Job)
            .where(Job.id == job_id, Job.owner == owner, Job.state == "running")
            .values(
                state="queued", owner=None, lease_until=None, error=error, sends=0,
                wake_at=context.clock() + timedelta(seconds=wait_s),
                attempt=Job.attempt if counts else Job.attempt - 1,
            )
        )  # fmt: skip
        return bool(changed)


def give_up(context: JobContext, job_id: int, owner: str, *, error: str) -> bool:
    """Mark the job as failed, where operators see it."""
    with context.session_scope() as session:
        changed = change(
            session,
            update(Job)
            .where(Job.id == job_id, Job.owner == owner, Job.state == "running")
            .values(state="failed", owner=None, lease_until=None, error=error, finished_at=context.clock()),
        )
        return bool(changed)


class LeaseKeeper:
    """Renews the leases of all jobs that this process is doing, in a thread that runs while there are any."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._held: dict[int, str] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()

    @contextmanager
    def hold(self, job_id: int, owner: str) -> Iterator[None]:
        with self._lock:
            self._held[job_id] = owner
            if self._thread is None:
                self._wake.clear()
                self._thread = threading.Thread(target=self._renew_until_idle, name="leases", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                if self._held.get(job_id) == owner:
                    del self._held[job_id]
                if not self._held:
                    self._wake.set()

    def _renew_until_idle(self) -> None:
        while True:
            self._wake.wait(RENEW_S)
            with self._lock:
                if not self._held:
                    self._thread = None
                    return
                owners = tuple(self._held.values())
                self._wake.clear()
            try:
                self._renew(owners)
            except SQLAlchemyError:
                log.warning("Leases could not be renewed; trying again.", exc_info=True)

    def _renew(self, owners: tuple[str, ...]) -> None:
        until = self._context.clock() + timedelta(seconds=LEASE_S)
        with self._context.session_scope() as session:
            session.execute(update(Job).where(Job.owner.in_(owners), Job.state == "running").values(lease_until=until))
