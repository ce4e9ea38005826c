"""Number exercises: right in any known unit, and wrong with words for the way in which it is."""

import pytest

from courses import NumberAnswer, Unit
from graders.checks.number import is_same_number, judge_number

WEIGHT = NumberAnswer(1234.5, (Unit("kg", 1.0, ("kilos",)), Unit("g", 0.001), Unit("t", 1000.0)), relative=0.001)
BARE = NumberAnswer(1234.0)
SHARE = NumberAnswer(12.5, (Unit("%", 1.0, ("por ciento",)),), is_unit_optional=True, tolerance=0.1)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (WEIGHT, "1234.5 kg"),
        (WEIGHT, "1 234,5 Kilos"),
        (WEIGHT, "1,234,500 g"),
        (WEIGHT, "1.2345 t"),
        (WEIGHT, "1235.0 kg"),
        (WEIGHT, "1,234.5kg"),
        (BARE, "1234"),
        (BARE, "1,234"),
        (BARE, "1 234"),
        (BARE, "1234,0"),
        (SHARE, "12.5 %"),
        (SHARE, "12,5"),
        (SHARE, "12.6 por ciento"),
        (NumberAnswer(0.0, tolerance=0.01), "-0,005"),
        (NumberAnswer(-3.0), "−3"),
    ],
)
def test_a_right_number_is_right_however_it_is_written(asked: NumberAnswer, answer: str) -> None:
    assert judge_number(asked, answer).code == "number.right"


@pytest.mark.parametrize(
    ("asked", "answer", "code"),
    [
        (WEIGHT, "", "none"),
        (WEIGHT, "mucho", "unreadable"),
        (WEIGHT, "1234.5", "no_unit"),
        (WEIGHT, "1234.5 libras", "unknown_unit"),
        (WEIGHT, "1234.5 g", "other_unit"),
        (WEIGHT, "12345 kg", "times_larger"),
        (WEIGHT, "123.45 kg", "times_smaller"),
        (WEIGHT, "-1234.5 kg", "other_sign"),
        (WEIGHT, "1240 kg", "nearly"),
        (WEIGHT, "7 kg", "different"),
        (BARE, "1234 kg", "needless_unit"),
        (BARE, "1.234", "two_readings"),
        (SHARE, "0", "different"),
        (NumberAnswer(0.0), "5", "different"),
    ],
)
def test_a_wrong_number_is_told_how_it_is_wrong(asked: NumberAnswer, answer: str, code: str) -> None:
    finding = judge_number(asked, answer)
    assert (finding.is_right, finding.share, finding.code) == (False, 0.0, f"number.{code}")


def test_no_finding_holds_the_number_asked_for() -> None:
    for answer in ("7 kg", "12345 kg", "1240 kg", "-1234.5 kg", "1234.5 g", "1234.5"):
        told = {key: value for key, value in judge_number(WEIGHT, answer).fields.items() if key != "answer"}
        assert 1234.5 not in told.values()


def test_the_same_number_is_known_in_another_unit_and_another_dress() -> None:
    assert is_same_number(WEIGHT, "208,333 kg", "208 333 000 g")
    assert not is_same_number(WEIGHT, "208,333 kg", "208,333 g")
    assert not is_same_number(WEIGHT, "208,333 kg", "mucho")
