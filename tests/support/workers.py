"""Grader workers as the site starts them, over a broker of their own, to be killed by a test."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from support.needs import need

from notebooks import KernelsFile
from webapp.cli.broker import find_server, server_command
from webapp.jobs import JobContext, Reconciler, embedded_socket, kernels_dir, make_celery, make_send
from webapp.settings import ROOT, Settings, prepare_home

PATIENCE_S = 90.0


@dataclass
class Machine:
    """A broker and the workers that a test starts and kills; the rest of the site is the test itself."""

    settings: Settings
    environ: Mapping[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_broker(self) -> subprocess.Popen[bytes]:
        program = find_server()
        need(program is not None, "Valkey or Redis", "Debian and Ubuntu: apt-get install valkey-server")
        assert program is not None
        embedded_socket(self.settings).unlink(missing_ok=True)
        broker = self._run(server_command(program, self.settings))
        wait_until(embedded_socket(self.settings).exists)
        return broker

    def start_grader(self, *limits: float) -> subprocess.Popen[bytes]:
        """limits: soft and hard, in seconds; the site's own where none are given."""
        command = ["-m", "support.grader_process", *map(str, limits)] if limits else ["-m", "webapp.worker", "grader"]
        return self._run([sys.executable, *command])

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        environment = {**os.environ, **self.environ, "PYTHONPATH": paths}
        with (self.settings.logs_dir / "machine.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process


@contextmanager
def a_machine(
    home: Path, url: str, fork_server: Path | None = None, *, content: Path | None = None
) -> Iterator[Machine]:
    """home: of the site. content: of the school, which has none otherwise. What still runs at the end is killed."""
    nothing = home / "no-content"
    nothing.mkdir(parents=True, exist_ok=True)
    environ = {"AULA_HOME": str(home), "DATABASE_URL": url, "AULA_CONTENT": str(content or nothing)}
    settings = Settings.from_env(environ)
    prepare_home(settings)
    kernels_dir(settings).mkdir(parents=True, exist_ok=True)
    if fork_server is not None:
        KernelsFile((), fork_server, "namespaces").write(kernels_dir(settings) / "kernels.json")
    machine = Machine(settings, environ)
    try:
        yield machine
    finally:
        for process in machine.processes:
            kill(process)


@contextmanager
def reconciling(context: JobContext, machine: Machine) -> Iterator[None]:
    """What the runner's process does besides: whatever waits without a live lease is sent again."""
    reconciler = Reconciler(context, make_send(make_celery(machine.settings)))
    reconciler.start()
    try:
        yield
    finally:
        reconciler.stop()


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9, for a process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def wait_until(holds: Callable[[], bool]) -> None:
    end_at, never = time.monotonic() + PATIENCE_S, threading.Event()
    while not holds():
        assert time.monotonic() < end_at, "it did not come to pass"
        never.wait(0.02)
