"""The proof of lessons: many small pieces of work side by side, each in a sandbox of its own."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import courses
from courses import LANGUAGES, Catalogue, Exercise, Language, Lesson, LocalText, Problem
from graders.expected import image_version
from graders.proof import prove_exercise
from graders.proving.cells import prove_cells
from graders.proving.dressed import list_garbs, prove_garb
from graders.proving.hints import prove_words
from graders.proving.left_over import find_left_over
from graders.proving.place import Place
from graders.proving.record import ExerciseStrength, Proof, ProofFinding, Severity
from graders.proving.strengths import measure_strengths
from graders.proving.words import weak_checks

WEAK_SHARE = 0.8  # of the mistakes; an exercise whose checks catch less is told of
FEW_MUTANTS = 5  # one survivor of so few says little
# Without its data, as they were when it was written, a lesson is not run.
NOT_RUN = frozenset({"no-dataset", "dataset-version", "dataset-damaged"})
ENDED_BY_LIMIT = frozenset({"cell_timeout", "cell_out_of_memory"})
MOST_LESSONS = 8  # that are looked after at once; the work itself is what `jobs` says

Findings = tuple[ProofFinding, ...]


def prove_folders(
    folders: Sequence[Path], catalogue: Catalogue, *, place: Place, proved_at: datetime
) -> Iterator[Proof]:
    """The proof of each lesson's folder, as they become ready; one that cannot be read has a red one.

    catalogue: the content around them. Raises: KernelUnavailable, SandboxUnavailable.
    """
    with ThreadPoolExecutor(place.workers()) as work, ThreadPoolExecutor(MOST_LESSONS) as lessons:
        waiting = [lessons.submit(_prove_folder, folder, catalogue, place, proved_at, work) for folder in folders]
        for one in as_completed(waiting):
            yield one.result()


def prove(folder: Path, catalogue: Catalogue, *, place: Place, proved_at: datetime) -> Proof:
    """The proof of the lesson in a folder. Raises: KernelUnavailable, SandboxUnavailable."""
    return next(prove_folders([folder], catalogue, place=place, proved_at=proved_at))


def _prove_folder(folder: Path, catalogue: Catalogue, place: Place, proved_at: datetime, work: Executor) -> Proof:
    examined = courses.examine(folder, catalogue)
    lesson = examined.lesson
    read = (*(_as_finding(one, examined) for one in examined.problems), *_left_over(examined))
    if lesson is None:
        return Proof(folder.parent.name, folder.name, "", proved_at, image_version(), (), read)
    pins = tuple(f"{pin.name}={pin.version}" for pin in lesson.datasets)
    if any(one.code in NOT_RUN for one in read):
        return Proof(lesson.course_id, lesson.id, lesson.version, proved_at, image_version(), pins, read)
    ran = _run(lesson, place, work)
    if any(one.code in ENDED_BY_LIMIT for one in ran):
        # Every answer of the lesson would run into the same limit, and tell nothing more.
        return Proof(
            lesson.course_id, lesson.id, lesson.version, proved_at, image_version(), pins,
            (*read, *(_located(one, examined) for one in _merged(ran))),
        )  # fmt: skip
    broken = {one.exercise_id for one in ran if one.severity == "error"}
    sound = [one for one in lesson.exercises if one.kind == "code" and one.id not in broken]
    datasets = tuple(one for pin in lesson.datasets if (one := catalogue.find_dataset(pin.name)) is not None)
    words = [found for exercise in lesson.exercises for found in prove_words(lesson, exercise, datasets)]
    unusual = _dress(lesson, sound, place, work)
    strengths = measure_strengths(lesson, sound, datasets, place=place, work=work)
    found = _merged((*ran, *words, *unusual, *(_weak(one) for one in strengths if _is_weak(one))))
    return Proof(
        course_id=lesson.course_id,
        lesson_id=lesson.id,
        version=lesson.version,
        proved_at=proved_at,
        libraries=image_version(),
        datasets=pins,
        findings=(*read, *(_located(one, examined) for one in found)),
        strengths=strengths,
    )


def _left_over(examined: "courses.Examined") -> Findings:
    return tuple(_located(one, examined) for one in find_left_over(examined))


def _run(lesson: Lesson, place: Place, work: Executor) -> Findings:
    """The cells in order, then each solution, starter and wrong answer, in both languages.

    Where a cell ran into a limit, the cells alone.
    """
    cells = [work.submit(prove_cells, lesson, place.bench(language)) for language in LANGUAGES]
    found = tuple(one for piece in cells for one in piece.result())
    if any(one.code in ENDED_BY_LIMIT for one in found):
        return found
    pieces = [
        work.submit(_prove_exercise, lesson, exercise, language, place)
        for exercise in lesson.exercises
        for language in LANGUAGES
    ]
    return (*found, *(one for piece in pieces for one in piece.result()))


def _prove_exercise(lesson: Lesson, exercise: Exercise, language: Language, place: Place) -> Findings:
    complaints = prove_exercise(
        lesson, exercise, sandbox=place.sandbox, keys=place.keys, limits=place.limits, languages=(language,)
    )
    return tuple(
        ProofFinding(
            one.code, "error", one.message, language, exercise.id, exercise.id, wrong_answer_id=one.wrong_answer_id
        )
        for one in complaints
    )


def _dress(lesson: Lesson, exercises: Sequence[Exercise], place: Place, work: Executor) -> Findings:
    """Right answers in unusual forms; the code is the same in both languages, so that one will do."""
    pieces = [
        work.submit(prove_garb, lesson, exercise, garb, place.bench("es"))
        for exercise in exercises
        for garb in list_garbs(exercise)
    ]
    return tuple(found for piece in pieces for found in piece.result())


def _is_weak(strength: ExerciseStrength) -> bool:
    return strength.made >= FEW_MUTANTS and strength.caught < strength.made * WEAK_SHARE


def _weak(strength: ExerciseStrength) -> ProofFinding:
    words = weak_checks(strength.made, len(strength.survivors))
    return ProofFinding("weak_checks", "warning", words, None, strength.exercise_id, strength.exercise_id)


def _merged(found: Sequence[ProofFinding]) -> Findings:
    """Each finding once: what is so in both languages is of none."""
    kept: dict[tuple[str, str, str, LocalText], ProofFinding] = {}
    for one in found:
        key = (one.code, one.exercise_id, one.block_id, one.message)
        before = kept.get(key)
        kept[key] = one if before is None or before.language == one.language else replace(before, language=None)
    return tuple(kept.values())


def _as_finding(problem: Problem, examined: "courses.Examined") -> ProofFinding:
    """A complaint of the reader of lessons, with the block that it is about."""
    severity: Severity = "warning" if problem.is_advice else "error"
    spot = courses.Spot(problem.path, problem.line)
    exercise_id, block_id = examined.block_at(spot)
    return _at(ProofFinding(problem.code, severity, problem.message, None, exercise_id, block_id), spot, examined)


def _located(finding: ProofFinding, examined: "courses.Examined") -> ProofFinding:
    """The finding with its file and line: in lesson.yaml, or for a cell in the text of its language."""
    if finding.wrong_answer_id:
        return _at(finding, examined.spot_of_wrong_answer(finding.exercise_id, finding.wrong_answer_id), examined)
    if finding.exercise_id:
        return _at(finding, examined.spot_of(finding.exercise_id), examined)
    return _at(finding, examined.spot_in_text(finding.block_id, finding.language or "es"), examined)


def _at(finding: ProofFinding, spot: "courses.Spot", examined: "courses.Examined") -> ProofFinding:
    inside = spot.path.is_relative_to(examined.folder)
    path = spot.path.relative_to(examined.folder) if inside else Path(spot.path.name)
    return replace(finding, path="" if path == Path() else path.as_posix(), line=spot.line)
