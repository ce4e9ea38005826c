"""Which processes make up the site, and their commands."""

import sys
from collections.abc import Mapping
from pathlib import Path

from webapp.cli.broker import find_server, server_command
from webapp.cli.children import Child
from webapp.jobs import embedded_socket, kernels_dir
from webapp.settings import Settings

NO_SERVER = (
    "No Valkey or Redis server runs on this machine, so jobs travel through files in AULA_HOME/queue: "
    "slower, and fit for one machine only. Nothing is lost, for every job is in the database."
)


def broker_child(settings: Settings) -> Child | None:
    """The embedded broker; None where another is set, or where none can run."""
    program = None if settings.broker else find_server()
    if program is None:
        return None
    embedded_socket(settings).unlink(missing_ok=True)
    return child("broker", server_command(program, settings), settings, {})


def kernels_child(settings: Settings) -> Child:
    (kernels_dir(settings) / "kernels.json").unlink(missing_ok=True)
    command = [
        sys.executable, "-m", "notebooks", "serve", "--run-dir", str(kernels_dir(settings)),
        "--data-root", str(settings.content / "datasets"), "--python", str(settings.kernel_python),
        "--memory-mib", str(settings.kernel_memory_mib), "--spares", str(settings.spare_kernels),
        "--max-kernels", str(settings.most_kernels),
        *(["--reserve-mib", str(settings.memory_reserve_mib)] if settings.memory_reserve_mib else []),
        # The site puts idle kernels to rest and knows of it; the gateway only forgets those the site lost track of.
        "--idle-s", str(2 * settings.idle_kernel_s + 600),
        *(["--grade", settings.sandbox] if settings.sandbox != "any" else []),
    ]  # fmt: skip
    return child("kernels", command, settings, {})


def worker_children(settings: Settings, extra: Mapping[str, str]) -> tuple[Child, Child]:
    runner = child("runner", [sys.executable, "-m", "webapp.worker", "runner"], settings, extra)
    grader = child("grader", [sys.executable, "-m", "webapp.worker", "grader"], settings, extra)
    return runner, grader


def web_child(settings: Settings, extra: Mapping[str, str]) -> Child:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    command = [
        sys.executable, "-m", "gunicorn", "webapp.wsgi:app", "--bind", f"{host}:{settings.port}",
        "--worker-class", "gthread", "--workers", str(settings.web_workers), "--threads", str(settings.web_threads),
        "--timeout", "60", "--graceful-timeout", "3", "--keep-alive", "30", "--no-control-socket",
    ]  # fmt: skip
    return child("web", command, settings, extra)


def child(name: str, command: list[str], settings: Settings, extra: Mapping[str, str]) -> Child:
    return Child(name, command, Path(settings.logs_dir / f"{name}.log"), extra)
