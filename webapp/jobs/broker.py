"""Celery, configured so that a crash loses nothing: one task that carries a job's number, on four lanes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import Celery

from webapp.jobs.records import LANES, Lane
from webapp.settings import Settings

TASK = "aula.perform"
# A grading job has limits of its own for each cell; this is the last wall against one that hangs.
SOFT_LIMIT_S, HARD_LIMIT_S = 150, 180


def embedded_socket(settings: Settings) -> Path:
    """The unix socket of the Valkey server that the site starts for itself."""
    return settings.run_dir / "broker.sock"


def broker_url(settings: Settings) -> str:
    if settings.broker:
        return settings.broker
    return f"redis+socket://{embedded_socket(settings)}?virtual_host=0"


def transport_options(settings: Settings, url: str) -> dict[str, Any]:
    # A sender does not wait for a broker that is away: the row is safe, and the reconciler sends again.
    hasty: dict[str, Any] = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}
    if url.startswith("redis"):
        # A worker of several lanes looks at them in the order in which it was given them.
        return {**hasty, "socket_connect_timeout": 2, "socket_timeout": 30, "queue_order_strategy": "priority"}
    if not url.startswith("filesystem"):
        return hasty
    folder = settings.home / "queue"
    for name in ("messages", "control"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        **hasty,
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.05,
    }


def make_celery(settings: Settings, perform: Callable[[int], None] | None = None) -> Celery:
    """A Celery app for senders, and for workers if `perform` is given: what to do with a job's number."""
    url = broker_url(settings)
    app = Celery("aula", broker=url, set_as_current=False)
    app.conf.update(
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_soft_time_limit=SOFT_LIMIT_S,
        task_time_limit=HARD_LIMIT_S,
        task_default_queue="check",
        task_create_missing_queues=True,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=2,
        broker_transport_options=transport_options(settings, url),
        broker_pool_limit=16,
    )
    if perform is not None:
        app.task(name=TASK)(perform)
    return app


def make_send(app: Celery) -> Callable[[int, Lane], None]:
    """How a wake-up is sent: to the queue of its lane, without waiting for a broker that is away."""

    def send(job_id: int, lane: Lane) -> None:
        app.send_task(TASK, args=(job_id,), queue=queue_name(lane), retry=False, ignore_result=True)

    return send


def queue_name(lane: Lane) -> str:
    if lane not in LANES:
        raise ValueError(f'there is no lane "{lane}"')
    return f"aula-{lane}"
