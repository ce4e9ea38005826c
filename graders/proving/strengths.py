"""How strong the checks of a lesson are, with what got past them as code."""

import ast
import difflib
from collections.abc import Sequence
from concurrent.futures import Executor, Future

from courses import Dataset, Exercise, Lesson
from graders.expected import solution_of
from graders.mutants import Mutant, list_mutants
from graders.proving.place import Place
from graders.proving.record import ExerciseStrength, Survivor
from graders.strength import passes


def measure_strengths(
    lesson: Lesson, exercises: Sequence[Exercise], datasets: Sequence[Dataset], *, place: Place, work: Executor
) -> tuple[ExerciseStrength, ...]:
    """Of each exercise, whose solutions are sound, the mistakes that were made in its first solution and caught.

    Raises: KernelUnavailable, SandboxUnavailable.
    """
    columns = [column.name for one in datasets for resource in one.resources for column in resource.columns]
    bench = place.bench("es")
    running: list[tuple[Exercise, list[tuple[Mutant, Future[bool]]]]] = []
    for exercise in exercises:
        expected = solution_of(lesson, exercise, bench)
        mutants = list_mutants(exercise.solutions[0], columns=tuple(dict.fromkeys(columns)))
        runs = [(one, work.submit(passes, lesson, exercise, one, expected, bench)) for one in mutants]
        running.append((exercise, runs))
    return tuple(_strength(exercise, [(one, run.result()) for one, run in runs]) for exercise, runs in running)


def _strength(exercise: Exercise, judged: Sequence[tuple[Mutant, bool]]) -> ExerciseStrength:
    survivors = tuple(_survivor(exercise, one) for one, is_through in judged if is_through)
    return ExerciseStrength(exercise.id, len(judged), len(judged) - len(survivors), survivors)


def _survivor(exercise: Exercise, mutant: Mutant) -> Survivor:
    before = ast.unparse(ast.parse(exercise.solutions[0])).splitlines()
    changed = list(difflib.ndiff(before, mutant.source.splitlines()))
    was, now = (" ⏎ ".join(one[2:].strip() for one in changed if one.startswith(sign)) for sign in ("- ", "+ "))
    return Survivor(mutant.operator, mutant.what, mutant.line, was, now)
