"""The sandbox's test of itself, before any learner code runs: a session tries to get out, and must not."""

import os
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notebooks.errors import NotebookError
from notebooks.sandbox.client import ForkServer
from notebooks.sandbox.config import SITE

PROBE = Path(__file__).with_name("escapes.py")
PATIENCE_S = 20.0
FEWEST_ATTEMPTS = 80
# Set by the sandbox itself, see fork_server/learner_world.py and client.py, or by a shell; any other is the site's.
OWN_VARIABLES = frozenset(
    (
        "HOME", "USER", "LOGNAME", "PATH", "LANG", "TZ", "TMPDIR", "PYTHONPATH", "PYTHONHASHSEED",
        "PYTHONDONTWRITEBYTECODE", "IPYTHONDIR", "MPLCONFIGDIR", "MPLBACKEND", "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS", "MALLOC_ARENA_MAX", "ARROW_DEFAULT_MEMORY_POOL", "JE_ARROW_MALLOC_CONF", "AULA_DATA",
        "AULA_LANGUAGE", "TERM", "CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PAGER", "GIT_PAGER",
        "PWD", "OLDPWD", "SHLVL", "_",
    )
)  # fmt: skip


@dataclass(frozen=True)
class SelfTest:
    """failures: what the sandbox let through, each as a sentence; empty where it holds."""

    passed: bool
    grade: str
    failures: tuple[str, ...]


def run_self_test(server: ForkServer) -> SelfTest:
    """Try, in a session of this fork server, what learner code must never be able to do. Takes a fraction of a second.

    A failed start of the session is a failure of the test too.
    """
    try:
        grade = server.grade
        failures = _try_escapes(server)
    except NotebookError as reason:
        return SelfTest(False, "", (f"no session could be tried: {reason}",))
    return SelfTest(not failures, grade, failures)


def _try_escapes(server: ForkServer) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory(prefix="aula-bait-") as name, socket.create_server(("127.0.0.1", 0)) as listener:
        folder = Path(name)
        # Whoever is let as far as this may read and write here: only the sandbox stands in between.
        folder.chmod(0o777)
        secret = folder / "secret"
        secret.write_text("bait")
        secret.chmod(0o666)
        bait = {
            "files": [str(secret), str(Path(__file__).resolve())],
            "folders": [name, str(SITE), str(server.socket_path.parent)],
            "sockets": [str(server.socket_path)],
            "port": listener.getsockname()[1],
            "pids": [one for one in (os.getpid(), os.getppid()) if one > 1],
            "names": sorted(set(os.environ) - OWN_VARIABLES),
        }
        with server.open_session(datasets=()) as session:
            found = session.ask(PROBE.read_text(), "find_escapes", bait, timeout_s=PATIENCE_S)
    return _read_findings(found)


def _read_findings(found: Any) -> tuple[str, ...]:
    """The escapes that were found; a probe that did not try enough has not tested anything."""
    if not isinstance(found, dict) or not isinstance(found.get("escaped"), list):
        return ("the test of the sandbox gave no findings",)
    tried = found.get("tried")
    if not isinstance(tried, int) or tried < FEWEST_ATTEMPTS:
        return (f"only {tried} attempts to escape were made, where {FEWEST_ATTEMPTS} are the least",)
    return tuple(str(one) for one in found["escaped"])
