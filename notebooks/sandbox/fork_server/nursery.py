"""The birth of a child: fork, confine, and only then anything that a learner can influence."""

import contextlib
import fcntl
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Sequence

from . import linux
from .confine import confine
from .ground import Ground, Plot

BIRTH_S = 15.0
OUT_OF_THE_WAY = 100
FAILED = 70

# What a confined child does. It gets its descriptors, and what to call before it hears of a learner: from then on
# nothing that it says reaches the fork server's log.
Live = Callable[[list[int], Callable[[], None]], None]


class BirthFailed(Exception):
    """The child could not be confined, so it never came to run learner code."""


class Nursery:
    """Forks children into a pid namespace of their own, without leaving its own."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def bear(self, plot: Plot, descriptors: Sequence[int], live: Live) -> int:
        """The pid of a confined child that runs `live` with copies of the descriptors and then ends.

        The descriptors stay the caller's to close.
        Raises: BirthFailed with the step that was refused.
        """
        reader, writer = os.pipe()
        try:
            pid = self._fork()
        except OSError as reason:
            os.close(reader)
            os.close(writer)
            raise BirthFailed(str(reason)) from reason
        if pid == 0:
            _be_born(self.ground, plot, writer, descriptors, live)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            # The child builds its walls meanwhile; it hears of no learner before this function has ended.
            refusal = _limit(pid, plot)
            complaint = _hear(pipe.fileno()) or refusal
        if complaint is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            raise BirthFailed(complaint)
        return pid

    def _fork(self) -> int:
        """One fork instead of two: the parent asks that its next child be first in a new namespace, and no other."""
        if self.ground.grade != "namespaces":
            return os.fork()
        linux.unshare(linux.CLONE_NEWPID)
        try:
            pid = os.fork()
        except OSError:
            linux.setns(self._own_pids, linux.CLONE_NEWPID)
            raise
        if pid:
            linux.setns(self._own_pids, linux.CLONE_NEWPID)
        return pid


def _be_born(ground: Ground, plot: Plot, writer: int, descriptors: Sequence[int], live: Live) -> None:
    """Runs in the child and never returns."""
    code = FAILED
    try:
        _forget_signals()
        os.setsid()
        given = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY) for one in (writer, *descriptors)]
        log = fcntl.fcntl(2, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY)
        linux.close_all_except((0, 1, 2, log, *given))
        _replace_standard_streams()
        confine(ground, plot)
        os.write(given[0], b"{}")
        os.close(given[0])
        live(given[1:], lambda: os.close(log))
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException as error:  # whatever it was, the child must not go on as a second fork server
        with contextlib.suppress(OSError, NameError):
            os.write(given[0], json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
        with contextlib.suppress(OSError, NameError):
            os.write(log, traceback.format_exc().encode())
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
        os._exit(code)


def _replace_standard_streams() -> None:
    """Nothing to read on 0; 1 and 2 go nowhere until somebody takes them."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    if null > 2:
        os.close(null)


def _forget_signals() -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _limit(pid: int, plot: Plot) -> str | None:
    """Put the child into its control group; what went wrong."""
    try:
        if plot.cgroup is not None:
            plot.cgroup.add(pid)
    except OSError as reason:
        return f"its control group does not take it: {reason}"
    return None


def _hear(descriptor: int) -> str | None:
    """What went wrong in the child; None where it is confined."""
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    if not waiting.poll(BIRTH_S * 1000):
        return f"the child was not confined within {BIRTH_S:g} s"
    said = os.read(descriptor, 4096)
    if not said:
        return "the child died before it was confined"
    error = json.loads(said).get("error")
    return str(error) if error else None
