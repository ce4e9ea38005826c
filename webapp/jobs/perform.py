"""One attempt at a job: claim it, do it, and write down how it ended."""

import logging
import traceback

from webapp.jobs.context import JobContext
from webapp.jobs.lease import LeaseKeeper, TakenOver, claim, finish, give_up, new_owner, put_back
from webapp.jobs.records import JobRecord, Later
from webapp.jobs.registry import JobSpec, UnknownJob, get_spec

log = logging.getLogger(__name__)

# An unknown job waits for the newer version of the site that knows it.
UNKNOWN_WAIT_S = 60.0
FIRST_RETRY_S = 2.0


def perform(context: JobContext, keeper: LeaseKeeper, job_id: int) -> None:
    """Do the job with this number if it is waiting; nothing where another has it or it is done."""
    owner = new_owner()
    record = claim(context, job_id, owner)
    if record is None:
        return
    try:
        spec = get_spec(record.name)
    except UnknownJob:
        put_back(context, job_id, owner, wait_s=UNKNOWN_WAIT_S, error="no such job in this version", counts=False)
        return
    if record.attempt > spec.attempts:
        # Its last attempts took their workers down with them.
        fail(context, spec, record, owner, "the worker died during the last attempt")
        return
    attempt(context, keeper, spec, record, owner)


def attempt(context: JobContext, keeper: LeaseKeeper, spec: JobSpec, record: JobRecord, owner: str) -> None:
    try:
        with keeper.hold(record.id, owner):
            spec.function(context, **record.args)
    except Later as later:
        put_back(context, record.id, owner, wait_s=later.seconds, error="", counts=False)
    except TakenOver:
        log.info("Job %s %s was taken over by another worker.", record.id, record.name)
    except Exception as error:  # the job runner is an edge: a failed job is written down and tried again
        log.exception("Job %s %s failed at attempt %s.", record.id, record.name, record.attempt)
        text = "".join(traceback.format_exception(error))[-8_000:]
        if record.attempt < spec.attempts:
            put_back(
                context,
                record.id,
                owner,
                wait_s=FIRST_RETRY_S * 2 ** (record.attempt - 1),
                error=text,
                counts=True,
            )
        else:
            fail(context, spec, record, owner, text)
    else:
        finish(context, record.id, owner)


def fail(context: JobContext, spec: JobSpec, record: JobRecord, owner: str, error: str) -> None:
    """Tell whoever waits for the job that it will not come, then show it to operators."""
    if spec.on_failed is not None:
        try:
            spec.on_failed(context, **record.args)
        except Exception as also:  # both failures are shown to operators
            log.exception("Job %s %s: its failure could not be told.", record.id, record.name)
            error += "\nand its failure could not be told: " + repr(also)
    give_up(context, record.id, owner, error=error)
