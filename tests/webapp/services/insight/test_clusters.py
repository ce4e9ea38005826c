"""Which wrong answers belong together, and what is shown of them."""

from collections.abc import Mapping
from typing import Any

from support.marks import a_report

from graders import CheckResult, CodeFault, GradeReport
from webapp.services.insight.clusters import LEAST_FOR_EXAMPLE, MOST_SHOWN, cluster, plain_code, without_names
from webapp.services.insight.records import WrongTry


def failed(code: str = "value.different", wrong: str | None = None, **fields: Any) -> GradeReport:
    check = CheckResult("suma-check", "failed", 0.0, 2.0, code, fields, wrong)
    return GradeReport("suma", "failed", 0.0, 2.0, (check,), 0.1, "v1")


def stopped(name: str, value: str) -> GradeReport:
    return GradeReport("suma", "error", 0.0, 2.0, (), 0.1, "v1", CodeFault("suma", name, value, 1))


def wrong(learner: int, report: GradeReport, source: str = "total = 4", choice: tuple[str, ...] = ()) -> WrongTry:
    return WrongTry(learner, report, source, choice)


def counts(*tries: WrongTry, names: Mapping[int, str] | None = None) -> list[tuple[str, int, int]]:
    return [(one.kind, one.learners, one.attempts) for one in cluster(tries, names or {}).shown]


def test_a_declared_wrong_answer_gathers_its_attempts_whatever_the_code() -> None:
    assert counts(wrong(1, failed(wrong="olvido"), "a = 1"), wrong(2, failed(wrong="olvido"), "b = 2")) == [
        ("declared", 2, 2)
    ]


def test_the_same_check_that_saw_something_else_is_another_kind() -> None:
    tries = (wrong(1, failed(have=4)), wrong(2, failed(have=4)), wrong(3, failed(have=5)))
    assert counts(*tries) == [("checks", 2, 2), ("checks", 1, 1)]


def test_exceptions_are_told_apart_by_what_they_say() -> None:
    tries = (
        wrong(1, stopped("KeyError", "'Ramo'")),
        wrong(2, stopped("KeyError", "'Ramo'")),
        wrong(3, stopped("KeyError", "'Año'")),
    )
    assert counts(*tries) == [("fault", 2, 2), ("fault", 1, 1)]


def test_a_limit_has_a_kind_of_its_own() -> None:
    assert counts(wrong(1, a_report(0.0, "timeout")), wrong(2, a_report(0.0, "out_of_memory"))) == [
        ("limit", 1, 1),
        ("limit", 1, 1),
    ]


def test_choices_are_told_apart_by_the_options_marked() -> None:
    report = failed("choice.wrong")
    tries = (wrong(1, report, "", ("b",)), wrong(2, report, "", ("b",)), wrong(3, report, "", ("b", "c")))
    assert counts(*tries) == [("choice", 2, 2), ("choice", 1, 1)]


def test_kinds_come_by_learners_and_not_by_attempts() -> None:
    tries = (*(wrong(1, failed(have=9)) for _ in range(5)), wrong(2, failed(have=4)), wrong(3, failed(have=4)))
    assert counts(*tries) == [("checks", 2, 2), ("checks", 1, 5)]


def test_kinds_that_are_not_shown_are_counted() -> None:
    found = cluster([wrong(1, failed(have=number)) for number in range(MOST_SHOWN + 3)], {})
    assert (len(found.shown), found.attempts, found.rest) == (MOST_SHOWN, MOST_SHOWN + 3, 3)


def test_code_is_shown_from_five_people_on() -> None:
    many = [wrong(number, failed(have=4)) for number in range(LEAST_FOR_EXAMPLE)]
    assert cluster(many, {}).shown[0].example == "total = 4"
    assert cluster(many[1:], {}).shown[0].example == ""


def test_five_attempts_of_one_person_are_not_five_people() -> None:
    assert cluster([wrong(1, failed(have=4)) for _ in range(9)], {}).shown[0].example == ""


def test_the_example_is_the_code_that_came_most_often() -> None:
    sources = ["total = 4", "total=4  # casi", "total = 2 + 2", "total = (4)", "total = 5 - 1"]
    (found,) = cluster([wrong(number, failed(have=4), source) for number, source in enumerate(sources)], {}).shown
    assert found.example == "total = 4"
    assert found.variants == 3


def test_code_that_differs_in_names_or_literals_stays_apart() -> None:
    assert plain_code("total = 'a'  # x") == plain_code('total  =  "a"')
    assert len({plain_code(source) for source in ("total = 1", "total = 2", "suma = 1")}) == 3


def test_text_that_is_not_python_loses_its_comments() -> None:
    assert plain_code("# soy Ana\ntotal = = 3  # de Ana\n\n") == "total = = 3"


def test_a_number_is_shown_as_it_was_written() -> None:
    tries = [wrong(number, failed(have=4), " 1,5   kg ") for number in range(5)]
    assert cluster(tries, {}, is_code=False).shown[0].example == "1,5 kg"


def test_a_name_in_a_text_is_taken_out_of_the_example() -> None:
    source = 'autora = "ANA Torres"\nbanana = 1'
    tries = [wrong(number, failed(have=4), source) for number in range(5)]
    (found,) = cluster(tries, {0: "Ana Torres de la Cruz"}).shown
    assert found.example == "autora = '… …'\nbanana = 1"


def test_short_words_of_a_name_are_left_in_the_code() -> None:
    assert without_names("de = la", ["Juan de la Cruz"]) == "de = la"
