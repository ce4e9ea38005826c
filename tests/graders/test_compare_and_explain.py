"""Steps 4 and 5: evidence against evidence, and the declared wrong answer that it equals. Nothing runs."""

from typing import Any

import pytest
from support.lessons import a_check, a_wrong_answer, an_exercise

from courses import WrongAnswer
from graders.compare import compare
from graders.explain import explain
from graders.observe import Observation
from graders.report import CodeFault

EXERCISE = an_exercise(
    a_check(points=1.5),
    a_check("value", "otro", name="otro"),
    wrong_answers=(a_wrong_answer("", "cero"), a_wrong_answer("", "uno"), a_wrong_answer("", "ajena", "otro")),
)


def seen(total: Any, otro: Any = None) -> Observation:
    return Observation("done", None, {"value": {"holds": total}, "otro": {"holds": otro}})


SOLUTION = seen(42, 7)
WRONG = {"cero": seen(0, 7), "uno": seen(1, 7), "ajena": seen(42, 0)}


def observe_wrong(wrong: WrongAnswer) -> Observation:
    return WRONG[wrong.id]


def codes(observation: Observation) -> list[str]:
    return [result.code for result in compare(EXERCISE, observation, SOLUTION)]


def test_each_check_has_a_result_with_all_its_points_or_none() -> None:
    results = compare(EXERCISE, seen(42, 8), SOLUTION)
    assert [(one.status, one.points, one.max_points) for one in results] == [("passed", 1.5, 1.5), ("failed", 0.0, 2.0)]


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("error", "cell.stopped"),
        ("timeout", "cell.too_slow"),
        ("out_of_memory", "cell.out_of_memory"),
        ("died", "cell.died"),
    ],
)
def test_an_answer_that_did_not_end_is_not_looked_at(ending: Any, code: str) -> None:
    results = compare(EXERCISE, Observation(ending, None, SOLUTION.evidence), SOLUTION)
    assert {(one.status, one.code, one.points) for one in results} == {("error", code, 0.0)}


@pytest.mark.parametrize(
    "raw", [None, {"refused": True}, {"too_slow": True}, {"holds": {"t": "?"}}, [], {"passed": True}]
)
def test_what_is_no_evidence_earns_nothing(raw: Any) -> None:
    assert codes(Observation("done", None, {"value": raw, "otro": raw})) == ["evidence.unreadable"] * 2
    assert codes(Observation("done", None, {})) == ["evidence.unreadable"] * 2


def test_the_wrong_answer_of_the_failing_check_is_recognised() -> None:
    def recognised(observation: Observation) -> list[str | None]:
        results = compare(EXERCISE, observation, SOLUTION)
        return [one.wrong_answer_id for one in explain(EXERCISE, results, observation, observe_wrong)]

    assert recognised(seen(1, 7)) == ["uno", None]
    assert recognised(seen(0, 0)) == ["cero", "ajena"]
    assert recognised(seen(5, 5)) == [None, None]
    assert recognised(SOLUTION) == [None, None]


def test_after_a_limit_there_is_nothing_to_recognise() -> None:
    slow = Observation("timeout", CodeFault("suma", "", "", None))
    asked: list[str] = []

    def observe(wrong: WrongAnswer) -> Observation:
        asked.append(wrong.id)
        return slow

    results = explain(EXERCISE, compare(EXERCISE, slow, SOLUTION), slow, observe)
    assert ([one.wrong_answer_id for one in results], asked) == ([None, None], [])


def test_wrong_answers_are_not_asked_about_a_check_that_passed() -> None:
    asked: list[str] = []

    def observe(wrong: WrongAnswer) -> Observation:
        asked.append(wrong.id)
        return WRONG[wrong.id]

    explain(EXERCISE, compare(EXERCISE, seen(42, 9), SOLUTION), seen(42, 9), observe)
    assert asked == ["ajena"]
