"""The answers to exercises without code, as they come from a browser: of any type, until they are checked."""

from collections.abc import Sequence

from courses import Exercise
from webapp.services.practice.refusals import BadChoice, UnusableText

LONGEST_NUMBER = 60
# A word is what stands between blanks; this keeps "words" of any length from making a book.
LONGEST_TEXT = 8_000
WRITTEN = ("number", "text")


def check_answer(exercise: Exercise, source: object, choice: object) -> tuple[str, ...]:
    """The options marked, the items in their order, or the pairs; empty where the answer is code or text.

    Raises: BadChoice, UnusableText.
    """
    given: Sequence[object] = choice if isinstance(choice, list) else ()
    match exercise.kind:
        case "choice":
            return check_options(exercise, given)
        case "order":
            return check_order(exercise, given)
        case "match":
            return check_pairs(exercise, given)
        case "number" | "text":
            check_written(exercise, source)
    return ()


def check_options(exercise: Exercise, marked: Sequence[object]) -> tuple[str, ...]:
    """The options marked, in the exercise's order. Raises: BadChoice."""
    known = [option.id for option in exercise.options]
    is_one_too_many = len(set(map(str, marked))) > 1 and not exercise.is_multiple
    if not marked or any(one not in known for one in marked) or is_one_too_many:
        raise BadChoice
    return tuple(option_id for option_id in known if option_id in marked)


def check_order(exercise: Exercise, given: Sequence[object]) -> tuple[str, ...]:
    """Every item once, as they were ordered. Raises: BadChoice."""
    known = [item.id for item in exercise.order_items]
    ordered = [one for one in given if isinstance(one, str)]
    if len(ordered) != len(given) or sorted(ordered) != sorted(known):
        raise BadChoice
    return tuple(ordered)


def check_pairs(exercise: Exercise, given: Sequence[object]) -> tuple[str, ...]:
    """One "item=answer" for each item that was paired, in the exercise's order. Raises: BadChoice."""
    answers = [answer.id for answer in exercise.match_answers]
    known = [f"{item.id}={answer_id}" for item in exercise.match_items for answer_id in answers]
    pairs = tuple(pair for pair in known if pair in given)
    items = {pair.partition("=")[0] for pair in pairs}
    if not given or len(pairs) != len(given) or len(items) != len(pairs):
        raise BadChoice
    return pairs


def check_written(exercise: Exercise, source: object) -> None:
    """Raises: UnusableText with empty_answer or too_long; what is no text at all is for saving to refuse."""
    text = source if isinstance(source, str) else ""
    if isinstance(source, str) and not text.strip():
        raise UnusableText("empty_answer")
    most = exercise.length.most if exercise.length else None
    longest = LONGEST_TEXT if exercise.kind == "text" else LONGEST_NUMBER
    if len(text) > longest or (most is not None and len(text.split()) > most):
        raise UnusableText("too_long")
