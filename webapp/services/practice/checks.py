"""The checks that wait, whatever they wait for: each is told its place when it comes, and again as those before it go.

They are the rows of learners' checks, in the order of their coming; work that nobody waits for, such as a regrade, has
no such row. A place goes into the log of the run, so whoever follows the run hears of it and nobody asks for it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.services.practice.log import Body, append, append_to_each, end_run, find_last
from webapp.services.practice.records import RunId, RunRecord, RunStatus, Told
from webapp.services.practice.rules import places_to_tell
from webapp.services.practice.tables import RunEventRow, RunRow

# Those further behind are told anew once they are among the first so many.
MOST_TOLD = 200
# A check has no kernel of its own; said here for the sake of the index on kernel and state, for ended runs are many.
IS_CHECK = (RunRow.kind == "check") & RunRow.kernel_row_id.is_(None)
IS_WAITING = IS_CHECK & (RunRow.state == "queued")


def find_place(session: Session, run: RunRecord) -> int:
    """Where a check stands among those that wait: 1 where nobody else's is before it."""
    before = select(func.count(RunRow.learner_id.distinct())).where(
        IS_WAITING, RunRow.id < run.id, RunRow.learner_id != run.learner_id
    )
    return (session.scalar(before) or 0) + 1


def tell_new(session: Session, run: RunRecord, *, at_once: int, now: datetime) -> None:
    """Tell a check that has just come its place, unless a grader is free for it.

    at_once: how many graders work; nothing is told to a check that has heard something already.
    """
    if run.seq != 1:
        return
    unfinished = select(func.count()).where(IS_CHECK, RunRow.state.in_(("queued", "running")), RunRow.id < run.id)
    if (session.scalar(unfinished) or 0) >= at_once:
        tell_place(session, run, now=now)


def tell_place(session: Session, run: RunRecord, *, now: datetime) -> None:
    """Write the place of a check into its log, unless that is what it said last."""
    told = waiting_at(find_place(session, run))
    if find_last(session, run.id) != told:
        append(session, run.id, [told], now=now)


def begin_check(session: Session, run: RunRecord, *, now: datetime) -> None:
    """A grader takes up a check: it says so, and those behind it move up.

    They do not while memory is short: whether there is room for this one shows only later.
    """
    session.execute(update(RunRow).where(RunRow.id == run.id, RunRow.state != "done").values(state="running"))
    append(session, run.id, [{"kind": "state", "state": "running"}], now=now)
    is_short = select(RunRow.id).where(RunRow.kind == "check", RunRow.waiting_since.is_not(None)).limit(1)
    if session.scalar(is_short) is None:
        move_up(session, now=now)


def end_check(
    session: Session, run_id: RunId, status: RunStatus, *, now: datetime, before: Sequence[Body] = ()
) -> None:
    """Close the run of a check, as `log.end_run`; those behind one that had waited for memory move up."""
    end_run(session, run_id, status, now=now, before=before)
    move_up(session, now=now)


def move_up(session: Session, *, now: datetime) -> None:
    """Tell those that wait their places, where these have changed enough."""
    found = session.execute(
        select(RunRow.id, RunRow.learner_id, RunEventRow.body)
        .join(RunEventRow, (RunEventRow.run_id == RunRow.id) & (RunEventRow.seq == RunRow.last_seq))
        .where(IS_WAITING)
        .order_by(RunRow.id)
        .limit(MOST_TOLD)
    )
    line = [Told(RunId(run_id), learner_id, body.get("place")) for run_id, learner_id, body in found]
    tell_each(session, places_to_tell(line), now=now)


def tell_each(session: Session, places: Mapping[RunId, int], *, now: datetime) -> None:
    """Write the places into the logs of those that still wait, but for those that somebody else writes to just now."""
    if not places:
        return
    waiting = session.scalars(
        select(RunRow.id)
        .where(RunRow.id.in_(places), RunRow.state == "queued")
        .order_by(RunRow.id)
        .with_for_update(skip_locked=True)
    )
    append_to_each(session, {RunId(run_id): waiting_at(places[RunId(run_id)]) for run_id in waiting}, now=now)


def waiting_at(place: int) -> Body:
    return {"kind": "state", "state": "waiting", "place": place}
