"""Landlock: which files a process may reach, whatever their modes say; no TCP, no abstract sockets, no signals out.

Source: Documentation/userspace-api/landlock.rst of Linux 6.12.
"""

import os
import struct
from collections.abc import Iterable

from . import linux

# Each right to a file: its bit, and the ABI that brought it.
FILE_RIGHTS = {
    "execute": (0, 1), "write_file": (1, 1), "read_file": (2, 1), "read_dir": (3, 1), "remove_dir": (4, 1),
    "remove_file": (5, 1), "make_char": (6, 1), "make_dir": (7, 1), "make_reg": (8, 1), "make_sock": (9, 1),
    "make_fifo": (10, 1), "make_block": (11, 1), "make_sym": (12, 1), "refer": (13, 2), "truncate": (14, 3),
    "ioctl_dev": (15, 5),
}  # fmt: skip
READING = ("execute", "read_file", "read_dir")
OF_FILES = ("execute", "read_file", "write_file", "truncate", "ioctl_dev")
VERSION_FLAG, PATH_BENEATH = 1, 1
TCP_BIND_AND_CONNECT, ABSTRACT_SOCKETS_AND_SIGNALS = 3, 3


def abi() -> int:
    """The version that this kernel speaks; 0 where Landlock is absent or off."""
    try:
        return linux.syscall("landlock_create_ruleset", 0, 0, VERSION_FLAG)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Leave this process only these paths; one that does not exist is passed over. Needs no_new_privs."""
    version = abi()
    rights = {name: 1 << bit for name, (bit, since) in FILE_RIGHTS.items() if since <= version}
    every = sum(rights.values())
    reading = sum(rights[name] for name in READING)
    of_files = sum(rights.get(name, 0) for name in OF_FILES)
    ruleset = _create(version, every)
    try:
        for path in readable:
            _allow(ruleset, path, reading, of_files)
        for path in writable:
            _allow(ruleset, path, every, of_files)
        linux.syscall("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


def _create(version: int, handled: int) -> int:
    network = TCP_BIND_AND_CONNECT if version >= 4 else 0
    scoped = ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    size = 8 if version < 4 else 16 if version < 6 else 24
    attributes = struct.pack("QQQ", handled, network, scoped)[:size]
    return linux.syscall("landlock_create_ruleset", attributes, len(attributes), 0)


def _allow(ruleset: int, path: str, rights: int, of_files: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        allowed = rights if os.path.isdir(path) else rights & of_files  # noqa: PTH112  # cheaper in every fork
        linux.syscall("landlock_add_rule", ruleset, PATH_BENEATH, struct.pack("=Qi", allowed, descriptor), 0)
    finally:
        os.close(descriptor)
