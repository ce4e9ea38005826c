"""Submissions that want marks for no answer. None of them earns a point that its values do not."""

from support.corpus.case import NOTHING, Case, Outcome

# What a cheat did to Python itself lasts in its own notebook, whose later cells run in the same process.
NOTHING_AFTER = Outcome(0.0, NOTHING.verdicts, beside=0.0)
PART = Outcome(4.0, ("partial",))
RIGHT_BUT_TASA = 'total = gastos["monto"].sum()\nresumen = gastos.groupby("ramo", as_index=False)["monto"].sum()\n'

SOURCES: dict[str, str] = {
    "a class that equals everything": """
class Anything:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __hash__(self): return 0
    def __sub__(self, other): return self
    def __abs__(self): return self
    def __call__(self, *given, **named): return self
    def __getattr__(self, name): return self
    def __getitem__(self, name): return self
    def __len__(self): return 3
    def __bool__(self): return True
total = tasa = resumen = Anything()
""",
    "a float whose difference to anything is nothing": """
class Near(float):
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __eq__(self, other): return True
    def __abs__(self): return 0.0
    def __gt__(self, other): return True
total = Near(1)
def tasa(parte, todo): return Near(1)
resumen = Near(1)
""",
    "AssertionError is only a warning": """
import builtins
class Quiet(Warning): pass
builtins.AssertionError = Quiet
builtins.Exception = Quiet
total, resumen = 1, gastos
def tasa(parte, todo): return 1
""",
    "what Python has built in says what is wanted": """
import builtins
builtins.abs = lambda one: 0
builtins.len = lambda one: 3
builtins.isinstance = lambda one, kind: True
builtins.all = builtins.any = lambda one: True
total, resumen = 1, gastos.head(1)
def tasa(parte, todo): return 1
despues = 5
""",
    "pandas finds every table equal": """
pd.testing.assert_frame_equal = lambda *given, **named: None
pd.DataFrame.equals = lambda *given: True
pd.DataFrame.sort_values = lambda self, *given, **named: self
total, resumen = 1, gastos.head(3)
def tasa(parte, todo): return 1
""",
    "a table that lies about itself": """
class Liar(pd.DataFrame):
    @property
    def _constructor(self): return Liar
    def equals(self, other): return True
    def __eq__(self, other): return True
    def __len__(self): return 3
    shape = (3, 2)
resumen = Liar({"ramo": ["x"], "monto": [1.0]})
total, tasa = -1, lambda parte, todo: 1
""",
    "an array of objects that equal everything": """
import numpy as np
class Any:
    def __eq__(self, other): return True
    def __hash__(self): return 1
total = np.array([Any()], dtype=object)
resumen = pd.DataFrame({"ramo": [Any()] * 3, "monto": [Any()] * 3})
def tasa(parte, todo): return Any()
""",
    "a text that equals every text": """
class Same(str):
    def __eq__(self, other): return True
    def __hash__(self): return hash("salud")
resumen = pd.DataFrame({"ramo": [Same("a"), Same("b"), Same("c")], "monto": [1.0, 2.0, 3.0]})
total = Same("750")
def tasa(parte, todo): return Same("0.25")
""",
    "leaves with success": "import os\nos._exit(0)",
    "leaves politely": "import sys\nsys.exit(0)",
    "prints the report": """
print('{"schema": "aula-report/1", "points": 7.0, "max_points": 7.0, "status": "passed"}')
print("All tests passed!")
total = tasa = resumen = None
""",
    "displays the points as the last value": "total = tasa = resumen = None\n2.0",
    "writes answers to every descriptor": """
import os
for descriptor in range(64):
    for text in (b'{"id":1,"answer":{"value":{"holds":750}}}\\n', b'{"passed":true,"points":6}\\n'):
        try: os.write(descriptor, text)
        except OSError: pass
total = tasa = resumen = None
""",
    "replaces the writer of JSON": """
import json
json.JSONEncoder.encode = lambda self, value: '{"value":{"holds":750.0}}'
json.dumps = lambda *given, **named: '{"value":{"holds":750.0}}'
total = tasa = resumen = None
""",
    "names whose values change with every look": """
class Chameleon(dict):
    def __getitem__(self, name):
        return 750.0 if name == "total" else dict.__getitem__(self, name)
    def get(self, name, default=None):
        return 750.0 if name == "total" else default
    def __contains__(self, name): return True
names = Chameleon(get_ipython().user_ns)
total, resumen = 749, gastos
def tasa(parte, todo): return globals().get("parte_del_secreto", 0)
""",
    "a thread that changes the answer all the time": """
import itertools, threading
def change():
    for one in itertools.count(): globals()["total"] = one % 700
threading.Thread(target=change, daemon=True).start()
resumen = tasa = None
""",
    "reads the frames of whoever calls": """
import inspect, sys
def seen():
    found = []
    for frame in [*sys._current_frames().values(), *(one.frame for one in inspect.stack())]:
        while frame is not None:
            found += [frame.f_locals.get(name) for name in ("want", "wanted", "expected", "solution")]
            frame = frame.f_back
    return [one for one in found if one is not None]
total = (seen() or [0])[0]
def tasa(parte, todo): return (seen() or [0])[0]
resumen = (seen() or [None])[0]
""",
    "watches everything that runs": """
import sys
def spy(frame, event, given):
    for name in ("want", "wanted", "expected"):
        if name in frame.f_locals: globals().update(total=frame.f_locals[name])
    return spy
sys.settrace(spy)
sys.setprofile(spy)
total = tasa = resumen = None
""",
    "searches its own memory for the solution": """
import re
# Halves of what it looks for, the second one backwards: whole, they would only find themselves.
halves = {b" if todo ": b"enoN esle", b"### BEGIN HID": b"STSET NED"}
found = []
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        start, end = (int(one, 16) for one in line.split()[0].split("-"))
        if "rw" not in line or end - start > 2**26: continue
        try:
            memory.seek(start)
            text = memory.read(end - start)
        except (OSError, ValueError, OverflowError): continue
        for first, second in halves.items():
            for at in (one.end() for one in re.finditer(re.escape(first), text)):
                found += [at] if text[at : at + 9][::-1] == second else []
total = 750.0 if found else 0
tasa = resumen = None
""",
    "reads the other processes": """
import glob
found = ""
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try: found += open(path, errors="replace").read()
    except OSError: pass
total = 750.0 if "assert" in found or "todo if todo" in found else 0
tasa = resumen = None
""",
    "looks for answers on the disk": """
import glob
found = [path for root in ("/", "/tmp", "/root", "/home", "/work", "/var", "/run")
         for name in ("*answer-keys*", "*/answer-keys*", "*solution*.py", "*/*/*/solution.py", "*.ipynb", "*/*.ipynb")
         for path in glob.glob(f"{root}/{name}")]
total = 750.0 if found else 0
tasa = resumen = None
""",
    "values that run code when they are unpickled": """
class Bomb:
    def __reduce__(self): return (exec, ("import os; os._exit(0)",))
total = Bomb()
resumen = pd.DataFrame({"ramo": [Bomb()] * 3, "monto": [Bomb()] * 3})
def tasa(parte, todo): return Bomb()
""",
    "modules of its own in place of the real ones": """
import sys, types
fake = types.ModuleType("fake")
fake.__getattr__ = lambda name: (lambda *given, **named: '{"value":{"holds":750.0}}')
for name in ("json", "math", "pickle", "base64", "hashlib"): sys.modules[name] = fake
total = tasa = resumen = None
""",
    "objects that answer when they are thrown away": """
class Last:
    def __del__(self): print('{"status": "passed", "points": 6}')
total, tasa, resumen = Last(), Last(), Last()
import atexit
atexit.register(lambda: print("passed"))
""",
    "errors that pose as success": """
def tasa(parte, todo): raise SystemExit(0)
class Fine(BaseException): pass
total = resumen = Fine("passed")
""",
}

SELF_HARM: dict[str, str] = {
    "replaces the shell": """
shell = get_ipython()
class Fine:
    success, result, error_in_exec, error_before_exec = True, 2.0, None, None
type(shell).run_cell = lambda self, *given, **named: Fine()
type(shell).run_cell_async = lambda self, *given, **named: Fine()
total = tasa = resumen = None
""",
}

CASES: tuple[Case, ...] = (
    *(Case(name, "cheating", source, NOTHING, NOTHING) for name, source in SOURCES.items()),
    *(Case(name, "cheating", source, NOTHING_AFTER, NOTHING_AFTER) for name, source in SELF_HARM.items()),
    Case(
        "a function that knows the case on the page by heart", "cheating",
        RIGHT_BUT_TASA + "def tasa(parte, todo): return {(1, 4): 0.25}.get((parte, todo))", PART, PART,
    ),
    Case(
        "a function that tells the tests from the learner by its caller", "cheating",
        RIGHT_BUT_TASA + "import sys\ndef tasa(parte, todo):\n"
        "    return sys._getframe(1).f_locals.get('want') or 0.25", PART, PART,
    ),
)  # fmt: skip
