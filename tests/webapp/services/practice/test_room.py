"""A gateway with room for one kernel: idle ones rest first, then who comes waits in line, in order and told so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.gateways import running_gateway
from support.jobs import HandClock, a_context
from support.practice import LESSON, a_catalogue, a_learner
from support.runs import log_of, places, printed, start
from support.sandbox import running_fork_server

from notebooks import KernelHost
from notebooks.host.gateway import GatewayChild
from notebooks.host.gateway_api import GatewayApi
from webapp.jobs import JobContext, Later, LeaseKeeper, list_jobs, perform
from webapp.services.practice import service as practice
from webapp.services.practice.kernels import claim_kernel, find_or_add_row, list_idle, released
from webapp.services.practice.records import KernelRowId, RunCell, RunRecord
from webapp.services.practice.rules import LEAST_IDLE_S
from webapp.services.practice.runner import drain
from webapp.services.practice.tasks import admit_next, rest_when_short
from webapp.store import Sessions


@pytest.fixture(scope="module")
def gateway() -> Iterator[GatewayChild]:
    with running_gateway(max_kernels=1) as child:
        yield child


@pytest.fixture
def clock() -> HandClock:
    return HandClock(datetime.now(UTC))


@pytest.fixture
def context(sessions: Sessions, tmp_path: Path, gateway: GatewayChild, clock: HandClock) -> Iterator[JobContext]:
    host = KernelHost([gateway.address], kernel_name="python3")
    yield a_context(sessions, tmp_path, clock, kernels=lambda: host, catalogue=a_catalogue())
    api = GatewayApi(gateway.address)
    for kernel in api.list_kernels():
        api.remove(kernel["id"])


@pytest.fixture
def people(sessions: Sessions) -> tuple[int, int, int]:
    return a_learner(sessions), a_learner(sessions), a_learner(sessions)


def row_of(run: RunRecord) -> KernelRowId:
    assert run.kernel_row_id is not None
    return run.kernel_row_id


def waits(context: JobContext, run: RunRecord) -> list[int]:
    """Try a run that has no room, and give all places that it has told."""
    with pytest.raises(Later):
        drain(context, row_of(run))
    return places(log_of(context, run))


def state_of(context: JobContext, actor: int) -> str:
    with context.reading() as session:
        return practice.look_at(session, actor=actor, lesson=LESSON)[0].state


def hold(context: JobContext, run: RunRecord) -> None:
    """Somebody is attached to the run's kernel."""
    with context.session_scope() as session:
        assert claim_kernel(session, row_of(run), "somebody", now=context.clock()) is not None


def let_go(context: JobContext, run: RunRecord) -> None:
    with context.session_scope() as session:
        session.execute(released(row_of(run), "somebody"))


def test_the_kernel_that_was_unused_for_longest_rests_for_another(
    context: JobContext, clock: HandClock, people: tuple[int, int, int]
) -> None:
    ana, bruno, _carla = people
    drain(context, row_of(start(context, ana, "x = 1")))
    clock.advance(LEAST_IDLE_S + 1)
    run = start(context, bruno, "print('here')")
    drain(context, row_of(run))
    assert printed(log_of(context, run)) == "here\n"
    assert (state_of(context, ana), state_of(context, bruno)) == ("resting", "ready")
    assert places(log_of(context, run)) == []


def test_those_that_were_unused_for_longest_come_first_and_only_those_that_nobody_uses(
    context: JobContext, clock: HandClock, people: tuple[int, int, int]
) -> None:
    rows = []
    with context.session_scope() as session:
        for actor, unused_s in zip(people, (20, 30, 40), strict=True):
            used_at = clock() - timedelta(seconds=unused_s)
            row = find_or_add_row(session, actor=actor, lesson=LESSON, language="es", now=used_at)
            row.state = "ready"
            rows.append(KernelRowId(row.id))
    with context.reading() as session:
        assert list_idle(session, before=clock()) == (rows[2], rows[1], rows[0])
        assert list_idle(session, before=clock() - timedelta(seconds=25)) == (rows[2], rows[1])
    with context.session_scope() as session:
        claim_kernel(session, rows[2], "somebody", now=clock())
    with context.reading() as session:
        assert list_idle(session, before=clock()) == (rows[1], rows[0])


def test_a_kernel_in_use_or_used_a_moment_ago_does_not_rest_for_another(
    context: JobContext, clock: HandClock, people: tuple[int, int, int]
) -> None:
    ana, bruno, _carla = people
    first = start(context, ana, "x = 1")
    drain(context, row_of(first))
    run = start(context, bruno, "print('here')")
    assert waits(context, run) == [1]
    clock.advance(LEAST_IDLE_S + 1)
    hold(context, first)
    assert waits(context, run) == [1], "a place is told once, and again when it changes"
    assert (state_of(context, ana), state_of(context, bruno)) == ("busy", "waiting")
    let_go(context, first)
    drain(context, row_of(run))
    assert printed(log_of(context, run)) == "here\n"
    assert log_of(context, run)[-1] == {"kind": "end", "status": "ok"}


