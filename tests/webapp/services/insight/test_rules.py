"""The figures of exercises, against figures that were worked out by hand."""

from datetime import datetime, timedelta

import pytest
from support.jobs import NOON

from graders import Verdict
from webapp.services.insight import rules
from webapp.services.insight.records import Bar, ExerciseFacts, Share, Spread, Try
from webapp.services.submissions.records import SubmissionId

MONDAY = NOON


def minute(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def tries(learner: int, *verdicts: Verdict, first_at: float = 0, every: float = 1) -> tuple[Try, ...]:
    return tuple(
        Try(SubmissionId(learner * 100 + place), learner, verdict, f"d{place}", minute(first_at + place * every))
        for place, verdict in enumerate(verdicts)
    )


def facts(*learners: tuple[Try, ...], **more: object) -> ExerciseFacts:
    by_learner = {some[0].learner_id: some for some in learners}
    return ExerciseFacts(
        "leccion", "suma", by_learner, **{"moments": {}, "hints": {}, "solution_seen": frozenset(), **more}
    )  # type: ignore[arg-type]  # tests give what they need


def test_only_the_first_try_counts_as_right_at_once() -> None:
    found = rules.study(facts(tries(1, "passed"), tries(2, "failed", "passed"), tries(3, "partial")), {})
    assert found.right_at_once == Share(1, 3)
    assert found.right_at_last == Share(2, 3)
    assert (found.learners, found.attempts) == (3, 4)


def test_attempts_until_right_leave_out_who_never_was_and_what_came_after() -> None:
    found = rules.study(
        facts(tries(1, "passed", "failed"), tries(2, "failed", "error", "passed"), tries(3, "failed", "failed")), {}
    )
    assert found.tries_until_right == Spread(1.5, 2.0, 2.5, 2)
    assert [(bar.low, bar.count) for bar in found.tries_bars] == [(1, 1), (2, 0), (3, 1), (4, 0), (5, 0)]


def test_ten_learners_give_the_point_biserial_correlation_that_is_worked_out_by_hand() -> None:
    """Five right with rest scores of mean 0.7, five wrong of mean 0.3; all ten have a deviation of sqrt(0.06).

    r = (0.7 − 0.3) / sqrt(0.06) · sqrt(0.5 · 0.5) = 0.2 / 0.2449489… = 0.8164965…
    """
    right = [0.5, 0.6, 0.7, 0.8, 0.9]
    wrong = [0.1, 0.2, 0.3, 0.4, 0.5]
    first = {place: place < 5 for place in range(10)}
    found = rules.discrimination(first, dict(enumerate(right + wrong)))
    assert found == pytest.approx(0.8164965, abs=1e-6)


def test_an_exercise_that_only_the_weaker_get_right_discriminates_the_wrong_way() -> None:
    first = {place: place >= 5 for place in range(10)}
    assert rules.discrimination(first, {place: 0.9 if place < 5 else 0.2 for place in range(10)}) == pytest.approx(-1)


def test_fewer_than_ten_learners_have_no_discrimination() -> None:
    first = {place: place < 5 for place in range(9)}
    assert rules.discrimination(first, {place: place / 9 for place in range(9)}) is None


def test_a_learner_without_another_exercise_does_not_count_for_the_ten() -> None:
    first = {place: place < 5 for place in range(10)}
    assert rules.discrimination(first, {place: place / 9 for place in range(9)}) is None


def test_an_exercise_that_everybody_gets_right_has_no_discrimination() -> None:
    assert rules.discrimination(dict.fromkeys(range(12), True), {place: place / 12 for place in range(12)}) is None


def test_the_rest_score_leaves_the_exercise_itself_out() -> None:
    right = {("l", "a"): {1: True, 2: False}, ("l", "b"): {1: True}, ("l", "c"): {1: False, 2: True}}
    rest = rules.rest_scores(right)
    assert rest["l", "a"] == {1: 0.5, 2: 1.0}
    assert rest["l", "b"] == {1: 0.5}
    assert rest["l", "c"] == {1: 1.0, 2: 0.0}


def test_who_tried_one_exercise_only_has_no_rest_score() -> None:
    assert rules.rest_scores({("l", "a"): {1: True}, ("l", "b"): {}}) == {("l", "a"): {}, ("l", "b"): {}}


def test_time_runs_from_the_first_sign_of_work_to_the_first_right_attempt_without_the_pauses() -> None:
    """Signs at minutes 0, 4, 30, 33 and the right attempt at 35: the pause of 26 minutes is not counted."""
    some = (*tries(1, "failed", first_at=4), *tries(1, "passed", "failed", first_at=35, every=20))
    known = facts(some, moments={1: [minute(0), minute(30), minute(33), minute(50)]})
    assert rules.minutes_spent(known, 1) == 4 + 3 + 2


def test_a_pause_of_exactly_ten_minutes_counts() -> None:
    assert rules.minutes_spent(facts(tries(1, "failed", "passed", every=10)), 1) == 10
    assert rules.minutes_spent(facts(tries(1, "failed", "passed", every=10.1)), 1) == 0


def test_the_time_of_who_is_never_right_ends_with_the_last_attempt() -> None:
    known = facts(tries(1, "failed", "failed", every=3), moments={1: [minute(5)]})
    assert rules.minutes_spent(known, 1) == 3


def test_a_single_sign_of_work_spans_no_time() -> None:
    found = rules.study(facts(tries(1, "passed")), {})
    assert found.minutes is None
    assert sum(bar.count for bar in found.minutes_bars) == 0


def test_a_bar_holds_its_low_end_and_not_its_high_one() -> None:
    assert rules.bars([0, 0.9, 1, 1.9, 2, 50], (0.0, 1.0, 2.0)) == (Bar(0, 1, 2), Bar(1, 2, 2), Bar(2, None, 2))


def test_help_is_counted_among_those_who_tried() -> None:
    known = facts(
        tries(1, "passed"), tries(2, "failed"), tries(3, "failed"),
        hints={1: 2, 2: 1, 9: 3}, solution_seen=frozenset({2, 9}),
    )  # fmt: skip
    found = rules.study(known, {})
    assert found.help_taken == (1, 1, 1)
    assert found.solution_seen == Share(1, 3)


def test_two_weeks_are_shown_by_day_with_the_empty_days_between() -> None:
    periods, days = rules.list_periods((*tries(1, "passed", "error", every=2 * 24 * 60), *tries(2, "partial")))
    assert days == 1
    assert [one.begins_on.isoformat() for one in periods] == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert [one.counts["passed"] + one.counts["partial"] for one in periods] == [2, 0, 0]
    assert periods[2].counts["stopped"] == 1


@pytest.mark.parametrize(
    ("days", "length", "count"), [(13, 1, 14), (14, 7, 3), (97, 7, 14), (98, 14, 8), (364, 28, 14)]
)
def test_a_longer_time_is_shown_by_weeks_in_fourteen_bars_at_most(days: int, length: int, count: int) -> None:
    """The clock stands at a Monday."""
    assert MONDAY.weekday() == 0
    periods, found = rules.list_periods(tries(1, "passed", "failed", every=days * 24 * 60))
    assert (found, len(periods)) == (length, count)
    assert sum(sum(one.counts.values()) for one in periods) == 2


def test_an_exercise_that_nobody_tried_has_empty_cells_in_the_file_and_not_zeros() -> None:
    header, row = rules.csv_rows([rules.study(facts(), {})])
    cells = dict(zip(header, row, strict=True))
    assert cells["learners"] == "0"
    assert {cells[name] for name in ("right_at_first_try_share", "discrimination", "median_minutes")} == {""}
