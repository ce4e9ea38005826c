"""What the reference solution and the declared wrong answers of an exercise do, each in a sandbox of its own."""

import functools
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import notebooks
from courses import Check, Exercise, Language, Lesson, WrongAnswer
from graders.checks import get_kind
from graders.errors import EvidenceRefused, UngradableExercise
from graders.keys import AnswerKeys, fingerprint_of
from graders.observe import Observation, observe
from graders.prepare import Prepared, lesson_notebook, prepare
from notebooks import ForkServer, Limits

IMAGE = Path(notebooks.__file__).parent / "sandbox" / "image"


@dataclass(frozen=True)
class Workbench:
    """What it takes to look at an answer: where it runs, where keys are kept, within which limits."""

    sandbox: ForkServer
    keys: AnswerKeys
    limits: Limits
    language: Language


def solution_of(lesson: Lesson, exercise: Exercise, bench: Workbench) -> Observation:
    """What the reference solution does.

    Raises: UngradableExercise where it stops, or does not satisfy its own checks.
    """
    if not exercise.solutions:
        raise UngradableExercise("solution_stopped", f"{_place(lesson, exercise)} has no solution. Write solution.py.")
    seen = _seen(lesson, exercise, exercise.solutions[0], "solution", bench)
    if seen.ending != "done":
        said = f"{seen.fault.name}: {seen.fault.value}" if seen.fault and seen.fault.name else seen.ending
        raise UngradableExercise(
            "solution_stopped", f"The solution of {_place(lesson, exercise)} does not run to its end: {said}. Mend it."
        )
    for check in exercise.checks:
        _require_own_approval(check, seen, _place(lesson, exercise))
    return seen


def _require_own_approval(check: Check, seen: Observation, place: str) -> None:
    """Raises: UngradableExercise where the solution's evidence does not pass the check against itself."""
    try:
        kind = get_kind(check.kind)
        own = kind.read(seen.evidence.get(check.id))
        finding = kind.judge(check, own, own)
    except EvidenceRefused as reason:
        raise UngradableExercise(
            "solution_fails",
            f'The solution of {place} shows nothing that the check "{check.id}" can read: {reason}. Mend either.',
        ) from reason
    if not finding.is_right:
        raise UngradableExercise(
            "solution_fails",
            f'The solution of {place} does not satisfy its own check "{check.id}": '
            f"{finding.code} {dict(finding.fields)}. Mend the solution or the check.",
        )


def wrong_answer_of(lesson: Lesson, exercise: Exercise, wrong: WrongAnswer, bench: Workbench) -> Observation:
    """What a declared wrong answer does; it may stop with an error too."""
    return _seen(lesson, exercise, wrong.source, wrong.id, bench)


@functools.cache
def image_version() -> str:
    """Changes when what learners import does: the pinned libraries, or our own `aula`."""
    found = [IMAGE / "requirements.txt", *sorted((IMAGE / "aula").glob("*.py"))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in found)).hexdigest()[:16]


def _seen(lesson: Lesson, exercise: Exercise, source: str, name: str, bench: Workbench) -> Observation:
    """The observation of a source in the exercise's answer, from the keys if it is there."""
    prepared = with_answer(lesson, exercise, source, bench.language)
    file_name = f"{lesson.course_id}.{lesson.id}.{exercise.id}.{name}.{bench.language}"
    # All that the evidence depends on, and nothing else: a mended sentence of the lesson's prose changes none of it.
    datasets = [f"{pin.name}={pin.version}" for pin in lesson.datasets]
    checks = [repr((check.id, get_kind(check.kind).evidence_version, check.params)) for check in exercise.checks]
    cells = [f"{cell.id}\0{cell.source}" for cell in prepared.cells]
    fingerprint = fingerprint_of(file_name, image_version(), *datasets, *checks, *cells)
    kept = bench.keys.find(file_name, fingerprint)
    if kept is not None:
        return kept
    limits = _our_limits(bench.limits)
    seen = observe(lesson, exercise, prepared, sandbox=bench.sandbox, limits=limits, language=bench.language)
    # What a limit ended may come out otherwise on a quieter day.
    if seen.ending in ("done", "error"):
        bench.keys.save(file_name, fingerprint, seen)
    return seen


def _our_limits(limits: Limits) -> Limits:
    """Never less than usual: a tight limit is meant for learners' code."""
    usual = Limits()
    return replace(
        limits,
        cell_timeout_s=max(limits.cell_timeout_s, usual.cell_timeout_s),
        memory_mib=max(limits.memory_mib, usual.memory_mib),
    )


def with_answer(lesson: Lesson, exercise: Exercise, source: str, language: Language) -> Prepared:
    """The lesson with this answer, and with the solutions of all other exercises."""
    sources: dict[str, str] = {one.id: one.solutions[0] for one in lesson.exercises if one.solutions}
    work = lesson_notebook(lesson, language, {**sources, exercise.id: source})
    return prepare(lesson, exercise.id, work, language)


def _place(lesson: Lesson, exercise: Exercise) -> str:
    return f"{lesson.course_id}/{lesson.id}/{exercise.id}"
