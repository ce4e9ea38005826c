"""A runner dies, another takes its run up: no line is lost, none comes twice, no cell runs twice, no run
hangs."""

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.gateways import Caps, ending, eventually, printed, run, seen

from notebooks import CellDone, KernelAddress, KernelHost, KernelUnavailable, RunEvent, Started, Stream
from notebooks.host.gateway import GatewayChild

TICKS = """
import threading
for i in range({count}):
    print('tick', i, flush=True)
    threading.Event().wait(.15)
"""
RUNNER = """
import json, sys
from notebooks import GatewayAddress, KernelAddress, KernelHost
from support.gateways import Caps
task = json.loads(sys.argv[1])
host = KernelHost([GatewayAddress(task["url"], task["token"])], kernel_name="python3")
with host.connect(KernelAddress(task["url"], task["kernel"], task["session"])) as connection:
    for event in connection.execute(task["code"], task["run"], limits=Caps()):
        print(json.dumps(event.to_json()), flush=True)
"""


@contextmanager
def another_runner(
    gateway: GatewayChild, kernel: KernelAddress, code: str, run_id: str
) -> Iterator[Iterator[RunEvent]]:
    """A runner in a process of its own, killed with -9 at the end; gives what it says."""
    task = {
        "url": gateway.address.url, "token": gateway.address.token, "kernel": kernel.kernel_id,
        "session": kernel.session_id, "code": code, "run": run_id,
    }  # fmt: skip
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNER, json.dumps(task)],
        cwd=root, env={"PYTHONPATH": f"{root}:{root / 'tests'}"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield (RunEvent.from_json(json.loads(line)) for line in process.stdout)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def ticks(events: list[RunEvent]) -> list[int]:
    return [int(line.split()[1]) for line in printed(events).splitlines()]


@pytest.mark.parametrize("is_over", [False, True])
def test_a_killed_runners_run_goes_on_without_a_line_lost_or_doubled(
    gateway: GatewayChild, host: KernelHost, kernel: KernelAddress, is_over: bool
) -> None:
    run_id, before = uuid.uuid4().hex, list[RunEvent]()
    with another_runner(gateway, kernel, TICKS.format(count=16), run_id) as events:
        for event in events:
            before.append(event)
            if isinstance(event, Stream) and "tick 5" in event.text:
                break
    if is_over:
        eventually(lambda: host.state(kernel) == "idle")
    with host.connect(kernel) as connection:
        after = seen(connection.execute("never sent", run_id, limits=Caps(), resume=True))
    said = ticks(before)
    # What the killed process had read and not yet told may be lost with it; what it had not read may not.
    assert ticks(after)[0] <= said[-1] + 2
    assert ticks(after) == list(range(ticks(after)[0], 16))
    assert ending(after).status == "ok"


def test_what_was_not_read_is_complete(host: KernelHost, kernel: KernelAddress) -> None:
    run_id, before = uuid.uuid4().hex, list[RunEvent]()
    with host.connect(kernel) as connection:
        for event in connection.execute(TICKS.format(count=12), run_id, limits=Caps()):
            before.append(event)
            if isinstance(event, Stream) and "tick 3" in event.text:
                break
    with host.connect(kernel) as connection:
        after = seen(connection.execute("never sent", run_id, limits=Caps(), resume=True, has_started=True))
    assert ticks(before) + ticks(after) == list(range(12))
    assert Started() not in after


def test_a_request_that_died_with_its_runner_is_sent_again(host: KernelHost, kernel: KernelAddress) -> None:
    with host.connect(kernel) as connection:
        events = seen(connection.execute("print(1)", uuid.uuid4().hex, limits=Caps(), resume=True, has_started=False))
    assert events[:-1] == [Started(), Stream("stdout", "1\n")]
    assert ending(events).status == "ok"


def test_a_run_whose_end_nobody_saw_is_ended_and_not_run_again(host: KernelHost, kernel: KernelAddress) -> None:
    run(host, kernel, "count = 1")
    with host.connect(kernel) as connection:
        events = seen(connection.execute("count += 1", uuid.uuid4().hex, limits=Caps(), resume=True, has_started=True))
    assert [(event.status, event.is_kernel_gone) for event in events if isinstance(event, CellDone)] == [
        ("lost", False)
    ]
    assert printed(run(host, kernel, "print(count)")) == "1\n"


def test_a_runner_whose_kernel_was_taken_over_says_so(host: KernelHost, kernel: KernelAddress) -> None:
    run_id = uuid.uuid4().hex
    with host.connect(kernel) as first:
        following = first.execute(TICKS.format(count=8), run_id, limits=Caps())
        before = [next(following), next(following)]
        with host.connect(kernel) as second:
            after = seen(second.execute("never sent", run_id, limits=Caps(), resume=True))
        with pytest.raises(KernelUnavailable):
            before.extend(following)
    assert ticks(before) + ticks(after) == list(range(8))


def test_a_run_resumed_on_a_kernel_that_died_meanwhile_cannot_be(host: KernelHost, kernel: KernelAddress) -> None:
    host.shutdown(kernel)
    with pytest.raises(KernelUnavailable), host.connect(kernel):
        pass
    assert host.state(kernel) == "lost"
