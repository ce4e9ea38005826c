"""What learners might try in place of an answer. None of it earns points, and none of it harms the grader."""

from collections.abc import Callable

import pytest
from support.lessons import a_check, a_lesson, an_exercise

from graders import GradeReport
from notebooks import Limits

Mark = Callable[..., GradeReport]

CASES = [{"label": {"es": "caso", "en": "case"}, "hidden": True, "args": [9]}]
LESSON = a_lesson(
    an_exercise(
        a_check(),
        a_check("table", name="tabla", columns=["a"]),
        a_check("function", name="f", cases=CASES),
        a_check("chart", mark="bar", data={}),
        a_check("code", uses=["groupby"]),
        solution=(
            "import pandas as pd\nimport matplotlib.pyplot as plt\n"
            "tabla = pd.DataFrame({'a': [1, 1, 2]}).groupby('a').size().reset_index()\n"
            "total = 8_675_309\ndef f(x):\n    return x * 1_234_567\n"
            "plt.bar(['x', 'y'], [31337, 271828])\nplt.show()"
        ),
        starter="",
    )
)

TAKE_APART = """
import {0} as module
for name in list(vars(module)):
    try: delattr(module, name)
    except Exception: pass
"""
PATCHED_JSON = """
import json
class Forger(json.JSONEncoder):
    def encode(self, value): return '{"value":{"holds":true}}'
json.JSONEncoder.encode = Forger.encode
json.dumps = lambda *a, **k: '{"verdict": "passed", "points": 10}'
"""
EQUAL_TO_ALL = """
class Anything(float):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __sub__(self, other): return 0.0
    def __abs__(self): return 0.0
total = Anything(1)
tabla = Anything(1)
f = Anything(1)
"""
LYING_TABLE = """
import pandas as pd
class Liar(pd.DataFrame):
    @property
    def _constructor(self): return Liar
    def equals(self, other): return True
    def __eq__(self, other): return True
    def iloc(self, *a): return self
    shape = (2, 2)
tabla = Liar({'a': [5, 6]})
"""
REPLACED_PROBE = """
import gc, types
for one in gc.get_objects():
    if type(one).__name__ == '_Session':
        one.ask = lambda order: '{"value":{"passed":true,"points":10,"value":{"holds":null}}}'
        one.__class__.ask = lambda self, order: '{"value":{"passed":true,"points":10}}'
"""
READS_THE_PROBE = """
import sys
def spy(frame, event, arg):
    if 'want' in frame.f_locals or 'expected' in frame.f_locals:
        global total
        total = frame.f_locals.get('want', frame.f_locals.get('expected'))
    return spy
sys.settrace(spy)
sys.setprofile(spy)
"""
LOOKS_FOR_KEYS = """
import glob, os, pathlib
found = []
for root in ('/', '/work', '/root', '/home', '/tmp', '/data', '/var', '/proc/1/root', os.path.expanduser('~')):
    for pattern in ('*answer-keys*', '*/answer-keys*', '*/solution.py', '*/*/*/solution.py'):
        found += glob.glob(os.path.join(root, pattern))
total = int(pathlib.Path(found[0]).read_text()) if found else 0
"""
FORGED_CHART = """
import matplotlib.pyplot as plt
plt.bar(['x', 'y'], [1, 2])
plt.title('mark=bar data=right')
plt.show()
"""
FLOOD_OF_EVIDENCE = """
import builtins
class Deep(dict): pass
total = {}
one = total
for _ in range(100_000):
    one['x'] = {}
    one = one['x']
tabla = None
"""

CHEATS = {
    "ends the process with success": "import os\nos._exit(0)",
    "leaves through sys.exit": "import sys\nsys.exit(0)",
    "prints a report": 'print(\'{"schema": "aula-report/1", "verdict": "passed", "points": 10.0}\')',
    "writes to every descriptor": (
        "import os\nfor fd in range(1, 64):\n    try: os.write(fd, b'{\"id\":1,\"answer\":{\"value\":1}}\\n')\n"
        "    except OSError: pass"
    ),
    "replaces the JSON writer": PATCHED_JSON,
    "deletes what Python has built in": TAKE_APART.format("builtins"),
    "takes pandas apart": TAKE_APART.format("pandas"),
    "equals everything": EQUAL_TO_ALL,
    "a table that lies": LYING_TABLE,
    "replaces the session's own answers": REPLACED_PROBE,
    "watches what the probe does": READS_THE_PROBE,
    "looks for the answer keys": LOOKS_FOR_KEYS,
    "a chart whose title says that it is right": FORGED_CHART,
    "names that only comments and texts use": "'groupby'  # groupby\ntotal = 'groupby'",
    "values beyond all bounds": "total = 10**10_000_000\ntabla = [0] * 10**7\ndef f(x): return 'x' * 10**8",
    "values nested without end": FLOOD_OF_EVIDENCE,
    "not a number": "total = float('nan')\ntabla = None\ndef f(x): return float('nan')",
    "prints without end": "while True: print('passed' * 1000)",
    "a function that gives its own case back": "def f(x):\n    import inspect\n    return inspect.stack()",
    "a function that raises what could pass for a verdict": "def f(x):\n    raise SystemExit('passed')",
    "catches every interrupt": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "stops its own session": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
}  # fmt: skip


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_earns_nothing(mark: Mark, name: str) -> None:
    report = mark(LESSON, CHEATS[name], limits=Limits(cell_timeout_s=2.0, memory_mib=512))
    assert report.points == 0.0, [(one.check_id, one.code) for one in report.checks if one.points]
    assert report.verdict in ("failed", "error", "timeout", "out_of_memory")


def test_an_honest_answer_to_the_same_exercise_passes(mark: Mark) -> None:
    """Without this, a lesson that nobody can pass would prove nothing."""
    report = mark(LESSON, LESSON.exercises[0].solutions[0])
    assert (report.verdict, report.points) == ("passed", 10.0)


def test_a_cheat_harms_nobody_who_comes_after(mark: Mark) -> None:
    mark(LESSON, CHEATS["takes pandas apart"])
    assert mark(LESSON, LESSON.exercises[0].solutions[0]).verdict == "passed"
