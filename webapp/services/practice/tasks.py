"""The jobs of practice."""

from contextlib import suppress
from datetime import timedelta

from notebooks import KernelUnavailable, Limits, SandboxUnavailable, Stream
from webapp.jobs import JobContext, Later, job
from webapp.services.practice import kernels, line, log
from webapp.services.practice.records import KernelRowId
from webapp.services.practice.room import make_room, rest
from webapp.services.practice.rules import is_memory_short
from webapp.services.practice.runner import abandon, drain

KEEP_LOGS = timedelta(days=2)
# How many kernels are put to rest in one turn for want of memory.
MOST_AT_ONCE = 50


def give_up_kernel(context: JobContext, *, kernel_row_id: int) -> None:
    abandon(context, KernelRowId(kernel_row_id))


@job("drain_kernel", "interactive", attempts=4, on_failed=give_up_kernel)
def drain_kernel(context: JobContext, *, kernel_row_id: int) -> None:
    """Carry out the runs that wait for a kernel."""
    drain(context, KernelRowId(kernel_row_id))


@job("admit_next", "interactive", attempts=1)
def admit_next(context: JobContext) -> None:
    """Try the first of those that wait for room. Its own job goes on trying where this comes too early."""
    with context.reading() as session:
        row_id = line.find_first(session)
    if row_id is not None:
        with suppress(Later, KernelUnavailable):
            drain(context, row_id)


@job("rest_idle_kernels", "interactive", attempts=1, every_s=15)
def rest_idle_kernels(context: JobContext) -> None:
    """Put kernels to rest that nobody has used for the time that is set."""
    before = context.clock() - timedelta(seconds=context.settings.idle_kernel_s)
    with context.reading() as session:
        idle = kernels.list_idle(session, before=before)
    rested = [row_id for row_id in idle if rest(context, row_id)]
    if rested:
        with context.session_scope() as session:
            line.call_next(session)


@job("rest_when_short", "interactive", attempts=1, every_s=5)
def rest_when_short(context: JobContext) -> None:
    """Put idle kernels to rest while memory is short, the longest unused first.

    Nothing where the fork server is on other machines: there the refusal of a birth is what makes kernels rest.
    """
    with suppress(KernelUnavailable, SandboxUnavailable):
        server = context.fork_server()
        for _rested in range(MOST_AT_ONCE):
            status = server.status()
            if not is_memory_short(status.available_mib, status.reserve_mib) or not make_room(context):
                return


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
