"""Attacks that would win something at once: inside each fails, and outside the same code succeeds."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from support.bait import kernel_of, run_in, run_outside
from support.breakouts import LIGHT, Attack, told_by
from support.sandbox import Way, need_root

from notebooks import ForkServer, Session

Bait = Mapping[str, object]


@pytest.fixture(scope="module")
def session(server: ForkServer, bait: Bait) -> Iterator[Session]:
    with server.open_session(datasets=("mx-entidades",)) as one:
        yield one


@pytest.fixture(scope="module")
def kernel(server: ForkServer, bait: Bait) -> Iterator[KernelManager]:
    with kernel_of(server, "mx-entidades") as one:
        yield one


@pytest.mark.parametrize("attack", LIGHT, ids=lambda attack: attack.name)
def test_in_a_session_no_attack(session: Session, bait: Bait, attack: Attack) -> None:
    reply = session.run(told_by(attack, bait))
    assert reply.error is None
    assert reply.stdout.splitlines()[-1].startswith("HELD")


@pytest.mark.parametrize("attack", LIGHT, ids=lambda attack: attack.name)
def test_in_a_kernel_no_attack(kernel: KernelManager, bait: Bait, attack: Attack) -> None:
    assert run_in(kernel, told_by(attack, bait)).splitlines()[-1].startswith("HELD")


@pytest.mark.parametrize("attack", [one for one in LIGHT if one.outside], ids=lambda attack: attack.name)
def test_outside_the_same_code(way: Way, bait: Bait, attack: Attack, tmp_path: Path) -> None:
    """Or the attack would prove nothing."""
    if way != "namespaces":
        pytest.skip("once is enough")
    need_root()
    assert run_outside(told_by(attack, bait), tmp_path).startswith("WON")
