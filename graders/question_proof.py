"""The proof of a question: the right answer passes, and each declared wrong one is answered in its own words."""

from collections.abc import Iterator
from dataclasses import replace

from courses import Exercise, Language, LocalText, MatchItem, WrongAnswer
from graders.checks.number import judge_number
from graders.feedback import say
from graders.questions import judge_question, right_answer
from graders.report import CheckResult
from notebooks import Cell

Flaw = tuple[str, LocalText]


def prove_question(exercise: Exercise, language: Language) -> Iterator[Flaw]:
    """What is wrong with a question, each as a code and what to do; nothing for an open answer."""
    right = right_answer(exercise)
    results = judge_question(exercise, right)
    if any(result.status != "passed" for result in results) or (len(right.choice) > 1 and is_single_choice(exercise)):
        yield "solution_fails", _solution_fails(exercise, results)
        return
    yield from _prove_options(exercise, language)
    for item in exercise.match_items:
        yield from _prove_pairs(exercise, item, language)
    for wrong in exercise.wrong_answers:
        yield from _prove_wrong(exercise, wrong, language)
    yield from _prove_units(exercise)


def is_single_choice(exercise: Exercise) -> bool:
    return exercise.kind == "choice" and not exercise.is_multiple


def _solution_fails(exercise: Exercise, results: tuple[CheckResult, ...]) -> LocalText:
    if exercise.kind == "choice":
        return LocalText(
            "Las opciones correctas no responden el ejercicio. Marca al menos una, y una sola si no es múltiple.",
            "The right options do not answer the exercise. Mark at least one, and just one unless it is multiple.",
        )
    codes = ", ".join(result.code for result in results)
    return LocalText(
        f"La respuesta que da la lección no pasa su comprobación ({codes}). Corrige la respuesta.",
        f"The answer that the lesson gives does not pass its check ({codes}). Mend the answer.",
    )


def _prove_options(exercise: Exercise, language: Language) -> Iterator[Flaw]:
    for option in exercise.options:
        if option.is_correct:
            continue
        if _said(exercise, answer_of(exercise, choice=(option.id,)), language) != option.message.for_language(language):
            yield (
                "option_without_message",
                LocalText(
                    f'La opción "{option.id}" no tiene mensaje propio. Di por qué no es la respuesta.',
                    f'The option "{option.id}" has no message of its own. Say why it is not the answer.',
                ),
            )


def _prove_pairs(exercise: Exercise, item: MatchItem, language: Language) -> Iterator[Flaw]:
    """Whoever pairs one item wrongly, and all others rightly, reads that item's message."""
    right = right_answer(exercise).choice
    for answer in exercise.match_answers:
        if answer.id == item.answer_id:
            continue
        pairs = tuple(f"{item.id}={answer.id}" if one.startswith(f"{item.id}=") else one for one in right)
        if item.message.for_language(language) not in _said(exercise, answer_of(exercise, choice=pairs), language):
            yield (
                "option_without_message",
                LocalText(
                    f'Quien empareja "{item.id}" con "{answer.id}" no recibe su mensaje. Revisa que cada id sea único.',
                    f'Who pairs "{item.id}" with "{answer.id}" does not get its message. See that each id is unique.',
                ),
            )


def _prove_wrong(exercise: Exercise, wrong: WrongAnswer, language: Language) -> Iterator[Flaw]:
    answer = answer_of(exercise, choice=tuple(wrong.source.split()), text=wrong.source)
    result = next(iter(judge_question(exercise, answer)))
    if result.status == "passed":
        yield (
            "wrong_answer_passes",
            LocalText(
                f'La respuesta equivocada "{wrong.id}" pasa la comprobación. Cámbiala o corrige la respuesta.',
                f'The wrong answer "{wrong.id}" passes the check. Change it or mend the right answer.',
            ),
        )
    elif result.wrong_answer_id is None:
        yield (
            "wrong_answer_unknown",
            LocalText(
                f'La respuesta equivocada "{wrong.id}" no se puede leer ({result.code}). Escríbela como se teclea.',
                f'The wrong answer "{wrong.id}" cannot be read ({result.code}). Write it as it is typed.',
            ),
        )
    elif say(result, exercise, language) != wrong.message.for_language(language):
        yield (
            "wrong_answers_alike",
            LocalText(
                f'Las respuestas equivocadas "{wrong.id}" y "{result.wrong_answer_id}" son la misma. Quita una.',
                f'The wrong answers "{wrong.id}" and "{result.wrong_answer_id}" are the same. Take one out.',
            ),
        )


def _prove_units(exercise: Exercise) -> Iterator[Flaw]:
    """The right number passes in each unit, by each of its names."""
    asked = exercise.number
    for unit in asked.units if asked else ():
        for name in (unit.name, *unit.aliases):
            if asked and not judge_number(asked, f"{asked.value / unit.factor:.15g} {name}").is_right:
                yield (
                    "unit_unknown",
                    LocalText(
                        f'La respuesta correcta en "{name}" no pasa. Revisa su factor y que ninguna otra unidad se '
                        "llame igual.",
                        f'The right answer in "{name}" does not pass. See its factor, and that no other unit is '
                        "called the same.",
                    ),
                )


def answer_of(exercise: Exercise, *, choice: tuple[str, ...] = (), text: str = "") -> Cell:
    return replace(right_answer(exercise), choice=choice, answer=text)


def _said(exercise: Exercise, answer: Cell, language: Language) -> str:
    return " ".join(say(result, exercise, language) for result in judge_question(exercise, answer))
