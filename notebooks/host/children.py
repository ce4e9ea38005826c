"""How the kernels' process starts its children: they die with it, and may open many files."""

import ctypes
import os
import resource
import signal

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1
MOST_FILES = 65_536  # 13 for each kernel in a gateway


def die_with_parent(parent: int) -> None:
    """Called in the child between fork and exec: when the parent ends, however it ends, the child gets SIGKILL.

    parent: its pid. One that has ended already has left us to another; number 1 is a parent like any in a container.
    """
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def raise_file_limit() -> None:
    """Let this process open as many files as it may, up to MOST_FILES."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
