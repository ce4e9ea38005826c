"""Kernels on a second machine over SSH: contained there as here, lost when they are lost, and never orphans."""

import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import psutil
import pytest
from support.gateways import Caps, ending, eventually, printed, run
from support.machines import SecondMachine, running_ssh_gateway

from notebooks import Fault, GatewayAddress, KernelHost, KernelUnavailable, Stream
from notebooks.host.gateway import GatewayChild

SLEEP = "import threading\nthreading.Event().wait(60)"
LINES = "import threading\nfor i in range(12):\n    print(i, flush=True)\n    threading.Event().wait(.25)"


@pytest.fixture
def host(over_ssh: GatewayChild) -> KernelHost:
    return KernelHost([over_ssh.address])


def nothing_left(machine: SecondMachine) -> bool:
    return machine.fork_server.status().kernels == 0 and not machine.keepers()


def test_a_kernel_runs_in_the_second_machines_sandbox(host: KernelHost, machine: SecondMachine) -> None:
    kernel = host.start(language="en")
    assert machine.fork_server.status().kernels == 1
    assert printed(run(host, kernel, "import pandas as pd\nprint(pd.Series([1, 2]).sum())")) == "3\n"
    events = run(host, kernel, "import socket\nsocket.socket()")
    assert any(isinstance(one, Fault) and one.name == "PermissionError" for one in events)
    host.shutdown(kernel)
    eventually(lambda: nothing_left(machine))


def test_no_network_socket_is_in_the_sandbox(host: KernelHost) -> None:
    kernel = host.start()
    code = (
        "import os, socket\nkinds = set()\nfor one in os.listdir('/proc/self/fd'):\n"
        "    try: kinds.add(socket.socket(fileno=os.dup(int(one))).family.name)\n    except OSError: pass\n"
        "print(sorted(kinds))"
    )
    assert printed(run(host, kernel, code)) == "['AF_UNIX']\n"
    host.shutdown(kernel)


def test_what_a_kernel_sees_and_its_language_arrive(host: KernelHost) -> None:
    kernel = host.start(datasets=["mx-sismos-cdmx"], language="en")
    code = "import os\nprint(os.environ['AULA_LANGUAGE'], os.listdir(os.environ['AULA_DATA']))"
    assert printed(run(host, kernel, code)) == "en ['mx-sismos-cdmx']\n"
    host.shutdown(kernel)


def test_a_data_set_that_is_not_there_is_named(host: KernelHost) -> None:
    with pytest.raises(KernelUnavailable, match="no data set is called 'nada'"):
        host.start(datasets=["nada"])


def test_a_name_that_is_a_shells_line_runs_no_shell(host: KernelHost, tmp_path: Path) -> None:
    with pytest.raises(KernelUnavailable):
        host.start(datasets=[f"x; touch {tmp_path}/escaped; $(touch {tmp_path}/escaped)"])
    assert not (tmp_path / "escaped").exists()


def test_a_keeper_that_is_killed_in_mid_cell_ends_the_run(host: KernelHost, machine: SecondMachine) -> None:
    def kill_once() -> bool:
        for one in machine.keepers():
            one.kill()
        return False

    events = run(host, host.start(), SLEEP, should_stop=kill_once)
    assert (ending(events).status, ending(events).is_kernel_gone) == ("lost", True)
    eventually(lambda: nothing_left(machine))


def test_a_network_that_is_cut_for_a_moment_loses_nothing(host: KernelHost, machine: SecondMachine) -> None:
    kernel, has_begun, has_ended = host.start(), threading.Event(), threading.Event()

    def cut() -> None:
        has_begun.wait(60)
        with machine.unplugged():
            has_ended.wait(6)

    cutter = threading.Thread(target=cut)
    cutter.start()
    with host.connect(kernel) as connection:
        events = []
        for event in connection.execute(LINES, "cut", limits=Caps()):
            events.append(event)
            if isinstance(event, Stream):
                has_begun.set()
    has_ended.set()
    cutter.join()
    assert printed(events).split() == [str(number) for number in range(12)]
    assert ending(events).status == "ok"
    host.shutdown(kernel)


def test_kernels_of_a_gateway_that_was_killed_do_not_stay(machine: SecondMachine) -> None:
    eventually(lambda: nothing_left(machine))
    with running_ssh_gateway(machine, silence_s=3.0) as gateway:
        host = KernelHost([gateway.address])
        resting, busy, pids = host.start(), host.start(), [gateway_pid(gateway)]
        events = run(
            host, busy, SLEEP, should_stop=lambda: bool(pids) and os.kill(pids.pop(), signal.SIGKILL) is not None
        )
        assert (ending(events).status, ending(events).is_kernel_gone) == ("lost", True)
        assert host.state(resting) == "lost"
        eventually(lambda: nothing_left(machine))


def test_a_host_that_is_not_known_is_refused(machine: SecondMachine, tmp_path: Path) -> None:
    shutil.copytree(machine.ssh_folder, tmp_path / "ssh")
    (tmp_path / "ssh" / "known_hosts").write_text("")
    with (
        running_ssh_gateway(machine, ssh_folder=tmp_path / "ssh") as gateway,
        pytest.raises(KernelUnavailable, match="not found in known_hosts"),
    ):
        KernelHost([gateway.address]).start()
    assert nothing_left(machine)


def test_a_key_that_the_host_does_not_know_is_refused(machine: SecondMachine, tmp_path: Path) -> None:
    (tmp_path / "ssh").mkdir()
    shutil.copy(machine.ssh_folder / "known_hosts", tmp_path / "ssh")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{tmp_path}/ssh/id_ed25519"], check=True)
    with (
        running_ssh_gateway(machine, ssh_folder=tmp_path / "ssh") as gateway,
        pytest.raises(KernelUnavailable, match="Authentication failed"),
    ):
        KernelHost([gateway.address]).start()
    assert nothing_left(machine)


def test_a_machine_without_a_fork_server_says_so(machine: SecondMachine) -> None:
    with (
        running_ssh_gateway(machine, fork_server=Path("/nowhere/fork-server.sock")) as gateway,
        pytest.raises(KernelUnavailable, match="no fork server answers at /nowhere"),
    ):
        KernelHost([gateway.address]).start()


def test_the_other_gateway_goes_on_when_one_is_away(machine: SecondMachine, offered: GatewayAddress) -> None:
    with running_ssh_gateway(machine) as gateway:
        host = KernelHost([gateway.address, offered])
        assert (host.health().gateways_up, host.health().gateways) == (2, 2)
        psutil.Process(gateway_pid(gateway)).kill()
        eventually(lambda: host.health().gateways_up == 1)
        kernel = host.start()
        assert kernel.gateway_url == offered.url
        assert printed(run(host, kernel, "print(1)")) == "1\n"
        host.shutdown(kernel)


def gateway_pid(gateway: GatewayChild) -> int:
    assert gateway._process is not None
    return gateway._process.pid
