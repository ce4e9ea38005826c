"""Room for one more: idle kernels rest first, then the line is waited in."""

from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn, TypeVar

from notebooks import NoRoom
from webapp.jobs import JobContext, Later, new_owner
from webapp.services.practice import kernels, line
from webapp.services.practice.records import KernelRowId, RunRecord
from webapp.services.practice.rules import LEAST_IDLE_S, look_again_s

T = TypeVar("T")
# How many kernels rest at most for one that is to be born.
MOST_RESTED = 4


def with_room(context: JobContext, work: Callable[[], T]) -> T:
    """What `work` gives; while it has no room, the kernel that was unused for longest rests, and it is done again.

    Raises: NoRoom where no kernel can rest, and whatever `work` raises.
    """
    for _rested in range(MOST_RESTED):
        try:
            return work()
        except NoRoom:
            if not make_room(context):
                raise
    return work()


def make_room(context: JobContext) -> bool:
    """Put to rest the kernel, of anybody, that has been unused for longest; whether one rests now that did not."""
    before = context.clock() - timedelta(seconds=LEAST_IDLE_S)
    with context.reading() as session:
        idle = kernels.list_idle(session, before=before)
    return any(rest(context, row_id) for row_id in idle)


def rest(context: JobContext, row_id: KernelRowId) -> bool:
    """Put an awake kernel to rest, unless somebody uses it or is about to; whether it rests now."""
    owner = new_owner()
    with context.session_scope() as session:
        facts = kernels.claim_for_rest(session, row_id, owner, now=context.clock())
    if facts is None:
        return False
    if facts.address is not None:
        context.kernels().shutdown(facts.address)
    now = context.clock()
    with context.session_scope() as session:
        kernels.hold(session, row_id, owner, now=now, **kernels.NO_ADDRESS)
        kernels.release(session, row_id, owner, now=now)
    return True


def wait_in_line(context: JobContext, run: RunRecord) -> NoReturn:
    """Join the line, or stay in it. Raises: Later."""
    with context.session_scope() as session:
        standing = line.join(session, run, now=context.clock())
    raise Later(look_again_s(standing.place))
