"""Runs on a real kernel: in order, to an honest end, and through a runner's death without a line lost or doubled."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.gateways import eventually, running_gateway
from support.jobs import HandClock, a_context, no_kernels
from support.practice import LESSON, a_catalogue, a_learner
from support.runs import log_of, printed, start, statuses

from notebooks import KernelHost
from notebooks.host.gateway import GatewayChild
from webapp.jobs import JobContext, Later, LeaseKeeper, TakenOver, list_jobs, perform
from webapp.services.practice import service as practice
from webapp.services.practice.cell_run import Hold
from webapp.services.practice.kernels import claim_kernel
from webapp.services.practice.records import RunCell, RunRecord
from webapp.services.practice.room import rest
from webapp.services.practice.runner import drain
from webapp.services.practice.tasks import drain_kernel
from webapp.store import Sessions

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def gateway() -> Iterator[GatewayChild]:
    with running_gateway() as child:
        yield child


@pytest.fixture
def context(sessions: Sessions, tmp_path: Path, gateway: GatewayChild) -> JobContext:
    host = KernelHost([gateway.address], kernel_name="python3")
    return a_context(sessions, tmp_path, kernels=lambda: host, catalogue=a_catalogue())


@pytest.fixture
def ana(sessions: Sessions) -> int:
    return a_learner(sessions)


def work(context: JobContext, run: RunRecord) -> list[dict[str, Any]]:
    """Drain the run's kernel, and give the run's log."""
    assert run.kernel_row_id is not None
    drain(context, run.kernel_row_id)
    return log_of(context, run)


def test_a_run_tells_its_whole_story(context: JobContext, ana: int) -> None:
    log = work(context, start(context, ana, "x = 20\nprint('hola')\nx + 1"))
    assert [body["kind"] for body in log] == [
        "state", "state", "state", "started", "stream", "result", "cell_done", "variables", "end",
    ]  # fmt: skip
    assert [body["state"] for body in log[:3]] == ["queued", "starting", "running"]
    assert log[5]["data"]["text/plain"] == "21"
    assert log[-1]["status"] == "ok"


def test_cells_share_memory_and_run_in_order(context: JobContext, ana: int) -> None:
    first = start(context, ana, "x = 1", "x += 1")
    second = start(context, ana, "print(x)")
    work(context, first)
    assert printed(log_of(context, second)) == "2\n"


def test_an_error_ends_the_run_but_an_answers_does_not(context: JobContext, ana: int) -> None:
    answer = RunCell("answer", "1/0", may_fail=True)
    log = work(context, start(context, ana, answer, "print('on')", "1/0", "print('never')"))
    assert statuses(log) == [("answer", "error"), ("c1", "ok"), ("c2", "error")]
    assert log[-1]["status"] == "error"


def test_what_a_cell_showed_is_kept(context: JobContext, ana: int) -> None:
    run = start(context, ana, "print('a')\n1/0")
    work(context, run)
    with context.reading() as session:
        book = practice.open_workbook(session, actor=ana, lesson=LESSON)
    output = book.outputs["c0"]
    assert (output.run_token, output.status) == (run.token, "error")
    assert [event["kind"] for event in output.events] == ["stream", "fault"]
    assert book.environment.state == "ready"
    assert book.active_runs == ()


def test_a_kernel_that_kills_itself_ends_its_run_and_a_later_one_gets_a_fresh_kernel(
    context: JobContext, ana: int
) -> None:
    log = work(
        context,
        start(
            context,
            ana,
            "import os\nfrom time import sleep\nx = 1\nprint('before')\nsleep(0.5)\nos.kill(os.getpid(), 9)",
        ),
    )
    assert printed(log) == "before\n"
    assert log[-1]["status"] == "lost"
    with context.reading() as session:
        assert practice.look_at(session, actor=ana, lesson=LESSON)[0].state == "lost"
    log = work(context, start(context, ana, "print('x' in dir())"))
    assert printed(log) == "False\n"


def test_a_run_that_is_stopped_before_its_turn_never_runs(context: JobContext, ana: int) -> None:
    run = start(context, ana, "print('never')")
    with context.session_scope() as session:
        practice.interrupt(session, actor=ana, token=run.token)
    log = work(context, run)
    assert "started" not in [body["kind"] for body in log]
    assert log[-1]["status"] == "interrupted"


def test_a_restart_ends_what_runs_and_empties_the_memory(context: JobContext, ana: int) -> None:
    work(context, start(context, ana, "x = 1"))
    waiting = start(context, ana, "print(x)")
    with context.session_scope() as session:
        practice.want_restart(session, actor=ana, lesson=LESSON, language="es", now=context.clock())
    after = start(context, ana, "print('x' in dir())")
    work(context, after)
    assert log_of(context, waiting)[-1]["status"] == "interrupted"
    assert printed(log_of(context, after)) == "False\n"


def test_a_kernel_at_rest_is_woken_by_the_next_run(context: JobContext, ana: int) -> None:
    run = start(context, ana, "x = 1")
    work(context, run)
    assert run.kernel_row_id is not None
    assert rest(context, run.kernel_row_id)
    with context.reading() as session:
        assert practice.look_at(session, actor=ana, lesson=LESSON)[0].state == "resting"
    assert printed(work(context, start(context, ana, "x = 5", "print(x)"))) == "5\n"


def test_a_kernel_that_rested_wakes_by_running_what_is_above(context: JobContext, ana: int) -> None:
    """An answer above runs too where it was touched, and its error stops nothing."""
    for cell, source in {"primera": "x = 41", "suma": "total = 1 / 0"}.items():
        with context.session_scope() as session:
            practice.save_cell(
                session, actor=ana, lesson=LESSON, cell_id=cell, source=source, base_version=0, now=context.clock()
            )
    first = start(context, ana, RunCell("primera", "x = 41", needs_above=True))
    work(context, first)
    assert first.kernel_row_id is not None
    assert rest(context, first.kernel_row_id)
    log = work(context, start(context, ana, RunCell("segunda", "print(x + y - 1)", needs_above=True)))
    assert statuses(log) == [("primera", "ok"), ("cerrada", "ok"), ("suma", "error"), ("segunda", "ok")]
    assert printed(log) == "42\n"
    assert {"kind": "waking", "state": "resting"} in log
    log = work(context, start(context, ana, RunCell("segunda", "print(x)", needs_above=True)))
    assert statuses(log) == [("segunda", "ok")], "a kernel that is awake needs nothing again"


def test_a_kernel_that_is_found_gone_is_woken_in_the_same_way(context: JobContext, ana: int) -> None:
    work(context, start(context, ana, RunCell("primera", "x = 1")))
    with context.reading() as session:
        address = practice.look_at(session, actor=ana, lesson=LESSON)[1]
    assert address is not None
    context.kernels().shutdown(address)
    log = work(context, start(context, ana, RunCell("segunda", "print(x)", needs_above=True)))
    assert printed(log) == "1\n"
    assert {"kind": "waking", "state": "lost"} in log


def test_only_who_leaves_it_open_has_cells_run_that_nobody_pressed(context: JobContext, ana: int) -> None:
    assert statuses(work(context, start(context, ana, RunCell("segunda", "1", needs_above=True)))) == [
        ("segunda", "ok")
    ], "there was no kernel yet, and the page has asked"
    run = start(context, ana, RunCell("segunda", "1"))
    work(context, run)
    assert run.kernel_row_id is not None
    rest(context, run.kernel_row_id)
    assert statuses(work(context, start(context, ana, RunCell("segunda", "2")))) == [("segunda", "ok")]


def test_a_kernel_that_is_about_to_be_used_is_not_put_to_rest(context: JobContext, ana: int) -> None:
    run = start(context, ana, "x = 1")
    work(context, run)
    after = start(context, ana, "print(x)")
    assert run.kernel_row_id is not None
    assert not rest(context, run.kernel_row_id)
    assert printed(work(context, after)) == "1\n"


def test_a_kernel_has_one_runner_at_a_time(context: JobContext, ana: int) -> None:
    run = start(context, ana, "print(1)")
    assert run.kernel_row_id is not None
    with context.session_scope() as session:
        claim_kernel(session, run.kernel_row_id, "somebody else", now=context.clock())
    with pytest.raises(Later):
        drain(context, run.kernel_row_id)
    assert [body["kind"] for body in log_of(context, run)] == ["state"]


def test_without_kernels_a_run_ends_as_our_failure(sessions: Sessions, tmp_path: Path, ana: int) -> None:
    clock = HandClock(datetime.now(UTC))
    context = a_context(sessions, tmp_path, clock, kernels=no_kernels, catalogue=a_catalogue())
    run = start(context, ana, "print(1)")
    with context.reading() as session:
        [waiting] = list_jobs(session)
    assert waiting.name == drain_kernel.__name__
    for _attempt in range(4):
        perform(context, LeaseKeeper(context), waiting.id)
    assert log_of(context, run)[-1] == {"kind": "end", "status": "unavailable"}


LINES = "from time import sleep\nfor i in range(12):\n    print('line', i, flush=True)\n    sleep(0.25)"


def test_a_runner_killed_in_mid_cell_loses_and_doubles_no_line(
    context: JobContext, database_url: str, gateway: GatewayChild, ana: int
) -> None:
    run = start(context, ana, LINES)
    with a_runner(database_url, gateway, run):
        eventually(lambda: "line 3" in printed(log_of(context, run)))
    log = work(later(context), run)
    assert printed(log).splitlines() == [f"line {number}" for number in range(12)]
    assert statuses(log) == [("c0", "ok")]
    assert [body["kind"] for body in log].count("started") == 1


def test_a_request_that_died_with_its_runner_is_sent_again(context: JobContext, ana: int) -> None:
    """The log says that the cell's turn had come, but the kernel never heard of it."""
    work(context, start(context, ana, "x = 1"))
    run = start(context, ana, "print('once')")
    with context.session_scope() as session:
        practice.append(session, run.id, [{"kind": "state", "state": "running", "cell": "c0"}], now=context.clock())
    assert printed(work(context, run)) == "once\n"


def test_a_runner_that_was_taken_for_dead_writes_nothing_more(context: JobContext, ana: int) -> None:
    run = start(context, ana, "print(1)")
    assert run.kernel_row_id is not None
    hold = Hold(context, run.kernel_row_id, "the slow one")
    with pytest.raises(TakenOver):
        hold.log(run, [{"kind": "stream", "name": "stdout", "text": "too late", "cell": "c0"}])
    assert [body["kind"] for body in log_of(context, run)] == ["state"]


@contextmanager
def a_runner(database_url: str, gateway: GatewayChild, run: RunRecord) -> Iterator[None]:
    """A runner in a process of its own, which is killed at the end."""
    paths = [str(ROOT), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-m", "support.runner_process", database_url, gateway.address.url, gateway.address.token,
         str(run.kernel_row_id)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )  # fmt: skip
    try:
        yield
    finally:
        process.kill()
        process.wait()


def later(context: JobContext) -> JobContext:
    """The same world when the dead runner's lease has ended."""
    clock = HandClock(datetime.now(UTC))
    clock.advance(60)
    return JobContext(
        sessions=context.sessions, settings=context.settings, shelf=context.shelf, kernels=context.kernels,
        fork_server=context.fork_server, clock=clock,
    )  # fmt: skip
