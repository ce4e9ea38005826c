"""The notebook's run: the learner's cells in order, and each question's tests where they are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from courses import Language
from graders.examiner import TestOutcome
from graders.execute import Ending
from graders.nbgrader.definitions import definitions_of, imports_of, names_bound, names_lent
from graders.nbgrader.sessions import NoMore, Sessions
from graders.otter.cases import PREPARATION, Case, Question
from graders.otter.restore import Placed, Restored
from graders.otter.settings import Seed
from graders.otter.source import Source
from notebooks import CellReply, ForkServer, Limits

# What a notebook calls of Otter's; here the tests run beside the calls, and not because of them.
STAND_IN = """
def _aula_stand_in():
    import sys, types
    class Notebook:
        def __init__(self, *args, **kwargs): pass
        def __getattr__(self, name): return lambda *args, **kwargs: None
    sys.modules["otter"] = types.ModuleType("otter")
    sys.modules["otter"].Notebook = Notebook
_aula_stand_in()
del _aula_stand_in
"""
SEEDED = "import numpy as _aula_numpy, random as _aula_random"


@dataclass(frozen=True)
class CellRun:
    """What became of one cell; no reply where a limit or its own exit ended it, or where it is not code."""

    ending: Ending = "done"
    reply: CellReply | None = None


@dataclass(frozen=True)
class CaseRun:
    """What became of one case. outcome: in the examiner's session; was_in_kernel: it ran beside the learner's code."""

    ending: Ending = "done"
    outcome: TestOutcome | None = None
    was_in_kernel: bool = False


@dataclass(frozen=True)
class Check:
    """What became of a question's cases, one for one. answer_ending: how the cells before them ended."""

    cases: tuple[CaseRun, ...]
    answer_ending: Ending = "done"


@dataclass(frozen=True)
class Runs:
    """cells: one for each of restored.placed; checks: by question."""

    cells: tuple[CellRun, ...]
    checks: Mapping[str, Check]


def run_notebook(
    source: Source,
    restored: Restored,
    *,
    sandbox: ForkServer,
    limits: Limits,
    language: Language,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Runs:
    """What became of each cell and each case. Raises: KernelUnavailable, SandboxUnavailable."""
    with Sessions(sandbox, limits, language, files) as sessions:
        walk = _Walk(source, sessions)
        cells = tuple(walk.step(one) for one in restored.placed)
        for name in restored.at_end:
            walk.check(name)
        return Runs(cells, walk.checks)


class _Walk:
    """Where the run is: the sessions, and how the cells since the last tests ended."""

    def __init__(self, source: Source, sessions: Sessions) -> None:
        self.checks: dict[str, Check] = {}
        self._source = source
        self._sessions = sessions
        self._bound_by_answers = {
            name: frozenset[str]().union(*map(_names_of_answer, texts)) for name, texts in _answers(source).items()
        }
        self._bound_by_any = frozenset[str]().union(*self._bound_by_answers.values())
        # A name that tests took from the learner's process could stand for anything there.
        self._authored = [
            definitions_of(one.cell.source, except_for=self._bound_by_any) if one.is_authors_code else ""
            for one in source.cells
        ]
        self._bound_by_tests: frozenset[str] = frozenset()
        self._stale: frozenset[str] = frozenset()  # that tests bound, and the learner's answers bind since
        self._answer_ending: Ending = "done"
        self._is_prepared = False

    def step(self, placed: Placed) -> CellRun:
        run = CellRun()
        if placed.is_run and placed.cell.source.strip():
            try:
                self._prepare()
                run = CellRun(*self._sessions.run(_seeded(placed.cell.source, self._source.assignment.seed)))
            except NoMore as reason:
                run = CellRun(reason.ending)
        if self._answer_ending == "done":
            self._answer_ending = run.ending
        for name in placed.checks:
            self.check(name)
        return run

    def check(self, name: str) -> None:
        """Run a question's cases; the cells behind them have their own time."""
        question = self._source.questions[name]
        self._stale = self._bound_by_tests & self._bound_by_answers.get(name, frozenset())
        runs = tuple(self._case(one, question) for one in question.cases)
        self.checks[name] = Check(runs, self._answer_ending)
        self._sessions.begin_exercise()
        self._answer_ending = "done"

    def _case(self, case: Case, question: Question) -> CaseRun:
        try:
            self._prepare()
            self._author_up_to(self._source.place_of(question.name))
            self._sessions.forget(self._stale)
            self._stale = frozenset()
            self._bound_by_tests |= names_bound(case.statements)
            outcome = self._test(case)
            needs_process = outcome.status == "failed" and case.acts_on_process
            if case.in_kernel and (outcome.status == "uncheckable" or needs_process):
                ending, reply = self._sessions.run(f"{PREPARATION}\n{case.call}", is_replayed=False)
                return CaseRun("error" if reply is not None and reply.error else ending, was_in_kernel=True)
            return CaseRun(outcome=outcome)
        except NoMore as reason:
            return CaseRun(reason.ending)

    def _test(self, case: Case) -> TestOutcome:
        # A function handed to the learner's code must be one of that process: it is called there.
        lent = names_lent(case.statements or case.source, self._bound_by_any)
        if lent:
            self._sessions.lend(lent)
        outcome = self._sessions.test(case.call)
        if lent:
            self._sessions.author_again()
        return outcome

    def _prepare(self) -> None:
        """Before anything else: the learner's session has what stands for Otter, the examiner's what runs cases."""
        if self._is_prepared:
            return
        self._is_prepared = True
        self._sessions.author(PREPARATION)
        self._sessions.run(STAND_IN)
        seed = self._source.assignment.seed
        if seed is not None and seed.variable is None:
            self._sessions.run(SEEDED)

    def _author_up_to(self, place: int) -> None:
        """Give the examiner what the source defines before a question's end, wherever the learner moved those cells."""
        before = len(self._source.cells) - len(self._authored)
        for _ in range(place - before):
            self._sessions.author(self._authored.pop(0))


def _answers(source: Source) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in source.cells:
        if one.is_answer and one.cell.kind == "code":
            found.setdefault(one.question, []).append(one.cell.source)
    return found


def _names_of_answer(text: str) -> frozenset[str]:
    return names_bound(text) - names_bound(imports_of(text))


def _seeded(source: str, seed: Seed | None) -> str:
    if seed is None or source.startswith("%%"):
        return source
    if seed.variable is not None:
        return f"{seed.variable} = {seed.value}\n{source}"
    return f"_aula_numpy.random.seed({seed.value}); _aula_random.seed({seed.value})\n{source}"
