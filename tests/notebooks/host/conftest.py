"""One real gateway for this folder, and a fresh kernel for each test that asks."""

from collections.abc import Iterator

import pytest
from support.gateways import running_gateway

from notebooks import KernelAddress, KernelHost
from notebooks.host.gateway import GatewayChild


@pytest.fixture(scope="session")
def gateway() -> Iterator[GatewayChild]:
    with running_gateway() as child:
        yield child


@pytest.fixture(scope="session")
def host(gateway: GatewayChild) -> KernelHost:
    return KernelHost([gateway.address], kernel_name="python3")


@pytest.fixture
def kernel(host: KernelHost) -> Iterator[KernelAddress]:
    address = host.start()
    yield address
    host.shutdown(address)
