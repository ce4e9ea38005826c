"""`serve`: one parent for every process; what it calls ready works, what dies comes back, and nothing stays behind."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests
from support.gateways import eventually
from support.site import ROOT, Site, running_site

CHILDREN = {"broker", "kernels", "runner", "grader", "web"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # A unix socket's path is short, and pytest's folders are not.
    with running_site(tmp_path_factory.mktemp("s")) as running:
        yield running


def ready(site: Site) -> bool:
    try:
        return requests.get(f"{site.address}/readyz", timeout=10).status_code == 200
    except requests.ConnectionError:
        return False


def test_what_is_called_ready_answers_in_every_part(site: Site) -> None:
    # It was ready when it said so; on a busy machine a part may be late with one answer since.
    eventually(lambda: ready(site))
    answer = requests.get(f"{site.address}/readyz", timeout=10)
    assert {name: one["up"] for name, one in answer.json()["checks"].items()} == {
        "database": True, "kernels": True, "jobs": True,
    }  # fmt: skip
    assert answer.json()["sandbox"] in ("namespaces", "container")


def test_the_site_is_for_this_machine_and_its_files_are_its_own(site: Site) -> None:
    assert (site.home / "aula.sqlite").stat().st_mode & 0o077 == 0
    assert (site.home / "secret-key").stat().st_mode & 0o077 == 0
    assert (site.home / "demo-accounts.json").stat().st_mode & 0o077 == 0
    assert len(json.loads((site.home / "demo-accounts.json").read_text())) == 9


def test_a_second_start_beside_it_says_that_the_port_is_taken(site: Site, tmp_path: Path) -> None:
    port = site.address.rsplit(":", 1)[1]
    second = subprocess.run(
        [sys.executable, "-m", "webapp.cli", "serve"],
        cwd=ROOT, env={"AULA_HOME": str(tmp_path / "other"), "PORT": port, "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"Port {port} of 127.0.0.1 is taken" in second.stderr


def test_a_process_that_dies_comes_back(site: Site) -> None:
    parent = psutil.Process(site.process.pid)
    (web,) = [one for one in parent.children() if "gunicorn" in " ".join(one.cmdline())]
    web.send_signal(signal.SIGKILL)
    web.wait(60)
    eventually(lambda: ready(site))
    assert web.pid not in [one.pid for one in parent.children()]


def test_a_stop_ends_every_process_and_a_start_finds_everything_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("t")
    with running_site(home) as first:
        family = psutil.Process(first.process.pid).children(recursive=True)
        accounts = (home / "demo-accounts.json").read_text()
        assert len(family) >= len(CHILDREN)
    assert first.process.returncode == 0
    _gone, alive = psutil.wait_procs(family, timeout=20)
    assert [one.pid for one in alive] == []
    with running_site(home) as second:
        assert (home / "demo-accounts.json").read_text() == accounts
        assert ready(second)
