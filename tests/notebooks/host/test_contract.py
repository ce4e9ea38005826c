"""What we ask of any gateway: the stock Kernel Gateway as we start it, a stock Jupyter Server, kernels of the sandbox
behind a gateway elsewhere and on a second machine over SSH; both subprotocols."""

import uuid
from collections.abc import Iterator

import pytest
from support.gateways import Caps, ending, printed, run, running_jupyter_server, seen
from support.machines import offered_gateway, running_ssh_gateway, second_machine

from notebooks import Fault, GatewayAddress, KernelAddress, KernelHost, RunEvent, Started, Stream
from notebooks.host.gateway import GatewayChild
from notebooks.host.wire import V1


@pytest.fixture(scope="module")
def server() -> Iterator[GatewayAddress]:
    with running_jupyter_server() as address:
        yield address


@pytest.fixture(scope="module")
def local(gateway: GatewayChild) -> GatewayAddress:
    return gateway.address


@pytest.fixture(scope="module")
def offered() -> Iterator[GatewayAddress]:
    with offered_gateway() as address:
        yield address


@pytest.fixture(scope="module")
def over_ssh() -> Iterator[GatewayAddress]:
    with second_machine() as machine, running_ssh_gateway(machine) as child:
        yield child.address


@pytest.fixture(params=["local", "server", "offered", "over_ssh"])
def address(request: pytest.FixtureRequest) -> GatewayAddress:
    found: GatewayAddress = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=[(V1,), ()], ids=["binary", "json"])
def host(request: pytest.FixtureRequest, address: GatewayAddress) -> KernelHost:
    return KernelHost([address], kernel_name="python3", protocols=request.param)


def test_cells_run_and_memory_lasts(host: KernelHost, kernel: KernelAddress) -> None:
    assert run(host, kernel, "x = 'ñ'\nprint(x)")[:-1] == [Started(), Stream("stdout", "ñ\n")]
    assert printed(run(host, kernel, "print(x * 2)")) == "ññ\n"


def test_errors_come_with_their_line(host: KernelHost, kernel: KernelAddress) -> None:
    fault = run(host, kernel, "1\n1 / 0")[1]
    assert isinstance(fault, Fault)
    assert (fault.name, fault.line) == ("ZeroDivisionError", 2)


def test_a_cell_can_be_stopped(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "while True: pass", should_stop=lambda: True)
    assert ending(events).status == "interrupted"


def test_a_dead_kernel_ends_the_run(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "import os\nos._exit(9)")
    assert (ending(events).status, ending(events).is_kernel_gone) == ("lost", True)


def test_what_was_not_read_waits_for_the_next(host: KernelHost, kernel: KernelAddress) -> None:
    code = "import threading\nfor i in range(8):\n    print(i, flush=True)\n    threading.Event().wait(.1)"
    run_id, before = uuid.uuid4().hex, list[RunEvent]()
    with host.connect(kernel) as connection:
        for event in connection.execute(code, run_id, limits=Caps()):
            before.append(event)
            if isinstance(event, Stream):
                break
    with host.connect(kernel) as connection:
        after = seen(connection.execute("never sent", run_id, limits=Caps(), resume=True))
    assert printed([*before, *after]).split() == [str(number) for number in range(8)]
    assert ending(after).status == "ok"


def test_an_endless_print_is_cut(host: KernelHost, kernel: KernelAddress) -> None:
    events = run(host, kernel, "while True: print('x' * 70)", Caps(output_bytes=200_000))
    assert (ending(events).status, ending(events).is_kernel_gone) == ("output_limit", False)
