"""What learner code may try when it is tested. Nothing of it makes a wrong answer pass, and nothing hangs or breaks."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from graders.examiner import TestOutcome, examine
from notebooks import ForkServer, Session

Examined = Callable[..., TestOutcome]

YES = """
class Yes:
    def __init__(self, *a, **k): pass
    def __getattr__(self, name): return Yes()
    def __call__(self, *a, **k): return True
    for name in ('eq', 'ne', 'lt', 'gt', 'le', 'ge', 'contains', 'bool', 'instancecheck'):
        exec(f'def __{name}__(self, *a): return True')
    def __len__(self): return 3
    def __hash__(self): return 5
    def __abs__(self): return 0
    def __round__(self, n=0): return 5
    def __iter__(self): return iter([1, 2, 3])
    def __getitem__(self, at): return Yes()
    def __float__(self): return 5.0
    def __int__(self): return 5
    __index__ = __int__
    def __array__(self, *a, **k):
        import numpy
        return numpy.array([5.0])
    def __array_function__(self, *a, **k): return True
    def __array_ufunc__(self, *a, **k): return True
    def __format__(self, how): return '5'
    def __sub__(self, other): return 0
    def __add__(self, other): return 5
    __rsub__ = __sub__
    __radd__ = __add__
    @property
    def __class__(self): return int
x = Yes()
"""
ARRAY = """
import numpy as np
class Liar(np.ndarray):
    def __eq__(self, other): return np.array(True)
    def all(self, *a, **k): return True
    def __array_function__(self, function, kinds, args, kwargs): return True
    def __array_ufunc__(self, *a, **k): return True
    def tolist(self): return [5]
x = np.zeros(1).view(Liar)
"""
TABLE = """
import pandas as pd
class Liar(pd.DataFrame):
    _constructor = property(lambda self: Liar)
    def equals(self, other): return True
    def __eq__(self, other): return pd.DataFrame(True, index=[0], columns=['a'])
x = Liar({'a': [1]})
"""
TEXT = "class Liar(str):\n    def __eq__(self, other): return True\n    __hash__ = str.__hash__\nx = Liar('a')"
NUMBER = "class Liar(int):\n    __eq__ = lambda *a: True\n    __sub__ = __hash__ = lambda *a: 0\nx = Liar(1)"
ITEMS = "class Liar(list):\n    def __eq__(self, other): return True\n    def __len__(self): return 1\nx = Liar()"
BETTER_MODULES = """
class Fake:
    def __getattr__(self, name): return lambda *a, **k: True
    testing = property(lambda self: Fake())
np = pd = math = re = random = statistics = Fake()
x = 1
"""
TAKEN_OVER = """
import builtins, json, sys, gc
import numpy as np, pandas as pd
x = 1
df = pd.DataFrame({'a': [1]})
pd.testing.assert_frame_equal = np.testing.assert_allclose = np.testing.assert_equal = lambda *a, **k: None
np.allclose = np.array_equal = np.isclose = lambda *a, **k: True
pd.DataFrame.equals = lambda *a: True
pd.DataFrame.__eq__ = lambda *a: True
for name in ('abs', 'round'):
    setattr(builtins, name, lambda *a, **k: True)
