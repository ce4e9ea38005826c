"""What else starts Jupyter kernels, unchanged, with "aula-python": managers, command lines, and JupyterLab's server."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager, KernelManager, start_new_async_kernel
from jupyter_client.multikernelmanager import MultiKernelManager
from support.gateways import answers, ending, eventually, printed, run
from support.sandbox import DATASETS
from support.site import free_port

from notebooks import ForkServer, GatewayAddress, KernelAddress, KernelHost, KernelUnavailable, install_kernelspec

READY_S = 60


@pytest.fixture(scope="module", autouse=True)
def jupyter(fork_server: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Jupyter that knows this kernel, and takes it from the tests' fork server."""
    prefix: Path = tmp_path_factory.mktemp("prefix")
    install_kernelspec(prefix, data_root=DATASETS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(prefix / "share" / "jupyter"))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(prefix / "runtime"))
        patch.setenv("AULA_FORK_SERVER", str(fork_server.socket_path))
        yield


@pytest.fixture(autouse=True)
def nothing_left(fork_server: ForkServer) -> Iterator[None]:
    """Whoever starts a kernel ends it, or it ends with them."""
    eventually(lambda: fork_server.status().kernels == 0)
    yield
    eventually(lambda: fork_server.status().kernels == 0)


async def stay_for_a_cell() -> tuple[str, bool, bool]:
    """What a cell says with a manager that never blocks, and whether the kernel lived before and after its end."""
    manager, client = await start_new_async_kernel(kernel_name="aula-python", startup_timeout=READY_S)
    assert isinstance(manager, AsyncKernelManager)
    said: list[str] = []
    await client.execute_interactive(
        "print(6 * 7)", timeout=READY_S, output_hook=lambda message: said.append(message["content"].get("text", ""))
    )
    was_alive = await manager.is_alive()
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    return "".join(said), was_alive, await manager.is_alive()


def test_an_async_manager_runs_a_cell() -> None:
    assert asyncio.run(stay_for_a_cell()) == ("42\n", True, False)


async def interrupt_and_restart() -> list[str]:
    manager, client = await start_new_async_kernel(kernel_name="aula-python", startup_timeout=READY_S)
    client.execute("x = 1\nprint('ya', flush=True)\nwhile True: pass")
    while (await client.get_iopub_msg(timeout=READY_S))["msg_type"] != "stream":
        continue
    await manager.interrupt_kernel()
    replies = [(await client.get_shell_msg(timeout=READY_S))["content"]["ename"]]
    await manager.restart_kernel(now=True)
    await client.wait_for_ready(timeout=READY_S)
    client.execute("x")
    replies.append((await client.get_shell_msg(timeout=READY_S))["content"]["ename"])
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    return replies


def test_an_async_manager_interrupts_and_restarts() -> None:
    assert asyncio.run(interrupt_and_restart()) == ["KeyboardInterrupt", "NameError"]


def test_a_manager_of_many_keeps_them_apart(fork_server: ForkServer) -> None:
    manager = MultiKernelManager()
    first, second = (manager.start_kernel(kernel_name="aula-python") for _ in range(2))
    assert fork_server.status().kernels == 2
    manager.shutdown_kernel(first, now=True)
    assert not manager.is_alive(first) if first in manager else True
    assert manager.is_alive(second)
    manager.shutdown_all(now=True)


def jupyter_command(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name(name), *arguments], env=os.environ, capture_output=True, text=True, timeout=120
    )


def test_the_command_line_lists_it() -> None:
    done = jupyter_command("jupyter-kernelspec", "list", "--json")
    spec = json.loads(done.stdout)["kernelspecs"]["aula-python"]["spec"]
    assert (spec["language"], spec["interrupt_mode"]) == ("python", "signal")


def test_a_script_runs_on_it_from_the_command_line(tmp_path: Path) -> None:
    script = tmp_path / "hola.py"
    script.write_text("import pandas as pd\nprint(pd.Series([20, 22]).sum())")
    done = jupyter_command("jupyter-run", "--kernel", "aula-python", str(script))
    assert (done.returncode, done.stdout.strip()) == (0, "42"), done.stderr


