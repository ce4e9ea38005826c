"""The Linux calls that Python does not offer: namespaces, mounts, capabilities, closing many descriptors."""

import contextlib
import ctypes
import os
import platform
import struct
from collections.abc import Iterable

MACHINE = platform.machine()

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

# The same bits for mount(2) and for mount_setattr(2).
RDONLY, NOSUID, NODEV, NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
AT_RECURSIVE, AT_EMPTY_PATH, AT_FDCWD = 0x8000, 0x1000, -100
OPEN_TREE_CLONE, MOVE_MOUNT_F_EMPTY_PATH = 1, 4

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_SECUREBITS, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 28, 36, 38
# NOROOT, NO_SETUID_FIXUP, KEEP_CAPS off and NO_CAP_AMBIENT_RAISE, each with its lock.
LOCKED_SECUREBITS = 0xEF

# The calls below have no wrapper in the C library: (x86_64, aarch64).
NUMBERS = {
    "pivot_root": (155, 41),
    "capset": (126, 91),
    "seccomp": (317, 277),
    "close_range": (436, 436),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "mount_setattr": (442, 442),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
}

_libc = ctypes.CDLL(None, use_errno=True)


def syscall(name: str, *arguments: int | bytes | None) -> int:
    """The result of a raw system call. Raises OSError with the call's name."""
    number = NUMBERS[name][MACHINE != "x86_64"]
    raw = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return _check(_libc.syscall(ctypes.c_long(number), *raw), name)


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags` for new ones."""
    _check(_libc.unshare(flags), f"unshare({flags:#x})")


def setns(descriptor: int, flags: int) -> None:
    """Enter the namespace that `descriptor` stands for."""
    _check(_libc.setns(descriptor, flags), "setns")


def mount(source: str | None, target: str, kind: str | None = None, flags: int = 0, options: str | None = None) -> None:
    """Mount a file system, or change a mount where `flags` say so."""
    result = _libc.mount(_path(source), _path(target), _path(kind), ctypes.c_ulong(flags), _path(options))
    _check(result, f"mount({source}, {target}, {kind}, {flags:#x}, {options})")


def bind(source: str, target: str, restrictions: int) -> None:
    """Show `source` at `target` too, with all that is mounted below it; `restrictions` are added to every part.

    Restrictions that the parts already have stay: without rights over them they could not be taken off anyway.
    """
    mount(source, target, None, MS_BIND | MS_REC)
    restrict_mount(target, restrictions, AT_RECURSIVE)


def restrict_mount(target: str, restrictions: int, flags: int = 0) -> None:
    """Add restrictions to a mount that is there."""
    attributes = struct.pack("QQQQ", restrictions, 0, 0, 0)
    syscall("mount_setattr", AT_FDCWD, os.fsencode(target), flags, attributes, len(attributes))


def open_tree(source: str) -> int:
    """A descriptor of a copy of the mount at `source`, shown nowhere yet."""
    return syscall("open_tree", AT_FDCWD, os.fsencode(source), OPEN_TREE_CLONE | os.O_CLOEXEC)


def restrict_tree(tree: int, restrictions: int) -> None:
    """Add restrictions to what `open_tree` gave."""
    attributes = struct.pack("QQQQ", restrictions, 0, 0, 0)
    syscall("mount_setattr", tree, b"", AT_EMPTY_PATH, attributes, len(attributes))


def move_tree(tree: int, target: str) -> None:
    """Show at `target` what `open_tree` gave."""
    syscall("move_mount", tree, b"", AT_FDCWD, os.fsencode(target), MOVE_MOUNT_F_EMPTY_PATH)


def pivot_root(new_root: str) -> None:
    """Make `new_root` the root and drop the old one. Source: pivot_root(2), "pivot_root(".", ".")"."""
    old = os.open("/", os.O_DIRECTORY | os.O_RDONLY)
    try:
        os.chdir(new_root)
        syscall("pivot_root", b".", b".")
        os.fchdir(old)
        _check(_libc.umount2(b".", MNT_DETACH), "umount(old root)")
        os.chdir("/")
    finally:
        os.close(old)


def prctl(operation: int, value: int = 0) -> int:
    """One of the process's own switches."""
    zero = ctypes.c_ulong(0)
    return _check(_libc.prctl(operation, ctypes.c_ulong(value), zero, zero, zero), f"prctl({operation})")


def drop_bounding_set() -> None:
    """Give up every capability that a program could bring back. Needs CAP_SETPCAP, so before the uid changes."""
    with contextlib.suppress(OSError):  # the first number that is no capability ends the walk
        for capability in range(64):
            prctl(PR_CAPBSET_DROP, capability)


def drop_capabilities() -> None:
    """Empty the permitted, effective and inheritable sets; without rights the bits cannot be locked, nor used."""
    with contextlib.suppress(PermissionError):
        prctl(PR_SET_SECUREBITS, LOCKED_SECUREBITS)
    syscall("capset", struct.pack("II", 0x20080522, 0), bytes(24))


def close_all_except(kept: Iterable[int]) -> None:
    """Close every descriptor of this process but `kept`."""
    lowest = 0
    for descriptor in sorted(kept):
        if descriptor > lowest:
            syscall("close_range", lowest, descriptor - 1, 0)
        lowest = descriptor + 1
    syscall("close_range", lowest, 0x7FFFFFFF, 0)


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return int(result)


def _path(text: str | None) -> bytes | None:
    return None if text is None else os.fsencode(text)
