"""A uid of its own for each kernel: kill, ptrace, files and the count of processes all go by uid."""

import contextlib
import os
import signal
import socket

FIRST_UID = 52_000  # below what systemd hands out by itself, above what people are given
BLOCK = 256
BLOCKS = 32
TRIAL_UID = FIRST_UID + BLOCKS * BLOCK  # of the first child, before any kernel; no kernel gets it


class Uids:
    """Uids that no other fork server on this machine gives out; blocks of them are claimed until this process ends."""

    def __init__(self) -> None:
        self._claims: list[socket.socket] = []
        self._free: list[int] = []

    def take(self) -> int:
        """The uid that has been free the longest. Raises OSError where every block is taken."""
        if not self._free:
            self._claim()
        return self._free.pop(0)

    def give_back(self, uid: int) -> None:
        self._free.append(uid)

    def _claim(self) -> None:
        """An abstract socket's name is taken by one process at a time, and free again when it dies, however it dies."""
        for number in range(BLOCKS):
            claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            try:
                claim.bind(f"\0aula-abierta-uids-{number}")
            except OSError:
                claim.close()
                continue
            self._claims.append(claim)
            self._free = list(range(FIRST_UID + number * BLOCK, _sweeper(FIRST_UID + number * BLOCK)))
            return
        raise OSError("every uid that kernels may have is taken by another fork server")


def kill_all_of(uid: int) -> None:
    """End every process of a uid, however it hides. For where no pid namespace does it; we must be root.

    The sweeper may signal them for its effective uid, and they not it for its real one. One signal to all is enough:
    the system gives it to every process at once, and a fork that it interrupts does not come about.
    """
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(_sweeper(uid), uid, _sweeper(uid))
            os.kill(-1, signal.SIGKILL)
        os._exit(0)
    os.waitpid(pid, 0)


def _sweeper(uid: int) -> int:
    """The last uid of a block, which no kernel gets."""
    return FIRST_UID + ((uid - FIRST_UID) // BLOCK + 1) * BLOCK - 1
