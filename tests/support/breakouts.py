"""Attacks that learner code might try, each as Python that returns something true where it succeeds.

`B` holds what lies outside: paths, ports and process ids that the tests lay out as bait. An OSError means that the
sandbox held. `outside` tells whether the same code succeeds where there is no sandbox, which is tried as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import indent

SYSTEM_CALL = """
import ctypes, errno, platform
def call(numbers, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    number = numbers[0] if platform.machine() == "x86_64" else numbers[1]
    raw = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result = libc.syscall(ctypes.c_long(number), *raw)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result
def is_reached(numbers, *arguments):
    try:
        call(numbers, *arguments)
    except OSError as reason:
        return reason.errno not in (errno.EPERM, errno.EACCES, errno.ENOSYS)
    return True
"""


@dataclass(frozen=True)
class Attack:
    """name: what it would win. code: the body of a function."""

    name: str
    code: str
    outside: bool = True

    @property
    def source(self) -> str:
        return f"def attack():\n{indent(self.code.strip(), '    ')}\n"


def _read(name: str, path: str) -> Attack:
    return Attack(f"reads {name}", f"return open({path}, 'rb').read(16)")


def _family(name: str, number: int, kind: str, outside: bool) -> Attack:
    return Attack(f"opens a {name} socket", f"import socket\nreturn socket.socket({number}, socket.{kind})", outside)


def _datagram(way: str, bait: str, kind: str, send: str) -> Attack:
    """A pair of sockets without names may still send to others."""
    to = {"sendto": f"b'x', B['{bait}']", "sendmsg": f"[b'x'], [], 0, B['{bait}']"}[send]
    pair = f"import socket\none, other = socket.socketpair(socket.AF_UNIX, socket.{kind})\n"
    return Attack(f"sends to a local service by {way}, with {send} and {kind}", f"{pair}return one.{send}({to})")


FILES = (
    _read("the site's own code", "B['site_file']"),
    _read("the database", "B['database']"),
    _read("the secret key", "B['secret_key']"),
    _read("the answer keys", "B['answers']"),
    _read("another kernel's home", "B['other_file']"),
    _read("the passwords of the system", "'/etc/shadow'"),
    _read("the environment of the fork server", "f\"/proc/{B['server_pid']}/environ\""),
    Attack("opens the memory of the fork server", "return open(f\"/proc/{B['server_pid']}/mem\", 'rb').readable()"),
    _read("the database through the root of the site", "f\"/proc/{B['site_pid']}/root{B['database']}\""),
    _read("the database through a working folder", "f\"/proc/{B['server_pid']}/cwd/{'../' * 30}{B['database']}\""),
    _read("the database by climbing", "'../' * 30 + B['database']"),
    Attack("reads the database through a symbolic link",
           "import os\nos.symlink(B['database'], 'link')\nreturn open('link', 'rb').read(16)"),
    Attack("reads the database through a hard link",
           "import os\nos.link(B['database'], 'hard')\nreturn open('hard', 'rb').read(16)"),
    Attack("reads the database through a link made later",
           "import os\nfolder, name = os.path.split(B['database'])\nos.makedirs('d')\nopen('d/x', 'w').close()\n"
           "os.rename('d', 'e')\nos.symlink(folder, 'd')\nreturn open(f'd/{name}').read()"),
    _read("the database through the root of its own process", "f\"/proc/self/root{B['database']}\""),
    _read("the database through the root of its own thread", "f\"/proc/thread-self/root{B['database']}\""),
    _read("the database through its working folder", "f\"/proc/self/cwd/{'../' * 30}{B['database']}\""),
    Attack("reads the database through a descriptor of the root",
           "import os\nroot = os.open('/', os.O_PATH)\n"
           "return open(f\"/proc/self/fd/{root}{B['database']}\", 'rb').read(16)"),
    Attack("reads the database from a descriptor that climbs",
           "import os\nhere = os.open('.', os.O_PATH)\n"
           "return os.read(os.open('../' * 30 + B['database'], os.O_RDONLY, dir_fd=here), 16)"),
    Attack("reads the database through a link to a link",
           "import os\nos.symlink('/proc/self/root', 'way')\n"
           "return open('way' + B['database'], 'rb').read(16)"),
    Attack("reads the database through a link in a folder that is swapped meanwhile",
           "import os, threading, time\nfolder, name = os.path.split(B['database'])\nos.mkdir('real')\n"
           "open(f'real/{name}', 'w').close()\nos.symlink(folder, 'false')\nover = time.monotonic() + 1\n"
           "def swap():\n    while time.monotonic() < over:\n"
           "        os.rename('real', 'spare'); os.rename('false', 'real')\n"
           "        os.rename('real', 'false'); os.rename('spare', 'real')\n"
           "swapper = threading.Thread(target=swap)\nswapper.start()\n"
           "try:\n    while time.monotonic() < over:\n"
           "        try: text = open(f'real/{name}').read()\n        except OSError: continue\n"
           "        if text: return text\n"
           "finally: swapper.join()\n"),
    Attack("opens a data set to write through its descriptor",
           "import os\nread = os.open(os.environ['AULA_DATA'] + '/mx-entidades/datapackage.json', os.O_RDONLY)\n"
           "return os.open(f'/proc/self/fd/{read}', os.O_RDWR)"),
    Attack("opens to write what it got to read",
           "import os\nfor one in os.listdir('/proc/self/fd'):\n"
           "    try: where = os.readlink(f'/proc/self/fd/{one}')\n    except OSError: continue\n"
           "    own = ('/dev/', '/proc/', os.getcwd(), '/tmp', os.environ.get('TMPDIR', '/tmp'))\n"
           "    if not where.startswith('/') or where.startswith(own): continue\n"
           "    try: os.open(f'/proc/self/fd/{one}', os.O_RDWR)\n    except OSError: continue\n    return where\n",
           outside=False),
    Attack("links a data set to where it may write",
           "import os\nread = os.open(os.environ['AULA_DATA'] + '/mx-entidades/datapackage.json', os.O_RDONLY)\n"
           "os.link(f'/proc/self/fd/{read}', 'mine', follow_symlinks=True)\nopen('mine', 'a').close()\nreturn True",
           outside=False),
    Attack("makes a pipe where others look", "import os\nos.mkfifo(B['open_folder'] + '/pipe')\nreturn True"),
    Attack("moves the database to itself", "import os\nos.rename(B['database'], 'moved')\nreturn True", outside=False),
    Attack("cuts the database off", "import os\nos.truncate(B['database'], 9)\nreturn True", outside=False),
    Attack("changes who may read the database", "import os\nos.chmod(B['database'], 0o666)\nreturn True"),
    Attack("locks the database", "import fcntl\nfcntl.flock(open(B['database']), fcntl.LOCK_SH)\nreturn True"),
    Attack("watches the folder of the site's files",
           "import ctypes\nlibc = ctypes.CDLL(None)\n"
           "return libc.inotify_add_watch(libc.inotify_init(), B['outside'].encode(), 0xFFF) > 0"),
    Attack("has a descriptor open on a file outside",
           "import os\nfor one in range(3, 1024):\n    try: where = os.readlink(f'/proc/self/fd/{one}')\n"
           "    except OSError: continue\n    if where.startswith(B['outside']): return where\n", outside=False),
    Attack("lists the folder of the site's files", "import os\nreturn os.listdir(os.path.dirname(B['database']))"),
    Attack("lists the sockets of other kernels", "import os\nreturn os.listdir(B['kernel_sockets'])"),
    Attack("finds a variable of the site's environment",
           "import os\nname = 'AULA_SECRET_KEY'\n"
           "return name in os.environ or f'{name}=' in open('/proc/self/environ').read()"),
    Attack("finds another kernel's key in its own memory",
           "import hashlib\nhead = B['key_head'].encode()\n"
           "def is_key(data, at):\n"
           "    return hashlib.sha256(data[at + len(head):at + B['key_length']]).hexdigest() == B['key_tail_digest']\n"
           "with open('/proc/self/mem', 'rb', 0) as memory:\n"
           "    for line in open('/proc/self/maps').readlines():\n"
           "        begin, end = (int(one, 16) for one in line.split()[0].split('-'))\n"
           "        if ' rw' not in line or end - begin > 2**28: continue\n"
           "        try:\n            memory.seek(begin)\n            data = memory.read(end - begin)\n"
           "        except (OSError, OverflowError): continue\n"
           "        at = data.find(head)\n"
           "        while at >= 0:\n            if is_key(data, at): return True\n"
           "            at = data.find(head, at + 1)\n", outside=False),
    Attack("writes where everybody may", "open(B['open_folder'] + '/mine', 'w').write('x')\nreturn True"),
    Attack("changes the database through a link",
           "import os\nos.symlink(B['database'], 'towrite')\nopen('towrite', 'a').close()\nreturn True"),
    Attack("changes a data set",
           "import os\nopen(os.environ['AULA_DATA'] + '/mx-entidades/datapackage.json', 'a').close()\nreturn True"),
    Attack("changes what learners import",
           "import os\nopen(os.environ['PYTHONPATH'] + '/aula/words.py', 'a').close()\nreturn True"),
    Attack("changes its interpreter", "import os\nopen(os.__file__, 'a').close()\nreturn True"),
    Attack("writes a file that outlives it in a folder of the system",
           "for folder in ('/', '/etc', '/usr/lib', '/var/tmp', '/run', '/srv', '/opt', '/root', '/boot'):\n"
           "    try: open(folder + '/.aula-breakout', 'w').close()\n    except OSError: continue\n"
           "    __import__('os').unlink(folder + '/.aula-breakout')\n    return folder\n"),
    Attack("changes a setting of the system",
           "open('/proc/sys/kernel/core_pattern', 'a').close()\nreturn True"),
    Attack("loosens its own control group",
           "import glob\nfor one in glob.glob('/sys/fs/cgroup/**/memory.*limit*', recursive=True):\n"
           "    with open(one, 'a') as file: return one\n", outside=False),
    Attack("is spared when memory is short",
           "with open('/proc/self/oom_score_adj', 'w') as file: file.write('-1000')\nreturn True", outside=False),
)  # fmt: skip

PROCESSES = (
    *(Attack(f"signals {name}", f"import os\nos.kill(B['{key}'], 0)\nreturn True")
      for name, key in (("the site", "site_pid"), ("the fork server", "server_pid"), ("another kernel", "other_pid"))),
    Attack("signals the site's whole group", "import os\nos.killpg(os.getpgid(B['site_pid']), 0)\nreturn True"),
    Attack("signals the site through a handle",
           SYSTEM_CALL + "handle = call((434, 434), B['site_pid'], 0)\nreturn call((424, 424), handle, 0, 0, 0) == 0"),
    Attack("signals a thread of the site",
           SYSTEM_CALL + "return call((234, 131), B['site_pid'], B['site_pid'], 0) == 0"),
    Attack("sees processes of others",
           "import os\nfor one in os.listdir('/proc'):\n"
           "    if one.isdigit() and os.stat('/proc/' + one).st_uid != os.getuid(): return one\n", outside=False),
    Attack("reads another's command line", "return open(f\"/proc/{B['site_pid']}/cmdline\").read()"),
    Attack("traces the site", SYSTEM_CALL + "return is_reached((101, 117), 0x4206, B['site_pid'], 0, -1)"),
    Attack("asks to be traced", SYSTEM_CALL + "return is_reached((101, 117), 0, 0, 0, 0)"),
    Attack("reads the site's memory",
           SYSTEM_CALL + "return is_reached((310, 270), B['site_pid'], None, 0, None, 0, 0)"),
    Attack("takes a descriptor of the site", SYSTEM_CALL + "return is_reached((438, 438), -1, 0, 0)"),
    Attack("outlives its fork server", SYSTEM_CALL + "return is_reached((157, 167), 1, 0, 0, 0, 0)"),
    Attack("goes before others", "import os\nos.setpriority(os.PRIO_PROCESS, 0, -5)\nreturn True"),
    Attack("goes before others in real time",
           "import os\nos.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))\nreturn True"),
    Attack("slows the site down", "import os\nos.setpriority(os.PRIO_PROCESS, B['site_pid'], 19)\nreturn True",
           outside=False),
    Attack("binds the site to one processor",
           "import os\nreturn os.sched_setaffinity(B['site_pid'], os.sched_getaffinity(B['site_pid'])) is None"),
    Attack("lowers a limit of the site",
           "import resource\nlimit = resource.prlimit(B['site_pid'], resource.RLIMIT_NOFILE)\n"
           "return resource.prlimit(B['site_pid'], resource.RLIMIT_NOFILE, limit)"),
    Attack("queues a signal for the site",
           SYSTEM_CALL + "import os\ninfo = (ctypes.c_int * 32)(0, 0, -1)\n"
           "return call((129, 138), B['site_pid'], 0, info) == 0", outside=False),
    *(Attack(f"raises its limit of {name}",
             f"import resource\nlimit = resource.getrlimit(resource.{name})[1]\n"
             f"try: resource.setrlimit(resource.{name}, (limit + 1, limit + 1))\n"
             "except ValueError: return False\nreturn True", outside=False)
      for name in ("RLIMIT_DATA", "RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CPU")),
)  # fmt: skip

SOCKETS = (
    Attack("connects to the loopback", "import socket\nreturn socket.create_connection(('127.0.0.1', B['port']), 2)"),
    Attack("connects to the loopback of IPv6",
           "import socket\nreturn socket.create_connection(('::1', B['port_6']), 2)", outside=False),
    Attack("sends a datagram",
           "import socket\ns = socket.socket(2, socket.SOCK_DGRAM)\nreturn s.sendto(b'x', ('127.0.0.1', 9))"),
    Attack("listens to the network", "import socket\nreturn socket.create_server(('0.0.0.0', 0))"),
    Attack("connects to a local service by its path",
           "import socket\ns = socket.socket(socket.AF_UNIX)\ns.connect(B['path_socket'])\nreturn True"),
    Attack("connects to the fork server",
           "import socket\ns = socket.socket(1, socket.SOCK_SEQPACKET)\ns.connect(B['server_socket'])\nreturn True"),
    Attack("connects to a local service by an abstract name",
           "import socket\ns = socket.socket(socket.AF_UNIX)\ns.connect(B['abstract'])\nreturn True"),
    Attack("connects to another kernel",
           "import socket\ns = socket.socket(socket.AF_UNIX)\ns.connect(B['other_socket'])\nreturn True"),
    *(_datagram(way, bait, kind, send) for way, bait in (("its path", "path_datagram"), ("a name", "abstract_datagram"))
      for kind in ("SOCK_DGRAM", "SOCK_RAW") for send in ("sendto", "sendmsg")),
    Attack("connects a pair to a local service",
           "import socket\none, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
           "one.connect(B['path_datagram'])\nreturn one.send(b'x')"),
    Attack("makes a socket with a name out of a pair",
           "import os, socket\none, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
           "one.bind(f'\\0aula-attack-{os.getpid()}')\nreturn True"),
    Attack("makes a pair of sockets of the network", SYSTEM_CALL + "return is_reached((53, 199), 2, 1, 0, None)"),
    _family("IPv4", 2, "SOCK_STREAM", True),
    _family("IPv6", 10, "SOCK_DGRAM", False),
    _family("unix", 1, "SOCK_STREAM", True),
    _family("netlink", 16, "SOCK_RAW", True),
    _family("packet", 17, "SOCK_RAW", False),
    _family("vsock", 40, "SOCK_STREAM", False),
    _family("crypto", 38, "SOCK_SEQPACKET", False),
    _family("raw", 2, "SOCK_RAW", False),
    Attack("makes a socket by the bare system call", SYSTEM_CALL + "return call((41, 198), 2, 1, 0)"),
)  # fmt: skip

# Name, numbers on x86_64 and aarch64, arguments. Reached means: the system looked at the arguments.
_CALLS = (
    ("makes a user namespace", (272, 97), "0x10000000"),
    ("makes a mount namespace", (272, 97), "0x00020000"),
    ("enters a namespace", (308, 268), "-1, 0"),
    ("clones into new namespaces, new style", (435, 435), "None, 0"),
    ("mounts", (165, 40), "None, None, None, 0, None"),
    ("mounts, new style", (429, 429), "-1, None, -1, None, 0"),
    ("opens a mount", (428, 428), "-1, None, 0"),
    ("loosens a mount", (442, 442), "-1, None, 0, None, 0"),
    ("unmounts", (166, 39), "None, 0"),
    ("changes the root", (155, 41), "None, None"),
    ("changes its root", (161, 51), "None"),
    ("opens a file by its handle", (304, 265), "-100, None, 0"),
    ("loads a program into the kernel", (321, 280), "0, None, 0"),
    ("listens to the processor", (298, 241), "None, 0, -1, -1, 0"),
    ("handles its own page faults", (323, 282), "0"),
    ("queues work for the kernel", (425, 425), "1, None"),
    ("reads the kernel's keys", (250, 219), "0, -3, 0, 0, 0"),
    ("adds a key to the kernel's", (248, 217), "None, None, None, 0, 0"),
    ("sets the clock", (227, 112), "0, None"),
    ("reads the kernel's log", (103, 116), "3, None, 0"),
    ("changes its personality", (135, 92), "0x0040000"),
    ("keeps memory that no limit sees", (319, 279), "b'x', 0"),
    ("keeps shared memory that no limit sees", (29, 194), "0, 4096, 0o1600"),
    ("keeps memory that is secret", (447, 447), "0"),
    ("keeps semaphores that outlive it", (64, 190), "0, 1, 0o1600"),
    ("keeps a queue that outlives it", (68, 186), "0, 0o1600"),
    ("opens a queue of messages by name", (240, 180), "b'aula-attack', 0o102, 0o600, None"),
    ("starts the machine anew", (169, 142), "0, 0, 0, None"),
    ("names the machine", (170, 161), "None, -1"),
    ("counts what everybody does", (163, 89), "b'/nowhere'"),
    ("listens to everybody's files", (300, 262), "0, 0"),
    ("sets a quota", (179, 60), "0, None, 0, None"),
    ("swaps", (167, 224), "b'/nowhere', 0"),
    ("limits its own calls once more, to be told of them", (317, 277), "1, 8, None"),
)

SYSTEM = (
    *(Attack(name, f"{SYSTEM_CALL}return is_reached({numbers}, {arguments})") for name, numbers, arguments in _CALLS),
    # Whoever is root of a container may not do these either.
    Attack("loads a module", SYSTEM_CALL + "return is_reached((175, 105), None, 0, None)", outside=False),
    Attack("compares itself with others", SYSTEM_CALL + "return is_reached((312, 272), 1, 1, 0, 0, 0)", outside=False),
    Attack("moves pages of others", SYSTEM_CALL + "return is_reached((256, 239), 1, 0, None, None)", outside=False),
    Attack("loads another kernel", SYSTEM_CALL + "return is_reached((246, 104), 0, 0, None, 0)", outside=False),
    Attack("clones into a user namespace",
           SYSTEM_CALL + "pid = call((56, 220), 0x10000000 | 17, 0, 0, 0, 0)\n"
           "if pid == 0: __import__('os')._exit(0)\nreturn pid"),
    Attack("becomes root", "import os\nos.setresuid(0, 0, 0)\nreturn os.getuid() == 0"),
    Attack("becomes another", "import os\nos.setresuid(B['other_uid'], B['other_uid'], B['other_uid'])\nreturn True"),
    Attack("takes another group", "import os\nos.setgroups([0])\nreturn True"),
    Attack("gives a file away", "import os\nopen('f', 'w').close()\nos.chown('f', 0, 0)\nreturn True"),
    Attack("makes a device", "import os\nos.mknod('disk', 0o60600, os.makedev(7, 0))\nreturn True"),
    Attack("makes a device of characters", "import os\nos.mknod('mem', 0o20600, os.makedev(1, 1))\nreturn True"),
    Attack("types into a terminal", SYSTEM_CALL + "return is_reached((16, 29), 0, 0x5412, b'x')"),
    Attack("becomes root through a program with a set-uid bit",
           "import subprocess\n"
           "return subprocess.run(['su', '-c', 'id -u'], capture_output=True, stdin=-3).stdout == b'0\\n'"),
    Attack("becomes root through a program that it marked itself",
           "import os, shutil, subprocess, sys\nshutil.copy('/usr/bin/id', 'own')\nos.chmod('own', 0o6755)\n"
           "return subprocess.run(['./own', '-u'], capture_output=True).stdout == b'0\\n'"),
    Attack("gives a program a capability",
           "import os, shutil\nshutil.copy('/usr/bin/id', 'able')\n"
           "os.setxattr('able', 'security.capability', bytes.fromhex('0100000200040000000000000000000000000000'))\n"
           "return True"),
    Attack("has programs with a set-uid bit that work",
           "return 'NoNewPrivs:\\t0' in open('/proc/self/status').read()"),
    Attack("has a capability left",
           "import re\nsets = re.findall('Cap(?:Eff|Prm|Inh|Bnd):\\t(.*)', open('/proc/self/status').read())\n"
           "return any(int(one, 16) for one in sets)"),
)  # fmt: skip

LIGHT = (*FILES, *PROCESSES, *SOCKETS, *SYSTEM)


def told_by(attack: Attack, bait: Mapping[str, object]) -> str:
    """A cell that makes the attack and prints WON or HELD and why. Any error but an OSError is a slip in the attack."""
    return (
        f"B = {dict(bait)!r}\n{attack.source}"
        "try:\n    won = attack()\n"
        "except OSError as reason:\n    print('HELD', reason)\n"
        "else:\n    print('WON' if won else 'HELD', repr(won)[:200])\n"
    )
