"""Two machines for this folder: a gateway of the sandbox here, and one whose kernels are born on the second machine."""

from collections.abc import Iterator

import pytest
from support.machines import SecondMachine, offered_gateway, running_ssh_gateway, second_machine

from notebooks import GatewayAddress
from notebooks.host.gateway import GatewayChild


@pytest.fixture(scope="package")
def machine() -> Iterator[SecondMachine]:
    with second_machine() as one:
        yield one


@pytest.fixture(scope="package")
def over_ssh(machine: SecondMachine) -> Iterator[GatewayChild]:
    with running_ssh_gateway(machine) as one:
        yield one


@pytest.fixture(scope="package")
def offered() -> Iterator[GatewayAddress]:
    with offered_gateway() as one:
        yield one
