"""Every way of running that is promised works for real; where none can be had, the start says what to allow."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.sandbox import PYTHON, SOMEBODY, WAYS, Way, launcher, need_root, running_fork_server

from notebooks import ForkServer, Limits, SandboxConfig, SandboxUnavailable, run_self_test
from notebooks.sandbox.fork_server.grade import Unavailable, find_readable
from notebooks.sandbox.fork_server.settings import Settings

LESSON = """
import aula, matplotlib.pyplot as plt
entidades = aula.datos("mx-entidades")
entidades.to_csv("copia.csv", index=False)
entidades.plot.scatter("lon", "lat")
len(entidades)
"""


@pytest.fixture(scope="module", params=WAYS)
def server(request: pytest.FixtureRequest) -> Iterator[ForkServer]:
    way: Way = request.param
    with running_fork_server(way) as one:
        yield one


def test_a_lesson_runs(server: ForkServer) -> None:
    with server.open_session(datasets=("mx-entidades",)) as session:
        reply = session.run(LESSON)
        assert (reply.error, reply.result) == (None, {"text/plain": "32"})
        assert "image/png" in reply.displays[0]


def test_the_sandbox_holds(server: ForkServer) -> None:
    test = run_self_test(server)
    assert (test.failures, test.passed) == ((), True)
    assert test.grade == server.grade


def test_programs_and_threads_work(server: ForkServer) -> None:
    source = (
        "import subprocess, sys, concurrent.futures\n"
        "said = !echo hola\n"
        "code = subprocess.run([sys.executable, '-c', 'import pandas']).returncode\n"
        "said[0], code, list(concurrent.futures.ThreadPoolExecutor(4).map(abs, [-1, -2]))"
    )
    with server.open_session() as session:
        assert session.run(source).result == {"text/plain": "('hola', 0, [1, 2])"}


def test_a_site_below_tmp_is_neither_covered_up_nor_open_to_writing() -> None:
    """Its interpreter lies in a folder that each sandbox has a memory-backed one of its own in place of."""
    with tempfile.TemporaryDirectory(prefix="fs") as name:
        python = interpreter_below(Path(name) / "site")
        with running_fork_server(python=python) as server, server.open_session() as session:
            reply = session.run(f"import sys, pathlib\nprint(sys.prefix)\npathlib.Path({name!r}, 'x').write_text('x')")
            assert reply.stdout == f"{python.parents[1]}\n"
            assert reply.error is not None
            assert reply.error.name == "OSError"
            assert "Read-only file system" in reply.error.value
            assert session.run("pathlib.Path('/tmp/x').write_text('x')").error is None
            assert run_self_test(server).failures == ()


def interpreter_below(folder: Path) -> Path:
    """An environment of its own in a folder, with the learners' packages in it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    packages = next(folder.glob("lib/python3*/site-packages"))
    (packages / "learners.pth").write_text(f"{next(PYTHON.parents[1].glob('lib/python3*/site-packages'))}\n")
    return folder / "bin" / "python"


def test_the_grade_is_the_best_that_can_be_had() -> None:
    for way, grade in (("namespaces", "namespaces"), ("rootless", "namespaces"), ("container", "container")):
        with running_fork_server(way) as server:  # type: ignore[arg-type]  # the words are the ways
            assert server.grade == grade


def refusal(folder: Path, python: Path, required_grade: str | None = None) -> str:
    """What is said where no fork server comes up."""
    with pytest.raises(SandboxUnavailable) as refused:
        ForkServer.start(SandboxConfig(python=python, run_dir=folder / "run", required_grade=required_grade))
    return str(refused.value)


@pytest.fixture
def folder() -> Iterator[Path]:
    need_root()
    with tempfile.TemporaryDirectory(prefix="fs") as name:
        yield Path(name)


def test_a_container_that_must_have_namespaces_is_told_what_they_need(folder: Path) -> None:
    python = launcher(folder, "--bounding-set=-sys_admin", "--inh-caps=-sys_admin")
    said = refusal(folder, python, "namespaces")
    assert "unshare" in said
    assert "CAP_SYS_ADMIN" in said


def test_an_ordinary_user_has_no_uid_for_each_kernel(folder: Path) -> None:
    python = launcher(folder, f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups", owner=SOMEBODY)
    said = refusal(folder, python, "container")
    assert "a uid of its own" in said
    assert "start as root" in said


def test_an_ordinary_user_without_namespaces_runs_nothing(folder: Path) -> None:
    """The system refuses user namespaces to whoever lives in a chroot, as it does where an administrator says so."""
    python = launcher(
        folder, f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups", owner=SOMEBODY, is_jailed=True
    )
    said = refusal(folder, python)
    assert "user namespaces for ordinary users" in said
    assert "For grade container start as root" in said


@pytest.mark.parametrize("place", ["/usr/share/aula-abierta", f"{sys.base_prefix}/lib/aula-abierta"])
def test_a_site_among_what_kernels_must_read_is_refused(place: str) -> None:
    settings = Settings(
        socket="", stage="", homes="", library="", data_root=None, required_grade=None, limits=Limits(),
        hidden=("/srv/aula", place), nests="", group="", preload=(), spares=0, reserve_mib=None,
    )  # fmt: skip
    with pytest.raises(Unavailable, match="Move the site elsewhere"):
        find_readable(settings)
