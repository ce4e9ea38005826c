"""A gateway that is offered to other machines: never without a token, and to nobody with another one."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests
from support.gateways import printed, run
from support.machines import TOKEN
from support.sandbox import ROOT

from notebooks import GatewayAddress, KernelHost, KernelUnavailable
from notebooks.host.offer import make_offer
from webapp.jobs import KernelDoor
from webapp.settings import Settings


def write_token(folder: Path, text: str) -> Path:
    (folder / "token").write_text(text)
    return folder / "token"


@pytest.mark.parametrize("host", ["0.0.0.0", "10.1.2.3", "::", "kernels.example.org"])
def test_nothing_is_offered_to_other_machines_without_a_token(host: str) -> None:
    with pytest.raises(KernelUnavailable, match="no --token-file says who may"):
        make_offer(host, 8888, None)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_needs_no_token_file(host: str) -> None:
    assert make_offer(host, 0, None).token == ""


@pytest.mark.parametrize("text", ["", "short", "x" * 31, "x" * 20 + " " + "x" * 20, "ñ" * 40, "x" * 40 + "\n" + "y"])
def test_a_token_that_is_short_or_cannot_be_sent_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(KernelUnavailable, match="openssl rand"):
        make_offer("0.0.0.0", 8888, write_token(tmp_path, text))


def test_a_token_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KernelUnavailable, match="cannot be read"):
        make_offer("0.0.0.0", 8888, tmp_path / "token")


def test_a_token_is_never_shown(tmp_path: Path) -> None:
    offer = make_offer("0.0.0.0", 8888, write_token(tmp_path, f"{TOKEN}\n"))
    assert offer.token == TOKEN
    assert TOKEN not in repr(offer)


def test_the_command_refuses_before_anything_starts(tmp_path: Path) -> None:
    order = [sys.executable, "-m", "notebooks", "serve", "--run-dir", str(tmp_path / "k"), "--host", "0.0.0.0"]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "AULA_KERNELS_TOKEN" in done.stderr
    assert not (tmp_path / "k").exists()


def test_who_knows_the_token_has_kernels_of_the_sandbox(offered: GatewayAddress) -> None:
    host = KernelHost([offered])
    kernel = host.start()
    assert printed(run(host, kernel, "import os\nprint(os.getcwd())")) == "/home/learner\n"
    host.shutdown(kernel)


def test_another_token_gets_nothing(offered: GatewayAddress) -> None:
    stranger = KernelHost([GatewayAddress(offered.url, "x" * 40)])
    with pytest.raises(KernelUnavailable, match="401"):
        stranger.start()
    assert stranger.health().gateways_up == 0


def test_a_strangers_token_opens_no_channel(offered: GatewayAddress) -> None:
    owner, stranger = KernelHost([offered]), KernelHost([GatewayAddress(offered.url, "x" * 40)])
    kernel = owner.start()
    with pytest.raises(KernelUnavailable, match="does not open"), stranger.connect(kernel):
        pass
    assert owner.is_alive(kernel)
    answer = requests.get(f"{offered.url}/api/kernels/{kernel.kernel_id}/channels", timeout=10)
    assert answer.status_code == 401
    owner.shutdown(kernel)


def test_the_site_finds_the_gateways_that_its_settings_name(offered: GatewayAddress, tmp_path: Path) -> None:
    environment = {"AULA_HOME": str(tmp_path), "AULA_KERNELS_URL": f"{offered.url}/", "AULA_KERNELS_TOKEN": TOKEN}
    host = KernelDoor(Settings.from_env(environment)).host()
    kernel = host.start()
    assert printed(run(host, kernel, "print(1)")) == "1\n"
    host.shutdown(kernel)
