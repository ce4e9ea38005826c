"""The gateway child: what its kernels may see, who may speak to it, and that nothing of it is left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import requests
from support.gateways import ending, eventually, printed, run, running_gateway

from notebooks import GatewayAddress, KernelAddress, KernelHost, KernelUnavailable
from notebooks.host.gateway import GatewayChild, GatewayConfig
from notebooks.host.gateway_api import GatewayApi

OWNER = """
import sys
from pathlib import Path
from notebooks.host.gateway import GatewayChild, GatewayConfig
child = GatewayChild(GatewayConfig(Path(sys.argv[1]), kernel_name="python3"))
child.start()
print(child._process.pid, flush=True)
sys.stdin.read()
"""


def gateway_process(gateway: GatewayChild) -> psutil.Process:
    assert gateway._process is not None
    return psutil.Process(gateway._process.pid)


def test_a_kernel_sees_nothing_of_the_sites_environment(
    host: KernelHost, kernel: KernelAddress, gateway: GatewayChild
) -> None:
    said = printed(run(host, kernel, "import os\nprint(dict(os.environ))"))
    assert "'AULA_LANGUAGE': 'es'" in said
    assert gateway.address.token not in said
    assert str(gateway.config.run_dir) not in said
    assert not {name for name in ("DATABASE_URL", "HOME", "KG_AUTH_TOKEN", "PYTHONPATH") if f"'{name}'" in said}


def test_concurrent_learners_do_not_see_each_others_environment(host: KernelHost) -> None:
    kernels = [host.start(datasets=[f"datos-{number}"], language="en") for number in range(3)]
    try:
        said = [printed(run(host, one, "import os\nprint(os.environ['AULA_DATASETS'])")) for one in kernels]
        assert said == ["datos-0\n", "datos-1\n", "datos-2\n"]
    finally:
        for one in kernels:
            host.shutdown(one)


@pytest.mark.parametrize("authorization", ["", "token x", "Bearer x"])
def test_nobody_gets_in_without_the_token(gateway: GatewayChild, authorization: str) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    answer = requests.get(f"{gateway.address.url}/api/kernels", headers=headers, timeout=10)
    assert answer.status_code == 401


def test_the_token_is_not_on_the_command_line(gateway: GatewayChild) -> None:
    assert gateway.address.token not in " ".join(gateway_process(gateway).cmdline())
    assert gateway.address.token not in repr(gateway.address)


def test_it_listens_on_the_loopback_only(gateway: GatewayChild) -> None:
    listening = [one.laddr.ip for one in gateway_process(gateway).net_connections() if one.status == "LISTEN"]
    assert set(listening) == {"127.0.0.1"}


def test_only_our_kernelspec_can_be_started(gateway: GatewayChild) -> None:
    api = GatewayApi(gateway.address)
    kernel_id = api.start("6dbd0f4e-6f0b-4b60-a3e1-1a0d2d6f7c11", "bash", {})
    found = api.find(kernel_id)
    assert found is not None
    assert found["name"] == "python3"
    api.remove(kernel_id)


def test_the_gateway_may_open_many_files(gateway: GatewayChild) -> None:
    soft, _hard = gateway_process(gateway).rlimit(psutil.RLIMIT_NOFILE)
    assert soft > 1024


def test_dead_kernels_leave_no_open_files(host: KernelHost, gateway: GatewayChild) -> None:
    process = gateway_process(gateway)

    def die() -> None:
        address = host.start()
        assert ending(run(host, address, "import os\nos._exit(9)")).is_kernel_gone
        eventually(lambda: GatewayApi(gateway.address).find(address.kernel_id) is None)

    die()
    before = process.num_fds()
    for _ in range(3):
        die()
    eventually(lambda: process.num_fds() <= before + 3)


def test_an_idle_kernel_is_put_to_rest_and_a_gateway_has_its_limit() -> None:
    with running_gateway(idle_s=1, max_kernels=1) as child:
        host = KernelHost([child.address], kernel_name="python3")
        address = host.start()
        with pytest.raises(KernelUnavailable, match="Resource Limit|403"):
            host.start()
        eventually(lambda: host.state(address) == "lost")


def test_the_gateway_dies_with_its_parent(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path)],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with owner:
        assert owner.stdout is not None
        child = psutil.Process(int(owner.stdout.readline()))
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        eventually(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_a_gateway_that_died_comes_back_at_its_address() -> None:
    with running_gateway() as child:
        host = KernelHost([child.address], kernel_name="python3")
        address = host.start()
        gateway_process(child).kill()
        eventually(lambda: not child.is_alive())
        assert host.state(address) == "lost"
        child.start()
        assert host.state(address) == "lost"
        assert printed(run(host, host.start(), "print(1)")) == "1\n"


def test_a_gateway_that_is_killed_in_mid_cell_ends_the_run() -> None:
    with running_gateway() as child:
        host = KernelHost([child.address], kernel_name="python3")
        pids = [gateway_process(child).pid]
        events = run(
            host, host.start(), "import threading\nthreading.Event().wait(60)",
            should_stop=lambda: bool(pids) and os.kill(pids.pop(), signal.SIGKILL) is not None,
        )  # fmt: skip
        assert (ending(events).status, ending(events).is_kernel_gone) == ("lost", True)


def test_another_gateway_is_asked_where_one_is_away(gateway: GatewayChild) -> None:
    host = KernelHost([GatewayAddress("http://127.0.0.1:9", "x"), gateway.address], kernel_name="python3")
    kernels = [host.start() for _ in range(3)]
    assert {one.gateway_url for one in kernels} == {gateway.address.url}
    assert (host.health().gateways_up, host.health().gateways) == (1, 2)
    for one in kernels:
        host.shutdown(one)


def test_without_a_gateway_there_is_no_kernel() -> None:
    with pytest.raises(KernelUnavailable):
        KernelHost([]).start()


def test_a_gateway_for_a_kernel_that_does_not_exist_does_not_start(tmp_path: Path) -> None:
    """It would come up, and refuse every learner."""
    child = GatewayChild(GatewayConfig(tmp_path, kernel_name="no-hay"))
    with pytest.raises(KernelUnavailable, match='no kernel "no-hay"; it offers none. Register it') as refused:
        child.start()
    assert child.address.url in str(refused.value)
    assert not child.is_alive()
