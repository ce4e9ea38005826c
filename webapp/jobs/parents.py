"""Processes that end with the one that started them, however that one ends (Linux)."""

import ctypes
import os
import signal

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Ask the kernel for SIGKILL at the parent's end. Call it in the child, before or after exec.

    parent: its pid. One that ended before we could ask has left us to another; in a container it may be number 1.
    """
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