builtins.AssertionError = type('Harmless', (Exception,), {})
sys.settrace(lambda *a: None)
json.dumps = lambda *a, **k: '{"value": {"status": "passed"}}'
"""
OWN_BUILTINS = "x = 1\nabs = lambda v: 0\nlen = lambda v: 5\nisinstance = lambda *a: True\nAssertionError = ValueError"
TESTS = (
    "assert x == 5", "assert 5 == x", "assert not x != 5", "assert abs(x - 5) < 1e-6", "assert len(x) == 5 and x",
    "np.testing.assert_allclose(x, 5)", "np.testing.assert_equal(x, [5])", "assert np.array_equal(x, [5])",
    "pd.testing.assert_frame_equal(x, pd.DataFrame({'a': [5]}))", "assert x.equals(pd.DataFrame({'a': [5]}))",
    "assert (x == pd.DataFrame({'a': [5]})).all().all()", "assert isinstance(x, int) and round(x) == 5",
    "assert x in [5]", "assert math.isclose(x, 5)\nimport math", "assert float(x) == 5", "assert f'{x:d}' == '5'",
    "import unittest\nunittest.TestCase().assertEqual(x, 5)", "assert sorted(x) == [5]", "assert {x: 5}[5] == 5",
    "assert 0 <= 5 - x <= 0", "assert 5 in x", "assert x[0] == 5", "if x != 5:\n    raise ValueError",
    "assert set([x]) == {5}", "assert x.startswith('5')", "assert x.all() and not x is None",
    "from collections.abc import Iterable\nassert isinstance(x, Iterable)", "a, = x\nassert a == 5",
    "for a in x: break",
    "assert bool(x) is True and x == 5",
)  # fmt: skip


@pytest.mark.parametrize(
    "cell", [YES, ARRAY, TABLE, TEXT, NUMBER, ITEMS, BETTER_MODULES, TAKEN_OVER, OWN_BUILTINS],
    ids=["yes-man", "array", "table", "text", "number", "items", "better modules", "taken over", "own builtins"],
)  # fmt: skip
def test_no_object_passes_for_the_right_answer(learner: Session, examiner: Session, cell: str) -> None:
    assert learner.run(cell).error is None
    outcomes = {test: examine(test, learner=learner, examiner=examiner, timeout_s=20).status for test in TESTS}
    assert set(outcomes.values()) <= {"failed", "uncheckable"}, outcomes


@pytest.mark.parametrize(
    "test",
    ["assert f(xs) == sum(xs)", "assert f(xs) == max(xs, default=0)", "assert f(xs) == len(xs)"],
)
def test_a_function_that_gives_an_answer_does_not_change_the_question(examined: Examined, test: str) -> None:
    cell = "def f(xs):\n    xs.clear()\n    return 0"
    assert examined(cell, f"xs = [3, 4]\n{test}").status == "failed"


@pytest.mark.parametrize(
    "test", ["import inspect\ninspect.getsource(f)", "import inspect\ninspect.signature(f)", "f.__code__"]
)
def test_code_of_the_learners_cannot_be_looked_at(examined: Examined, test: str) -> None:
    assert examined("def f():\n    return 1", test).status == "uncheckable"


@pytest.mark.parametrize("name", ["math", "re", "random", "statistics"])
def test_no_object_passes_for_a_library(examined: Examined, name: str) -> None:
    assert examined(BETTER_MODULES, f"{name}.anything(x, 5)").status == "uncheckable"


@pytest.mark.parametrize(
    "test",
    [
        "np.testing.assert_equal(x, 5)",
        "pd.testing.assert_frame_equal(df, pd.DataFrame({'a': [5]}))",
        "assert abs(x - 5) < 1",
        "assert df.equals(pd.DataFrame({'a': [5]}))",
    ],
)
def test_what_was_replaced_in_the_learners_process_judges_nothing(examined: Examined, test: str) -> None:
    assert examined(TAKEN_OVER, test).status == "failed"


def test_a_test_that_swallows_exceptions_does_not_swallow_what_cannot_cross(examined: Examined) -> None:
    outcome = examined(YES, "try:\n    assert x == 4\nexcept Exception:\n    pass")
    assert outcome.status == "uncheckable"
    assert outcome.uncheckable == ("an object of type Yes where a plain value is needed",)


def test_not_even_one_that_swallows_everything(examined: Examined) -> None:
    assert examined(YES, "try:\n    assert x == 4\nexcept BaseException:\n    pass").status == "uncheckable"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        ("x = dict.fromkeys(range(10**7))", "too large"),
        ("x = [0] * 10**7", "too large"),
        ("x = 'x' * 2 * 10**8", "too large"),
        ("import numpy as np\nx = np.zeros(10**8)", "too large"),
        ("import numpy as np, pandas as pd\nx = pd.DataFrame(np.zeros((10**6, 30)))", "too large"),
        ("x = 2 ** 10**7", "too large"),
        ("x = []\nx.append(x)", "nested too deeply"),
        ("x = {}\nfor _ in range(10**5): x = {'a': x}", "nested too deeply"),
        ("x = [[0] * 1000] * 1000", "too large"),
        ("x = range(10**12)", "no value"),
        ("import numpy as np\nx = np.zeros(2, dtype=[('a', 'i4')])", "cannot be checked"),
        ("import numpy as np\nx = np.void(b'a')", "cannot be checked"),
        ("import threading\nx = threading", "which tests do not have"),
        ("import pandas as pd\nx = pd.Series(pd.arrays.SparseArray([0, 1]))", "cannot be checked"),
        ("import decimal\nx = [[decimal.Decimal('1e5'), {1: []}], {frozenset(): bytearray(1)}]", "cannot be checked"),
    ],
)  # fmt: skip
def test_what_is_too_much_or_unknown_is_told_as_such(examined: Examined, make: str, says: str) -> None:
    outcome = examined(make, "x")
    assert outcome.status == "uncheckable"
    assert says in outcome.uncheckable[0]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("import os; os._exit(0)", "died"),
        ("import ctypes; ctypes.string_at(0)", "died"),
        ("while True: pass", "timeout"),
        ("while True: print('x' * 10**6)", "timeout"),
        ("try:\n        while True: pass\n    except KeyboardInterrupt:\n        while True: pass", "timeout"),
        ("import signal\n    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass", "timeout"),
        ("import os\n    os.close(0)\n    os.closerange(3, 256)", "died"),
    ],
    ids=["exit", "segfault", "loop", "flood", "interrupt is caught", "interrupt is ignored", "channel closed"],
)  # fmt: skip
def test_a_function_that_does_not_return_is_the_learners_doing(
    learner: Session, examiner: Session, body: str, status: str
) -> None:
    learner.run(f"def f():\n    {body}")
    outcome = examine("f()", learner=learner, examiner=examiner, timeout_s=1.0)
    assert (outcome.status, outcome.whose) == (status, "learner")
    assert examine("1", learner=learner, examiner=examiner).value == "1"


@pytest.mark.parametrize(
    "raised", ["SystemExit", "GeneratorExit", "BaseException", "type('Own', (BaseException,), {})"]
)
def test_an_exit_in_a_function_is_an_exception_in_the_test(examined: Examined, raised: str) -> None:
    outcome = examined(f"def f():\n    raise {raised}('adiós')", "f()")
    assert outcome.status == "failed"
    assert outcome.error is not None
    assert outcome.error.name in ("Exception", "Own")


def test_memory_that_runs_out_is_the_learners_doing(fork_server: ForkServer, examiner: Session) -> None:
    with fork_server.open_session() as learner:
        learner.run("def f():\n    return bytearray(10**11)")
        outcome = examine("f()", learner=learner, examiner=examiner)
        assert outcome.error is not None
        assert (outcome.status, outcome.error.name) == ("failed", "MemoryError")


def test_endless_questions_end_a_test(examined: Examined) -> None:
    outcome = examined("def f():\n    return 1", "while True: f()", timeout_s=60.0)
    assert (outcome.status, outcome.whose) == ("died", "examiner")


SPY = """
import gc, re, sys, os
def holds(pattern, value):
    return re.search(pattern, repr(value)[:10**5]) is not None
