"""Checks that wait for a grader are told their place, and told anew as those before them go."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from support.jobs import NOON
from support.practice import LESSON, a_learner

from webapp.jobs import enqueue
from webapp.services.practice import line
from webapp.services.practice import service as practice
from webapp.services.practice.checks import MOST_TOLD
from webapp.services.practice.records import RunId, RunRecord, Told
from webapp.services.practice.rules import places_to_tell
from webapp.store import Sessions

NOW: datetime = NOON


def a_check(sessions: Sessions, learner: int, key: str, *, at_once: int = 1) -> RunRecord:
    """A check as *Comprobar* begins it, where so many graders work."""
    with sessions.write() as session:
        run = practice.start_check(
            session, actor=learner, lesson=LESSON, exercise_id="suma", language="es", key=key, digest="", now=NOW
        )
        practice.tell_new(session, run, at_once=at_once, now=NOW)
    return run


def told(sessions: Sessions, run: RunRecord) -> list[object]:
    """The states of a check as its log tells them, a place as its number."""
    with sessions.read() as session:
        entries = practice.list_entries(session, run.id)
    return [entry.body.get("place") or entry.body.get("state") or entry.body["kind"] for entry in entries]


def begin(sessions: Sessions, run: RunRecord) -> None:
    with sessions.write() as session:
        practice.begin_check(session, run, now=NOW)


def end(sessions: Sessions, run: RunRecord) -> None:
    with sessions.write() as session:
        practice.end_check(session, run.id, "ok", now=NOW)


def test_while_the_grader_is_busy_each_check_is_told_its_place_and_moves_up(sessions: Sessions) -> None:
    runs = [a_check(sessions, a_learner(sessions), f"k{number}") for number in range(4)]
    begin(sessions, runs[0])
    assert [told(sessions, run) for run in runs] == [
        ["queued", "running"],
        ["queued", 2, 1],
        ["queued", 3, 2],
        ["queued", 4, 3],
    ]
    end(sessions, runs[0])
    begin(sessions, runs[1])
    assert told(sessions, runs[1]) == ["queued", 2, 1, "running"]
    assert told(sessions, runs[3]) == ["queued", 4, 3, 2]


def test_a_check_for_which_a_grader_is_free_is_told_no_place(sessions: Sessions) -> None:
    runs = [a_check(sessions, a_learner(sessions), f"k{number}", at_once=2) for number in range(3)]
    assert [told(sessions, run) for run in runs] == [["queued"], ["queued"], ["queued", 3]]


def test_what_the_same_learner_has_before_is_nobody_else(sessions: Sessions) -> None:
    ana, luis = a_learner(sessions), a_learner(sessions)
    runs = [a_check(sessions, learner, f"k{number}") for number, learner in enumerate((ana, ana, luis, ana))]
    assert [told(sessions, run)[1:] for run in runs] == [[], [1], [2], [2]]


def test_a_check_that_waits_for_memory_keeps_its_place_before_those_that_came_later(sessions: Sessions) -> None:
    first, second = (a_check(sessions, a_learner(sessions), f"k{number}") for number in range(2))
    begin(sessions, first)
    assert told(sessions, second) == ["queued", 2, 1]
    with sessions.write() as session:
        line.join(session, first, now=NOW)
    assert told(sessions, first) == ["queued", "running", 1]
    assert told(sessions, second) == ["queued", 2, 1, 2]
    end(sessions, first)
    assert told(sessions, second) == ["queued", 2, 1, 2, 1]


def test_the_same_request_again_is_told_nothing_more(sessions: Sessions) -> None:
    ana, luis = a_learner(sessions), a_learner(sessions)
    a_check(sessions, ana, "k0")
    run = a_check(sessions, luis, "k1")
    again = a_check(sessions, luis, "k1")
    assert again.id == run.id
    assert told(sessions, run) == ["queued", 2]


def test_a_long_line_is_told_near_its_front(sessions: Sessions) -> None:
    """A line longer than what is told at once writes no more for each that leaves it."""
    learners = [a_learner(sessions) for _ in range(3)]
    runs = [a_check(sessions, learners[number % 3], f"k{number}") for number in range(MOST_TOLD + 2)]
    before = [len(told(sessions, run)) for run in runs[-2:]]
    begin(sessions, runs[0])
    assert [len(told(sessions, run)) for run in runs[-2:]] == before


@pytest.mark.parametrize(
    ("last", "place", "is_told"),
    [(5, 4, True), (4, 4, False), (4, 5, True), (30, 29, False), (30, 28, True), (50, 47, False)],
)
def test_far_behind_only_a_change_of_a_tenth_is_told(last: int, place: int, is_told: bool) -> None:
    before: Sequence[Told] = [Told(RunId(number), number, None) for number in range(1, place)]
    asked = Told(RunId(99), 99, last)
    assert (RunId(99) in places_to_tell([*before, asked])) == is_told


def test_work_that_nobody_waits_for_is_before_nobody(sessions: Sessions) -> None:
    with sessions.write() as session:
        for number in range(3):
            enqueue(session, "regrade_attempt", "batch", number=number)
    assert told(sessions, a_check(sessions, a_learner(sessions), "k1")) == ["queued"]
