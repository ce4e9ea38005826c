"""Choice exercises: the options themselves say what is right, so nothing runs."""

from collections.abc import Sequence

from courses import Exercise
from graders.checks.finding import Finding, miss


def judge_choice(exercise: Exercise, chosen: Sequence[str]) -> Finding:
    """chosen: ids of the marked options; those that the exercise no longer has are passed over."""
    known = [option for option in exercise.options if option.id in chosen]
    wrong = [option.id for option in known if not option.is_correct]
    right = [option.id for option in exercise.options if option.is_correct]
    if not known:
        return miss("choice.none")
    if wrong:
        return miss("choice.wrong", options=wrong)
    if len(known) < len(right):
        return miss("choice.incomplete", options=[option.id for option in known])
    return Finding(True, "choice.right", {"options": right})
