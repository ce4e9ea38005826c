"""A look into a learner's kernel between two runs: one page of a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from notebooks import KernelHost, KernelUnavailable, TablePage
from webapp.jobs import new_owner
from webapp.services.practice import kernels
from webapp.services.practice.kernels import KernelFacts
from webapp.services.practice.records import KernelRowId, LessonKey
from webapp.services.practice.refusals import KernelBusy, NoKernel
from webapp.store import Sessions


@dataclass(frozen=True)
class TableQuestion:
    """Which rows of which table: page from 1, 50 rows each; sort "" keeps the table's order."""

    name: str
    page: int = 1
    sort: str = ""
    is_descending: bool = False
    contains: str = ""


def read_table(
    sessions: Sessions,
    host: KernelHost,
    question: TableQuestion,
    *,
    actor: int,
    lesson: LessonKey,
    clock: Callable[[], datetime],
) -> TablePage | None:
    """A page of a table in the learner's kernel; None where it holds no such table.

    It owns the kernel for that moment as a runner does, and no transaction is open meanwhile.
    Raises: KernelBusy while a cell runs, NoKernel where none is awake.
    """
    owner = new_owner()
    facts = claim(sessions, owner, actor, lesson, clock())
    try:
        return ask(host, facts, question)
    finally:
        with sessions.write() as session:
            kernels.release(session, facts.id, owner, now=clock())


def claim(sessions: Sessions, owner: str, actor: int, lesson: LessonKey, now: datetime) -> KernelFacts:
    with sessions.write() as session:
        row = kernels.find_row(session, actor, lesson)
        if row is None or not row.kernel_id:
            raise NoKernel
        facts = kernels.claim_kernel(session, KernelRowId(row.id), owner, now=now)
        if facts is None:
            raise KernelBusy
        return facts


def ask(host: KernelHost, facts: KernelFacts, question: TableQuestion) -> TablePage | None:
    if facts.address is None:
        raise NoKernel
    try:
        with host.connect(facts.address) as connection:
            return connection.table_page(
                question.name, question.page, question.sort or None, question.is_descending, question.contains
            )
    except KernelUnavailable:
        raise NoKernel from None
