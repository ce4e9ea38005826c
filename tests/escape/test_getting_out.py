"""Attacks that would win something at once: inside each fails, and outside the same code succeeds."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from support.bait import kernel_of, key_of, run_in, run_outside
from support.breakouts import LIGHT, Attack, told_by
from support.sandbox import need_root

from notebooks import ForkServer, Session

# One kernel serves a whole file here, so whatever ended it from outside would fail all that follows.
pytestmark = pytest.mark.alone

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


@pytest.mark.parametrize("way", ["namespaces"], indirect=True)
@pytest.mark.parametrize("attack", [one for one in LIGHT if one.outside], ids=lambda attack: attack.name)
def test_outside_the_same_code(bait: Bait, attack: Attack, tmp_path: Path) -> None:
    """Or the attack would prove nothing."""
    need_root()
    assert run_outside(told_by(attack, bait), tmp_path).startswith("WON")


@pytest.mark.parametrize("way", ["namespaces"], indirect=True)
def test_the_search_for_keys_finds_one_where_it_is(kernel: KernelManager, bait: Bait) -> None:
    search = next(one for one in LIGHT if one.name == "finds another kernel's key in its own memory")
    assert run_in(kernel, told_by(search, {**bait, **key_of(kernel)})).startswith("WON")
