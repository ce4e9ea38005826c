"""Whether a lesson runs: each of its cells in order, with the solutions in it, as a learner's kernel would, twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses import Language, Lesson, LocalText
from graders.execute import CellRun, run_cell
from graders.expected import Workbench
from graders.prepare import lesson_notebook
from graders.proving.record import ProofFinding
from graders.proving.words import cell_differs, cell_needs_later, cell_stopped
from notebooks import Cell, Session

SEEDS = (0, 1)  # of chance: a lesson whose words depend on it says other things to each learner
ADDRESS = re.compile(r"0x[0-9a-fA-F]+")
NO_NETWORK = ("URLError", "gaierror", "ConnectionError", "ConnectError", "HTTPError", "MaxRetryError")


@dataclass(frozen=True)
class Pass:
    """Every cell that ran, in order, with what became of it; missing are those after one that ended the session."""

    runs: tuple[tuple[Cell, CellRun], ...]

    @property
    def stopped(self) -> tuple[tuple[Cell, CellRun], ...]:
        return tuple((cell, run) for cell, run in self.runs if run.ending != "done")

    @property
    def may_run_again(self) -> bool:
        """Whether a second run in the same session could do better: some stopped, by an error and nothing worse."""
        return bool(self.stopped) and all(run.ending == "error" and not run.is_over for _, run in self.stopped)


def prove_cells(lesson: Lesson, bench: Workbench) -> tuple[ProofFinding, ...]:
    """What is wrong with the cells of a lesson in one language. Raises: KernelUnavailable, SandboxUnavailable."""
    cells = _cells_of(lesson, bench.language)
    datasets = tuple(pin.name for pin in lesson.datasets)
    passes: list[Pass] = []
    for seed in SEEDS:
        with bench.sandbox.open_session(
            datasets=datasets, language=bench.language, seed=seed, limits=bench.limits
        ) as session:
            passes.append(_run_all(session, cells, bench))
            if len(passes) == 1 and passes[0].may_run_again:
                again = _run_all(session, cells, bench)
                if not again.stopped:
                    return tuple(_later(passes[0], bench.language))
        if passes[0].stopped:
            return tuple(_stopped(passes[0], bench.language))
    return tuple(_differences(passes[0], passes[1], bench.language))


def _cells_of(lesson: Lesson, language: Language) -> tuple[Cell, ...]:
    sources: dict[str, str] = {one.id: one.solutions[0] for one in lesson.exercises if one.solutions}
    return tuple(cell for cell in lesson_notebook(lesson, language, sources).cells if cell.source.strip())


def _run_all(session: Session, cells: Sequence[Cell], bench: Workbench) -> Pass:
    runs: list[tuple[Cell, CellRun]] = []
    for cell in cells:
        runs.append((cell, run_cell(session, cell, bench.limits.cell_timeout_s)))
        if runs[-1][1].is_over or runs[-1][1].ending == "timeout":
            break
    return Pass(tuple(runs))


def _stopped(first: Pass, language: Language) -> Iterator[ProofFinding]:
    """Only the first cell that stopped: those after it may have stopped for its sake."""
    cell, run = first.stopped[0]
    yield _finding(cell, language, f"cell_{run.ending}", cell_stopped(cell.id, run, needs_network=_needs_network(run)))


def _later(first: Pass, language: Language) -> Iterator[ProofFinding]:
    for cell, run in first.stopped:
        yield _finding(cell, language, "cell_needs_later", cell_needs_later(cell.id, run))


def _differences(first: Pass, second: Pass, language: Language) -> Iterator[ProofFinding]:
    for (cell, one), (_, other) in zip(first.runs, second.runs, strict=False):
        if one.ending != other.ending:
            yield _finding(cell, language, "cell_by_chance", cell_differs(cell.id, other))
            return
        if _shown(one) != _shown(other):
            yield _finding(cell, language, "cell_differs", cell_differs(cell.id, None), is_error=False)


def _shown(run: CellRun) -> list[str]:
    """What a reader sees as text, but for addresses in memory, which are never the same."""
    return [ADDRESS.sub("0x", one.get("text/plain", "")) for one in run.shown]


def _needs_network(run: CellRun) -> bool:
    """Whether it ended as code does that asks for an address: the sandbox has none."""
    return run.fault is not None and run.fault.name in NO_NETWORK


def _finding(cell: Cell, language: Language, code: str, message: LocalText, *, is_error: bool = True) -> ProofFinding:
    return ProofFinding(
        code,
        "error" if is_error else "warning",
        message,
        language,
        exercise_id=cell.exercise_id or "",
        block_id=cell.id,
    )
