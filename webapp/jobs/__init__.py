"""Background work: named jobs, written with their cause, carried out by Celery, kept alive by their rows."""

from webapp.jobs.broker import broker_url, embedded_socket, make_celery, make_send, queue_name
from webapp.jobs.context import JobContext, Shelf, system_clock
from webapp.jobs.kernel_door import KernelDoor, kernels_dir
from webapp.jobs.lease import LEASE_S, LeaseKeeper, TakenOver, new_owner
from webapp.jobs.parents import die_with_parent
from webapp.jobs.perform import perform
from webapp.jobs.queue import count_jobs, enqueue, get_job, is_waited_for, list_jobs, send_after_commit
from webapp.jobs.reconciler import Reconciler
from webapp.jobs.records import JobRecord, Lane, Later
from webapp.jobs.registry import job, list_names

__all__ = [
    "LEASE_S",
    "JobContext",
    "JobRecord",
    "Lane",
    "Later",
    "LeaseKeeper",
    "Reconciler",
    "Shelf",
    "TakenOver",
    "broker_url",
    "KernelDoor",
    "count_jobs",
    "die_with_parent",
    "embedded_socket",
    "enqueue",
    "get_job",
    "is_waited_for",
    "job",
    "kernels_dir",
    "list_jobs",
    "list_names",
    "make_celery",
    "make_send",
    "new_owner",
    "perform",
    "queue_name",
    "send_after_commit",
    "system_clock",
]
