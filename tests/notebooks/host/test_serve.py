"""The kernels' own process: it comes up, keeps its two children up, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from support.gateways import ending, eventually, printed, run

from notebooks import KernelHost, KernelsFile, KernelUnavailable

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Served:
    process: subprocess.Popen[str]
    folder: Path

    @property
    def file(self) -> KernelsFile:
        return KernelsFile.read(self.folder / "kernels.json")

    @property
    def host(self) -> KernelHost:
        return KernelHost(self.file.gateways)

    def child(self, word: str) -> psutil.Process:
        """The child whose command line has a word."""
        return next(one for one in psutil.Process(self.process.pid).children() if word in " ".join(one.cmdline()))


@contextmanager
def serving() -> Iterator[Served]:
    with tempfile.TemporaryDirectory(prefix="k") as folder, (Path(folder) / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "notebooks", "serve", "--run-dir", folder,
             "--data-root", str(ROOT / "courses" / "content" / "datasets")],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "READY\n", (Path(folder) / "log").read_text()
            yield Served(process, Path(folder))
        finally:
            process.terminate()
            process.wait(20)
            if process.stdout is not None:
                process.stdout.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as one:
        yield one


def is_gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_kernel_of_the_sandbox_runs_cells(served: Served) -> None:
    kernel = served.host.start()
    assert printed(run(served.host, kernel, "import pandas as pd\nprint(pd.Series([1, 2]).sum())")) == "3\n"
    served.host.shutdown(kernel)


def test_the_file_is_its_owners_only(served: Served) -> None:
    assert (served.folder / "kernels.json").stat().st_mode & 0o077 == 0
    assert served.file.grade in ("namespaces", "container")


def test_a_gateway_that_dies_is_started_again_at_its_address(served: Served) -> None:
    host, kernel = served.host, served.host.start()
    served.child("kernel_gateway").kill()
    eventually(lambda: host.health().gateways_up == 0)
    eventually(lambda: host.health().gateways_up == 1)
    assert host.state(kernel) == "lost"
    assert printed(run(host, host.start(), "print(1)")) == "1\n"
    assert "The gateway died" in (served.folder / "log").read_text()


def test_a_fork_server_that_dies_is_started_again(served: Served) -> None:
    host, kernel = served.host, served.host.start()
    assert printed(run(host, kernel, "print(1)")) == "1\n"
    served.child("fork_server").kill()
    eventually(lambda: host.state(kernel) == "lost")

    def works() -> bool:
        try:
            return printed(run(host, host.start(), "print(2)")) == "2\n"
        except KernelUnavailable:
            return False

    eventually(works)
    assert "The fork server died" in (served.folder / "log").read_text()


def test_told_to_stop_it_ends_everything() -> None:
    with serving() as one:
        kernel = one.host.start()
        assert ending(run(one.host, kernel, "x = 1")).status == "ok"
        family = psutil.Process(one.process.pid).children(recursive=True)
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(20) == 0
        eventually(lambda: all(is_gone(process) for process in family))
        assert not (one.folder / "kernels.json").exists()


def test_killed_it_leaves_no_process_behind() -> None:
    with serving() as one:
        assert ending(run(one.host, one.host.start(), "x = 1")).status == "ok"
        family = psutil.Process(one.process.pid).children(recursive=True)
        assert len(family) >= 3
        os.kill(one.process.pid, signal.SIGKILL)
        one.process.wait()
        eventually(lambda: all(is_gone(process) for process in family))
