"""Submissions that attack whoever runs them. Each costs itself its marks, and nothing beside it."""

from support.corpus.case import NOTHING, Case, Outcome

RIGHT_BUT_TASA = 'total = gastos["monto"].sum()\nresumen = gastos.groupby("ramo", as_index=False)["monto"].sum()\n'
PART = Outcome(4.0, ("partial", "timeout"))

SOURCES: dict[str, str] = {
    "never ends": "while True: pass",
    "catches every interrupt": """
while True:
    try:
        while True: pass
    except BaseException: pass
""",
    "ignores signals": """
import signal
for one in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGHUP):
    signal.signal(one, signal.SIG_IGN)
while True: pass
""",
    "stops itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "kills itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "kills whatever it may": "import os, signal\nos.kill(-1, signal.SIGKILL)\nos.kill(os.getppid(), signal.SIGKILL)",
    "crashes the interpreter": "import ctypes\nctypes.string_at(0)",
    "waits for a lock that it holds": "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    "reads what nobody writes": "import os\nside, _ = os.pipe()\nos.read(side, 1)",
    "takes all memory": "held = []\nwhile True: held.append(bytearray(50_000_000))",
    "forks without end": """
import os
while True:
    try: os.fork()
    except OSError: pass
""",
    "starts threads without end": """
import threading, time
while True:
    try: threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    except RuntimeError: pass
""",
    "prints without end": "while True: print('x' * 10_000)",
    "fills the disk": """
with open("full", "wb") as file:
    while True:
        file.write(b"x" * 1_000_000)
        file.flush()
""",
    "closes every descriptor": "import os\nos.closerange(0, 4096)\ntotal = 750.0",
    "a value without end": "total = []\ntotal.append(total)\ntasa = resumen = total",
    "a value that takes all memory to tell": "total = 'x' * 200_000_000\nresumen = tasa = [total] * 1000",
    "a name whose look never ends": """
class Slow(pd.DataFrame):
    def __getattribute__(self, name):
        while True: pass
resumen = Slow({"ramo": ["a"]})
total = tasa = None
""",
    "endless recursion": "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
}

CASES: tuple[Case, ...] = (
    *(Case(name, "hostile", source, NOTHING, NOTHING) for name, source in SOURCES.items()),
    Case(
        "a function that never gives back", "hostile",
        RIGHT_BUT_TASA + "def tasa(parte, todo):\n    while True: pass", PART, PART,
    ),
    Case(
        "a function that ends the process", "hostile",
        RIGHT_BUT_TASA + "import os\ndef tasa(parte, todo): os._exit(0)",
        Outcome(0.0, ("error",)), PART,
    ),
    Case(
        "a right answer that leaves a process behind", "hostile",
        RIGHT_BUT_TASA
        + "def tasa(parte, todo): return parte / todo if todo else None\n"
        + "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(600)\n    os._exit(0)",
    ),
)  # fmt: skip
