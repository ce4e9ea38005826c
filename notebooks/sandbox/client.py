"""The fork server seen from outside: start it or find it, and have sessions and kernels from it."""

import contextlib
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from notebooks.errors import KernelUnavailable, SandboxUnavailable
from notebooks.sandbox.config import NESTS_NAME, SITE, SandboxConfig, Workplace, clear, keep_groups, lay_out
from notebooks.sandbox.fork_server.limits import Limits
from notebooks.sandbox.lease import Lease, ask_server
from notebooks.sandbox.limits_check import check_limits
from notebooks.sandbox.session import Session, open_session

HERE = Path(__file__).resolve().parent
FONTS = "matplotlib"  # a folder beside the kernels' Python
BOOT_S = 120.0
POLITE_S = 10.0
LONGEST_FIRST_LINE = 64 * 1024


@dataclass(frozen=True)
class ServerStatus:
    """memory: how the memory of all processes of a kernel is limited; kernels: how many live, sessions too.

    spares: how many wait to be somebody's; available_mib: what is left of the machine's memory, of which kernels leave
    reserve_mib alone.
    """

    grade: str
    memory: str
    kernels: int
    spares: int
    pid: int
    available_mib: int
    reserve_mib: int


class ForkServer:
    """A running fork server. Holds no connection, so threads may share it.

    Whoever started it keeps it alive: it ends when its starter does, for it reads the end of its standard input.
    """

    def __init__(self, socket_path: Path, process: "subprocess.Popen[bytes] | None" = None, grade: str = "") -> None:
        """Not to be called from outside: see `start` and `attach`."""
        self.socket_path = socket_path
        self._process = process
        self._grade = grade

    @classmethod
    def start(cls, config: SandboxConfig) -> "ForkServer":
        """A fork server of our own, ready to serve.

        Raises: SandboxUnavailable where no grade of sandbox can be had, with what to allow.
        """
        place = lay_out(config.run_dir)
        try:
            process = _launch(config, place)
            try:
                ready = _hear_first_line(process, place)
            except BaseException:
                _end(process)
                raise
        except BaseException:
            clear(config.run_dir)
            raise
        keep_groups(place.socket.parent, ready["groups"])
        return cls(place.socket, process, str(ready["grade"]))

    @classmethod
    def attach(cls, socket_path: Path) -> "ForkServer":
        """A fork server that another process started. Whether it is there shows at the first order."""
        return cls(Path(socket_path))

    @property
    def grade(self) -> str:
        """The sandbox's grade: "namespaces" or "container". Raises KernelUnavailable where nobody answers."""
        if not self._grade:
            self._grade = self.status().grade
        return self._grade

    def is_alive(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        try:
            self.status()
        except KernelUnavailable:
            return False
        return True

    def stop(self) -> None:
        """End every kernel and the fork server itself, if it was started here."""
        if self._process is not None:
            _end(self._process)
            clear(self.socket_path.parent)

    def status(self) -> ServerStatus:
        """Raises KernelUnavailable where the fork server is away."""
        return ServerStatus(**ask_server(self.socket_path, {"op": "status"}))

    def autopsy(self, kernel_id: str) -> str | None:
        """Why a kernel died: "memory", "disk", "crowded" (others took the machine's memory), "killed" or "exit:N".

        "alive" if it did not; None where nobody knows.
        """
        try:
            cause = ask_server(self.socket_path, {"op": "autopsy", "id": kernel_id})["cause"]
        except KernelUnavailable:
            return None
        return None if cause is None else str(cause)

    @contextmanager
    def open_session(
        self,
        *,
        datasets: Sequence[str] | None = (),
        language: str = "es",
        seed: int | None = 0,
        limits: Limits | None = None,
    ) -> Iterator[Session]:
        """A clean process for cells and probes; it ends with the `with`.

        datasets: names of those it may see, None for all; seed: of Python's and NumPy's randomness, None for fresh.
        limits: None takes the fork server's own.
        Raises: KernelUnavailable where the fork server is away or a data set is not there.
        """
        session = open_session(
            self.socket_path, {**_world(datasets, language, seed, limits), "kind": "session"}, limits or Limits()
        )
        try:
            yield session
        finally:
            session.close()

    def start_kernel(
        self,
        kernel_id: str,
        descriptors: Sequence[int],
        *,
        datasets: Sequence[str] | None = None,
        language: str = "es",
        limits: Limits | None = None,
        kernel_class: str | None = None,
    ) -> Lease:
        """A Jupyter kernel. descriptors: a pipe that holds its session's key, last; before it five listeners, or none.

        kernel_class: module and class of a kernel for another language, made with ipykernel; None is Python.
        Listeners are in the protocol's order. A kernel without any listens in the lease's `nest`, and is one of the
        spares where one is ready.
        Raises: NoRoom where memory is short, KernelUnavailable where the fork server is away or could not.
        """
        world = _world(datasets, language, None, limits)
        order = {**world, "kind": "kernel", "id": kernel_id, "kernel_class": kernel_class}
        return Lease(self.socket_path, order, descriptors)


def _world(datasets: Sequence[str] | None, language: str, seed: int | None, limits: Limits | None) -> dict[str, Any]:
    return {
        "datasets": None if datasets is None else list(datasets),
        "language": language,
        "seed": seed,
        "limits": None if limits is None else asdict(limits),
    }


def _launch(config: SandboxConfig, place: Workplace) -> "subprocess.Popen[bytes]":
    """The process, with nothing of ours but what it needs: each kernel starts with a copy of its memory."""
    check_limits(config.limits)
    if config.data_root is not None and not config.data_root.is_dir():
        raise SandboxUnavailable(f"The data sets' folder {config.data_root} is not there. Name one that is, or none.")
    settings = {
        "socket": str(place.socket),
        "stage": str(place.stage),
        "homes": str(place.homes),
        "library": str(HERE / "image"),
        "data_root": str(config.data_root.resolve()) if config.data_root else None,
        "required_grade": config.required_grade,
        "limits": asdict(config.limits),
        "hidden": [str(SITE), str(place.socket.parent.resolve())],
        "nests": str(place.socket.parent / NESTS_NAME),
        "group": f"aula-{blake2b(str(place.socket).encode(), digest_size=6).hexdigest()}",
        "preload": list(config.preload),
        "spares": config.spares,
        "reserve_mib": config.reserve_mib,
    }
    _lend_font_list(config.python, place.home)
    try:
        with place.log.open("wb") as log:
            return subprocess.Popen(
                # -P: the folder that it happens to be started in is no place to import from.
                [str(config.python), "-P", "-m", "fork_server", json.dumps(settings)],
                cwd=place.home,
                env=_environment(place.home),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
    except OSError as reason:
        raise SandboxUnavailable(
            f"The kernels' Python {config.python} does not start: {reason}. Run `make setup`."
        ) from reason


def _lend_font_list(python: Path, home: Path) -> None:
    """What Matplotlib would find out anew at each start, for a fifth of a second: which fonts the system has.

    `make setup` has it written; where it is not there, or is of another version, Matplotlib looks itself.
    """
    for kept in (python.parent.parent / FONTS).glob("fontlist-*.json"):
        (home / "matplotlib").mkdir(exist_ok=True)
        shutil.copyfile(kept, home / "matplotlib" / kept.name)


def _environment(home: Path) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(HERE),
        "PYTHONHASHSEED": "0",  # the same order of sets for every learner and every grading
        "PYTHONDONTWRITEBYTECODE": "1",
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # The fork server must have one thread, and these libraries would start more.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "MALLOC_ARENA_MAX": "2",
    }


def _hear_first_line(process: "subprocess.Popen[bytes]", place: Workplace) -> dict[str, Any]:
    """What the fork server says once it serves. Raises SandboxUnavailable where it will not."""
    assert process.stdout is not None
    said, end = b"", time.monotonic() + BOOT_S
    while not said.endswith(b"\n") and len(said) < LONGEST_FIRST_LINE:
        if not select.select([process.stdout], [], [], max(0.0, end - time.monotonic()))[0]:
            raise SandboxUnavailable(f"The fork server was not ready within {BOOT_S:g} s. Its log is {place.log}.")
        piece = os.read(process.stdout.fileno(), LONGEST_FIRST_LINE)
        if not piece:
            last_words = place.log.read_text(errors="replace")[-2000:]
            raise SandboxUnavailable(f"The fork server ended at its start. Its last words: {last_words}")
        said += piece
    message = json.loads(said)
    if "unavailable" in message:
        raise SandboxUnavailable(str(message["unavailable"]))
    ready: dict[str, Any] = message["ready"]
    return ready


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Close its standard input, which tells it to end its kernels and itself; kill it where that takes too long."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(POLITE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
