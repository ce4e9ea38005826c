"""Steps 2 and 3 together: what one answer does in a session of its own."""

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from courses import Exercise, Language, Lesson
from graders.collect import collect
from graders.execute import ERROR_OF, Ending, Execution, execute, failed_warning
from graders.prepare import Prepared
from graders.report import CodeFault, Warning
from graders.view import Scene
from notebooks import ForkServer, KernelLost, Limits, Session

SEED = 0


@dataclass(frozen=True)
class Observation:
    """What became of an answer. evidence: raw, by check; empty unless it is "done"."""

    ending: Ending
    fault: CodeFault | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Warning, ...] = ()


def observe(
    lesson: Lesson, exercise: Exercise, prepared: Prepared, *, sandbox: ForkServer, limits: Limits, language: Language
) -> Observation:
    """Run the cells and look at what they left. Raises: KernelUnavailable, SandboxUnavailable."""
    datasets = tuple(pin.name for pin in lesson.datasets)

    def open_clean() -> AbstractContextManager[Session]:
        return sandbox.open_session(datasets=datasets, language=language, seed=SEED, limits=limits)

    cells, lost, began_at = prepared.cells, list[Warning](), time.monotonic()
    while True:
        with open_clean() as session:
            run = execute(session, cells, limits, began_at=began_at)
            if not run.lost_in:
                return _look(exercise, run, Scene(session, cells[-1].source, run.shown, limits, open_clean), lost)
        # An earlier cell that takes its session along costs its own exercise only: the others run without it.
        lost.append(failed_warning(run.lost_in, ERROR_OF[run.ending]))
        cells = tuple(cell for cell in cells if cell.id != run.lost_in)


def _look(exercise: Exercise, run: Execution, scene: Scene, lost: Sequence[Warning]) -> Observation:
    warnings = (*lost, *run.warnings)
    if run.ending != "done":
        return Observation(run.ending, run.fault, warnings=warnings)
    try:
        return Observation("done", None, collect(scene, exercise.checks), warnings)
    except KernelLost as reason:
        ending: Ending = "out_of_memory" if reason.reason == "memory" else "died"
        return Observation(ending, CodeFault(exercise.id, "", "", None), warnings=warnings)
