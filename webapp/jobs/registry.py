"""The names of jobs and what they do. A service's tasks.py registers its own with `@job`."""

from collections.abc import Callable
from dataclasses import dataclass

from webapp.jobs.records import Lane

JobFunction = Callable[..., None]


@dataclass(frozen=True)
class JobSpec:
    """A kind of job. on_failed is called once, with the same arguments, when the last attempt has failed."""

    name: str
    lane: Lane
    function: JobFunction
    attempts: int
    every_s: int | None
    on_failed: JobFunction | None


class UnknownJob(Exception):
    """A row names a job that no module registered: an older or a newer version of the site wrote it."""


REGISTRY: dict[str, JobSpec] = {}


def job(
    name: str,
    lane: Lane,
    *,
    attempts: int = 3,
    every_s: int | None = None,
    on_failed: JobFunction | None = None,
) -> Callable[[JobFunction], JobFunction]:
    """Register a function `(context, **args) -> None` as a job.

    attempts: how often it is tried before it counts as failed; every_s: it also recurs by itself, so often.
    A job may run twice (a worker that died, a message delivered again), so it must be idempotent.
    """

    def register(function: JobFunction) -> JobFunction:
        if name in REGISTRY and REGISTRY[name].function.__module__ != function.__module__:
            raise ValueError(f'two jobs are called "{name}"')
        REGISTRY[name] = JobSpec(name, lane, function, attempts, every_s, on_failed)
        return function

    return register


def get_spec(name: str) -> JobSpec:
    """Raises: UnknownJob."""
    try:
        return REGISTRY[name]
    except KeyError:
        raise UnknownJob(name) from None


def list_names() -> tuple[str, ...]:
    return tuple(sorted(REGISTRY))


def list_recurring() -> tuple[JobSpec, ...]:
    return tuple(spec for spec in REGISTRY.values() if spec.every_s is not None)
