"""What runs when a button is pressed, what may be saved, and when a run ends."""

import pytest
from support.jobs import NOON
from support.practice import a_lesson

from webapp.services.practice.records import Draft, RunCell
from webapp.services.practice.rules import (
    cell_ids,
    cells_to_run,
    check_source,
    ends_run,
    locked_source,
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
