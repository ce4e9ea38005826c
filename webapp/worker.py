"""A worker: carries out jobs of some lanes. `python -m webapp.worker runner` (cells, mail) or `… grader` (answers)."""

import logging
import os
import sys
from dataclasses import dataclass, field
from typing import Literal

from celery import Celery
from celery.signals import worker_process_init, worker_ready, worker_shutting_down
from sqlalchemy.orm import configure_mappers

from webapp.factory import make_context
from webapp.jobs import (
    JobContext,
    Lane,
    LeaseKeeper,
    Reconciler,
    die_with_parent,
    make_celery,
    make_send,
    perform,
    queue_name,
    send_after_commit,
)
from webapp.settings import Settings

Role = Literal["runner", "grader"]
LANES: dict[Role, tuple[Lane, ...]] = {"runner": ("interactive", "mail"), "grader": ("check", "batch")}


@dataclass
class Worker:
    """One worker process and its children. Each of them opens a world of its own at its first job."""

    settings: Settings
    role: Role
    _worlds: dict[int, tuple[JobContext, LeaseKeeper]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Before the children are forked: a time limit that struck while one of them did it would leave it half done.
        configure_mappers()
        self.celery: Celery = make_celery(self.settings, self.perform)
        self.send = make_send(self.celery)

    def world(self) -> tuple[JobContext, LeaseKeeper]:
        """Connections must not cross a fork, so the world is kept by process."""
        if os.getpid() not in self._worlds:
            context = make_context(self.settings)
            send_after_commit(context.sessions, self.send)
            self._worlds[os.getpid()] = (context, LeaseKeeper(context))
        return self._worlds[os.getpid()]

    def perform(self, job_id: int) -> None:
        context, keeper = self.world()
        perform(context, keeper, job_id)

    def arguments(self) -> list[str]:
        """Cells wait for kernels, so threads do; grading computes and may hang, so it has processes to be killed."""
        runs_threads = self.role == "runner"
        count = self.settings.runner_threads if runs_threads else self.settings.graders
        return [
            "worker", f"--pool={'threads' if runs_threads else 'prefork'}", f"--concurrency={count}",
            f"--queues={','.join(queue_name(lane) for lane in LANES[self.role])}", f"--hostname={self.role}@%h",
            "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO",
        ]  # fmt: skip


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or arguments[0] not in LANES:
        sys.exit(f"Say which worker: python -m webapp.worker {' or '.join(LANES)}.")
    role: Role = "runner" if arguments[0] == "runner" else "grader"
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    worker = Worker(Settings.from_env(os.environ), role)
    if role == "runner":
        context, _keeper = worker.world()
        reconciler = Reconciler(context, worker.send)
        worker_ready.connect(lambda **_: reconciler.start(), weak=False)
        worker_shutting_down.connect(lambda **_: reconciler.stop(), weak=False)
    parent = os.getpid()
    worker_process_init.connect(lambda **_: die_with_parent(parent), weak=False)
    worker.celery.worker_main(worker.arguments())


if __name__ == "__main__":
    main(sys.argv[1:])
