"""How the figures of an exercise come about. Facts in, figures out; docs/study.md says what each one means."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from statistics import StatisticsError, correlation, median, quantiles

from graders import Verdict
from webapp.services.insight.records import (
    Bar,
    ExerciseFacts,
    ExerciseId,
    ExerciseStudy,
    Outcomes,
    Period,
    Share,
    Spread,
    Try,
)

# Below so many learners a discrimination says more of chance than of the exercise.
LEAST_FOR_DISCRIMINATION = 10
# A longer pause between two signs of work is taken for a break, and not counted.
LONGEST_PAUSE = timedelta(minutes=10)
TRIES_ENDS = (1.0, 2.0, 3.0, 4.0, 5.0)
MINUTES_ENDS = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0)
OUTCOMES: tuple[Outcomes, ...] = ("passed", "partial", "failed", "stopped")
MOST_PERIODS, DAYS_OF_A_WEEK = 14, 7
OUTCOME_OF: Mapping[Verdict, Outcomes] = {
    "passed": "passed", "partial": "partial", "failed": "failed", "missing": "failed",
    "error": "stopped", "timeout": "stopped", "out_of_memory": "stopped",
}  # fmt: skip


def study(facts: ExerciseFacts, rest: Mapping[int, float]) -> ExerciseStudy:
    """The figures of an exercise. rest: of its learners, see `rest_scores`."""
    tries = facts.tries
    first = right_at_once(tries)
    needed = [float(number) for some in tries.values() if (number := tries_until_right(some)) is not None]
    minutes = [spent for learner in tries if (spent := minutes_spent(facts, learner)) is not None]
    every = [one for some in tries.values() for one in some]
    periods, days = list_periods(every)
    return ExerciseStudy(
        lesson_id=facts.lesson_id,
        exercise_id=facts.exercise_id,
        learners=len(tries),
        attempts=len(every),
        right_at_once=Share(sum(first.values()), len(tries)),
        right_at_last=Share(len(needed), len(tries)),
        discrimination=discrimination(first, rest),
        tries_until_right=spread(needed),
        tries_bars=bars(needed, TRIES_ENDS),
        minutes=spread(minutes),
        minutes_bars=bars(minutes, MINUTES_ENDS),
        help_taken=help_taken(facts),
        solution_seen=Share(len(facts.solution_seen & tries.keys()), len(tries)),
        periods=periods,
        days_per_period=days,
    )


def right_at_once(tries: Mapping[int, Sequence[Try]]) -> Mapping[int, bool]:
    """Whether each learner's first attempt passed."""
    return {learner: is_right(some[0]) for learner, some in tries.items()}


def is_right(one: Try) -> bool:
    return one.verdict == "passed"


def rest_scores(right: Mapping[ExerciseId, Mapping[int, bool]]) -> Mapping[ExerciseId, Mapping[int, float]]:
    """For each exercise, the share of the others that each learner had right at the first try.

    right: by exercise and learner, of those who tried it. A learner without another exercise is absent.
    """
    tried = Counter(learner for learners in right.values() for learner in learners)
    had = Counter(learner for learners in right.values() for learner, is_one in learners.items() if is_one)
    return {
        exercise: {
            learner: (had[learner] - is_one) / (tried[learner] - 1)
            for learner, is_one in learners.items()
            if tried[learner] > 1
        }
        for exercise, learners in right.items()
    }


def discrimination(first: Mapping[int, bool], rest: Mapping[int, float]) -> float | None:
    """The corrected point-biserial correlation, −1 to 1: of being right at the first try with the rest score.

    None below ten learners that have both, and where either is the same for all.
    Source: Lord and Novick, Statistical Theories of Mental Test Scores (1968), chapter 15.
    """
    both = [(float(right), rest[learner]) for learner, right in first.items() if learner in rest]
    if len(both) < LEAST_FOR_DISCRIMINATION:
        return None
    try:
        return correlation([right for right, _ in both], [score for _, score in both])
    except StatisticsError:
        return None


def tries_until_right(tries: Sequence[Try]) -> int | None:
    """Which attempt was the first to pass, from 1; None where none has."""
    return next((number for number, one in enumerate(tries, 1) if is_right(one)), None)


