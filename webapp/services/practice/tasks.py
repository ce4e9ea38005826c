"""The jobs of practice."""

from datetime import timedelta

from notebooks import Limits, Stream
from webapp.jobs import JobContext, job
from webapp.services.practice import kernels, log
from webapp.services.practice.records import KernelRowId
from webapp.services.practice.runner import abandon, drain, rest

KEEP_LOGS = timedelta(days=2)


def give_up_kernel(context: JobContext, *, kernel_row_id: int) -> None:
    abandon(context, KernelRowId(kernel_row_id))


@job("drain_kernel", "interactive", attempts=4, on_failed=give_up_kernel)
def drain_kernel(context: JobContext, *, kernel_row_id: int) -> None:
    """Carry out the runs that wait for a kernel."""
    drain(context, KernelRowId(kernel_row_id))


@job("rest_idle_kernels", "interactive", attempts=1, every_s=15)
def rest_idle_kernels(context: JobContext) -> None:
    """Put kernels to rest that nobody has used for the time that is set."""
    before = context.clock() - timedelta(seconds=context.settings.idle_kernel_s)
    with context.reading() as session:
        idle = kernels.list_idle(session, before=before)
    for row_id in idle:
        rest(context, row_id)


@job("forget_old_logs", "interactive", attempts=1, every_s=3600)
def forget_old_logs(context: JobContext) -> None:
    """Delete the events of runs that ended days ago; what their cells showed is kept elsewhere."""
    with context.session_scope() as session:
        log.forget(session, ended_before=context.clock() - KEEP_LOGS)


class ProbeFailed(Exception):
    """A kernel started but did not do what it was told."""


@job("probe_kernel", "interactive", attempts=3)
def probe_kernel(context: JobContext) -> None:
    """Start a kernel, run a cell on it, and end it: what the site tries before it calls itself ready."""
    host = context.kernels()
    kernel = host.start()
    try:
        with host.connect(kernel) as connection:
            events = list(connection.execute("print(6 * 7)", "probe", limits=Limits()))
    finally:
        host.shutdown(kernel)
    printed = "".join(event.text for event in events if isinstance(event, Stream))
    if printed.strip() != "42":
        raise ProbeFailed(f"a kernel was asked for 42 and said {printed!r}")
