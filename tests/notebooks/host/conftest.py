"""Real gateways for this folder, with stock kernels and with our own in the sandbox; a fresh kernel for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.gateways import running_gateway
from support.sandbox import DATASETS

from notebooks import ForkServer, KernelAddress, KernelHost, install_kernelspec
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


@pytest.fixture(scope="session")
def sandboxed_host(fork_server: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KernelHost]:
    """Kernels as a school has them: ours, in the sandbox, behind a gateway; the fork server says why one died."""
    prefix: Path = tmp_path_factory.mktemp("spec")
    install_kernelspec(prefix, data_root=DATASETS)
    with running_gateway(
        "aula-python", fork_server=fork_server.socket_path, jupyter_path=prefix / "share" / "jupyter"
    ) as child:
        yield KernelHost([child.address], find_death=fork_server.autopsy)


@pytest.fixture
def learner(sandboxed_host: KernelHost) -> Iterator[KernelAddress]:
    """A fresh sandboxed kernel."""
    address = sandboxed_host.start()
    yield address
    sandboxed_host.shutdown(address)
