"""The log of a run: numbered events that outlive connections, pages, web workers and runners.

Bodies are JSON objects whose `kind` is one of
- state {state}: queued, starting or running, before a cell speaks; or waiting, with the place in the line
- waking {state}: the kernel had rested or was lost, so what stands above the cell runs first
- started, stream, display, result, fault {cell, …}: what notebooks' RunEvent of that kind holds
- replace {cell, events}: all that the cell shows from now on
- note {cell, …}: a cell that did not end by itself, with the fields of its cell_done, to be explained below its output
- cell_done {cell, status, seconds, execution_count, is_kernel_gone, fault_line}
- report {submission_id}: an answer was graded
- variables {variables}
- end {status}: always the last
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from webapp.services.practice.records import LogEntry, RunId, RunStatus
from webapp.services.practice.tables import RunEventRow, RunRow
from webapp.store import change

Body = Mapping[str, Any]
MOST_AT_ONCE = 500


def append(session: Session, run_id: RunId, bodies: Sequence[Body], *, now: datetime) -> int:
    """Add events at the end of a run's log; the number of the last one. The run's row is locked until the commit."""
    last = session.execute(
        update(RunRow)
        .where(RunRow.id == run_id)
        .values(last_seq=RunRow.last_seq + len(bodies))
        .returning(RunRow.last_seq)
    ).scalar_one()
    first = last - len(bodies) + 1
    if bodies:
        rows = [{"run_id": run_id, "seq": first + place, "body": body, "at": now} for place, body in enumerate(bodies)]
        session.execute(insert(RunEventRow), rows)
    return last


def append_to_each(session: Session, bodies: Mapping[RunId, Body], *, now: datetime) -> None:
    """Add one event to the log of each of these runs."""
    if not bodies:
        return
    last = session.execute(
        update(RunRow)
        .where(RunRow.id.in_(bodies))
        .values(last_seq=RunRow.last_seq + 1)
        .returning(RunRow.id, RunRow.last_seq)
    )
    rows = [{"run_id": run_id, "seq": seq, "body": bodies[RunId(run_id)], "at": now} for run_id, seq in last]
    session.execute(insert(RunEventRow), rows)


def end_run(session: Session, run_id: RunId, status: RunStatus, *, now: datetime, before: Sequence[Body] = ()) -> None:
    """Close a run with its `end` event, once: a run that has ended is left as it is."""
    changed = change(
        session,
        update(RunRow)
        .where(RunRow.id == run_id, RunRow.state != "done")
        .values(state="done", status=status, finished_at=now, waiting_since=None),
    )
    if changed:
        append(session, run_id, (*before, {"kind": "end", "status": status}), now=now)


def list_entries(session: Session, run_id: RunId, *, after: int = 0, limit: int = MOST_AT_ONCE) -> tuple[LogEntry, ...]:
    """The events of a run after a number, in order, at most `limit`."""
    found = session.execute(
        select(RunEventRow.seq, RunEventRow.body)
        .where(RunEventRow.run_id == run_id, RunEventRow.seq > after)
        .order_by(RunEventRow.seq)
        .limit(limit)
    )
    return tuple(LogEntry(seq, body) for seq, body in found)


def find_last(session: Session, run_id: RunId) -> Body | None:
    """The latest event of a run."""
    found: Body | None = session.scalar(
        select(RunEventRow.body).where(RunEventRow.run_id == run_id).order_by(RunEventRow.seq.desc()).limit(1)
    )
    return found


def list_last_numbers(session: Session, run_ids: Sequence[RunId]) -> dict[RunId, int]:
    """The number of the last event of each run that exists."""
    found = session.execute(select(RunRow.id, RunRow.last_seq).where(RunRow.id.in_(run_ids)))
    return {RunId(run_id): seq for run_id, seq in found}


def forget(session: Session, *, ended_before: datetime, limit: int = 500) -> int:
    """Delete the events of runs that ended before a moment, all but the last event; how many runs were emptied.

    The numbers of later events stay as they are, so a reader that comes very late still sees the end.
    """
    runs = session.execute(
        select(RunRow.id, RunRow.last_seq)
        .join(RunEventRow, (RunEventRow.run_id == RunRow.id) & (RunEventRow.seq == 1))
        .where(RunRow.state == "done", RunRow.finished_at < ended_before, RunRow.last_seq > 1)
        .limit(limit)
    ).all()
    for run_id, last in runs:
        session.execute(delete(RunEventRow).where(RunEventRow.run_id == run_id, RunEventRow.seq < last))
    return len(runs)
