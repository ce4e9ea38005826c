"""What a fork server is started with, and the files it works on."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from notebooks.errors import KernelUnavailable, SandboxUnavailable
from notebooks.sandbox.fork_server.cgroup import clear_groups
from notebooks.sandbox.fork_server.limits import Limits

SITE = Path(__file__).resolve().parents[2]
SOCKET_NAME = "fork-server.sock"
KERNELS_NAME = "k"  # short, for the paths of sockets are
NESTS_NAME = "n"
GROUPS_NAME = "groups"
LONGEST_PATH = 107  # of a socket's name, see unix(7)


@dataclass(frozen=True)
class SandboxConfig:
    """python: of the environment that learners import from; data_root: a folder with one folder for each dataset.

    run_dir: a private folder with a short path; required_grade: "namespaces" or "container", None takes the best.
    spares: kernels that wait, forked and contained, for whoever asks next; preload: modules to import before any fork,
    besides what every course uses; reserve_mib: memory that kernels leave to the system, None takes a tenth.
    """

    python: Path
    run_dir: Path
    data_root: Path | None = None
    limits: Limits = field(default_factory=Limits)
    required_grade: str | None = None
    spares: int = 0
    preload: tuple[str, ...] = ()
    reserve_mib: int | None = None


@dataclass(frozen=True)
class Workplace:
    """The folders of one fork server. `homes` lies outside `run_dir`, for every kernel's own user must reach it."""

    socket: Path
    stage: Path
    home: Path
    homes: Path
    log: Path


def lay_out(run_dir: Path) -> Workplace:
    """Fresh folders below `run_dir`; what a fork server that was killed left behind is taken away first.

    Raises: SandboxUnavailable where the socket's path would be too long for the system.
    """
    run_dir = run_dir.absolute()
    socket = run_dir / SOCKET_NAME
    if len(str(socket).encode()) > LONGEST_PATH:
        raise SandboxUnavailable(
            f"The path {socket} has {len(str(socket).encode())} bytes and a socket's may have {LONGEST_PATH}. "
            "Choose a shorter folder, for example /run/aula."
        )
    run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    clear(run_dir)
    stage, home = run_dir / "stage", run_dir / "home"
    for folder in (stage, home):
        folder.mkdir(mode=0o700)
    homes = Path(tempfile.mkdtemp(prefix="aula-homes-"))
    homes.chmod(0o711)
    (run_dir / "homes").symlink_to(homes)
    return Workplace(socket=socket, stage=stage, home=home, homes=homes, log=run_dir / "fork-server.log")


def make_kernel_folder(socket: Path) -> Path:
    """A new private folder for the sockets of one kernel of this fork server, cleared away with it at the latest.

    Raises: KernelUnavailable where the fork server is away.
    """
    if not socket.exists():
        raise KernelUnavailable(f"no fork server answers at {socket}")
    every = socket.parent / KERNELS_NAME
    every.mkdir(mode=0o700, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="", dir=every))


def clear(run_dir: Path) -> None:
    """Take away the folders of a fork server that has ended; its log stays."""
    link = run_dir / "homes"
    if link.is_symlink():
        # Learners nest folders deeper than Python's own function can follow.
        subprocess.run(["rm", "-rf", "--", str(link.readlink())], check=False)
        link.unlink()
    _clear_groups(run_dir / GROUPS_NAME)
    for name in ("stage", "home", KERNELS_NAME, NESTS_NAME):
        shutil.rmtree(run_dir / name, ignore_errors=True)
    (run_dir / SOCKET_NAME).unlink(missing_ok=True)


def keep_groups(run_dir: Path, groups: list[str]) -> None:
    """Write down the control groups of a fork server, for one that is killed cannot take them away."""
    (run_dir / GROUPS_NAME).write_text("".join(f"{one}\n" for one in groups))


def _clear_groups(noted: Path) -> None:
    if noted.exists():
        clear_groups(Path(line) for line in noted.read_text().splitlines())
        noted.unlink()
