"""Grading, as a list of steps: prepare, execute, probe, compare, explain. Each step has its own file."""

import time
from collections.abc import Sequence

from courses import Exercise, Language, Lesson
from graders.checks import Finding
from graders.compare import compare, to_result
from graders.errors import UngradableExercise
from graders.expected import Workbench, solution_of, wrong_answer_of
from graders.explain import explain
from graders.keys import AnswerKeys
from graders.observe import Observation, observe
from graders.prepare import Prepared, prepare
from graders.questions import judge_question
from graders.report import CheckResult, GradeReport, Verdict
from notebooks import ForkServer, Limits, Notebook

MISSING = Finding(False, "exercise.missing")


def grade(
    lesson: Lesson,
    exercise_id: str,
    notebook: Notebook,
    *,
    sandbox: ForkServer,
    keys: AnswerKeys,
    limits: Limits,
    language: Language,
) -> GradeReport:
    """The report of one exercise, from the learner's notebook alone.

    What keeps us from grading is raised, and is never a verdict: UngradableExercise, KernelUnavailable,
    SandboxUnavailable.
    """
    began_at = time.monotonic()
    exercise = get_exercise(lesson, exercise_id)
    if exercise.kind != "code":
        return grade_question(lesson, exercise, notebook, language)
    prepared = prepare(lesson, exercise.id, notebook, language)
    if prepared.answer is None:
        seen, results = None, _missing(exercise)
    else:
        bench = Workbench(sandbox, keys, limits, language)
        seen, results = _grade_code(lesson, exercise, prepared, bench)
    return _report(lesson, exercise, prepared, seen, results, seconds=round(time.monotonic() - began_at, 3))


def grade_question(lesson: Lesson, exercise: Exercise, notebook: Notebook, language: Language) -> GradeReport:
    """The report of an exercise without code. Nothing runs, so it takes neither a sandbox nor room for one."""
    began_at = time.monotonic()
    prepared = prepare(lesson, exercise.id, notebook, language)
    results = _missing(exercise) if prepared.answer is None else judge_question(exercise, prepared.answer)
    return _report(lesson, exercise, prepared, None, results, seconds=round(time.monotonic() - began_at, 3))


def get_exercise(lesson: Lesson, exercise_id: str) -> Exercise:
    """Raises: UngradableExercise where the lesson has no such exercise."""
    exercise = lesson.find_exercise(exercise_id)
    if exercise is None:
        known = ", ".join(one.id for one in lesson.exercises)
        raise UngradableExercise(
            "unknown_exercise", f'The lesson {lesson.id} has no exercise "{exercise_id}". It has: {known}.'
        )
    return exercise


def _missing(exercise: Exercise) -> tuple[CheckResult, ...]:
    return tuple(to_result(check, MISSING) for check in exercise.checks)


def _grade_code(
    lesson: Lesson, exercise: Exercise, prepared: Prepared, bench: Workbench
) -> tuple[Observation, tuple[CheckResult, ...]]:
    expected = solution_of(lesson, exercise, bench)
    seen = observe(lesson, exercise, prepared, sandbox=bench.sandbox, limits=bench.limits, language=bench.language)
    results = compare(exercise, seen, expected)
    return seen, explain(exercise, results, seen, lambda wrong: wrong_answer_of(lesson, exercise, wrong, bench))


def _report(
    lesson: Lesson,
    exercise: Exercise,
    prepared: Prepared,
    seen: Observation | None,
    results: Sequence[CheckResult],
    *,
    seconds: float,
) -> GradeReport:
    # Only an open answer counts for nothing until a person marks it; to code, a rubric's points are added on top.
    max_points = exercise.points if exercise.kind == "text" else sum(result.max_points for result in results)
    points = sum((result.points for result in results), 0.0)
    return GradeReport(
        exercise_id=exercise.id,
        verdict=_verdict(exercise, prepared, seen, results),
        points=points,
        max_points=max_points,
        checks=tuple(results),
        seconds=seconds,
        lesson_version=lesson.version,
        fault=seen.fault if seen else None,
        warnings=(*prepared.warnings, *(seen.warnings if seen else ())),
    )


def _verdict(
    exercise: Exercise, prepared: Prepared, seen: Observation | None, results: Sequence[CheckResult]
) -> Verdict:
    if prepared.answer is None:
        return "missing"
    return "manual" if exercise.kind == "text" else verdict_of(seen, results)


def verdict_of(seen: Observation | None, results: Sequence[CheckResult]) -> Verdict:
    """One word for all checks. A limit or an exception outweighs what else was right."""
    if seen is not None and seen.ending != "done":
        return "error" if seen.ending == "died" else seen.ending
    if any(result.status == "error" for result in results):
        return "timeout"
    if all(result.status == "passed" for result in results):
        return "passed"
    return "partial" if any(result.points > 0 for result in results) else "failed"
