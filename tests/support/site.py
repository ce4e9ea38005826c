"""The whole site as an operator starts it: one command, every process, a home of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Account:
    role: str
    email: str
    password: str
    institution: str


@dataclass(frozen=True)
class Site:
    """A running site: its address, its home folder, its parent process and the demo school's people."""

    address: str
    home: Path
    process: subprocess.Popen[str]

    def accounts(self, role: str) -> list[Account]:
        rows = json.loads((self.home / "demo-accounts.json").read_text())
        return [Account(**row) for row in rows if row["role"] == role]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_site(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[Site]:
    """Start `webapp.cli serve` and wait for its ready line; stop it with SIGTERM and see that it ends."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AULA_")},
        "AULA_HOME": str(home), "PORT": str(port), "AULA_DEMO": "1", **(settings or {}),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "serve"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        said: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if line.startswith("Aula Abierta is ready at"):
                break
        else:
            raise AssertionError("the site did not start:\n" + "".join(said))
        yield Site(f"http://127.0.0.1:{port}", home, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            if process.stdout is not None:
                process.stdout.close()
