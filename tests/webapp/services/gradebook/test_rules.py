"""How marks come about: pure rules, no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.practice import a_course, a_lesson

from graders import Verdict
from webapp.services.gradebook.records import Entry, Mark, Parts
from webapp.services.gradebook.rules import (
    course_progress,
    csv_rows,
    defuse,
    lesson_progress,
    mark_of,
    may_see_solution,
    points_text,
    score_of,
)
from webapp.services.submissions.records import ExerciseKey, SubmissionId
from webapp.services.submissions.rules import answer_digest

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEY = ExerciseKey("curso", "leccion", "suma")


def an_entry(number: int, points: float, verdict: Verdict) -> Entry:
    at = NOON + timedelta(minutes=number)
    return Entry(SubmissionId(number), 1, KEY, verdict, points, 2.0, f"digest {number}", at)


def a_mark(points: float, *, is_passed: bool = False) -> Mark:
    return Mark(KEY, Parts(points), 2.0, 1, "passed" if is_passed else "failed", is_passed, NOON)


def test_the_best_attempt_counts_and_the_latest_is_told() -> None:
    entries = [an_entry(1, 0.5, "partial"), an_entry(2, 2.0, "passed"), an_entry(3, 0.0, "error")]
    mark = mark_of(entries, [score_of(one) for one in entries])
    assert (mark.points, mark.attempts, mark.latest_verdict, mark.is_passed) == (2.0, 3, "error", True)
    assert mark.latest_at == NOON + timedelta(minutes=3)


def test_full_points_without_passing_are_not_passed() -> None:
    entry = an_entry(1, 2.0, "partial")
    assert not mark_of([entry], [score_of(entry)]).is_passed


def test_where_the_last_attempt_counts_a_worse_one_takes_points_away() -> None:
    entries = [an_entry(1, 2.0, "passed"), an_entry(2, 0.5, "partial")]
    mark = mark_of(entries, [score_of(one) for one in entries], counts="last")
    assert (mark.points, mark.is_passed, mark.attempts) == (0.5, False, 2)


@pytest.mark.parametrize(
    ("answers", "is_open"),
    [
        (["x = 1", "x = 2", "x = 3"], True),
        (["x = 1", "x = 2"], False),
        (["x = 1", "x = 1 ", "\nx = 1\n", "x = 1\r\n"], False),
        (["x = 1", "x = 2", "x = ..."], False),
        (["x = 1", "x = 2", ""], False),
        (["x = 1", "x = 2", "x =  1"], True),
    ],
)
def test_three_honest_tries_open_the_solution(answers: list[str], is_open: bool) -> None:
    """Honest: different from each other, from the starter, and from nothing at all."""
    digests = [answer_digest(one, ()) for one in answers]
    assert may_see_solution(is_passed=False, digests=digests, starters=("x = ...", "x = ...")) is is_open


def test_the_last_attempt_that_there_may_be_opens_the_solution() -> None:
    one, two = answer_digest("x = 1", ()), answer_digest("x = 2", ())
    assert not may_see_solution(is_passed=False, digests=[one], starters=("",), attempts_most=2)
    assert may_see_solution(is_passed=False, digests=[one, two], starters=("",), attempts_most=2)


def test_passing_opens_the_solution_at_once() -> None:
    assert may_see_solution(is_passed=True, digests=[], starters=("",))


def test_another_order_or_another_kind_of_answer_is_another_answer() -> None:
    assert answer_digest("", ["a", "b"]) != answer_digest("", ["b", "a"])
    assert answer_digest("", ["a"]) != answer_digest("a", [])


def test_a_lesson_is_done_at_the_share_that_the_course_asks_for() -> None:
    """Of 3 points 70 % are 2.1."""
    lesson = a_lesson()

    def is_done(points: float) -> bool:
        return lesson_progress(lesson, {("leccion", "suma"): a_mark(points)}, pass_share=0.7).is_done

    assert (is_done(2.09), is_done(2.1), is_done(0.7 * 3)) == (False, True, True)


def test_a_lesson_without_exercises_is_done_from_the_start() -> None:
    assert lesson_progress(replace(a_lesson(), exercises=()), {}, pass_share=0.7).is_done


def test_a_course_is_passed_when_each_of_its_lessons_is_done() -> None:
    course = a_course()
    assert not course_progress(course, {}).is_passed
    marks = {("leccion", "suma"): a_mark(2.0, is_passed=True), ("leccion", "elige"): a_mark(1.0, is_passed=True)}
    progress = course_progress(course, marks)
    assert (progress.is_passed, progress.points, progress.max_points) == (True, 3.0, 3.0)


def test_an_exercise_never_tried_is_empty_and_not_zero() -> None:
    progress = {1: course_progress(a_course(), {("leccion", "suma"): a_mark(0.0)})}
    header, row = csv_rows(a_course(), [(1, "Ana", "ana@prueba.test")], progress)
    assert header[:6] == ("name", "email", "leccion/suma", "leccion/elige", "points", "max_points")
    assert row[:6] == ("Ana", "ana@prueba.test", "0", "", "0", "3")


def test_a_file_of_marks_says_last_where_the_points_come_from() -> None:
    mark = replace(a_mark(1.0), parts=Parts(1.0, 0.5, 0.3), state="waiting")
    progress = {1: course_progress(a_course(), {("leccion", "suma"): mark})}
    header, row = csv_rows(a_course(), [(1, "Ana", "ana@prueba.test")], progress)
    assert header[6:] == ("machine_points", "person_points", "late_points", "not_final")
    assert (row[2], row[4:]) == ("1.2", ("1.2", "3", "1", "0.5", "0.3", "1"))


@pytest.mark.parametrize(("points", "text"), [(0.0, "0"), (2.0, "2"), (0.5, "0.5"), (1.25, "1.25"), (10.0, "10")])
def test_points_are_written_without_idle_zeros(points: float, text: str) -> None:
    assert points_text(points) == text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_what_a_spreadsheet_would_carry_out_is_defused(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "0", "1.5", "Ana", "a=b", "ana@prueba.test"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert defuse(cell) == cell
