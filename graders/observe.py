"""Steps 2 and 3 together: what one answer does in a session of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from courses import Exercise, Language, Lesson
from graders.collect import collect
from graders.execute import Ending, execute
from graders.prepare import Prepared
from graders.report import CodeFault, Warning
from notebooks import ForkServer, KernelLost, Limits

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
    answer = prepared.cells[-1]
    with sandbox.open_session(datasets=datasets, language=language, seed=SEED, limits=limits) as session:
        run = execute(session, prepared.cells, limits)
        if run.ending != "done":
            return Observation(run.ending, run.fault, warnings=run.warnings)
        try:
            evidence = collect(session, exercise.checks, source=answer.source, drew=run.drew, limits=limits)
        except KernelLost as reason:
            ending: Ending = "out_of_memory" if reason.reason == "memory" else "died"
            return Observation(ending, CodeFault(answer.id, "", "", None), warnings=run.warnings)
    return Observation("done", None, evidence, run.warnings)
