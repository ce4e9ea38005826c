"""Questions: exercises whose answer runs nothing. What the lesson says itself is what they are judged by."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from courses import Check, Exercise, Language, MatchItem, OrderItem, WrongAnswer
from graders.checks.choice import judge_choice
from graders.checks.finding import Finding
from graders.checks.match import judge_match
from graders.checks.number import is_same_number, judge_number
from graders.checks.order import judge_order
from graders.compare import to_result
from graders.errors import UngradableExercise
from graders.report import CheckResult
from notebooks import Cell


def judge_question(exercise: Exercise, answer: Cell) -> tuple[CheckResult, ...]:
    """One result per check; none for an open answer, which a person judges."""
    return tuple(_result(check, exercise, answer) for check in exercise.checks)


def with_texts(exercise: Exercise, fields: Mapping[str, Any], language: Language) -> Mapping[str, Any]:
    """The fields of a finding with the items' texts for their ids."""
    items: tuple[OrderItem | MatchItem, ...] = (*exercise.order_items, *exercise.match_items)
    texts = {one.id: one.text.for_language(language) for one in items}
    return {
        name: [texts.get(one, one) for one in value] if isinstance(value, list | tuple) else value
        for name, value in fields.items()
    }


def _result(check: Check, exercise: Exercise, answer: Cell) -> CheckResult:
    result = to_result(check, _judge(exercise, answer))
    if result.status == "passed":
        return result
    wrong = next((one for one in exercise.wrong_answers if _is_same(exercise, one, answer)), None)
    return replace(result, wrong_answer_id=wrong.id if wrong else None)


def _judge(exercise: Exercise, answer: Cell) -> Finding:
    match exercise.kind:
        case "choice":
            return judge_choice(exercise, answer.choice)
        case "order":
            return judge_order(exercise, answer.choice)
        case "match":
            return judge_match(exercise, answer.choice)
        case "number" if exercise.number is not None:
            return judge_number(exercise.number, answer.answer)
    raise UngradableExercise("no_answer", f'The exercise "{exercise.id}" does not say what its answer is. Write it.')


def _is_same(exercise: Exercise, wrong: WrongAnswer, answer: Cell) -> bool:
    if exercise.number is not None:
        return is_same_number(exercise.number, wrong.source, answer.answer)
    return exercise.kind == "order" and tuple(wrong.source.split()) == tuple(answer.choice)


def right_answer(exercise: Exercise) -> Cell:
    """The answer that the lesson holds for right."""
    choice: Sequence[str] = ()
    match exercise.kind:
        case "choice":
            choice = [option.id for option in exercise.options if option.is_correct]
        case "order":
            choice = [item.id for item in exercise.order_items]
        case "match":
            choice = [f"{item.id}={item.answer_id}" for item in exercise.match_items]
    return Cell(exercise.id, "code", "", exercise_id=exercise.id, choice=tuple(choice), answer=_right_number(exercise))


def _right_number(exercise: Exercise) -> str:
    asked = exercise.number
    if asked is None:
        return ""
    # As many digits as it takes, and a point that nobody can take for one of thousands.
    return f"{asked.value:.15g} {asked.units[0].name}" if asked.units else f"{asked.value:.15g}"
