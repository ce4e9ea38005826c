"""Whether the site really works: a page, a kernel, a graded answer. Nothing is called ready that was not tried."""

import time
from collections.abc import Callable

import requests

from webapp.jobs import JobContext, KernelDoor, Lane, embedded_socket, enqueue, get_job
from webapp.settings import Settings

PATIENCE_S = 120.0
LOOK_S = 0.1
# A cell by way of the interactive lane, and an answer by way of the check lane.
PROBES: tuple[tuple[str, Lane], ...] = (("probe_kernel", "interactive"), ("probe_grading", "check"))
Check = Callable[[], None]


class NotReady(Exception):
    """Something did not answer. The message says what, in a sentence."""


def wait_until(holds: Callable[[], bool], check: Check, what: str) -> None:
    """Wait until something holds. Raises: NotReady where it does not in time, and whatever `check` raises."""
    end_at = time.monotonic() + PATIENCE_S
    while not holds():
        check()
        if time.monotonic() > end_at:
            raise NotReady(f"{what} did not answer within {PATIENCE_S:g} seconds.")
        time.sleep(LOOK_S)


def wait_for_broker(settings: Settings, check: Check) -> None:
    wait_until(embedded_socket(settings).exists, check, "The broker")


def wait_for_kernels(settings: Settings, check: Check) -> str | None:
    """The sandbox's grade, once the kernels process has tried it and has a gateway."""
    door = KernelDoor(settings)
    wait_until(lambda: door.grade() is not None, check, "The kernels process")
    return door.grade()


def wait_for_page(settings: Settings, check: Check) -> None:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - compared, not bound
    shown = f"[{host}]" if ":" in host else host

    def answers() -> bool:
        try:
            return requests.get(f"http://{shown}:{settings.port}/", timeout=10).status_code == 200
        except requests.ConnectionError:
            return False

    wait_until(answers, check, "The home page")


def wait_for_jobs(context: JobContext, check: Check) -> None:
    """Run a cell and grade an answer as learners would have it done, through the broker and the workers."""
    with context.session_scope() as session:
        job_ids = [enqueue(session, name, lane) for name, lane in PROBES]

    def are_done() -> bool:
        with context.reading() as session:
            jobs = [get_job(session, job_id) for job_id in job_ids]
        for job in jobs:
            if job.state == "failed":
                raise NotReady(f"The trial {job.name} failed: {job.error}.")
        return all(job.state == "done" for job in jobs)

    wait_until(are_done, check, "A trial run of a cell or of a grading job")
