"""A job is done once, tried again when it fails, taken over when its worker dies, and never lost with the broker."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.jobs import HandClock, a_context

from webapp.jobs import (
    JobContext,
    Later,
    LeaseKeeper,
    Reconciler,
    TakenOver,
    enqueue,
    job,
    list_jobs,
    list_names,
    perform,
    send_after_commit,
)
from webapp.jobs.lease import LEASE_S, claim, finish, new_owner
from webapp.jobs.registry import REGISTRY
from webapp.store import Sessions


@pytest.fixture
def clock() -> HandClock:
    # Rows are written with the real time, so the hand clock starts there.
    return HandClock(datetime.now(UTC))


@pytest.fixture
def context(sessions: Sessions, tmp_path: Path, clock: HandClock) -> JobContext:
    return a_context(sessions, tmp_path, clock)


@pytest.fixture(autouse=True)
def done() -> Iterator[list[str]]:
    """What the jobs of a test did. Only the jobs that it registers exist meanwhile."""
    before = dict(REGISTRY)
    REGISTRY.clear()
    yield []
    REGISTRY.clear()
    REGISTRY.update(before)


def do(context: JobContext, job_id: int) -> None:
    perform(context, LeaseKeeper(context), job_id)


def add(context: JobContext, name: str, /, **args: object) -> int:
    with context.session_scope() as session:
        return enqueue(session, name, "check", **args)


def states(context: JobContext) -> list[tuple[str, int, str]]:
    with context.reading() as session:
        return [(one.state, one.attempt, one.error) for one in list_jobs(session)]


def test_a_job_is_done_with_its_arguments(context: JobContext, done: list[str]) -> None:
    job("greet", "check")(lambda _context, *, name: done.append(name))
    do(context, add(context, "greet", name="Ana"))
    assert done == ["Ana"]
    assert states(context) == [("done", 1, "")]


def test_a_wake_up_that_comes_twice_does_the_job_once(context: JobContext, done: list[str]) -> None:
    job("greet", "check")(lambda _context: done.append("hello"))
    job_id = add(context, "greet")
    do(context, job_id)
    do(context, job_id)
    assert done == ["hello"]


def test_a_job_that_fails_is_tried_again_later(context: JobContext, done: list[str], clock: HandClock) -> None:
    def greet(_context: JobContext) -> None:
        done.append("try")
        if len(done) == 1:
            raise OSError("the first time")

    job("greet", "check")(greet)
    job_id = add(context, "greet")
    sent: list[int] = []
    reconciler = Reconciler(context, lambda one, _lane: sent.append(one))
    do(context, job_id)
    assert states(context)[0][0] == "queued"
    clock.advance(10)
    reconciler.turn()
    assert sent == [job_id]
    do(context, job_id)
    assert states(context) == [("done", 2, "")]


def test_the_last_failure_is_shown_and_told(context: JobContext, done: list[str]) -> None:
    def greet(_context: JobContext, *, name: str) -> None:
        raise OSError(f"no {name}")

    def told(_context: JobContext, *, name: str) -> None:
        done.append(f"sorry {name}")

    job("greet", "check", attempts=2, on_failed=told)(greet)
    job_id = add(context, "greet", name="Ana")
    do(context, job_id)
    do(context, job_id)
    assert done == ["sorry Ana"]
    assert states(context) == [("failed", 2, "OSError: no Ana")]


def test_waiting_for_something_else_is_no_failure(context: JobContext, done: list[str]) -> None:
    def greet(_context: JobContext) -> None:
        raise Later(5)

    job("greet", "check", attempts=1)(greet)
    job_id = add(context, "greet")
    do(context, job_id)
    assert states(context) == [("queued", 0, "")]


def test_an_unknown_job_waits_for_the_version_that_knows_it(context: JobContext) -> None:
    do(context, add(context, "from_the_future"))
    assert [state for state, _attempt, _error in states(context)] == ["queued"]


def test_a_dead_workers_job_is_sent_and_claimed_again(context: JobContext, clock: HandClock, done: list[str]) -> None:
    job("greet", "check")(lambda _context: done.append("hello"))
    job_id = add(context, "greet")
    dead = new_owner()
    assert claim(context, job_id, dead) is not None
    sent: list[int] = []
    reconciler = Reconciler(context, lambda one, _lane: sent.append(one))
    reconciler.turn()
    assert sent == []
    clock.advance(LEASE_S + 0.1)
    reconciler.turn()
    assert sent == [job_id]
    do(context, job_id)
    assert done == ["hello"]


def test_a_worker_that_was_taken_for_dead_cannot_finish(context: JobContext, clock: HandClock) -> None:
    job_id = add(context, "greet")
    slow, fast = new_owner(), new_owner()
    claim(context, job_id, slow)
    clock.advance(LEASE_S + 0.1)
    assert claim(context, job_id, fast) is not None
    assert finish(context, job_id, slow) is False
    assert finish(context, job_id, fast) is True


def test_a_job_that_kills_its_workers_is_given_up(context: JobContext, clock: HandClock, done: list[str]) -> None:
    def told(_context: JobContext) -> None:
        done.append("sorry")

    job("poison", "check", attempts=2, on_failed=told)(lambda _context: done.append("never"))
    job_id = add(context, "poison")
    for _death in range(2):
        claim(context, job_id, new_owner())
        clock.advance(LEASE_S + 0.1)
    do(context, job_id)
    assert done == ["sorry"]
    assert states(context)[0][0] == "failed"


def test_being_taken_over_writes_nothing(context: JobContext, done: list[str]) -> None:
    def greet(_context: JobContext) -> None:
        raise TakenOver("kernel 1")

    job("greet", "check")(greet)
    do(context, add(context, "greet"))
    assert states(context)[0][0] == "running"


def test_nothing_is_sent_before_the_commit_nor_after_a_rollback(sessions: Sessions) -> None:
    sent: list[int] = []
    send_after_commit(sessions, lambda one, _lane: sent.append(one))
    with sessions.write() as session:
        job_id = enqueue(session, "greet")
        assert sent == []
    assert sent == [job_id]
    session = sessions.writing()
    enqueue(session, "greet")
    session.rollback()
    session.commit()
    assert sent == [job_id]
    session.close()


def test_the_end_of_a_savepoint_sends_nothing_and_forgets_nothing(sessions: Sessions) -> None:
    sent: list[int] = []
    send_after_commit(sessions, lambda one, _lane: sent.append(one))
    with sessions.write() as session:
        first = enqueue(session, "greet")
        with session.begin_nested():
            second = enqueue(session, "greet")
        taken_back = session.begin_nested()
        session.flush()
        taken_back.rollback()
        assert sent == []
    assert sent == [first, second]


def test_a_broker_that_is_away_does_not_undo_the_commit(sessions: Sessions) -> None:
    def away(_job_id: int, _lane: str) -> None:
        raise ConnectionError("no broker")

    send_after_commit(sessions, away)
    with sessions.write() as session:
        enqueue(session, "greet")
    with sessions.read() as session:
        assert len(list_jobs(session)) == 1


def test_an_emptied_broker_loses_nothing(context: JobContext, clock: HandClock, done: list[str]) -> None:
    job("greet", "check")(lambda _context, *, number: done.append(str(number)))
    wanted = [add(context, "greet", number=number) for number in range(10)]
    clock.advance(5)
    sent: list[int] = []
    Reconciler(context, lambda one, _lane: sent.append(one)).turn()
    assert sent == wanted
    for job_id in sent:
        do(context, job_id)
    assert done == [str(number) for number in range(10)]


def test_two_reconcilers_send_once(context: JobContext, clock: HandClock) -> None:
    add(context, "greet")
    clock.advance(5)
    sent: list[int] = []
    for _machine in range(2):
        Reconciler(context, lambda one, _lane: sent.append(one)).turn()
    assert len(sent) == 1


def test_a_recurring_job_has_one_row_for_each_turn(context: JobContext, clock: HandClock, done: list[str]) -> None:
    job("sweep", "interactive", every_s=3600)(lambda _context: done.append("swept"))
    sent: list[int] = []
    reconcilers = [Reconciler(context, lambda one, _lane: sent.append(one)) for _machine in range(2)]
    for reconciler in reconcilers:
        reconciler.turn()
    assert len(sent) == 1
    do(context, sent[0])
    clock.advance(3600)
    reconcilers[0].turn()
    assert len(sent) == 2


def test_every_job_of_the_site_has_a_name_of_its_own() -> None:
    assert len(set(list_names())) == len(list_names())