def minutes_spent(facts: ExerciseFacts, learner: int) -> float | None:
    """Minutes at work from the first sign of it to the first attempt that passed, or to the last one.

    Signs are saves and runs of the answer's cell and attempts. None where there is only one, which spans no time.
    """
    tries = facts.tries[learner]
    number = tries_until_right(tries)
    end = tries[number - 1 if number else -1].at
    signs = sorted({*(at for at in facts.moments.get(learner, ()) if at <= end), *(one.at for one in tries)})
    worked = [later - earlier for earlier, later in pairwise(at for at in signs if at <= end)]
    counted = sum((gap for gap in worked if gap <= LONGEST_PAUSE), timedelta())
    return counted / timedelta(minutes=1) if worked else None


def spread(numbers: Sequence[float]) -> Spread | None:
    """The quartiles, of at least one number; with few numbers they lie between the ones that there are."""
    if not numbers:
        return None
    if len(numbers) == 1:
        return Spread(numbers[0], numbers[0], numbers[0], 1)
    low, _, high = quantiles(numbers, n=4, method="inclusive")
    return Spread(low, median(numbers), high, len(numbers))


def bars(numbers: Sequence[float], ends: Sequence[float]) -> tuple[Bar, ...]:
    """How many numbers fall between each end and the next; all from the last end on are in the last bar."""
    highs: tuple[float | None, ...] = (*ends[1:], None)
    return tuple(
        Bar(low, high, sum(low <= one and (high is None or one < high) for one in numbers))
        for low, high in zip(ends, highs, strict=True)
    )


def help_taken(facts: ExerciseFacts) -> tuple[int, ...]:
    """How many learners that tried it were shown no hint, one, two, and so on up to the most that anybody was."""
    counted = Counter(facts.hints.get(learner, 0) for learner in facts.tries)
    return tuple(counted[hints] for hints in range(max(counted, default=0) + 1))


def list_periods(tries: Sequence[Try]) -> tuple[tuple[Period, ...], int]:
    """The attempts by day, or by the least number of weeks that gives fourteen bars at most; and the days of each.

    From the first with an attempt to the last; days are those of UTC, weeks begin on Mondays.
    """
    if not tries:
        return (), 1
    days = [one.at.date() for one in tries]
    first, last = min(days), max(days)
    length = 1
    if (last - first).days >= MOST_PERIODS:
        first -= timedelta(days=first.weekday())
        weeks = (last - first).days // DAYS_OF_A_WEEK + 1
        length = DAYS_OF_A_WEEK * -(-weeks // MOST_PERIODS)
    counts = Counter(((one.at.date() - first).days // length, OUTCOME_OF[one.verdict]) for one in tries)
    return tuple(
        Period(first + timedelta(days=length * place), {name: counts[place, name] for name in OUTCOMES})
        for place in range((last - first).days // length + 1)
    ), length


def csv_rows(studies: Sequence[ExerciseStudy]) -> tuple[tuple[str, ...], ...]:
    """The figures as rows of text, a header first. What is not known is empty, which is not the same as 0."""
    header = (
        "lesson", "exercise", "learners", "attempts", "right_at_first_try", "right_at_first_try_share", "passed",
        "passed_share", "discrimination", "median_tries_until_right", "median_minutes", "minutes_quartile_1",
        "minutes_quartile_3", "hints_0", "hints_1", "hints_2", "hints_3", "solution_opened",
    )  # fmt: skip
    return (header, *(csv_row(one) for one in studies))


def csv_row(one: ExerciseStudy) -> tuple[str, ...]:
    hints = [one.help_taken[number] if number < len(one.help_taken) else 0 for number in range(4)]
    minutes = (one.minutes.median, one.minutes.low, one.minutes.high) if one.minutes else (None, None, None)
    return (
        one.lesson_id, one.exercise_id, str(one.learners), str(one.attempts),
        str(one.right_at_once.count), number_text(one.right_at_once.value if one.learners else None),
        str(one.right_at_last.count), number_text(one.right_at_last.value if one.learners else None),
        number_text(one.discrimination), number_text(one.tries_until_right.median if one.tries_until_right else None),
        *(number_text(value) for value in minutes), *(str(count) for count in hints), str(one.solution_seen.count),
    )  # fmt: skip


def number_text(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")
