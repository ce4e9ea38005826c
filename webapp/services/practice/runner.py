"""The runner: owns a kernel for a while and carries out what waits for it, in order."""

import logging
from contextlib import ExitStack
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from notebooks import CellDone, KernelAddress, KernelConnection, KernelUnavailable, Limits
from webapp.jobs import JobContext, Later, TakenOver, new_owner
from webapp.services.practice import kernels, log
from webapp.services.practice.cell_run import CellRunner, Hold
from webapp.services.practice.kernels import KernelFacts
from webapp.services.practice.progress import CellProgress, read_progress
from webapp.services.practice.records import KernelRowId, RunId, RunRecord, RunStatus
from webapp.services.practice.rules import KERNELS_PER_LEARNER, ends_run
from webapp.services.practice.runs import to_record
from webapp.services.practice.tables import RunRow

logger = logging.getLogger(__name__)

# How soon to look again at a kernel that somebody else is attached to.
OCCUPIED_WAIT_S = 3.0
NO_ADDRESS: dict[str, Any] = {"gateway_url": "", "kernel_id": "", "session_id": "", "variables": []}


def drain(context: JobContext, row_id: KernelRowId) -> None:
    """Carry out all that waits for a kernel, unless another runner is at it.

    Raises: Later while another has it and something waits, for that other may be dead; TakenOver; KernelUnavailable.
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
        self._hold.write(state="starting")
        self._drop_connection()
        if self._address is not None:
            self._context.kernels().shutdown(self._address)
        self._start(None)
        self._hold.write(is_restart_wanted=False)

    def _carry_out(self, run: RunRecord) -> None:
        with self._context.reading() as session:
            entries = log.list_entries(session, run.id, limit=max(run.seq, 1))
        progress = read_progress(run.cells, entries)
        if run.is_stop_wanted and not any(one.has_begun for one in progress):
            self._end(run, "interrupted")
            return
        connection = self._connect(run, progress)
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
                    self._address = None
                    self._drop_connection()
            if ends_run(cell, status, is_last=cell is run.cells[-1]):
                break
        return status

    def _connect(self, run: RunRecord, progress: tuple[CellProgress, ...]) -> KernelConnection | None:
        """The attached kernel, a fresh one if none is awake; None if this run was begun on one that is gone.

        Raises: KernelUnavailable where no kernel can be had now.
        """
        if self._connection is None and self._address is not None:
            try:
                self._attach(self._address)
            except KernelUnavailable:
                logger.info("Kernel %s is gone.", self._facts.id)
                self._forget_kernel()
        if self._connection is not None or any(one.has_begun for one in progress):
            return self._connection
        self._start(run)
        if self._address is not None:
            self._attach(self._address)
        return self._connection

    def _attach(self, address: KernelAddress) -> None:
        self._connection = self._stack.enter_context(self._context.kernels().connect(address))

    def _start(self, run: RunRecord | None) -> None:
        """A fresh kernel for this lesson. Raises: KernelUnavailable."""
        now = self._context.clock()

        def tell(session: Session) -> None:
            if run is not None:
                log.append(session, run.id, [{"kind": "state", "state": "starting"}], now=now)

        self._hold.write(tell, state="starting", **NO_ADDRESS)
        self._rest_others()
        lesson = self._context.catalogue.find_lesson(self._facts.lesson.course_id, self._facts.lesson.lesson_id)
        datasets = tuple(pin.name for pin in lesson.datasets) if lesson else ()
        language = run.language if run else self._facts.language
        address = self._context.kernels().start(datasets, language)
        try:
            self._hold.write(
                state="ready", language=language, gateway_url=address.gateway_url, kernel_id=address.kernel_id,
                session_id=address.session_id,
            )  # fmt: skip
        except BaseException:
            # Nobody would know of this kernel.
            self._context.kernels().shutdown(address)
            raise
        self._address = address

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
        self._address = None
        self._drop_connection()
        self._hold.write(state="lost", **NO_ADDRESS)

    def _drop_connection(self) -> None:
        self._connection = None
        self._stack.close()

    def _limits(self) -> Limits:
        settings = self._context.settings
        return Limits(memory_mib=settings.kernel_memory_mib, cell_timeout_s=settings.cell_timeout_s)


def rest(context: JobContext, row_id: KernelRowId) -> bool:
    """Put an awake kernel to rest, unless somebody uses it; whether it rests now."""
    owner = new_owner()
    with context.session_scope() as session:
        facts = kernels.claim_kernel(session, row_id, owner, now=context.clock())
    if facts is None:
        return False
    if facts.address is not None:
        context.kernels().shutdown(facts.address)
    now = context.clock()
    with context.session_scope() as session:
        kernels.hold(session, row_id, owner, now=now, state="resting", **NO_ADDRESS)
        kernels.release(session, row_id, owner, now=now)
    return True


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
