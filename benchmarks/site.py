"""A real site to be measured: started as an operator starts it, in a home of its own, with accounts made beforehand."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from notebooks import ForkServer, KernelHost, KernelsFile
from webapp.factory import open_sessions
from webapp.jobs import kernels_dir
from webapp.services.people import service as people
from webapp.services.people.records import NewPerson
from webapp.settings import Settings
from webapp.store import Sessions

ROOT = Path(__file__).parents[1]
COURSE, LESSON = "analisis-con-pandas", "primer-cuaderno"
LESSON_PATH = f"/cursos/{COURSE}/{LESSON}"
STOP_S = 30


@dataclass(frozen=True)
class Account:
    email: str
    password: str


@dataclass(frozen=True)
class Site:
    """A running site: its address, its home folder and its parent process."""

    address: str
    home: Path
    process: subprocess.Popen[str]

    @cached_property
    def settings(self) -> Settings:
        return Settings.from_env({"AULA_HOME": str(self.home)})

    @cached_property
    def sessions(self) -> Sessions:
        """The site's own database, to be read beside it."""
        return open_sessions(self.settings)

    @property
    def kernels_dir(self) -> Path:
        return kernels_dir(self.settings)

    def kernels_file(self) -> KernelsFile:
        return KernelsFile.read(self.kernels_dir / "kernels.json")

    def fork_server(self) -> ForkServer:
        """Where the site's kernels come from."""
        path = self.kernels_file().fork_server
        assert path is not None
        return ForkServer.attach(path)

    def kernel_host(self) -> KernelHost:
        """The way to kernels that the site's runners use."""
        return KernelHost(self.kernels_file().gateways, find_death=self.fork_server().autopsy)

    def open_accounts(self, count: int) -> tuple[Account, ...]:
        """So many new learners, who share a password: hashing one is slow on purpose."""
        password, now = secrets.token_urlsafe(12), datetime.now(UTC)
        password_hash = people.hash_password(password)
        emails = [f"persona{number}@medida.test" for number in range(1, count + 1)]
        with self.sessions.write() as session:
            for email in emails:
                people.open_account(session, NewPerson(email, email, password_hash, "es", None, "learner"), now=now)
        return tuple(Account(email, password) for email in emails)


@contextmanager
def running_site(settings: Mapping[str, str] | None = None) -> Iterator[Site]:
    """Every process of the site, ready to be used; stopped and its home taken away at the end.

    settings: environment variables that differ from the defaults.
    """
    with tempfile.TemporaryDirectory(prefix="bs") as folder, site_at(Path(folder), settings or {}) as site:
        yield site


@contextmanager
def site_at(home: Path, settings: Mapping[str, str]) -> Iterator[Site]:
    """The same in this home, which stays as the site leaves it."""
    process, port = launch(home, settings)
    try:
        wait_until_ready(process)
        yield Site(f"http://127.0.0.1:{port}", home, process)
    finally:
        stop(process)


def launch(home: Path, settings: Mapping[str, str]) -> tuple[subprocess.Popen[str], int]:
    port = free_port()
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and name[:5] != "AULA_"}
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "serve"],
        cwd=ROOT,
        env={**ours, "HOST": "127.0.0.1", "PORT": str(port), "AULA_HOME": str(home), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return process, port


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if line.startswith("Aula Abierta is ready at"):
            return
    sys.exit("The site that is to be measured did not start. It said:\n" + "".join(said))


def stop(process: subprocess.Popen[str]) -> None:
    """End the site as an operator does; kill it where that takes too long."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        if process.stdout is not None:
            process.stdout.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
