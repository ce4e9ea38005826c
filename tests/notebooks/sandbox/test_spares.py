"""Kernels that wait, forked and contained, for whoever asks next."""

import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from support.gateways import eventually
from support.sandbox import WAYS, Way, running_fork_server

from notebooks import ForkServer, Limits
from notebooks.sandbox.lease import Lease
from notebooks.sandbox.listeners import PORTS, key_pipe

ENOUGH_S = 60


@pytest.fixture(scope="module", params=WAYS)
def server(request: pytest.FixtureRequest) -> Iterator[ForkServer]:
    way: Way = request.param
    with running_fork_server(way, spares=2) as one:
        yield one


@pytest.fixture
def ready(server: ForkServer) -> ForkServer:
    eventually(lambda: server.status().spares == 2)
    return server


@contextmanager
def a_kernel(server: ForkServer, **options: object) -> Iterator[tuple[Lease, BlockingKernelClient]]:
    key = secrets.token_hex(32).encode()
    with key_pipe(key) as pipe:
        lease = server.start_kernel(secrets.token_hex(8), [pipe], **options)  # type: ignore[arg-type]  # a test's own
    assert lease.nest is not None
    for number in range(1, len(PORTS) + 1):
        (lease.nest / str(number)).rename(lease.nest / f"k-{number}")
    numbers = {port: number for number, port in enumerate(PORTS, 1)}
    client = BlockingKernelClient(transport="ipc", ip=f"{lease.nest}/k", **numbers)
    client.session.key = key
    client.start_channels(hb=False)
    try:
        yield lease, client
    finally:
        client.stop_channels()
        lease.close()


def value(client: BlockingKernelClient, expression: str) -> str:
    client.execute("", user_expressions={"it": expression})
    answer = client.get_shell_msg(timeout=ENOUGH_S)["content"]["user_expressions"]["it"]
    return str(answer["data"]["text/plain"])


def spare_pids(server: ForkServer) -> set[int]:
    """The last in the line of a fork server that has no kernels but spares. Rootless it has a supervisor before it."""
    assert server._process is not None
    family = psutil.Process(server._process.pid).children(recursive=True)
    return {one.pid for one in family if not one.children()}


def test_a_spare_becomes_somebodys_with_their_language_and_data(ready: ForkServer) -> None:
    with a_kernel(ready, datasets=["mx-entidades"], language="en") as (_, client):
        assert ready.status().kernels == 1
        assert value(client, "__import__('os').environ['AULA_LANGUAGE']") == "'en'"
        assert value(client, "sorted(__import__('os').listdir(__import__('os').environ['AULA_DATA']))") == (
            "['mx-entidades']"
        )
        assert value(client, "len(__import__('aula').data('mx-entidades'))") == "32"


def test_one_who_may_see_all_data_sees_all(ready: ForkServer) -> None:
    with a_kernel(ready, datasets=None) as (_, client):
        assert int(value(client, "len(__import__('os').listdir(__import__('os').environ['AULA_DATA']))")) > 5


REFUSED = """
import os
def is_refused(act):
    try:
        act()
    except OSError:
        return True
    return False
place = os.environ["AULA_DATA"]
file = f"{place}/mx-entidades/datapackage.json"
answer = [is_refused(one) for one in (
    lambda: open(file, "a"), lambda: os.unlink(file), lambda: os.mkdir(place + "/mine"), lambda: os.chmod(file, 0o777),
    lambda: os.rename(place + "/mx-entidades", place + "/other"),
)]
"""


def test_data_shown_to_a_spare_cannot_be_changed(ready: ForkServer) -> None:
    with a_kernel(ready, datasets=["mx-entidades"]) as (_, client):
        client.execute(REFUSED)
        client.get_shell_msg(timeout=ENOUGH_S)
        assert value(client, "answer") == "[True, True, True, True, True]"


def test_a_spare_has_done_nothing_that_its_owner_sees(ready: ForkServer) -> None:
    with a_kernel(ready, datasets=[]) as (_, client):
        client.execute("7 * 6")
        reply = client.get_shell_msg(timeout=ENOUGH_S)["content"]
        assert reply["execution_count"] == 1
        names = "['In', 'Out', 'exit', 'get_ipython', 'open', 'quit']"
        assert value(client, "[n for n in dir() if not n.startswith('_')]") == names


def test_two_spares_do_not_draw_the_same_numbers(ready: ForkServer) -> None:
    draw = "(__import__('random').random(), __import__('numpy').random.random())"
    with a_kernel(ready, datasets=[]) as (_, one), a_kernel(ready, datasets=[]) as (_, other):
        assert value(one, draw) != value(other, draw)


def test_taken_spares_are_replaced(ready: ForkServer) -> None:
    with a_kernel(ready), a_kernel(ready):
        eventually(lambda: ready.status().spares == 2)
        assert ready.status().kernels == 2


def test_who_wants_other_limits_gets_a_kernel_of_their_own(ready: ForkServer) -> None:
    with a_kernel(ready, limits=Limits(memory_mib=300)) as (_, client):
        assert ready.status().spares == 2
        assert value(client, "1 + 1") == "2"


def test_more_than_there_are_spares_get_kernels_too(ready: ForkServer) -> None:
    with a_kernel(ready) as (_, one), a_kernel(ready) as (_, two), a_kernel(ready) as (_, three):
        assert [value(client, "40 + 2") for client in (one, two, three)] == ["42"] * 3


def test_a_data_set_that_is_not_there_costs_no_spare(ready: ForkServer) -> None:
    with pytest.raises(Exception, match="no data set is called"), a_kernel(ready, datasets=["nada"]):
        pass
    assert ready.status().spares == 2


def test_a_spare_that_dies_is_not_handed_out(ready: ForkServer) -> None:
    doomed = spare_pids(ready)
    for pid in doomed:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not any(psutil.pid_exists(pid) for pid in doomed))
    with a_kernel(ready, datasets=["mx-entidades"]) as (_, client):
        assert value(client, "1 + 1") == "2"
