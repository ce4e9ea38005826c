"""What an attempt is worth: the machine's points, a person's in their place, and what being late takes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.marking import a_manual_mark, a_project

from graders import Verdict
from webapp.services.cohorts.records import Lateness
from webapp.services.gradebook.records import Entry, Parts
from webapp.services.gradebook.rules import mark_of, score_of
from webapp.services.submissions.records import ExerciseKey, SubmissionId

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PROJECT = a_project()


def an_entry(points: float = 2.0, verdict: Verdict = "passed", number: int = 1, most: float = 2.0) -> Entry:
    return Entry(
        SubmissionId(number), 1, ExerciseKey("curso", "leccion", "proyecto"), verdict, points, most, "", NOON
    )  # fmt: skip


def test_the_rubric_adds_to_what_the_machine_gave() -> None:
    score = score_of(an_entry(), [a_manual_mark(rubric=5.0)], exercise=PROJECT, pass_share=0.7)
    assert (score.parts, score.max_points) == (Parts(2.0, 5.0), 8.0)
    assert (score.state, score.is_passed) == ("final", True)


def test_a_persons_points_for_the_checks_stand_in_place_of_the_machines() -> None:
    score = score_of(an_entry(0.0, "failed"), [a_manual_mark(checks=2.0, rubric=None, most=2.0)], pass_share=0.7)
    assert (score.parts, score.is_passed) == (Parts(0.0, 2.0), True)


def test_the_machine_never_writes_over_a_person_whatever_it_says_later() -> None:
    """A regrade replaces the entry; the points that a person gave are as they were."""
    marks = [a_manual_mark(checks=1.0, rubric=None, most=2.0)]
    before = score_of(an_entry(0.0, "failed"), marks)
    assert score_of(an_entry(2.0, "passed"), marks) == before


def test_an_exercise_with_a_rubric_waits_for_a_person_and_is_not_passed() -> None:
    score = score_of(an_entry(), exercise=PROJECT)
    assert (score.state, score.is_passed, score.parts.total) == ("waiting", False, 2.0)


def test_while_two_markers_are_at_it_nothing_of_theirs_counts() -> None:
    marks = [a_manual_mark(rubric=6.0, needs_second=True)]
    score = score_of(an_entry(), marks, exercise=a_project(needs_second=True))
    assert (score.state, score.is_passed, score.parts) == ("in_review", False, Parts(2.0))


@pytest.mark.parametrize(("rubric", "is_passed"), [(3.5, False), (3.6, True)])
def test_a_persons_mark_is_a_pass_from_the_share_that_the_course_asks_for(rubric: float, is_passed: bool) -> None:
    """Of 8 points 70 % are 5.6, and the machine gave 2."""
    score = score_of(an_entry(), [a_manual_mark(rubric=rubric)], exercise=PROJECT, pass_share=0.7)
    assert score.is_passed is is_passed


def test_what_lateness_takes_is_shown_apart_and_does_not_unmake_a_pass() -> None:
    score = score_of(an_entry(4.0, "passed", most=4.0), lateness=Lateness(2, 0.1))
    assert score.parts == Parts(4.0, 0.0, 0.4)
    assert (round(score.parts.total, 9), score.is_passed) == (3.6, True)


def test_lateness_takes_from_a_persons_points_too() -> None:
    score = score_of(an_entry(), [a_manual_mark(rubric=6.0)], exercise=PROJECT, lateness=Lateness(1, 0.25))
    assert score.parts == Parts(2.0, 6.0, 2.0)


def test_a_later_attempt_that_waits_is_told_though_an_earlier_one_counts() -> None:
    entries = [an_entry(number=1), replace(an_entry(0.0, "failed"), submission_id=SubmissionId(2))]
    scores = [
        score_of(entries[0], [a_manual_mark(rubric=4.0)], exercise=PROJECT), score_of(entries[1], exercise=PROJECT),
    ]  # fmt: skip
    mark = mark_of(entries, scores)
    assert (mark.points, mark.state, mark.max_points) == (6.0, "waiting", 8.0)
    assert mark_of(entries, scores, counts="last").points == 0.0


@given(
    machine=st.floats(0, 2), checks=st.none() | st.floats(0, 2), rubric=st.none() | st.floats(0, 6),
    lost=st.floats(0, 1),
)  # fmt: skip
def test_the_parts_add_up_and_stay_within_the_points_of_the_exercise(
    machine: float, checks: float | None, rubric: float | None, lost: float
) -> None:
    marks = [a_manual_mark(checks=checks, rubric=rubric)]
    score = score_of(an_entry(machine, "partial"), marks, exercise=PROJECT, lateness=Lateness(1, lost))
    parts = score.parts
    assert min(parts.machine, parts.person, parts.late) >= 0
    assert -0.006 <= parts.total <= score.max_points + 1e-9
    assert parts.total == parts.machine + parts.person - parts.late
