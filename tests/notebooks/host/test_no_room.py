"""A gateway or a fork server that is full says so, and that is told from one that is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.gateways import running_gateway
from support.sandbox import DATASETS, running_fork_server
from support.site import free_port

from notebooks import GatewayAddress, KernelHost, KernelUnavailable, NoRoom, install_kernelspec
from notebooks.host.gateway import GatewayChild

AWAY = GatewayAddress(f"http://127.0.0.1:{free_port()}", "nobody listens here")


@pytest.fixture(scope="module")
def full() -> Iterator[GatewayChild]:
    """A gateway that may have one kernel, and has it."""
    with running_gateway(max_kernels=1) as child:
        KernelHost([child.address], kernel_name="python3").start()
        yield child


def test_a_gateway_at_its_limit_has_no_room(full: GatewayChild) -> None:
    with pytest.raises(NoRoom, match="Resource Limit"):
        KernelHost([full.address], kernel_name="python3").start()


def test_a_gateway_that_is_away_is_not_full(full: GatewayChild) -> None:
    with pytest.raises(KernelUnavailable) as refusal:
        KernelHost([AWAY], kernel_name="python3").start()
    assert not isinstance(refusal.value, NoRoom)
    with pytest.raises(NoRoom):
        KernelHost([AWAY, full.address], kernel_name="python3").start()


def test_another_gateway_takes_who_has_no_room_at_the_first(full: GatewayChild) -> None:
    with running_gateway() as other:
        host = KernelHost([full.address, other.address], kernel_name="python3")
        assert {host.start().gateway_url for _kernel in range(3)} == {other.address.url}


def test_a_refusal_of_the_fork_server_comes_through_the_gateway_and_nothing_is_left(tmp_path: Path) -> None:
    install_kernelspec(tmp_path / "spec", data_root=DATASETS)
    path = tmp_path / "spec" / "share" / "jupyter"
    with (
        running_fork_server(reserve_mib=10_000_000) as server,
        running_gateway("aula-python", fork_server=server.socket_path, jupyter_path=path) as child,
    ):
        host = KernelHost([child.address])
        for _time in range(3):
            with pytest.raises(NoRoom, match="no room: "):
                host.start()
        assert host.health().kernels == 0
        assert server.status().kernels == 0
        assert list((server.socket_path.parent / "k").iterdir()) == []
        assert list((child.config.run_dir / "gateway" / "runtime").glob("kernel-*")) == []
