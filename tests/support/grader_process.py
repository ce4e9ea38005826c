"""A grader worker whose time limits a test can wait for: `python -m support.grader_process SOFT_S HARD_S`.

It also knows the job "hang" of this module. Its settings come from the environment, as the site's do.
"""

import os
import signal
import sys
from pathlib import Path

from celery.signals import worker_process_init

from webapp.jobs import JobContext, die_with_parent, job
from webapp.settings import Settings
from webapp.worker import Worker


@job("hang", "batch", attempts=3)
def hang(_context: JobContext, *, path: str, times: int) -> None:
    """Write a line; the first `times` times stay for good, and hear no signal that can be left unheard."""
    with Path(path).open("a") as file:
        file.write("began\n")
    if len(Path(path).read_text().splitlines()) <= times:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True:
            signal.pause()


def main(soft_s: str, hard_s: str) -> None:
    worker = Worker(Settings.from_env(os.environ), "grader")
    worker.celery.conf.update(task_soft_time_limit=float(soft_s), task_time_limit=float(hard_s))
    parent = os.getpid()
    worker_process_init.connect(lambda **_: die_with_parent(parent), weak=False)
    worker.celery.worker_main(worker.arguments())


if __name__ == "__main__":
    main(*sys.argv[1:])
