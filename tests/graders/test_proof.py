"""The proof of a lesson finds each way in which an exercise may be wrong, and nothing in one that is right."""

from collections.abc import Callable
from typing import Any

import pytest
from support.lessons import a_check, a_choice, a_lesson, a_wrong_answer, an_exercise

from courses import ChoiceOption, Lesson, LocalText
from graders import AnswerKeys, Complaint, prove_lesson
from notebooks import ForkServer

Prove = Callable[[Lesson], tuple[Complaint, ...]]


@pytest.fixture
def prove(fork_server: ForkServer, keys: AnswerKeys) -> Prove:
    return lambda lesson: prove_lesson(lesson, sandbox=fork_server, keys=keys)


def codes(complaints: tuple[Complaint, ...]) -> list[tuple[str, str]]:
    return [(one.language, one.code) for one in complaints]


def both(code: str) -> list[tuple[str, str]]:
    return [("es", code), ("en", code)]


def test_a_good_lesson_has_no_complaints(prove: Prove) -> None:
    wrong = (a_wrong_answer("total = base", "base"), a_wrong_answer("total = None + 1", "error"))
    exercise = an_exercise(solution=("total = base + 2", "total = 42.0"), wrong_answers=wrong)
    assert prove(a_lesson(exercise, a_choice("b"), a_choice("a", "b", id="varias"))) == ()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"solution": "total = nadie"}, "ungradable"),
        ({"solution": ("total = 42", "total = 43")}, "solution_fails"),
        ({"solution": ("total = 42", "1 / 0")}, "solution_fails"),
        ({"starter": "total = 42"}, "starter_passes"),
        ({"wrong_answers": [a_wrong_answer("total = 42.0")]}, "wrong_answer_passes"),
        ({"wrong_answers": [a_wrong_answer("total = 1", check_id="nada")]}, "wrong_answer_passes"),
        ({"wrong_answers": [a_wrong_answer("otro = 1")]}, "wrong_answer_unknown"),
        (
            {"wrong_answers": [a_wrong_answer("total = 1", "a"), a_wrong_answer("total = 1.0", "b")]},
            "wrong_answers_alike",
        ),
    ],
)
def test_what_is_wrong_is_found_in_both_languages(prove: Prove, fields: Any, code: str) -> None:
    complaints = prove(a_lesson(an_exercise(**fields)))
    assert codes(complaints) == both(code)
    assert all(one.message.es and one.message.en for one in complaints)


def test_a_solution_may_not_need_another_exercise(prove: Prove) -> None:
    first = an_exercise(
        a_check("value", name="paso"), solution="paso = 40", starter="paso = ...", exercise_id="primero"
    )
    second = an_exercise(solution="total = paso + 2")
    assert codes(prove(a_lesson(first, second))) == both("solution_fails")


def test_a_choice_needs_a_right_option_and_words_for_each_wrong_one(prove: Prove) -> None:
    silent = ChoiceOption("z", LocalText("Z"), False, LocalText(""))
    assert codes(prove(a_lesson(a_choice()))) == both("solution_fails")
    assert codes(prove(a_lesson(a_choice("a", "b", is_multiple=False)))) == both("solution_fails")
    exercise = a_choice("a", options=(*a_choice("a").options, silent))
    assert codes(prove(a_lesson(exercise))) == both("option_without_message")
