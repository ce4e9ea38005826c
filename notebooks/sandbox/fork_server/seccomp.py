"""Which system calls learner code may make: an allow list as a hand-written BPF program, built once before any fork.

No socket() at all, not even a local one: a kernel only accepts on listeners that it was given, and Landlock up to
ABI 7 does not stop connect() to a path socket such as a database's. socketpair() stays for asyncio.
memfd_create and shmget make memory that neither rlimits nor a process's own size show.
"""

import ctypes
import errno
import platform
import socket
import struct
from dataclasses import dataclass
from typing import Literal

from . import linux
from .syscall_numbers import ALLOWED, FILTERED

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, KILL_PROCESS, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, ARCH_AT, ARGUMENTS_AT = 0, 4, 16
X32_BIT = 0x40000000
SECCOMP_SET_MODE_FILTER = 1

NAMESPACES = (
    linux.CLONE_NEWUSER | linux.CLONE_NEWNS | linux.CLONE_NEWPID | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS | linux.CLONE_NEWCGROUP
)  # fmt: skip
DATAGRAM_OR_RAW = 2  # the bit that SOCK_DGRAM and SOCK_RAW have, and SOCK_STREAM and SOCK_SEQPACKET have not
TIOCSTI, TIOCLINUX = 0x5412, 0x541C


@dataclass(frozen=True)
class Rule:
    """Looks at one argument of a call; where it matches, `action` is taken."""

    argument: int
    test: Literal["equal", "any bit"]
    value: int
    action: int


def refuse(number: int) -> int:
    return REFUSE | number


# Each filtered call: rules in order, then what happens where none matched.
FILTERS: dict[str, tuple[tuple[Rule, ...], int]] = {
    "socket": ((), refuse(errno.EACCES)),
    # A datagram needs no connection: from a pair it would go to any service that has a name, past Landlock.
    "socketpair": (
        (
            Rule(1, "any bit", DATAGRAM_OR_RAW, refuse(errno.EACCES)),
            Rule(0, "equal", socket.AF_UNIX, ALLOW),
        ),
        refuse(errno.EACCES),
    ),
    "clone": ((Rule(0, "any bit", NAMESPACES, refuse(errno.EPERM)),), ALLOW),
    "ioctl": (
        (Rule(1, "equal", TIOCSTI, refuse(errno.EPERM)), Rule(1, "equal", TIOCLINUX, refuse(errno.EPERM))),
        ALLOW,
    ),
    # A kernel must not outlive the fork server.
    "prctl": ((Rule(0, "equal", linux.PR_SET_PDEATHSIG, refuse(errno.EPERM)),), ALLOW),
    # The C library falls back to clone(), whose flags can be seen.
    "clone3": ((), refuse(errno.ENOSYS)),
    "io_uring_setup": ((), refuse(errno.ENOSYS)),
    "memfd_create": ((), refuse(errno.ENOSYS)),
    "shmget": ((), refuse(errno.ENOSYS)),
}


def build_program() -> bytes:
    """The filter for this machine. Raises OSError on a processor whose calls we do not know."""
    machine = platform.machine()
    if machine not in AUDIT_ARCH:
        raise OSError(errno.ENOSYS, f"no list of system calls for the processor {machine}; x86_64 and aarch64 have one")
    program = [
        _step(LOAD, 0, 0, ARCH_AT),
        _step(JUMP_EQUAL, 1, 0, AUDIT_ARCH[machine]),
        _step(RETURN, 0, 0, KILL_PROCESS),
        _step(LOAD, 0, 0, NUMBER_AT),
        _step(JUMP_AT_LEAST, 0, 1, X32_BIT),
        _step(RETURN, 0, 0, KILL_PROCESS),
    ]
    for name, (rules, otherwise) in FILTERS.items():
        if name in FILTERED:
            program += _filter(FILTERED[name], rules, otherwise)
    for number in sorted(ALLOWED.values()):
        program += [_step(JUMP_EQUAL, 0, 1, number), _step(RETURN, 0, 0, ALLOW)]
    program.append(_step(RETURN, 0, 0, refuse(errno.EPERM)))
    return b"".join(program)


def load_program(program: bytes) -> None:
    """Hold this process, and all it will start, to the filter. Call it before any thread exists."""
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    linux.syscall("seccomp", SECCOMP_SET_MODE_FILTER, 0, header)


def _filter(number: int, rules: tuple[Rule, ...], otherwise: int) -> list[bytes]:
    body = []
    for rule in rules:
        jump = JUMP_EQUAL if rule.test == "equal" else JUMP_ANY_BIT
        body += [
            _step(LOAD, 0, 0, ARGUMENTS_AT + 8 * rule.argument),
            _step(jump, 0, 1, rule.value),
            _step(RETURN, 0, 0, rule.action),
        ]
    body.append(_step(RETURN, 0, 0, otherwise))
    return [_step(JUMP_EQUAL, 0, len(body), number), *body]


def _step(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value & 0xFFFFFFFF)
