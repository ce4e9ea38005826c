"""Numbers of system calls, from the kernel's own headers (asm/unistd_64.h, asm-generic/unistd.h of Linux 6.1).

ALLOWED are the calls that learner code may make without conditions; FILTERED those that the filter looks into.
"""

from .linux import MACHINE

# fmt: off
_ALLOWED_X86_64 = {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8,
    "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
    "rt_sigreturn": 15, "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20,
    "access": 21, "pipe": 22, "select": 23, "sched_yield": 24, "mremap": 25, "msync": 26, "mincore": 27,
    "madvise": 28, "dup": 32, "dup2": 33, "pause": 34, "nanosleep": 35, "getitimer": 36, "setitimer": 38,
    "alarm": 37, "getpid": 39, "sendfile": 40, "accept": 43, "sendto": 44, "recvfrom": 45, "sendmsg": 46,
    "recvmsg": 47, "shutdown": 48, "getsockname": 51, "getpeername": 52, "setsockopt": 54,
    "getsockopt": 55, "fork": 57, "vfork": 58, "execve": 59, "exit": 60, "wait4": 61, "kill": 62,
    "uname": 63, "fcntl": 72, "flock": 73,
    "fsync": 74, "fdatasync": 75, "truncate": 76, "ftruncate": 77, "getdents": 78, "getcwd": 79,
    "chdir": 80, "fchdir": 81, "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86,
    "unlink": 87, "symlink": 88, "readlink": 89, "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93,
    "lchown": 94, "umask": 95, "gettimeofday": 96, "getrlimit": 97, "getrusage": 98, "sysinfo": 99,
    "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108, "setpgid": 109,
    "getppid": 110, "getpgrp": 111, "setsid": 112, "setreuid": 113, "setregid": 114, "getgroups": 115,
    "setresuid": 117, "getresuid": 118, "setresgid": 119, "getresgid": 120, "getpgid": 121, "getsid": 124,
    "capget": 125, "rt_sigpending": 127, "rt_sigtimedwait": 128, "rt_sigqueueinfo": 129,
    "rt_sigsuspend": 130, "sigaltstack": 131, "utime": 132, "statfs": 137, "fstatfs": 138,
    "getpriority": 140, "setpriority": 141, "sched_setparam": 142, "sched_getparam": 143,
    "sched_setscheduler": 144, "sched_getscheduler": 145, "sched_get_priority_max": 146,
    "sched_get_priority_min": 147, "sched_rr_get_interval": 148, "mlock": 149, "munlock": 150,
    "arch_prctl": 158, "setrlimit": 160, "gettid": 186, "readahead": 187, "getxattr": 191,
    "lgetxattr": 192, "fgetxattr": 193, "listxattr": 194, "llistxattr": 195, "flistxattr": 196,
    "time": 201, "futex": 202, "sched_setaffinity": 203, "sched_getaffinity": 204, "epoll_create": 213,
    "getdents64": 217, "set_tid_address": 218, "fadvise64": 221, "timer_create": 222, "timer_settime": 223,
    "timer_gettime": 224, "timer_getoverrun": 225, "timer_delete": 226, "clock_gettime": 228,
    "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "epoll_wait": 232, "epoll_ctl": 233,
    "tgkill": 234, "utimes": 235, "waitid": 247,
    "openat": 257, "mkdirat": 258, "fchownat": 260, "futimesat": 261,
    "newfstatat": 262, "unlinkat": 263, "renameat": 264, "renameat2": 316, "linkat": 265, "symlinkat": 266,
    "readlinkat": 267, "fchmodat": 268, "faccessat": 269, "pselect6": 270, "ppoll": 271,
    "set_robust_list": 273, "get_robust_list": 274, "splice": 275, "tee": 276, "sync_file_range": 277,
    "utimensat": 280, "epoll_pwait": 281, "signalfd": 282, "timerfd_create": 283, "eventfd": 284,
    "fallocate": 285, "timerfd_settime": 286, "timerfd_gettime": 287, "accept4": 288, "signalfd4": 289,
    "eventfd2": 290, "epoll_create1": 291, "dup3": 292, "pipe2": 293, "preadv": 295,
    "pwritev": 296, "rt_tgsigqueueinfo": 297, "recvmmsg": 299, "prlimit64": 302, "sendmmsg": 307,
    "getcpu": 309, "getrandom": 318, "execveat": 322, "membarrier": 324, "mlock2": 325,
    "copy_file_range": 326, "preadv2": 327, "pwritev2": 328, "statx": 332, "rseq": 334,
    "pidfd_send_signal": 424, "pidfd_open": 434, "close_range": 436, "openat2": 437, "faccessat2": 439,
    "epoll_pwait2": 441, "futex_waitv": 449, "sched_getattr": 315, "restart_syscall": 219,
    "landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446, "mknod": 133,
    "mknodat": 259,
}
_FILTERED_X86_64 = {
    "socket": 41, "socketpair": 53, "clone": 56, "clone3": 435, "io_uring_setup": 425, "ioctl": 16,
    "prctl": 157, "memfd_create": 319, "shmget": 29,
}
_ALLOWED_AARCH64 = {
    "read": 63, "write": 64, "close": 57, "fstat": 80, "lseek": 62, "mmap": 222, "mprotect": 226,
    "munmap": 215, "brk": 214, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139,
    "pread64": 67, "pwrite64": 68, "readv": 65, "writev": 66, "sched_yield": 124,
    "mremap": 216, "msync": 227, "mincore": 232, "madvise": 233, "dup": 23, "nanosleep": 101,
    "getitimer": 102, "setitimer": 103, "getpid": 172, "sendfile": 71, "accept": 202, "sendto": 206,
    "recvfrom": 207, "sendmsg": 211, "recvmsg": 212, "shutdown": 210, "getsockname": 204,
    "getpeername": 205, "setsockopt": 208, "getsockopt": 209, "execve": 221, "exit": 93, "wait4": 260,
    "kill": 129, "uname": 160, "fcntl": 25,
    "flock": 32, "fsync": 82, "fdatasync": 83, "truncate": 45, "ftruncate": 46, "getcwd": 17, "chdir": 49,
    "fchdir": 50, "fchmod": 52, "fchown": 55, "umask": 166, "gettimeofday": 169, "getrlimit": 163,
    "getrusage": 165, "sysinfo": 179, "times": 153, "getuid": 174, "getgid": 176, "geteuid": 175,
    "getegid": 177, "setpgid": 154, "getppid": 173, "setsid": 157, "setreuid": 145, "setregid": 143,
    "getgroups": 158, "setresuid": 147, "getresuid": 148, "setresgid": 149, "getresgid": 150,
    "getpgid": 155, "getsid": 156, "capget": 90, "rt_sigpending": 136, "rt_sigtimedwait": 137,
    "rt_sigqueueinfo": 138, "rt_sigsuspend": 133, "sigaltstack": 132, "statfs": 43, "fstatfs": 44,
    "getpriority": 141, "setpriority": 140, "sched_setparam": 118, "sched_getparam": 121,
    "sched_setscheduler": 119, "sched_getscheduler": 120, "sched_get_priority_max": 125,
    "sched_get_priority_min": 126, "sched_rr_get_interval": 127, "mlock": 228, "munlock": 229,
    "setrlimit": 164, "gettid": 178, "readahead": 213, "getxattr": 8, "lgetxattr": 9, "fgetxattr": 10,
    "listxattr": 11, "llistxattr": 12, "flistxattr": 13, "futex": 98, "sched_setaffinity": 122,
    "sched_getaffinity": 123, "getdents64": 61, "set_tid_address": 96, "fadvise64": 223,
    "timer_create": 107, "timer_settime": 110, "timer_gettime": 108, "timer_getoverrun": 109,
    "timer_delete": 111, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115,
    "exit_group": 94, "epoll_ctl": 21, "tgkill": 131, "waitid": 95,
    "openat": 56, "mkdirat": 34, "fchownat": 54, "newfstatat": 79, "unlinkat": 35,
    "renameat": 38, "renameat2": 276, "linkat": 37, "symlinkat": 36, "readlinkat": 78, "fchmodat": 53,
    "faccessat": 48, "pselect6": 72, "ppoll": 73, "set_robust_list": 99, "get_robust_list": 100,
    "splice": 76, "tee": 77, "sync_file_range": 84, "utimensat": 88, "epoll_pwait": 22,
    "timerfd_create": 85, "fallocate": 47, "timerfd_settime": 86, "timerfd_gettime": 87, "accept4": 242,
    "signalfd4": 74, "eventfd2": 19, "epoll_create1": 20, "dup3": 24, "pipe2": 59,
    "preadv": 69, "pwritev": 70, "rt_tgsigqueueinfo": 240, "recvmmsg": 243, "prlimit64": 261,
    "sendmmsg": 269, "getcpu": 168, "getrandom": 278, "execveat": 281, "membarrier": 283, "mlock2": 284,
    "copy_file_range": 285, "preadv2": 286, "pwritev2": 287, "statx": 291, "rseq": 293,
    "pidfd_send_signal": 424, "pidfd_open": 434, "close_range": 436, "openat2": 437, "faccessat2": 439,
    "epoll_pwait2": 441, "futex_waitv": 449, "sched_getattr": 275, "restart_syscall": 128,
    "landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446, "mknodat": 33,
}
_FILTERED_AARCH64 = {
    "socket": 198, "socketpair": 199, "clone": 220, "clone3": 435, "io_uring_setup": 425, "ioctl": 29,
    "prctl": 167, "memfd_create": 279, "shmget": 194,
}
# fmt: on

ALLOWED = _ALLOWED_X86_64 if MACHINE == "x86_64" else _ALLOWED_AARCH64
FILTERED = _FILTERED_X86_64 if MACHINE == "x86_64" else _FILTERED_AARCH64
