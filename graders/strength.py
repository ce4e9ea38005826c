"""How strong the checks of an exercise are: which mistakes, made in its solution on purpose, they let pass."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from courses import Exercise, Lesson
from graders.compare import compare
from graders.expected import Workbench, solution_of, with_answer
from graders.mutants import Mutant, list_mutants
from graders.observe import Observation, observe


@dataclass(frozen=True)
class Strength:
    """caught: how many of the mutants failed a check; survivors: those that passed all, for a person to look at.

    One that survives need not be a mistake: in this data it may come to the same.
    """

    made: int
    caught: int
    survivors: tuple[Mutant, ...]

    @property
    def share(self) -> float:
        """0 to 1; 1 where nothing could be made."""
        return self.caught / self.made if self.made else 1.0


def measure_strength(lesson: Lesson, exercise: Exercise, bench: Workbench, *, columns: Sequence[str] = ()) -> Strength:
    """The mutants of the first solution, each run and judged as a learner's answer would be.

    columns: of the lesson's data sets. A mutant that does not run to its end is caught.
    Raises: UngradableExercise, KernelUnavailable, SandboxUnavailable.
    """
    expected = solution_of(lesson, exercise, bench)
    mutants = list_mutants(exercise.solutions[0], columns=columns)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        passed = list(pool.map(lambda one: passes(lesson, exercise, one, expected, bench), mutants))
    survivors = tuple(one for one, is_through in zip(mutants, passed, strict=True) if is_through)
    return Strength(len(mutants), len(mutants) - len(survivors), survivors)


def passes(lesson: Lesson, exercise: Exercise, mutant: Mutant, expected: Observation, bench: Workbench) -> bool:
    """Whether a mutant gets full points."""
    prepared = with_answer(lesson, exercise, mutant.source, bench.language)
    seen = observe(lesson, exercise, prepared, sandbox=bench.sandbox, limits=bench.limits, language=bench.language)
    return all(result.status == "passed" for result in compare(exercise, seen, expected))
