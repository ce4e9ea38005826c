"""The fork server as its starter sees it: it starts or says why not, tells of itself, and ends with its starter."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from support.gateways import eventually
from support.sandbox import DATASETS, PYTHON, running_fork_server

from notebooks import ForkServer, KernelLost, KernelUnavailable, Limits, SandboxConfig, SandboxUnavailable

OWNER = """
import sys
from pathlib import Path
from notebooks import ForkServer, SandboxConfig
server = ForkServer.start(SandboxConfig(python=Path(sys.argv[1]), run_dir=Path(sys.argv[2])))
with server.open_session() as session:
    session.run("x = 1")
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """pytest's own folders have paths too long for sockets."""
    path = Path(tempfile.mkdtemp(prefix="fs"))
    yield path
    shutil.rmtree(path)


def test_it_tells_of_itself(fork_server: ForkServer) -> None:
    eventually(lambda: fork_server.status().kernels == 0)
    status = fork_server.status()
    assert fork_server.grade == status.grade == "namespaces"
    assert status.memory in ("cgroup v1", "cgroup v2", "watched")
    assert fork_server.is_alive()


def test_others_may_use_it_by_its_socket(fork_server: ForkServer) -> None:
    other = ForkServer.attach(fork_server.socket_path)
    assert other.is_alive()
    assert other.grade == fork_server.grade
    with other.open_session() as session:
        assert session.run("1").error is None
    other.stop()
    assert fork_server.is_alive()


def test_only_its_own_user_reaches_its_socket(fork_server: ForkServer) -> None:
    assert fork_server.socket_path.stat().st_mode & 0o077 == 0
    assert fork_server.socket_path.parent.stat().st_mode & 0o077 == 0


def test_one_that_is_not_there_is_unavailable_for_everything(folder: Path) -> None:
    nobody = ForkServer.attach(folder / "nobody.sock")
    assert not nobody.is_alive()
    assert nobody.autopsy("any") is None
    with pytest.raises(KernelUnavailable, match="no fork server answers"):
        nobody.status()
    with pytest.raises(KernelUnavailable), nobody.open_session():
        pass


def test_one_that_is_killed_makes_kernels_unavailable_and_nobody_is_blamed() -> None:
    with running_fork_server() as server, server.open_session() as session:
        session.run("x = 1")
        os.kill(server.status().pid, signal.SIGKILL)
        with pytest.raises(KernelUnavailable):
            session.run("while True: pass", timeout_s=60)
        with pytest.raises(KernelLost):
            session.run("x")
        eventually(lambda: not server.is_alive())


def test_stopped_it_takes_its_folders_and_kernels_along(folder: Path) -> None:
    server = ForkServer.start(SandboxConfig(python=PYTHON, run_dir=folder / "run"))
    with server.open_session() as session:
        session.run("x = 1")
        family = psutil.Process(server.status().pid).children(recursive=True)
        assert family
        homes = (folder / "run" / "homes").readlink()
        server.stop()
        assert not any(one.is_running() for one in family)
    assert not server.is_alive()
    assert [one.name for one in (folder / "run").iterdir()] == ["fork-server.log"]
    assert not homes.exists()


def test_what_a_killed_one_left_is_cleared_at_the_next_start(folder: Path) -> None:
    first = ForkServer.start(SandboxConfig(python=PYTHON, run_dir=folder))
    homes = (folder / "homes").readlink()
    os.kill(first.status().pid, signal.SIGKILL)
    eventually(lambda: not first.is_alive())
    second = ForkServer.start(SandboxConfig(python=PYTHON, run_dir=folder))
    try:
        assert not homes.exists()
        with second.open_session() as session:
            assert session.run("1").error is None
    finally:
        second.stop()
        first.stop()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_when_its_starter_does_however_that_ends(folder: Path, number: int) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(PYTHON), str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "ready\n"
        family = psutil.Process(owner.pid).children(recursive=True)
        assert len(family) >= 2
        owner.send_signal(number)
        owner.wait(20)
        _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    assert not (folder / "homes").exists()


def test_a_path_too_long_for_a_socket_is_said_with_its_length(folder: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="107"):
        ForkServer.start(SandboxConfig(python=PYTHON, run_dir=folder / ("x" * 100)))


def test_a_python_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="/no/python.*make setup"):
        ForkServer.start(SandboxConfig(python=Path("/no/python"), run_dir=folder))
    assert not (folder / "homes").is_symlink()


def test_a_python_without_the_libraries_gives_its_last_words(folder: Path) -> None:
    """The site's own environment has no pandas."""
    with pytest.raises(SandboxUnavailable, match="ModuleNotFoundError"):
        ForkServer.start(SandboxConfig(python=Path(sys.executable), run_dir=folder))


def test_a_data_folder_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="no-data"):
        ForkServer.start(SandboxConfig(python=PYTHON, run_dir=folder, data_root=folder / "no-data"))


def test_a_grade_that_nobody_knows_is_refused(folder: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="no grade 'none'"):
        ForkServer.start(SandboxConfig(python=PYTHON, run_dir=folder, required_grade="none"))


def test_its_limits_are_those_of_sessions_that_ask_for_none() -> None:
    hard = "import resource\n[resource.getrlimit(one)[1] for one in (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)]"
    with running_fork_server(limits=Limits(file_mib=3, processes=50)) as server:
        with server.open_session() as session:
            assert session.run(hard).result == {"text/plain": f"[{3 * 2**20}, 50]"}
        with server.open_session(limits=Limits(file_mib=4, processes=51)) as session:
            assert session.run(hard).result == {"text/plain": f"[{4 * 2**20}, 51]"}


def test_many_sessions_at_once_are_served(fork_server: ForkServer) -> None:
    sessions = [fork_server.open_session(seed=number) for number in range(12)]
    opened = [one.__enter__() for one in sessions]
    try:
        for number, session in enumerate(opened):
            assert session.run(f"{number}").result == {"text/plain": str(number)}
    finally:
        for one in sessions:
            one.__exit__(None, None, None)


def test_nothing_of_the_starters_environment_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AULA_SECRET_KEY", "muy-secreto")
    with running_fork_server(data_root=DATASETS) as server:
        environment = psutil.Process(server.status().pid).environ()
    assert "muy-secreto" not in str(environment)
    assert "AULA_SECRET_KEY" not in environment
