"""What people's marks come to: pure rules, no database."""

import pytest
from support.marking import a_judgement, a_manual_mark, a_project

from webapp.services.marking.records import Judgement, ManualMark, Sheet, Standing
from webapp.services.marking.rules import (
    clean_words,
    is_usable,
    rubric_points,
    seen_by,
    sheet_of,
    slot_for,
    standing,
)

SHEET = sheet_of(a_project())
CHECKS_ONLY = Sheet(2.0, {})


def test_a_sheet_has_the_points_of_the_checks_apart_from_those_of_the_rubric() -> None:
    assert (SHEET.check_points, SHEET.rubric_points, SHEET.points) == (2.0, 6.0, 8.0)


def test_levels_come_to_their_points() -> None:
    assert rubric_points(a_judgement(1, 2), SHEET) == 5.0
    assert rubric_points(Judgement(1.0, {}), CHECKS_ONLY) is None


@pytest.mark.parametrize(
    "judgement",
    [
        Judgement(None, {"claridad": 2}),
        Judgement(None, {"claridad": 2, "metodo": 2, "otro": 1}),
        Judgement(None, {"claridad": 3, "metodo": 2}),
        Judgement(None, {"claridad": -1, "metodo": 2}),
        a_judgement(checks=2.01),
        a_judgement(checks=-0.01),
        a_judgement(checks=float("nan")),
        a_judgement(checks=float("inf")),
    ],
)
def test_a_judgement_that_does_not_fit_its_sheet_is_not_usable(judgement: Judgement) -> None:
    assert not is_usable(judgement, SHEET)


@pytest.mark.parametrize("judgement", [a_judgement(), a_judgement(0, 0, checks=0.0), a_judgement(checks=2.0)])
def test_a_judgement_with_a_level_for_each_criterion_is_usable(judgement: Judgement) -> None:
    assert is_usable(judgement, SHEET)


def test_without_a_rubric_points_must_be_given() -> None:
    assert not is_usable(Judgement(None, {}), CHECKS_ONLY)
    assert is_usable(Judgement(0.0, {}), CHECKS_ONLY)


def test_the_latest_version_is_what_a_marker_says() -> None:
    marks = [a_manual_mark(version=2, rubric=3.0), a_manual_mark(version=1, rubric=6.0)]
    assert standing(marks, machine_points=0) == Standing("settled", None, 3.0)


def blind(slot: str, rubric: float, *, checks: float | None = None, marker_id: int = 7) -> ManualMark:
    return a_manual_mark(slot, rubric=rubric, checks=checks, needs_second=True, marker_id=marker_id)  # type: ignore[arg-type]  # a slot by hand


def test_a_first_mark_of_two_does_not_stand() -> None:
    assert standing([blind("first", 6.0)], machine_points=2) == Standing("waiting_second")


@pytest.mark.parametrize(("second", "state"), [(5.2, "settled"), (5.19, "disputed"), (6.0, "settled")])
def test_two_marks_agree_up_to_a_tenth_of_the_points(second: float, state: str) -> None:
    """Of 8 points a tenth is 0.8."""
    found = standing([blind("first", 6.0), blind("second", second)], machine_points=2)
    assert found.state == state
    assert found.rubric_points == (pytest.approx((6.0 + second) / 2) if state == "settled" else None)


def test_a_marker_who_lets_the_machine_stand_agrees_with_one_who_gives_the_same() -> None:
    found = standing([blind("first", 6.0), blind("second", 6.0, checks=2.0)], machine_points=2)
    assert found == Standing("settled", 2.0, 6.0)
    assert standing([blind("first", 6.0), blind("second", 6.0, checks=0.0)], machine_points=2).state == "disputed"


def test_a_moderators_mark_stands_whatever_the_others_say() -> None:
    marks = [blind("first", 6.0), blind("second", 0.0), blind("moderator", 4.0)]
    assert standing(marks, machine_points=2) == Standing("settled", None, 4.0)


def test_anybody_may_change_the_mark_of_a_work_for_one() -> None:
    assert slot_for(8, [a_manual_mark(marker_id=7)], needs_second=False) == "first"


def test_of_two_markers_each_has_a_slot_and_a_third_has_none() -> None:
    first, second = blind("first", 6.0, marker_id=7), blind("second", 6.0, marker_id=8)
    assert slot_for(7, [], needs_second=True) == "first"
    assert slot_for(7, [first], needs_second=True) == "first"
    assert slot_for(8, [first], needs_second=True) == "second"
    assert slot_for(7, [first, second], needs_second=True) is None
    assert slot_for(9, [first, second], needs_second=True) is None


def test_a_work_that_was_marked_by_one_stays_so_until_its_exercise_asks_for_two() -> None:
    assert slot_for(8, [a_manual_mark(marker_id=7)], needs_second=True) == "second"


def test_a_blind_marker_sees_their_own_mark_until_both_are_in() -> None:
    first, second = blind("first", 6.0, marker_id=7), blind("second", 6.0, marker_id=8)
    assert seen_by(8, [first]) == ()
    assert seen_by(7, [first]) == (first,)
    assert seen_by(8, [first, second]) == (first, second)
    assert seen_by(8, [a_manual_mark(marker_id=7)]) != ()


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("  bien \r\n hecho ", 50, "bien \n hecho"),
        ("con\x00 nulo\x1b[31m", 50, "con nulo[31m"),
        ("\ud800 suelto", 50, "suelto"),
        ("x" * 50, 50, "x" * 50),
        ("x" * 51, 50, None),
        ("   ", 50, ""),
    ],
)
def test_words_are_kept_without_what_nobody_sees(text: str, most: int, kept: str | None) -> None:
    assert clean_words(text, most=most) == kept
