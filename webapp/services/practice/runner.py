"""The runner: owns a kernel for a while and carries out what waits for it, in order."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Literal, NoReturn

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from courses import Language
from notebooks import CellDone, KernelAddress, KernelConnection, KernelUnavailable, Limits, NoRoom
from webapp.jobs import JobContext, Later, TakenOver, new_owner
from webapp.services.practice import kernels, line, log
from webapp.services.practice.cell_run import CellRunner, Hold, void
from webapp.services.practice.drafts import list_drafts
from webapp.services.practice.kernels import NO_ADDRESS, KernelFacts
from webapp.services.practice.lessons import find_lesson
from webapp.services.practice.progress import CellProgress, read_progress
from webapp.services.practice.records import KernelRowId, KernelState, RunId, RunRecord, RunStatus
from webapp.services.practice.room import rest, with_room
from webapp.services.practice.rules import (
    KERNELS_PER_LEARNER,
    cells_to_run,
    ends_run,
    is_woken,
    look_again_s,
    needs_waking,
)
from webapp.services.practice.runs import to_record
from webapp.services.practice.tables import RunRow

logger = logging.getLogger(__name__)

# How soon to look again at a kernel that somebody else is attached to.
OCCUPIED_WAIT_S = 3.0


def drain(context: JobContext, row_id: KernelRowId) -> None:
    """Carry out all that waits for a kernel, unless another runner is at it.

    Raises: Later while another has it and something waits, for that other may be dead, and while there is no room;
    TakenOver; KernelUnavailable.
    """
    owner = new_owner()
    with context.session_scope() as session:
        facts = kernels.claim_kernel(session, row_id, owner, now=context.clock())
        waits = facts is not None or kernels.has_waiting(session, row_id)
    if facts is None:
        if waits:
            raise Later(OCCUPIED_WAIT_S)
        return
    try:
        with ExitStack() as stack:
            Runner(context, facts, owner, stack).work()
    except TakenOver:
        raise
    except BaseException:
        give_back(context, row_id, owner)
        raise


def give_back(context: JobContext, row_id: KernelRowId, owner: str) -> None:
    """Release the kernel after a failure, so that whoever tries again need not wait for the lease to end."""
    try:
        with context.session_scope() as session:
            session.execute(kernels.released(row_id, owner))
    except SQLAlchemyError:
        logger.warning("Kernel %s could not be given back; its lease will end.", row_id, exc_info=True)


class Runner:
    """One runner at one kernel. Keeps its channel open from run to run; `stack` closes it."""

    def __init__(self, context: JobContext, facts: KernelFacts, owner: str, stack: ExitStack) -> None:
        self._context = context
        self._facts = facts
        self._address = facts.address
        # How the kernel was left, for as long as none is awake.
        self._left: KernelState = facts.state
        self._hold = Hold(context, facts.id, owner)
        self._stack = stack
        self._connection: KernelConnection | None = None

    def work(self) -> None:
        """Everything that waits, until nothing does."""
        while (step := self._take_next()) is not None:
            if step == "restart":
                self._restart()
            else:
                self._carry_out(step)

    def _take_next(self) -> RunRecord | Literal["restart"] | None:
        """What to do now; None once nothing waits and the kernel is given back, both in one transaction."""
        now, row_id = self._context.clock(), self._facts.id
        with self._context.session_scope() as session:
            kernels.hold(session, row_id, self._hold.owner, now=now)
            if kernels.is_restart_wanted(session, row_id):
                return "restart"
            row = session.scalar(
                select(RunRow)
                .where(RunRow.kernel_row_id == row_id, RunRow.state.in_(("queued", "running")))
                .order_by(RunRow.id)
                .limit(1)
            )
            if row is None:
                kernels.release(session, row_id, self._hold.owner, now=now)
                return None
            row.state = "running"
            return to_record(row)

    def _restart(self) -> None:
        """A fresh kernel in place of the one that is there; where there is no room, the next run takes one."""
        self._hold.write(state="starting")
        self._drop_connection()
        if self._address is not None:
            self._context.kernels().shutdown(self._address)
        try:
            self._start(self._facts.language)
        except NoRoom:
            self._address, self._left = None, "none"
            self._hold.write(state="none", **NO_ADDRESS)
        self._hold.write(is_restart_wanted=False)

    def _carry_out(self, run: RunRecord) -> None:
        with self._context.reading() as session:
            entries = log.list_entries(session, run.id, limit=max(run.seq, 1))
        progress = read_progress(run.cells, entries)
        has_begun = any(one.has_begun for one in progress)
        if run.is_stop_wanted and not has_begun:
            self._end(run, "interrupted")
            return
        connection = self._find_connection()
        if connection is None and not has_begun:
            run = self._with_above(run)
            progress = read_progress(run.cells, entries)
            connection = self._get_kernel(run)
        status = self._run_cells(run, progress, connection) if connection else self._lose(run, progress)
        self._end(run, status)

    def _run_cells(self, run: RunRecord, progress: tuple[CellProgress, ...], connection: KernelConnection) -> RunStatus:
        """How the run ended: as the cell that ended it did."""
        status: RunStatus = "ok"
        limits = self._limits()
        for cell, one in zip(run.cells, progress, strict=True):
            if one.status:
                status = one.status
            else:
                end = CellRunner(self._hold, run, cell, one, limits).follow(connection)
                status = end.status
                if end.is_kernel_gone:
                    self._address, self._left = None, "lost"
                    self._drop_connection()
            if ends_run(cell, status, is_last=cell is run.cells[-1]):
                break
        return status

    def _find_connection(self) -> KernelConnection | None:
        """The attached kernel; None where none is awake, or the one that should be is gone."""
        if self._connection is None and self._address is not None:
            try:
                self._attach(self._address)
            except KernelUnavailable:
                logger.info("Kernel %s is gone.", self._facts.id)
                self._forget_kernel()
        return self._connection

    def _attach(self, address: KernelAddress) -> KernelConnection:
        self._connection = self._stack.enter_context(self._context.kernels().connect(address))
        return self._connection

    def _with_above(self, run: RunRecord) -> RunRecord:
        """The run as it goes on a fresh kernel: after one that rested or was lost, what stands above runs first."""
        lesson = find_lesson(self._context, run.learner_id, run.lesson)
        if lesson is None or not needs_waking(run.cells, self._left):
            return run
        with self._context.reading() as session:
            drafts = list_drafts(session, actor=run.learner_id, lesson=run.lesson)
        cells = cells_to_run(lesson, run.language, drafts, run.cells[0], with_above=True)
        if len(cells) == 1:
            return run
        kept = update(RunRow).where(RunRow.id == run.id).values(cells=[cell.to_json() for cell in cells])
        self._hold.write(lambda session: void(session.execute(kept)))
        return replace(run, cells=cells)

    def _get_kernel(self, run: RunRecord) -> KernelConnection:
        """A fresh kernel for the run, attached. Raises: Later where it waits for room; KernelUnavailable."""
        with self._context.reading() as session:
            is_next = line.look_up(session, run).is_next
        if not is_next:
            self._wait(run)
        if run.waiting_since is None:
            self._hold.log(run, [{"kind": "state", "state": "starting"}])
        try:
            address = self._start(run.language, lambda session: line.leave(session, run))
        except NoRoom:
            self._wait(run)
        if is_woken(run.cells):
            self._hold.log(run, [{"kind": "waking", "state": self._left}])
        return self._attach(address)

    def _wait(self, run: RunRecord) -> NoReturn:
        """Stay in the line. Raises: Later."""
        places: list[int] = []
        now = self._context.clock()
        self._hold.write(
            lambda session: places.append(line.join(session, run, now=now).place), state=self._left, **NO_ADDRESS
        )
        raise Later(look_again_s(places[0]))

    def _start(self, language: Language, work: Callable[[Session], None] | None = None) -> KernelAddress:
        """A fresh kernel for this lesson; its address is written together with `work`.

        Raises: NoRoom where no other could rest for it; KernelUnavailable.
        """
        self._hold.write(state="starting", **NO_ADDRESS)
        self._rest_others()
        lesson = find_lesson(self._context, self._facts.learner_id, self._facts.lesson)
        datasets = tuple(pin.name for pin in lesson.datasets) if lesson else ()
        address = with_room(self._context, lambda: self._context.kernels().start(datasets, language))
        try:
            self._hold.write(
                work, state="ready", language=language, gateway_url=address.gateway_url, kernel_id=address.kernel_id,
                session_id=address.session_id,
            )  # fmt: skip
        except BaseException:
            # Nobody would know of this kernel.
            self._context.kernels().shutdown(address)
            raise
        self._address = address
        return address

    def _rest_others(self) -> None:
        """Make room: of a learner's awake kernels the ones unused for longest rest."""
        with self._context.reading() as session:
            awake = [one for one in kernels.list_awake(session, actor=self._facts.learner_id) if one != self._facts.id]
        for row_id in awake[: max(0, len(awake) - KERNELS_PER_LEARNER + 1)]:
            rest(self._context, row_id)

    def _lose(self, run: RunRecord, progress: tuple[CellProgress, ...]) -> RunStatus:
        """The kernel went away between two runners: the cell that was running says so."""
        for cell, one in zip(run.cells, progress, strict=True):
            if one.has_begun and not one.status:
                end = CellDone("lost", 0.0, None, is_kernel_gone=True)
                CellRunner(self._hold, run, cell, one, self._limits()).finish(end)
        return "lost"

    def _end(self, run: RunRecord, status: RunStatus) -> None:
        """Close the run with what the kernel holds now; nothing is said of a kernel that nobody looked into."""
        now = self._context.clock()
        known = self._variables()
        told = [] if known is None else [{"kind": "variables", "variables": known}]
        values = {} if known is None else {"variables": known}
        self._hold.write(
            lambda session: log.end_run(session, run.id, status, now=now, before=told), used_at=now, **values
        )

    def _variables(self) -> list[dict[str, object]] | None:
        if self._connection is not None:
            return [dict(vars(one)) for one in self._connection.variables()]
        return [] if self._address is None else None

    def _forget_kernel(self) -> None:
        self._address, self._left = None, "lost"
        self._drop_connection()
        self._hold.write(state="lost", **NO_ADDRESS)

    def _drop_connection(self) -> None:
        self._connection = None
        self._stack.close()

    def _limits(self) -> Limits:
        settings = self._context.settings
        return Limits(memory_mib=settings.kernel_memory_mib, cell_timeout_s=settings.cell_timeout_s)


def abandon(context: JobContext, row_id: KernelRowId) -> None:
    """No kernel could be had after all attempts: end what waits for it, honestly, as our failure."""
    now = context.clock()
    with context.session_scope() as session:
        waiting = session.scalars(
            select(RunRow.id).where(RunRow.kernel_row_id == row_id, RunRow.state.in_(("queued", "running")))
        ).all()
        for run_id in waiting:
            log.end_run(session, RunId(run_id), "unavailable", now=now)
        session.execute(kernels.abandoned(row_id))