@pytest.fixture(scope="module")
def lab(jupyter: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayAddress]:
    """A stock Jupyter Server, which is what JupyterLab's page talks to."""
    address = GatewayAddress(f"http://127.0.0.1:{free_port()}", secrets.token_hex(16))
    folder: Path = tmp_path_factory.mktemp("lab")
    flags = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={address.url.rsplit(':', 1)[1]}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *flags, f"--ServerApp.root_dir={folder}"],
        env={**os.environ, "HOME": str(folder), "JUPYTER_TOKEN": address.token},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        eventually(lambda: answers(address))
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def on_lab(lab: GatewayAddress) -> Iterator[tuple[KernelHost, KernelAddress]]:
    host = KernelHost([lab], kernel_name="aula-python")
    kernel = host.start()
    yield host, kernel
    host.shutdown(kernel)


def ask(lab: GatewayAddress, method: str, path: str, body: object = None) -> requests.Response:
    headers = {"Authorization": f"token {lab.token}"}
    return requests.request(method, f"{lab.url}/api/{path}", json=body, headers=headers, timeout=READY_S)


def test_jupyterlabs_server_offers_it(lab: GatewayAddress) -> None:
    assert "aula-python" in ask(lab, "GET", "kernelspecs").json()["kernelspecs"]


def test_jupyterlabs_server_runs_and_interrupts_cells(on_lab: tuple[KernelHost, KernelAddress]) -> None:
    host, kernel = on_lab
    assert printed(run(host, kernel, "import os\nx = 7\nprint(os.environ['USER'])")) == "learner\n"
    assert ending(run(host, kernel, "while True: pass", should_stop=lambda: True)).status == "interrupted"
    assert printed(run(host, kernel, "print(x)")) == "7\n"


def test_jupyterlabs_server_restarts_it(lab: GatewayAddress, on_lab: tuple[KernelHost, KernelAddress]) -> None:
    host, kernel = on_lab
    run(host, kernel, "x = 7")
    assert ask(lab, "POST", f"kernels/{kernel.kernel_id}/restart").status_code == 200
    eventually(lambda: host.state(kernel) == "idle")
    assert printed(run(host, kernel, "print('x' in globals())")) == "False\n"


def is_heard(host: KernelHost, kernel: KernelAddress) -> bool:
    """Whether the server has heard the kernel that took the dead one's place.

    Until then it goes by the dead one's last word, "busy", with which it lets a client in before the kernel's outputs
    reach it. A run whose outputs are lost ends its kernel; a question does not, and makes the kernel say what it does.
    """
    with host.connect(kernel) as connection:
        connection.variables()
    return host.state(kernel) == "idle"


def test_jupyterlabs_server_starts_a_dead_one_again(
    on_lab: tuple[KernelHost, KernelAddress], fork_server: ForkServer
) -> None:
    """As it does with any kernel; our own gateway does not, for a learner would go on in an empty memory unknowing."""
    host, kernel = on_lab
    assert ending(run(host, kernel, "x = 7\nimport os\nos._exit(1)")).is_kernel_gone
    eventually(lambda: fork_server.autopsy(kernel.kernel_id) == "alive")
    eventually(lambda: is_heard(host, kernel))
    assert printed(run(host, kernel, "print('x' in globals())")) == "False\n"


def test_a_notebook_opened_in_jupyterlab_has_a_session_with_it(lab: GatewayAddress) -> None:
    wanted = {"path": "uno.ipynb", "name": "uno", "type": "notebook", "kernel": {"name": "aula-python"}}
    made = ask(lab, "POST", "sessions", wanted)
    assert made.status_code == 201
    assert made.json()["kernel"]["name"] == "aula-python"
    assert ask(lab, "DELETE", f"sessions/{made.json()['id']}").status_code == 204


def test_a_kernel_that_is_not_installed_is_no_kernel(lab: GatewayAddress) -> None:
    """Our door says which was asked for, which there are, and what to do."""
    with pytest.raises(NoSuchKernel, match="no-hay"):
        KernelManager(kernel_name="no-hay").start_kernel()
    assert "no-hay" not in KernelSpecManager().find_kernel_specs()
    with pytest.raises(KernelUnavailable) as refused:
        KernelHost([lab], kernel_name="no-hay").start()
    for part in (lab.url, "no-hay", "aula-python", "install-kernelspec"):
        assert part in str(refused.value)