def test_who_comes_later_does_not_overtake(context: JobContext, clock: HandClock, people: tuple[int, int, int]) -> None:
    ana, bruno, carla = people
    first = start(context, ana, "x = 1")
    drain(context, row_of(first))
    hold(context, first)
    second, third = start(context, bruno, "print(2)"), start(context, carla, "print(3)")
    assert waits(context, second) == [1]
    clock.advance(1)
    assert waits(context, third) == [2]
    with context.reading() as session:
        assert practice.count_states(session) == {"ready": 1, "waiting": 2}
        assert practice.count_waiting(session) == {"cells": 2, "check": 0}
    clock.advance(LEAST_IDLE_S + 1)
    let_go(context, first)
    assert waits(context, third) == [2], "room is there, and it is not for the last who came"
    drain(context, row_of(second))
    assert printed(log_of(context, second)) == "2\n"
    assert waits(context, third) == [2, 1]


def test_when_one_has_room_the_next_is_tried_at_once(
    context: JobContext, clock: HandClock, people: tuple[int, int, int]
) -> None:
    ana, bruno, carla = people
    first = start(context, ana, "x = 1")
    drain(context, row_of(first))
    hold(context, first)
    second, third = start(context, bruno, "print(2)"), start(context, carla, "print(3)")
    waits(context, second)
    waits(context, third)
    clock.advance(LEAST_IDLE_S + 1)
    let_go(context, first)
    admit_next(context)
    assert printed(log_of(context, second)) == "2\n"
    with context.reading() as session:
        assert "admit_next" in [job.name for job in list_jobs(session, state="queued")]
    clock.advance(LEAST_IDLE_S + 1)
    admit_next(context)
    assert printed(log_of(context, third)) == "3\n"
    assert (state_of(context, bruno), state_of(context, carla)) == ("resting", "ready")


def test_who_presses_stop_leaves_the_line(context: JobContext, clock: HandClock, people: tuple[int, int, int]) -> None:
    ana, bruno, carla = people
    first = start(context, ana, "x = 1")
    drain(context, row_of(first))
    hold(context, first)
    second, third = start(context, bruno, "print(2)"), start(context, carla, "print(3)")
    waits(context, second)
    waits(context, third)
    with context.session_scope() as session:
        before = len(list_jobs(session))
        practice.interrupt(session, actor=bruno, token=second.token)
        assert len(list_jobs(session)) == before + 1, "it does not wait for its turn to look again"
    drain(context, row_of(second))
    assert log_of(context, second)[-1] == {"kind": "end", "status": "interrupted"}
    assert waits(context, third) == [2, 1]
    assert state_of(context, bruno) == "none"


def test_waiting_is_no_failed_attempt(context: JobContext, people: tuple[int, int, int]) -> None:
    ana, bruno, _carla = people
    first = start(context, ana, "x = 1")
    drain(context, row_of(first))
    hold(context, first)
    run = start(context, bruno, "print(2)")
    with context.reading() as session:
        number = list_jobs(session)[0].id
    for _time in range(6):
        perform(context, LeaseKeeper(context), number)
    with context.reading() as session:
        job = list_jobs(session)[0]
    assert (job.state, job.attempt, job.error) == ("queued", 0, "")
    assert [body.get("state") for body in log_of(context, run)] == ["queued", "starting", "waiting"]


def test_who_had_rested_is_woken_after_having_waited(
    context: JobContext, clock: HandClock, people: tuple[int, int, int]
) -> None:
    ana, bruno, _carla = people
    with context.session_scope() as session:
        practice.save_cell(
            session, actor=ana, lesson=LESSON, cell_id="primera", source="x = 8", base_version=0, now=clock()
        )
    drain(context, row_of(start(context, ana, RunCell("primera", "x = 8", needs_above=True))))
    clock.advance(LEAST_IDLE_S + 1)
    other = start(context, bruno, "print('mine now')")
    drain(context, row_of(other))
    run = start(context, ana, RunCell("segunda", "print(x)", needs_above=True))
    assert waits(context, run) == [1]
    clock.advance(LEAST_IDLE_S + 1)
    drain(context, row_of(run))
    assert printed(log_of(context, run)) == "8\n"
    assert [body["kind"] for body in log_of(context, run)].count("waking") == 1


def test_a_restart_without_room_leaves_the_memory_empty_until_the_next_run(
    context: JobContext, people: tuple[int, int, int]
) -> None:
    ana, bruno, _carla = people
    first = start(context, ana, "x = 1")
    drain(context, row_of(first))
    hold(context, first)
    with context.session_scope() as session:
        practice.want_restart(session, actor=bruno, lesson=LESSON, language="es", now=context.clock())
    with context.reading() as session:
        number = int(list_jobs(session)[0].args["kernel_row_id"])
    drain(context, KernelRowId(number))
    assert state_of(context, bruno) == "none"


def test_while_memory_is_short_idle_kernels_rest(
    context: JobContext, clock: HandClock, people: tuple[int, int, int]
) -> None:
    """The reserve of this fork server is more than the machine has."""
    ana = people[0]
    drain(context, row_of(start(context, ana, "x = 1")))
    clock.advance(LEAST_IDLE_S + 1)
    with running_fork_server(reserve_mib=10_000_000) as server:
        rest_when_short(replace(context, fork_server=lambda: server))
    assert state_of(context, ana) == "resting"


def test_while_there_is_memory_idle_kernels_stay(
    context: JobContext, clock: HandClock, people: tuple[int, int, int]
) -> None:
    ana = people[0]
    drain(context, row_of(start(context, ana, "x = 1")))
    clock.advance(LEAST_IDLE_S + 1)
    with running_fork_server(reserve_mib=0) as server:
        rest_when_short(replace(context, fork_server=lambda: server))
    assert state_of(context, ana) == "ready"
    rest_when_short(context)  # no fork server is at hand, and that is no failure
    assert state_of(context, ana) == "ready"
