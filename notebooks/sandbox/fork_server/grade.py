"""Which grade of sandbox can be had here, found by trying the real steps. There is none below, and no way around."""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

from . import landlock, linux, seccomp
from .confine import enter_user_namespace
from .filesystem import SYSTEM, is_covered, make_rooms, remove_rooms
from .ground import ROOTLESS_UID, Grade, Ground, Paths, Plot, paths_inside
from .limits import Limits
from .nursery import BirthFailed, Nursery
from .settings import Settings
from .uids import TRIAL_UID

GRADES: tuple[Grade, ...] = ("namespaces", "container")
ADVICE = {
    "namespaces": (
        "For grade namespaces allow one of: starting as root; or user namespaces for ordinary users "
        "(sysctl user.max_user_namespaces above 0, kernel.unprivileged_userns_clone=1 where it exists, on Ubuntu an "
        "AppArmor profile with `userns,`); in a container CAP_SYS_ADMIN with a seccomp profile that lets unshare, "
        "mount and pivot_root through, and an unmasked /proc."
    ),
    "container": (
        "For grade container start as root (in the container, no capability beyond the usual is needed), on Linux "
        "5.13 or newer with Landlock on (`landlock` in /sys/kernel/security/lsm), and keep the kernels' Python "
        "and the data sets where every user may read them, for example below /opt."
    ),
}

# Looked up once: confined, what cannot be seen does not seem to be a folder.
_FOLDERS = tuple(one for one in sys.path if Path(one).is_dir())


class Unavailable(Exception):
    """Learner code cannot run here. The message says what was refused and what to allow."""


def choose_ground(settings: Settings, *, is_rootless: bool) -> Ground:
    """The ground of the best grade that can be had, or of exactly the one required.

    Raises: Unavailable with each refusal and what to allow.
    """
    if landlock.abi() < 1:
        raise Unavailable(f"Landlock does not answer on this system. {ADVICE['container']}")
    try:
        program = seccomp.build_program()
    except OSError as reason:
        raise Unavailable(str(reason)) from reason
    readable = find_readable(settings)
    refusals = []
    for grade in GRADES:
        if settings.required_grade not in (None, grade):
            continue
        ground = Ground(
            grade,
            is_rootless,
            readable,
            settings.library,
            settings.data_root,
            settings.stage,
            settings.homes,
            0,
            program,
        )
        refusal = _try(ground)
        if refusal is None:
            return ground
        refusals.append(f"Grade {grade} was refused: {refusal}. {ADVICE[grade]}")
    raise Unavailable(" ".join(refusals) or f"There is no grade {settings.required_grade!r}.")


def find_readable(settings: Settings) -> tuple[str, ...]:
    """The folders of this interpreter and of all it imports from, none inside another.

    Raises: Unavailable where one of them would show the site's own files to learners.
    """
    found: tuple[str, ...] = ()
    for path in (sys.base_prefix, sys.prefix, *_import_folders()):
        if not is_covered(path, (*SYSTEM, *found)):
            found = (*found, path)
    for path in (*SYSTEM, *found):
        for hidden in settings.hidden:
            if is_covered(hidden, (str(Path(path).resolve()),)):
                raise Unavailable(
                    f"The site lies in {hidden}, inside {path}, which kernels must be able to read. "
                    "Move the site elsewhere, for example to /srv or /opt/aula-abierta."
                )
    return found


def _import_folders() -> list[str]:
    """Where modules come from; the folder that this package was started from is not for learners."""
    own = Path(__file__).resolve().parents[1]
    return [one for one in _FOLDERS if Path(one).resolve() != own]


def enter_own_namespaces() -> None:
    """As an ordinary user: become root of a user namespace of our own, first process of a pid namespace of our own.

    The process that called stays behind as a supervisor and ends with the new one.
    Raises: Unavailable where user namespaces are not permitted.
    """
    try:
        enter_user_namespace(0)
        linux.unshare(linux.CLONE_NEWPID | linux.CLONE_NEWNS)
    except OSError as reason:
        raise Unavailable(
            f"Grade namespaces was refused: {reason}. {ADVICE['namespaces']} {ADVICE['container']}"
        ) from reason
    pid = os.fork()
    if pid:
        _supervise(pid)
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)
        linux.mount("proc", "/proc", "proc", linux.NOSUID | linux.NODEV | linux.NOEXEC)
    except OSError as reason:
        raise Unavailable(f"Grade namespaces was refused: {reason}. {ADVICE['namespaces']}") from reason


def _supervise(pid: int) -> None:
    def pass_on(number: int, _: FrameType | None) -> None:
        os.kill(pid, number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    _, status = os.waitpid(pid, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _try(ground: Ground) -> str | None:
    """Confine a child for a trial. None if it held and can still read the interpreter; else what was refused."""
    if ground.grade == "container" and ground.is_rootless:
        return "an ordinary user cannot give each kernel a uid of its own"
    uid = ROOTLESS_UID if ground.is_rootless else TRIAL_UID
    plot = Plot("trial", uid, None, Limits(), None)
    if ground.grade == "namespaces":
        return _try_with(ground, plot)
    make_rooms(ground, plot)
    try:
        return _try_with(ground, plot)
    finally:
        remove_rooms(ground, plot)


def _try_with(ground: Ground, plot: Plot) -> str | None:
    reader, writer = os.pipe()
    look = partial(_look_around, paths_inside(ground, plot))
    with os.fdopen(reader, "rb") as pipe:
        try:
            pid = Nursery(ground).bear(plot, [writer], look)
        except BirthFailed as reason:
            return str(reason)
        finally:
            os.close(writer)
        said = pipe.read()
    os.waitpid(pid, 0)
    return None if said == b"ok" else said.decode(errors="replace") or "the trial died"


def _look_around(paths: Paths, given: list[int], fall_silent: Callable[[], None]) -> None:
    """Runs confined: what a kernel will have to import, to read and to enter must be there."""
    try:
        os.chdir(paths.home)
        for folder in (sys.prefix, *_import_folders(), f"{paths.library}/aula", paths.data):
            os.listdir(folder)  # noqa: PTH208  # is asked whether it may be listed
        for dataset in Path(paths.data).iterdir():
            os.listdir(dataset)  # noqa: PTH208  # likewise
        Path(os.__file__).read_bytes()
    except OSError as reason:
        os.write(given[0], f"something that kernels need cannot be read from inside ({reason})".encode())
    else:
        os.write(given[0], b"ok")
