"""Tries to get out of a sandbox. Sent as text into a session by self_test.py, so it knows the standard library alone.

Each attempt is harmless where it succeeds: it reads a bait, asks whether it might, or calls the system with nonsense.
"""

import ctypes
import errno
import os
import platform
import resource
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

Attempt = tuple[str, Callable[[], object]]

CLOSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)
# Calls that learner code has no use for: (x86_64, aarch64).
FORBIDDEN_CALLS = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "unshare": (272, 97), "setns": (308, 268),
    "clone3": (435, 435), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "move_mount": (429, 429), "open_tree": (428, 428), "fsopen": (430, 430), "mount_setattr": (442, 442),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "reboot": (169, 142), "swapon": (167, 224), "sethostname": (170, 161), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    "pidfd_getfd": (438, 438), "personality": (135, 92), "acct": (163, 89), "quotactl": (179, 60),
    "syslog": (103, 116), "fanotify_init": (300, 262), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "inotify_add_watch": (254, 27), "kcmp": (312, 272),
    "process_madvise": (440, 440),
}  # fmt: skip
FAMILIES = {
    "inet": 2, "inet6": 10, "unix": 1, "netlink": 16, "packet": 17, "vsock": 40, "bluetooth": 31, "alg": 38, "can": 29,
}  # fmt: skip
KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)
SYSTEM = ("/", "/etc", "/usr", "/usr/local", "/data", "/opt", "/var", "/run", "/srv", "/root", "/proc")
BOUNDED = ("RLIMIT_NPROC", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CPU", "RLIMIT_MEMLOCK")


def find_escapes(user_ns: Mapping[str, Any], bait: Mapping[str, Any]) -> dict[str, Any]:
    """How many attempts were made, and a sentence for each that got through.

    bait: files (to read), folders (to write in), sockets (paths to connect to), port (where somebody listens on the
    loopback), pids (of processes outside), names (of variables that must not be found).
    """
    attempts = (*_on_files(bait), *_on_sockets(bait), *_on_the_system(), *_on_processes(bait), *_on_itself(bait))
    return {"tried": len(attempts), "escaped": [name for name, succeeds in attempts if _try(succeeds)]}


def _on_files(bait: Mapping[str, Any]) -> Iterator[Attempt]:
    for path in bait["files"]:
        yield f"it can read {path}", Path(path).read_bytes
        yield f"it can read {path} through /proc/1/root", Path(f"/proc/1/root{path}").read_bytes
        yield f"it can read {path} through a link", partial(_read_through_link, path)
    for folder in (*SYSTEM, *bait["folders"], sys.prefix, sys.base_prefix):
        yield f"it can write in {folder}", partial(_write_in, folder)


def _on_sockets(bait: Mapping[str, Any]) -> Iterator[Attempt]:
    for path in bait["sockets"]:
        yield f"it can connect to {path}", partial(_connect, socket.AF_UNIX, path)
    yield "it can connect to the loopback", partial(_connect, socket.AF_INET, ("127.0.0.1", bait["port"]))
    yield "it can send datagrams from a pair of sockets", lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    for name, family in FAMILIES.items():
        yield f"it can make a socket of family {name}", partial(_has_socket, family)


def _on_the_system() -> Iterator[Attempt]:
    for name, numbers in FORBIDDEN_CALLS.items():
        yield f"the system call {name} is let through", partial(_is_reached, numbers)


def _on_processes(bait: Mapping[str, Any]) -> Iterator[Attempt]:
    for pid in bait["pids"]:
        yield f"it can signal process {pid}", partial(_signals, pid)
        yield f"it can read the memory of process {pid}", partial(_reads_memory, pid)
    yield "it sees other people's processes", _sees_others
    yield "it can become root", _becomes_root


def _on_itself(bait: Mapping[str, Any]) -> Iterator[Attempt]:
    yield "it is root", lambda: os.geteuid() == 0 or os.getegid() == 0
    yield "it has capabilities", lambda: any(int(_status(f"Cap{one}"), 16) for one in ("Eff", "Prm", "Inh", "Bnd"))
    yield "programs with a set-uid bit work", lambda: _status("NoNewPrivs") != "1"
    yield "no filter of system calls is on", lambda: _status("Seccomp") != "2"
    yield "the site's environment is there", partial(_knows_any, bait["names"])
    for name in BOUNDED:
        yield f"{name} is not bounded", partial(_is_unbounded, name)


def _try(succeeds: Callable[[], object]) -> bool:
    try:
        return bool(succeeds())
    except OSError:
        return False


def _read_through_link(path: str) -> bytes:
    link = Path(f"escape-{os.getpid()}")
    link.symlink_to(path)
    try:
        return link.read_bytes()
    finally:
        link.unlink()


def _write_in(folder: str) -> bool:
    place = Path(folder) / f".aula-escape-{os.getpid()}"
    place.write_text("x")
    place.unlink()
    return True


def _connect(family: int, address: Any) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as channel:
        channel.settimeout(1)
        channel.connect(address)
    return True


def _has_socket(family: int) -> bool:
    """A family that the system itself does not know is no door."""
    return any(_try(partial(_make_socket, family, kind)) for kind in KINDS)


def _make_socket(family: int, kind: int) -> bool:
    socket.socket(family, kind).close()
    return True


def _is_reached(numbers: tuple[int, int]) -> bool:
    """With arguments that mean nothing the system answers "bad address" or the like, where a closed door says no."""
    libc = ctypes.CDLL(None, use_errno=True)
    number = numbers[0] if platform.machine() == "x86_64" else numbers[1]
    nonsense = [ctypes.c_long(-1)] * 6
    return int(libc.syscall(ctypes.c_long(number), *nonsense)) >= 0 or ctypes.get_errno() not in CLOSED


def _signals(pid: int) -> bool:
    os.kill(pid, 0)
    return True


def _reads_memory(pid: int) -> bool:
    with Path(f"/proc/{pid}/mem").open("rb") as memory:
        return memory.readable()


def _sees_others() -> bool:
    """A cell's own programs run as the learner and may be seen."""
    numbers = [one for one in Path("/proc").iterdir() if one.name.isdigit()]
    return any(one.stat().st_uid != os.geteuid() for one in numbers)


def _becomes_root() -> bool:
    os.setresuid(0, 0, 0)
    return os.geteuid() == 0


def _status(field: str) -> str:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(line.split(":", 1)[1].strip() for line in lines if line.startswith(f"{field}:"))


def _knows_any(names: list[str]) -> bool:
    block = Path("/proc/self/environ").read_bytes().split(b"\0")
    known = {one.partition(b"=")[0].decode(errors="replace") for one in block} | set(os.environ)
    return not known.isdisjoint(names)


def _is_unbounded(name: str) -> bool:
    return resource.getrlimit(getattr(resource, name))[1] == resource.RLIM_INFINITY
