"""Processes that end with the one that started them, however that one ends (Linux)."""

import ctypes
import os
import signal

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel for SIGKILL at the parent's end. Call it in the child, before or after exec."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        # The parent ended before we could ask; a parent that is the machine's first process does not happen here.
        os._exit(1)
