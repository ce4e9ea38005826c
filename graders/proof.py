"""The proof of a lesson: each solution passes in full, no starter does, each wrong answer gets its own message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from courses import LANGUAGES, Exercise, ExerciseId, Language, Lesson, LocalText, WrongAnswer
from graders.compare import compare
from graders.errors import UngradableExercise
from graders.expected import Workbench, solution_of, wrong_answer_of
from graders.explain import explain
from graders.feedback import say
from graders.keys import AnswerKeys
from graders.observe import Observation, observe
from graders.prepare import lesson_notebook, prepare
from graders.question_proof import prove_question
from graders.report import CheckResult
from notebooks import ForkServer, Limits

UNGRADABLE: Mapping[str, str] = {
    "solution_stopped": "La solución falta o no corre hasta su final. Corrígela.",
    "solution_fails": "La solución no pasa sus propias comprobaciones. Corrige la solución o la comprobación.",
}


@dataclass(frozen=True)
class Complaint:
    """What an author must mend. message: what happened and what to do; wrong_answer_id: of the one it is about.

    code: ungradable, solution_fails, starter_passes, wrong_answer_passes, wrong_answer_unknown, wrong_answers_alike,
    option_without_message or unit_unknown.
    """

    exercise_id: ExerciseId
    language: Language
    code: str
    message: LocalText
    wrong_answer_id: str = ""


def prove_lesson(
    lesson: Lesson, *, sandbox: ForkServer, keys: AnswerKeys, limits: Limits | None = None
) -> tuple[Complaint, ...]:
    """All that is wrong with the exercises of a lesson, in both languages; empty where they hold."""
    return tuple(
        complaint
        for exercise in lesson.exercises
        for complaint in prove_exercise(lesson, exercise, sandbox=sandbox, keys=keys, limits=limits)
    )


def prove_exercise(
    lesson: Lesson,
    exercise: Exercise,
    *,
    sandbox: ForkServer,
    keys: AnswerKeys,
    limits: Limits | None = None,
    languages: Sequence[Language] = LANGUAGES,
) -> tuple[Complaint, ...]:
    """All that is wrong with one exercise. Raises: KernelUnavailable, SandboxUnavailable."""
    found: list[Complaint] = []
    for language in languages:
        bench = Workbench(sandbox, keys, limits or Limits(), language)
        if exercise.kind == "code":
            found.extend(_prove_code(lesson, exercise, bench))
        else:
            flaws = prove_question(exercise, language)
            found.extend(Complaint(exercise.id, language, code, text) for code, text in flaws)
    return tuple(found)


def _prove_code(lesson: Lesson, exercise: Exercise, bench: Workbench) -> Iterator[Complaint]:
    try:
        expected = solution_of(lesson, exercise, bench)
    except UngradableExercise as reason:
        words = LocalText(f"{UNGRADABLE[reason.code]} Detalle: {reason}", str(reason))
        yield Complaint(exercise.id, bench.language, "ungradable", words)
        return
    for number, source in enumerate(exercise.solutions, 1):
        results = compare(exercise, _observe_alone(lesson, exercise, source, bench), expected)
        if any(result.status != "passed" for result in results):
            words = _solution_fails(number, results, exercise)
            yield Complaint(exercise.id, bench.language, "solution_fails", words)
    starter = exercise.starter.for_language(bench.language)
    seen = _observe_alone(lesson, exercise, starter, bench)
    if all(result.status == "passed" for result in compare(exercise, seen, expected)):
        words = LocalText(
            "El punto de partida ya pasa todas las comprobaciones. Quítale lo que el ejercicio pide.",
            "The starter already passes every check. Take out of it what the exercise asks for.",
        )
        yield Complaint(exercise.id, bench.language, "starter_passes", words)
    for wrong in exercise.wrong_answers:
        for code, words in _prove_wrong(lesson, exercise, wrong, expected, bench):
            yield Complaint(exercise.id, bench.language, code, words, wrong.id)


def _observe_alone(lesson: Lesson, exercise: Exercise, source: str, bench: Workbench) -> Observation:
    """What an answer does where no other exercise was touched, as for a learner who begins with this one."""
    work = lesson_notebook(lesson, bench.language, {exercise.id: source})
    prepared = prepare(lesson, exercise.id, work, bench.language)
    return observe(lesson, exercise, prepared, sandbox=bench.sandbox, limits=bench.limits, language=bench.language)


def _solution_fails(number: int, results: Sequence[CheckResult], exercise: Exercise) -> LocalText:
    result = next(one for one in results if one.status != "passed")
    said = {language: say(result, exercise, language) for language in LANGUAGES}
    return LocalText(
        f'La solución {number} no pasa la comprobación "{result.check_id}" ({result.code}) si los demás ejercicios '
        f"están sin hacer. Dice: {said['es']} Arregla la solución o la comprobación.",
        f'Solution {number} does not pass the check "{result.check_id}" ({result.code}) where the other exercises '
        f"are not done. It says: {said['en']} Mend the solution or the check.",
    )


def _prove_wrong(
    lesson: Lesson, exercise: Exercise, wrong: WrongAnswer, expected: Observation, bench: Workbench
) -> Iterator[tuple[str, LocalText]]:
    seen = wrong_answer_of(lesson, exercise, wrong, bench)
    results = explain(
        exercise,
        compare(exercise, seen, expected),
        seen,
        lambda one: wrong_answer_of(lesson, exercise, one, bench),
    )
    result = next((one for one in results if one.check_id == wrong.check_id), None)
    if result is None or result.status == "passed":
        yield (
            "wrong_answer_passes",
            LocalText(
                f'La respuesta equivocada "{wrong.id}" pasa la comprobación "{wrong.check_id}". '
                "Cambia su código o la comprobación que nombra.",
                f'The wrong answer "{wrong.id}" passes the check "{wrong.check_id}". '
                "Change its code or the check that it names.",
            ),
        )
    elif result.wrong_answer_id is None:
        yield "wrong_answer_unknown", _unknown(wrong, result)
    elif result.wrong_answer_id != wrong.id:
        yield "wrong_answers_alike", _alike(wrong, result)


def _unknown(wrong: WrongAnswer, result: CheckResult) -> LocalText:
    return LocalText(
        f'La respuesta equivocada "{wrong.id}" no deja nada por lo que reconocerla ({result.code}). '
        "Haz que llegue a un resultado, aunque sea equivocado.",
        f'The wrong answer "{wrong.id}" leaves nothing to know it by ({result.code}). '
        "Let it come to a result, though a wrong one.",
    )


def _alike(wrong: WrongAnswer, result: CheckResult) -> LocalText:
    return LocalText(
        f'Para la comprobación "{wrong.check_id}", las respuestas equivocadas "{wrong.id}" y '
        f'"{result.wrong_answer_id}" son iguales. Quita una o cambia la comprobación.',
        f'To the check "{wrong.check_id}", the wrong answers "{wrong.id}" and "{result.wrong_answer_id}" are the '
        "same. Take one out or change the check.",
    )
