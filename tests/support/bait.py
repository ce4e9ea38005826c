"""What an attack may be after: a site's files, services and processes, and another learner's kernel, all real."""

import hashlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from jupyter_client.manager import KernelManager
from support.sandbox import ROOT

from notebooks import ForkServer, install_kernelspec

NOBODY = 65_534


def server_processes(server: ForkServer) -> list[psutil.Process]:
    """The fork server and all that descends from it, which at first has its command line."""
    return [one for one in psutil.Process().children(recursive=True) if str(server.socket_path) in _command(one)]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return ""


def living(server: ForkServer, uid: int | None = None) -> set[int]:
    """Every process below the fork server; with a uid also those of it that have hung themselves elsewhere."""
    line = server_processes(server)
    top = next(one for one in line if one.ppid() not in {other.pid for other in line})
    below = {one.pid for one in top.children(recursive=True)}
    if uid is None:
        return below
    return below | {
        one.pid for one in psutil.process_iter(["uids"]) if one.info["uids"] and one.info["uids"].real == uid
    }


@contextmanager
def kernel_of(server: ForkServer, datasets: str = "") -> Iterator[KernelManager]:
    """A kernel behind a stock client, taken from this fork server."""
    with tempfile.TemporaryDirectory(prefix="jp") as folder, ExitStack() as stack:
        install_kernelspec(Path(folder))
        given = {"JUPYTER_PATH": f"{folder}/share/jupyter", "AULA_FORK_SERVER": str(server.socket_path)}
        before = {name: os.environ.get(name) for name in given}
        os.environ.update(given)
        try:
            manager = KernelManager(kernel_name="aula-python", connection_file=f"{folder}/connection.json")
            manager.start_kernel(env={**os.environ, "AULA_DATASETS": datasets})
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        stack.callback(manager.shutdown_kernel, now=True)
        yield manager


def run_in(manager: KernelManager, source: str) -> str:
    """What a cell prints in a kernel, and the name of its error if it has one."""
    said: list[str] = []

    def hear(message: Mapping[str, object]) -> None:
        content = message["content"]
        assert isinstance(content, dict)
        said.extend(str(content[name]) for name in ("text", "ename", "evalue") if name in content)

    client = manager.client()
    client.start_channels()
    try:
        client.execute_interactive(source, allow_stdin=False, output_hook=hear, timeout=60)
    finally:
        client.stop_channels()
    return "".join(said)


@contextmanager
def laid_out(server: ForkServer) -> Iterator[Mapping[str, object]]:
    """Everything that attacks are after, by the names that they use."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bait")))
        folder.chmod(0o777)
        other = stack.enter_context(kernel_of(server))
        yield {
            **_files(folder),
            **_services(folder, stack),
            **_processes(server),
            **_neighbour(other, server),
            "server_socket": str(server.socket_path),
            "kernel_sockets": str(server.socket_path.parent / "k"),
            "other_uid": NOBODY,
        }


def _files(folder: Path) -> dict[str, object]:
    """Open to everybody, so that the sandbox alone stands in between."""
    for name in ("aula.sqlite", "secret-key", "answers.json"):
        (folder / name).write_text("the site's own, not for learners")
        (folder / name).chmod(0o666)
    return {
        "outside": str(folder), "open_folder": str(folder), "database": str(folder / "aula.sqlite"),
        "secret_key": str(folder / "secret-key"), "answers": str(folder / "answers.json"),
        "site_file": str(ROOT / "notebooks" / "errors.py"),
    }  # fmt: skip


def _services(folder: Path, stack: ExitStack) -> dict[str, object]:
    network = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    names = {
        "path_socket": str(folder / "service.sock"), "abstract": f"\0aula-bait-{os.getpid()}",
        "path_datagram": str(folder / "log.sock"), "abstract_datagram": f"\0aula-bait-log-{os.getpid()}",
    }  # fmt: skip
    for key, name in names.items():
        kind = socket.SOCK_DGRAM if key.endswith("datagram") else socket.SOCK_STREAM
        service = stack.enter_context(socket.socket(socket.AF_UNIX, kind))
        service.bind(name)
        if kind == socket.SOCK_STREAM:
            service.listen(64)
        if not name.startswith("\0"):
            Path(name).chmod(0o777)
    return {"port": network.getsockname()[1], "port_6": network.getsockname()[1], **names}


def _processes(server: ForkServer) -> dict[str, object]:
    """As numbered outside. The other kernel is the only one so far, so it is the last of the line."""
    line = server_processes(server)
    parents = {one.ppid() for one in line}
    kernel = next(one for one in line if one.pid not in parents)
    return {"site_pid": os.getpid(), "server_pid": kernel.ppid(), "other_pid": kernel.pid}


def _neighbour(other: KernelManager, server: ForkServer) -> dict[str, object]:
    run_in(other, "open('privado.txt', 'w').write('privado')")
    home = run_in(other, "import os\nprint(os.getcwd(), end='')")
    where = f"/proc/{_processes(server)['other_pid']}/root{home}" if home == "/home/learner" else home
    return {"other_file": f"{where}/privado.txt", "other_socket": f"{other.ip}-1", **key_of(other)}


def key_of(kernel: KernelManager) -> dict[str, object]:
    """What is needed to know a kernel's key when it is seen; not the key, or a search would find its own question."""
    key = kernel.session.key.decode()
    tail = hashlib.sha256(key[16:].encode()).hexdigest()
    return {"key_head": key[:16], "key_length": len(key), "key_tail_digest": tail}


def run_outside(source: str, folder: Path) -> str:
    """What the code prints as a plain process of ours, with the site's environment and no sandbox."""
    done = subprocess.run(
        [sys.executable, "-c", source],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
        env={**os.environ, "AULA_SECRET_KEY": "x", "AULA_DATA": str(ROOT / "courses" / "content" / "datasets"),
             "PYTHONPATH": str(ROOT / "notebooks" / "sandbox" / "image")},
    )  # fmt: skip
    return done.stdout + done.stderr
