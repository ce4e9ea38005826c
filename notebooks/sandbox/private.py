"""A fork server for Jupyter clients that run without the site: one for each process and environment, ended with it."""

import atexit
import shutil
import tempfile
import threading
from pathlib import Path

from notebooks.sandbox.client import ForkServer
from notebooks.sandbox.config import SandboxConfig

_running: dict[tuple[Path, Path | None], ForkServer] = {}
_lock = threading.Lock()


def private_fork_server(python: Path, data_root: Path | None) -> ForkServer:
    """The fork server of this process for these settings, started at the first call and again should it have died.

    Raises: SandboxUnavailable.
    """
    with _lock:
        found = _running.get((python, data_root))
        if found is None or not found.is_alive():
            found = _running[python, data_root] = _start(python, data_root)
        return found


def _start(python: Path, data_root: Path | None) -> ForkServer:
    run_dir = Path(tempfile.mkdtemp(prefix="aula-"))
    try:
        server = ForkServer.start(SandboxConfig(python=python, data_root=data_root, run_dir=run_dir))
    except BaseException:
        shutil.rmtree(run_dir, ignore_errors=True)
        raise
    atexit.register(_stop, server, run_dir)
    return server


def _stop(server: ForkServer, run_dir: Path) -> None:
    server.stop()
    shutil.rmtree(run_dir, ignore_errors=True)
