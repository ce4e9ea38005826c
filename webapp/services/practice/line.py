"""The line of those that wait for room: first come, first served, one for cells and one for checks."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.jobs import enqueue
from webapp.services.practice import checks
from webapp.services.practice.log import append, find_last
from webapp.services.practice.records import KernelRowId, RunId, RunKind, RunRecord, Standing, Waiting
from webapp.services.practice.rules import find_standing
from webapp.services.practice.tables import RunRow


def list_line(session: Session, kind: RunKind) -> tuple[Waiting, ...]:
    """Those that wait, in order."""
    found = session.execute(
        select(RunRow.id, RunRow.learner_id)
        .where(RunRow.kind == kind, RunRow.waiting_since.is_not(None))
        .order_by(RunRow.waiting_since, RunRow.id)
    )
    return tuple(Waiting(RunId(run_id), learner_id) for run_id, learner_id in found)


def count_waiting(session: Session) -> Mapping[str, int]:
    """How many runs of each kind wait, for operators."""
    counts = select(RunRow.kind, func.count()).where(RunRow.waiting_since.is_not(None)).group_by(RunRow.kind)
    return {"cells": 0, "check": 0, **dict(session.execute(counts).all())}


def look_up(session: Session, run: RunRecord, *, at_once: int = 1) -> Standing:
    """Where a run stands now, or would stand if it joined. at_once: as in rules.find_standing."""
    return find_standing(list_line(session, run.kind), run.id, run.learner_id, at_once=at_once)


def join(session: Session, run: RunRecord, *, now: datetime) -> Standing:
    """Where a run stands that waits from now on; one that waits already keeps its place. Its log tells each change."""
    session.execute(
        update(RunRow)
        .where(RunRow.id == run.id, RunRow.state != "done")
        .values(state="queued", waiting_since=run.waiting_since or now)
    )
    standing = look_up(session, run)
    if run.kind == "check":
        # Those count too that wait for a grader.
        checks.tell_place(session, run, now=now)
        if run.waiting_since is None:
            checks.move_up(session, now=now)
        return standing
    told = {"kind": "state", "state": "waiting", "place": standing.place}
    if find_last(session, run.id) != told:
        append(session, run.id, [told], now=now)
    return standing


def leave(session: Session, run: RunRecord) -> None:
    """The run has room: whoever comes next is tried at once."""
    if run.waiting_since is not None:
        session.execute(update(RunRow).where(RunRow.id == run.id).values(waiting_since=None))
    call_next(session)


def call_next(session: Session) -> None:
    """Have the first of the line tried, for room may be there; nothing where nobody waits."""
    if find_first(session) is not None:
        enqueue(session, "admit_next", "interactive")


def find_first(session: Session) -> KernelRowId | None:
    """The kernel whose run waits first."""
    row_id = session.scalar(
        select(RunRow.kernel_row_id)
        .where(RunRow.kind == "cells", RunRow.waiting_since.is_not(None))
        .order_by(RunRow.waiting_since, RunRow.id)
        .limit(1)
    )
    return None if row_id is None else KernelRowId(row_id)
