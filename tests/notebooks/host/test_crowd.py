"""Many kernels behind one gateway of the real sandbox: all asked for at once, and more than libzmq allows by itself."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.gateways import printed, run, running_gateway
from support.sandbox import running_fork_server

from notebooks import KernelAddress, KernelHost

# Hundreds of kernels fill the machine, and one test goes by who comes first.
pytestmark = pytest.mark.alone

AT_ONCE = 60
MORE_THAN_LIBZMQ_ALLOWS = 190


@pytest.fixture(scope="module")
def host() -> Iterator[KernelHost]:
    with (
        running_fork_server() as server,
        running_gateway("aula-python", fork_server=server.socket_path) as gateway,
    ):
        yield KernelHost([gateway.address])


def start_many(host: KernelHost, count: int) -> list[KernelAddress]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda _: host.start(), range(count)))


def shut_down(host: KernelHost, kernels: list[KernelAddress]) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(host.shutdown, kernels))


def test_all_that_are_asked_for_at_once_come_and_answer(host: KernelHost) -> None:
    kernels = start_many(host, AT_ONCE)
    try:
        assert len({one.kernel_id for one in kernels}) == AT_ONCE
        with ThreadPoolExecutor(8) as pool:
            said = list(pool.map(lambda one: printed(run(host, one, "print(6 * 7)")), kernels))
        assert said == ["42\n"] * AT_ONCE
    finally:
        shut_down(host, kernels)


def test_who_asks_first_is_served_first(host: KernelHost) -> None:
    """Asked one after the other, while none has been served: they come in that order, but for the few born together."""
    served: list[int] = []

    def ask(number: int, may_ask: threading.Event, next_may: threading.Event) -> KernelAddress:
        may_ask.wait(60)
        threading.Timer(0.005, next_may.set).start()
        kernel = host.start()
        served.append(number)
        return kernel

    gates = [threading.Event() for _ in range(31)]
    with ThreadPoolExecutor(30) as pool:
        asked = [pool.submit(ask, number, gates[number], gates[number + 1]) for number in range(30)]
        gates[0].set()
        kernels = [one.result() for one in asked]
    try:
        assert max(abs(place - number) for place, number in enumerate(served)) <= 8
    finally:
        shut_down(host, kernels)


def test_more_kernels_are_attached_than_libzmq_allows_by_itself(host: KernelHost) -> None:
    kernels = [host.start() for _ in range(MORE_THAN_LIBZMQ_ALLOWS)]
    try:
        for one in kernels:
            with host.connect(one):
                pass
        assert printed(run(host, kernels[-1], "print(6 * 7)")) == "42\n"
    finally:
        shut_down(host, kernels)
