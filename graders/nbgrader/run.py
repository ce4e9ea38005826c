"""The notebook's run: the learner's cells in order, and each test at its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from courses import Language
from graders.examiner import TestOutcome
from graders.execute import Ending
from graders.nbgrader.definitions import definitions_of, imports_of, names_bound, names_lent
from graders.nbgrader.restore import Placed
from graders.nbgrader.sessions import NoMore, Sessions
from graders.nbgrader.source import Source, SourceCell
from notebooks import CellReply, ForkServer, Limits


@dataclass(frozen=True)
class CellRun:
    """What became of one cell. reply: what it gave in the learner's session; outcome: of a test in the examiner's.

    answer_ending: of a test, how the answers right before it ended. was_in_kernel: the test ran beside the learner's
    code, in the weaker mode that its author allows.
    """

    ending: Ending = "done"
    reply: CellReply | None = None
    outcome: TestOutcome | None = None
    answer_ending: Ending = "done"
    was_in_kernel: bool = False


def run_cells(
    source: Source,
    placed: Sequence[Placed],
    *,
    sandbox: ForkServer,
    limits: Limits,
    language: Language,
    files: Mapping[str, bytes] | None = None,
) -> tuple[CellRun, ...]:
    """What became of each cell, one for one. Raises: KernelUnavailable, SandboxUnavailable."""
    with Sessions(sandbox, limits, language, files) as sessions:
        walk = _Walk(source, sessions)
        return tuple(walk.step(one) for one in placed)


class _Walk:
    """Where the run is: the sessions, and how the answers since the last test ended."""

    def __init__(self, source: Source, sessions: Sessions) -> None:
        self._sessions = sessions
        answers = [one.cell.source for one in source.marked.values() if one.marking.is_solution]
        self._bound_by_answers = frozenset[str]().union(*map(names_bound, answers))
        self._authored = [(place, self._definitions(source, place)) for place in range(len(source.document.cells))]
        self._answer_ending: Ending = "done"
        self._is_behind_test = False

    def step(self, placed: Placed) -> CellRun:
        try:
            if placed.marked is not None and placed.marked.is_test:
                return self._test(placed.marked)
            if placed.cell.kind == "code" and placed.cell.source.strip():
                return self._run(placed)
        except NoMore as reason:
            return CellRun(reason.ending, answer_ending=reason.ending)
        return CellRun()

    def _run(self, placed: Placed) -> CellRun:
        answer = placed.marked if placed.marked is not None and placed.marked.marking.is_solution else None
        if answer is not None:
            self._sessions.begin_exercise()
        ending, reply = self._sessions.run(placed.cell.source)
        if answer is not None:
            self._sessions.forget(names_bound(answer.cell.source) - names_bound(imports_of(answer.cell.source)))
            if self._is_behind_test or self._answer_ending == "done":
                self._answer_ending = ending
            self._is_behind_test = False
        return CellRun(ending, reply)

    def _test(self, test: SourceCell) -> CellRun:
        self._is_behind_test = True
        self._author_up_to(test.place)
        # A function handed to the learner's code must be one of that process: it is called there.
        lent = names_lent(test.cell.source, self._bound_by_answers)
        if lent:
            self._sessions.lend(lent)
        outcome = self._sessions.test(test.cell.source)
        if lent:
            self._sessions.author_again()
        if outcome.status == "uncheckable" and test.may_run_in_kernel:
            ending, reply = self._sessions.run(test.cell.source, is_replayed=False)
            return CellRun(ending, reply, answer_ending=self._answer_ending, was_in_kernel=True)
        # What learners see a test define is there for their later cells, as where all runs in one kernel.
        shared = definitions_of(test.handed_out_text, except_for=self._bound_by_answers)
        if shared:
            self._sessions.run(shared)
        return CellRun(outcome=outcome, answer_ending=self._answer_ending)

    def _author_up_to(self, place: int) -> None:
        """Give the examiner what the source defines before a test, wherever the learner moved those cells."""
        while self._authored and self._authored[0][0] < place:
            self._sessions.author(self._authored.pop(0)[1])

    def _definitions(self, source: Source, place: int) -> str:
        """What tests have of the source's cell at a place: all that a locked one defines, what any other imports.

        A name that tests took from the learner's process could stand for anything there, also for `np`.
        """
        cell = source.document.cells[place]
        if cell.kind != "code":
            return ""
        is_locked = any(one.place == place and one.marking.is_locked for one in source.marked.values())
        if is_locked:
            return definitions_of(cell.source, except_for=self._bound_by_answers)
        return imports_of(cell.source)
