"""The checks that wait, whatever they wait for: each is told its place when it comes, and again as those before it go.

They are the rows of learners' checks, in the order of their coming; work that nobody waits for, such as a regrade, has
no such row. A place goes into the log of the run, so whoever follows the run hears of it and nobody asks for it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.services.practice.log import Body, append, append_to_each, end_run, find_last
from webapp.services.practice.records import RunId, RunRecord, RunStatus, Told
from webapp.services.practice.rules import places_to_tell
from webapp.services.practice.tables import RunEventRow, RunRow

# Those further behind are told anew once they are among the first so many.
MOST_TOLD = 200
# A check is a run without a kernel. Ended runs are many, and by this the index on kernel and state leads past them.
IS_CHECK = RunRow.kernel_row_id.is_(None)
IS_WAITING = IS_CHECK & (RunRow.state == "queued")


def list_before(session: Session, run: RunRecord) -> tuple[tuple[int, str], ...]:
    """Whose checks that came before this one have not ended, and their states."""
    found = session.execute(
        select(RunRow.id, RunRow.learner_id, RunRow.state).where(IS_CHECK, RunRow.state.in_(("queued", "running")))
    )
    # A condition on the numbers would have SQLite read the ended runs instead of the index.
    return tuple((learner_id, state) for number, learner_id, state in found if number < run.id)


def place_after(before: Sequence[tuple[int, str]], run: RunRecord) -> int:
    """1 where nobody else's check waits before it."""
    return len({learner_id for learner_id, state in before if state == "queued"} - {run.learner_id}) + 1


def tell_new(session: Session, run: RunRecord, *, at_once: int, now: datetime) -> None:
    """Tell a check that has just come its place, unless a grader is free for it.

    at_once: how many graders work; nothing is told to a check that has heard something already.
    """
    before = list_before(session, run)
    if run.seq == 1 and len(before) >= at_once:
        append(session, run.id, [waiting_at(place_after(before, run))], now=now)


def tell_place(session: Session, run: RunRecord, *, now: datetime) -> None:
    """Write the place of a check into its log, unless that is what it said last."""
    told = waiting_at(place_after(list_before(session, run), run))
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