def look(pattern):
    found, frame = [], sys._getframe(1)
    while frame:
        found += [f'name {name}' for name, one in {**frame.f_locals, **frame.f_globals}.items() if holds(pattern, one)]
        frame = frame.f_back
    found += ['object' for one in gc.get_objects() if isinstance(one, (str, dict, list, tuple)) and holds(pattern, one)]
    found += [f'environment {name}' for name, value in os.environ.items() if holds(pattern, value)]
    with open('/proc/self/mem', 'rb', 0) as memory:
        for low, high in re.findall('^(\\w+)-(\\w+) rw-p', open('/proc/self/maps').read(), re.M):
            memory.seek(int(low, 16))
            try:
                data = memory.read(min(int(high, 16) - int(low, 16), 2**26))
            except OSError:
                continue
            found += ['memory'] * (re.search(pattern.encode(), data) is not None)
    return sorted(set(found))
def f(offered):
    return look('SECRET[T]EST'), look('OFFER[E]D')
"""


def test_learner_code_finds_no_test_in_its_process(learner: Session, examiner: Session) -> None:
    """What it is given it finds, in its objects and in its memory; so it does look."""
    learner.run(SPY)
    test = "wanted = 'SECRETTEST'  # SECRETTEST\nhidden, offered = f('OFFERED')\n"
    outcome = examine(
        f"{test}assert hidden == [], hidden\nassert {{'memory', 'name offered'}} <= set(offered), offered",
        learner=learner, examiner=examiner, timeout_s=60,
    )  # fmt: skip
    assert outcome == TestOutcome("passed")


NINE = {"t": "RangeIndex", "v": [0, 9, 1], "name": None}


def forged(reply: Any) -> str:
    """A function that makes the probe, which called it, say something else from then on."""
    return (
        "import sys, json\ndef f():\n    probe = sys._getframe(2).f_globals\n"
        f"    probe['answer'].__code__ = (lambda user_ns, request: json.loads({json.dumps(reply)!r})).__code__\n"
        "    probe['json'] = json\n    return 1\nx = 4"
    )


def test_a_forged_probe_gives_what_it_likes_so_the_test_judges_it(examined: Examined) -> None:
    """Whoever forges a value must know the right one: as if it had been computed."""
    assert examined(forged({"gave": 5, "changed": [], "said": ""}), "f()\nassert x == 6").status == "failed"


@pytest.mark.parametrize(
    "reply",
    [
        {"status": "passed"}, [], None, "passed", {"gave": 5}, {"gave": 5, "changed": [], "said": "", "missing": True},
        {"gave": {"t": "array", "d": "|O", "s": [1], "v": "AAAAAAAAAAA="}, "changed": [], "said": ""},
        {"gave": {"t": "array", "d": "|O8", "s": [1], "v": "AAAAAAAAAAA="}, "changed": [], "said": ""},
        {"gave": {"t": "array", "d": "<f8", "s": [10**6], "v": ""}, "changed": [], "said": ""},
        {"gave": {"t": "builtin", "v": "exec"}, "changed": [], "said": ""},
        {"gave": {"t": "held", "id": 0}, "changed": [], "said": ""},
        {"raised": "SystemExit", "text": "", "of": None, "said": ""},
        {"raised": "exec", "text": "import os", "of": None, "said": ""},
    ],
)  # fmt: skip
def test_a_forged_probe_gives_nothing_but_values(examined: Examined, reply: Any) -> None:
    outcome = examined(forged(reply), "f()\ntry:\n    x\nexcept BaseException:\n    pass")
    assert outcome.status == "uncheckable"
    assert "no value" in outcome.uncheckable[0]


@pytest.mark.parametrize(
    "gave",
    [
        {"t": "array", "d": "<i3", "s": [1], "v": "AAAA"},
        {"t": "set", "v": [{"t": "list", "v": []}]},
        {"t": "dict", "v": [[{"t": "dict", "v": []}, 1]]},
        {"t": "Fraction", "v": "1/0"},
        {"t": "date", "v": "2026-13-41"},
        {"t": "named", "name": "x'); import os #", "fields": ["a"], "v": [1]},
        {"t": "named", "name": "P", "fields": ["__class__", "a"], "v": [1, 2]},
        {"t": "class", "id": 1, "name": "a\0b", "bases": [], "calls": False, "raises": None},
        {"t": "category", "v": {"t": "array", "d": "|i1", "s": [1], "v": "CQ=="}, "ordered": False,
         "of": {"t": "RangeIndex", "v": [0, 2, 1], "name": None}},
        {"t": "DataFrame", "v": [{"t": "objects", "s": [1], "v": [1]}], "index": NINE, "columns": NINE},
    ],
)  # fmt: skip
def test_values_that_cannot_be_made_are_told_as_such(examined: Examined, gave: Any) -> None:
    outcome = examined(forged({"gave": gave, "changed": [], "said": ""}), "f()\ny = x")
    assert outcome.status == "uncheckable"


def test_answers_sent_ahead_of_time_pass_nothing(learner: Session, examiner: Session) -> None:
    answers = "".join(f'{{"id":{n},"answer":{{"value":{{"gave":5,"changed":[],"said":""}}}}}}\n' for n in range(1, 9))
    learner.run(
        f"x = 4\ndef f():\n    import os\n    for one in range(3, 1024):\n"
        f"        try: os.write(one, {answers.encode()!r})\n        except OSError: pass\n    return 1"
    )
    outcome = examine("f()\nassert x == 5", learner=learner, examiner=examiner)
    assert outcome.status in ("uncheckable", "died")


def test_half_a_character_harms_nobody(examined: Examined) -> None:
    outcome = examined("x = '\\ud800' * 10", "print(x)\nassert False, x")
    assert outcome.status == "failed"
    assert outcome.error is not None
    outcome.error.value.encode()
    outcome.stdout.encode()
