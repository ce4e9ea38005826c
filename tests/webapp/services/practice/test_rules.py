"""What runs when a button is pressed, what may be saved, and when a run ends."""

import pytest
from support.jobs import NOON
from support.practice import a_lesson

from webapp.services.practice.records import Draft, KernelState, RunCell, RunId, Standing, Waiting
from webapp.services.practice.rules import (
    LATEST_LOOK_S,
    SOONEST_LOOK_S,
    cell_ids,
    cells_to_run,
    check_source,
    ends_run,
    find_standing,
    is_memory_short,
    locked_source,
    look_again_s,
    needs_waking,
    runnable_cells,
)


def draft(cell: str, source: str) -> dict[str, Draft]:
    return {cell: Draft(cell, 1, source, NOON)}


def test_locked_cells_keep_the_lessons_text() -> None:
    cells = runnable_cells(a_lesson(), "es", draft("cerrada", "y = 'mine'"))
    assert [cell.source for cell in cells] == ["x = 1", "y = 2", "print(x)"]
    assert locked_source(a_lesson(), "cerrada") == "y = 2"
    assert locked_source(a_lesson(), "primera") is None


def test_an_answer_runs_only_if_touched_and_may_fail() -> None:
    cells = runnable_cells(a_lesson(), "es", draft("suma", "total = x"))
    assert cells[2] == RunCell("suma", "total = x", may_fail=True)


def test_run_above_ends_with_the_cell_itself() -> None:
    pressed = RunCell("segunda", "print(x + 1)")
    cells = cells_to_run(a_lesson(), "es", {}, pressed, with_above=True)
    assert [cell.cell_id for cell in cells] == ["primera", "cerrada", "segunda"]
    assert cells[-1] == pressed
    assert cells_to_run(a_lesson(), "es", {}, pressed, with_above=False) == (pressed,)


def test_the_cells_of_a_lesson_are_code_and_answers() -> None:
    assert cell_ids(a_lesson()) == ("primera", "cerrada", "suma", "segunda")


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x = 1", None),
        ("", None),
        ("ñ🌵" * 10, None),
        ("x" * 101, "too_large"),
        ("ñ" * 51, "too_large"),
        ("a\0b", "bad_text"),
        ("\ud800", "bad_text"),
        (None, "bad_text"),
        (3, "bad_text"),
        (float("nan"), "bad_text"),
    ],
)
def test_a_text_is_refused_for_its_reason(source: object, code: str | None) -> None:
    assert check_source(source, most_bytes=100) == code


@pytest.mark.parametrize(
    ("may_fail", "status", "is_last", "ends"),
    [
        (False, "ok", False, False),
        (False, "error", False, True),
        (True, "error", False, False),
        (True, "timeout", False, True),
        (True, "lost", False, True),
        (False, "ok", True, True),
    ],
)
def test_only_an_answers_own_error_lets_a_run_go_on(may_fail: bool, status: str, is_last: bool, ends: bool) -> None:
    assert ends_run(RunCell("a", "", may_fail), status, is_last=is_last) is ends  # type: ignore[arg-type]  # words of the table above


LINE = (Waiting(RunId(7), 1), Waiting(RunId(5), 2), Waiting(RunId(6), 2), Waiting(RunId(9), 3))


@pytest.mark.parametrize(
    ("run_id", "learner", "place", "is_next"),
    [(7, 1, 1, True), (5, 2, 2, False), (6, 2, 2, False), (9, 3, 3, False), (10, 4, 4, False), (11, 1, 3, False)],
)
def test_a_place_in_the_line_counts_the_other_people_before(
    run_id: int, learner: int, place: int, is_next: bool
) -> None:
    assert find_standing(LINE, RunId(run_id), learner) == Standing(place, is_next)


def test_without_a_line_one_is_next() -> None:
    assert find_standing((), RunId(1), 1) == Standing(1, is_next=True)


def test_as_many_are_next_as_are_tried_at_once() -> None:
    assert [find_standing(LINE, one.run_id, one.learner_id, at_once=2).is_next for one in LINE] == [
        True, True, False, False,
    ]  # fmt: skip


def test_those_far_behind_look_less_often_but_always_again() -> None:
    looks = [look_again_s(place) for place in (1, 5, 50, 100, 5000)]
    assert looks == sorted(looks)
    assert (looks[0], looks[-1]) == (SOONEST_LOOK_S, LATEST_LOOK_S)


@pytest.mark.parametrize(
    ("available", "reserve", "is_short"), [(1500, 1000, False), (1499, 1000, True), (0, 1000, True), (0, 0, False)]
)
def test_memory_is_short_before_births_are_refused(available: int, reserve: int, is_short: bool) -> None:
    assert is_memory_short(available, reserve) is is_short


@pytest.mark.parametrize(
    ("state", "wakes"),
    [("resting", True), ("lost", True), ("none", False), ("starting", False), ("ready", False)],
)
def test_only_a_memory_that_was_there_is_brought_back(state: KernelState, wakes: bool) -> None:
    cell = RunCell("segunda", "print(x)", needs_above=True)
    assert needs_waking((cell,), state) is wakes
    assert not needs_waking((RunCell("segunda", "print(x)"),), state)
    assert not needs_waking((RunCell("primera", "x = 1"), cell), state)
