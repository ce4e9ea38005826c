"""Whether the parts of the site answer, asked for real: database, kernels, jobs."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from notebooks import KernelUnavailable
from webapp import jobs
from webapp.jobs import JobRecord
from webapp.ui.context import Aula

log = logging.getLogger(__name__)

Part = Literal["database", "kernels", "jobs"]
# A job that comes again by itself every 15 seconds; if none has ended for so long, nobody carries jobs out.
BEATING_JOB = "rest_idle_kernels"
BEAT_WITHIN = timedelta(seconds=90)
LATEST_JOBS = 500
FAILED_SHOWN = 20


@dataclass(frozen=True)
class Check:
    """A part of the site. reason: why it does not answer, for operators; empty where it does."""

    part: Part
    is_up: bool
    reason: str = ""


def look_around(aula: Aula) -> tuple[Check, ...]:
    """Every part, in order."""
    return (check_database(aula), check_kernels(aula), check_jobs(aula))


def check_database(aula: Aula) -> Check:
    try:
        with aula.sessions.read() as session:
            session.execute(text("select count(*) from people"))
    except SQLAlchemyError as error:
        log.warning("The database did not answer.", exc_info=True)
        return Check("database", False, f"the database did not answer: {type(error).__name__}")
    return Check("database", True)


def check_kernels(aula: Aula) -> Check:
    try:
        health = aula.kernels().health()
    except KernelUnavailable as error:
        return Check("kernels", False, str(error))
    if not health.gateways_up:
        return Check("kernels", False, f"none of {health.gateways} gateways answers")
    return Check("kernels", True)


def check_jobs(aula: Aula) -> Check:
    """Whether workers carry out what recurs by itself."""
    try:
        with aula.sessions.read() as session:
            latest = jobs.list_jobs(session, state="done", limit=LATEST_JOBS)
    except SQLAlchemyError as error:
        return Check("jobs", False, f"the database did not answer: {type(error).__name__}")
    since = aula.clock() - BEAT_WITHIN
    if any(one.name == BEATING_JOB and one.finished_at and one.finished_at >= since for one in latest):
        return Check("jobs", True)
    return Check("jobs", False, f"no recurring job has ended within {BEAT_WITHIN.seconds} s")


def count_jobs(session: Session) -> dict[str, int]:
    return jobs.count_jobs(session)


def list_failed_jobs(session: Session) -> tuple[JobRecord, ...]:
    return jobs.list_jobs(session, state="failed", limit=FAILED_SHOWN)
