"""Right answers in unusual clothes, and what does not count for right: docs/fairness.md, row by row, in the sandbox."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.lessons import a_check, a_lesson, an_exercise

from courses import Lesson
from graders import GradeReport, to_json
from graders.compare import compare
from graders.observe import Observation

Mark = Callable[..., GradeReport]

ROOM = Path(__file__).parents[3]
FAIRNESS = ROOM / "docs" / "fairness.md"
SETUP = "import datetime, decimal, fractions\nimport numpy as np\nimport pandas as pd"
TABLE = (
    "pd.DataFrame({'anio': [2020, 2021, 2022], 'monto': [1.5, None, 0.1], 'estado': ['México', 'Puebla', 'Oaxaca']})"
)
CASES = [{"label": {"es": "uno", "en": "one"}, "args": [[3, 1, 2]]}, {"label": {"es": "dos"}, "args": [[5]]}]


def a_task(solution: str, kind: str = "value", **params: object) -> Lesson:
    return a_lesson(an_exercise(a_check(kind, **params), solution=solution), before=SETUP, is_locked=True)


TASKS: Mapping[str, Lesson] = {
    "number": a_task("total = 42.5"),
    "whole": a_task("total = 42"),
    "one": a_task("total = 1"),
    "third": a_task("total = 100 / 3"),
    "share": a_task("total = 0.25"),
    "zero": a_task("total = 0.0"),
    "huge": a_task("total = 2**80"),
    "infinite": a_task("total = float('inf')"),
    "missing": a_task("total = float('nan')"),
    "truth": a_task("total = True", type="boolean"),
    "text": a_task("total = 'Año'", type="text"),
    "month": a_task("total = '2024-02'", type="text"),
    "list": a_task("total = [1, 2, 3]", type="list"),
    "date": a_task("total = datetime.date(2024, 2, 29)", type="date"),
    "moment": a_task("total = pd.Timestamp('2024-02-29 18:00', tz='UTC')", type="date"),
    "table": a_task(f"t = {TABLE}", "table", name="t"),
    "asked": a_task(f"t = {TABLE}", "table", name="t", columns=["anio", "monto"], key=["anio"]),
    "types": a_task(f"t = {TABLE}", "table", name="t", dtypes={"monto": "number", "estado": "text"}),
    "days": a_task(
        "t = pd.DataFrame({'dia': pd.to_datetime(['2024-01-01', '2024-01-02'])})", "table", name="t"
    ),
    "series": a_task("t = pd.Series([1.5, 2.5], index=['a', 'b'])", "table", name="t", index=True),
    "levels": a_task(
        f"t = {TABLE}.groupby(['anio', 'estado'])['monto'].sum()", "table", name="t", index=True
    ),
    "sorted": a_task("t = pd.DataFrame({'k': [1, 2, 3], 'n': [5, 5, 9]})", "table", name="t", order_by=["n"]),
    "nothing": a_task(f"t = {TABLE}.query('anio > 3000')", "table", name="t"),
    "function": a_task("def f(x):\n    return sorted(x)", "function", name="f", cases=CASES),
    "set": a_task("def f(x):\n    return set(x)", "function", name="f", cases=CASES),
    "mean": a_task("def f(x):\n    return sum(x) / len(x)", "function", name="f", cases=CASES),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """An answer to a task, and the points that it earns of two."""

    task: str
    source: str
    is_right: bool = True


CASES_BY_NAME: Mapping[str, Case] = {
    "numpy-scalar": Case("number", "total = np.float64(42.5)"),
    "narrow-integer": Case("whole", "total = np.int8(42)"),
    "narrow-number": Case("third", "total = np.float32(100) / np.float32(3)"),
    "very-narrow-number": Case("third", "total = np.float16(100) / np.float16(3)", is_right=False),
    "whole-with-point": Case("whole", "total = 42.0"),
    "decimal": Case("number", "total = decimal.Decimal('42.5')"),
    "fraction": Case("third", "total = fractions.Fraction(100, 3)"),
    "array-of-one": Case("number", "total = np.array(42.5)"),
    "float-noise": Case("share", "total = 0.1 + 0.2 - 0.05"),
    "noise-near-zero": Case("zero", "total = 0.1 + 0.2 - 0.3"),
    "minus-zero": Case("zero", "total = -0.0"),
    "infinity": Case("infinite", "total = np.inf"),
    "huge-integer": Case("huge", "total = 1 << 80"),
    "huge-integer-off-by-one": Case("huge", "total = 2**80 + 1", is_right=False),
    "true-for-one": Case("one", "total = True", is_right=False),
    "one-for-true": Case("truth", "total = 1", is_right=False),
    "numpy-truth": Case("truth", "total = np.bool_(True)"),
    "text-for-number": Case("whole", "total = '42'", is_right=False),
    "series-for-number": Case("whole", "total = pd.Series([42])", is_right=False),
    "rounded": Case("third", "total = round(100 / 3, 2)", is_right=False),
    "percent-for-share": Case("share", "total = 25", is_right=False),
    "other-unit": Case("number", "total = 42500", is_right=False),
    "none-for-nan": Case("missing", "total = None"),
    "na-for-nan": Case("missing", "total = pd.NA"),
    "zero-for-missing": Case("missing", "total = 0", is_right=False),
    "numpy-text": Case("text", "total = np.str_('Año')"),
    "typed-accent": Case("text", "total = 'An\\u0303o'"),
    "other-case": Case("text", "total = 'año'", is_right=False),
    "no-accent": Case("text", "total = 'Ano'", is_right=False),
    "trailing-blank": Case("text", "total = 'Año '", is_right=False),
    "period-for-text": Case("month", "total = pd.Period('2024-02')"),
    "tuple-for-list": Case("list", "total = (1, 2.0, np.int64(3))"),
    "series-for-list": Case("list", "total = pd.Series([1, 2, 3])", is_right=False),
    "array-for-list": Case("list", "total = np.array([1, 2, 3])", is_right=False),
    "list-in-other-order": Case("list", "total = [3, 2, 1]", is_right=False),
    "datetime-at-midnight": Case("date", "total = datetime.datetime(2024, 2, 29)"),
    "timestamp": Case("date", "total = pd.Timestamp('2024-02-29')"),
    "numpy-date": Case("date", "total = np.datetime64('2024-02-29')"),
    "date-with-hour": Case("date", "total = pd.Timestamp('2024-02-29 10:00')", is_right=False),
    "text-for-date": Case("date", "total = '2024-02-29'", is_right=False),
    "midnight-elsewhere": Case("date", "total = pd.Timestamp('2024-02-29', tz='America/Lima')", is_right=False),
    "other-time-zone": Case("moment", "total = pd.Timestamp('2024-02-29 12:00', tz='America/Mexico_City')"),
    "no-time-zone": Case("moment", "total = pd.Timestamp('2024-02-29 18:00')", is_right=False),
    "row-order": Case("table", f"t = {TABLE}.sort_values('estado', ascending=False)"),
    "any-index": Case("table", f"t = {TABLE}.set_index(pd.Index(['x', 'y', 'z']))"),
    "column-order": Case("table", f"t = {TABLE}[['estado', 'monto', 'anio']]"),
    "ties": Case("sorted", "t = pd.DataFrame({'k': [2, 1, 3], 'n': [5, 5, 9]})"),
    "sorted-the-other-way": Case("sorted", "t = pd.DataFrame({'k': [3, 1, 2], 'n': [9, 5, 5]})", is_right=False),
    "narrow-columns": Case("table", f"t = {TABLE}.astype({{'anio': 'int16', 'monto': 'float32'}})"),
    "nullable-columns": Case("table", f"t = {TABLE}.convert_dtypes()"),
    "category-for-text": Case("table", f"t = {TABLE}.astype({{'estado': 'category'}})"),
    "object-columns": Case("table", f"t = {TABLE}.astype(object)"),
    "decimals-in-column": Case(
        "table", f"t = {TABLE}\nt['monto'] = [decimal.Decimal('1.5'), None, decimal.Decimal('0.1')]"
    ),
    "typed-accent-in-column": Case("table", f"t = {TABLE}.replace('México', 'Me\\u0301xico')"),
    "zero-for-missing-in-column": Case("table", f"t = {TABLE}.fillna(0)", is_right=False),
    "blank-for-missing-text": Case("table", f"t = {TABLE}.astype(object).fillna('')", is_right=False),
    "text-column-for-numbers": Case("table", f"t = {TABLE}.astype({{'anio': str}})", is_right=False),
    "extra-column": Case("table", f"t = {TABLE}.assign(n=1)", is_right=False),
    "extra-column-where-some-are-asked": Case("asked", f"t = {TABLE}.assign(n=1)"),
    "doubled-column": Case("asked", f"t = pd.concat([{TABLE}, {TABLE}[['anio']]], axis=1)", is_right=False),
    "doubled-row": Case("asked", f"t = pd.concat([{TABLE}, {TABLE}[:1]])", is_right=False),
    "column-left-in-index": Case("asked", f"t = {TABLE}.set_index('anio')", is_right=False),
    "nullable-where-numbers-are-asked": Case("types", f"t = {TABLE}\nt['monto'] = t['monto'].astype('Float64')"),
    "category-where-text-is-asked": Case("types", f"t = {TABLE}.astype({{'estado': 'category'}})"),
    "objects-where-numbers-are-asked": Case("types", f"t = {TABLE}.astype({{'monto': object}})", is_right=False),
    "dates-for-datetimes": Case(
        "days", "t = pd.DataFrame({'dia': [datetime.date(2024, 1, 1), datetime.date(2024, 1, 2)]})"
    ),
    "time-zone-in-column": Case(
        "days", "t = pd.DataFrame({'dia': pd.to_datetime(['2024-01-01', '2024-01-02'], utc=True)})", is_right=False
    ),
    "frame-for-series": Case("series", "t = pd.DataFrame({'n': [2.5, 1.5]}, index=['b', 'a'])"),
    "other-labels": Case("series", "t = pd.Series([1.5, 2.5], index=['a', 'c'])", is_right=False),
    "level-names": Case(
        "levels", f"t = {TABLE}.groupby(['anio', 'estado'])['monto'].sum().rename_axis(['x', 'y']).iloc[::-1]"
    ),
    "levels-in-other-order": Case("levels", f"t = {TABLE}.groupby(['estado', 'anio'])['monto'].sum()", is_right=False),
    "empty-table": Case("nothing", "t = pd.DataFrame({'anio': [], 'monto': [], 'estado': []})"),
    "list-for-empty-table": Case("nothing", "t = []", is_right=False),
    "function-gives-tuple": Case("function", "def f(x):\n    return tuple(sorted(x))"),
    "function-gives-array": Case("function", "def f(x):\n    return np.sort(x)"),
    "function-gives-series": Case("function", "def f(x):\n    return pd.Series(x).sort_values()"),
    "function-gives-set": Case("function", "def f(x):\n    return set(x)", is_right=False),
    "function-is-an-object": Case(
        "function", "class F:\n    def __call__(self, x):\n        return sorted(x)\nf = F()"
    ),
    "frozen-set": Case("set", "f = frozenset"),
    "function-gives-numpy": Case("mean", "f = np.mean"),
    "helper-functions": Case("whole", "def _mitad():\n    return 21\ntotal = 2 * _mitad()"),
    "prints": Case("whole", "print('ruido')\ntotal = 42\nprint(total)\ntotal"),
    "magics": Case("whole", "%time total = 42\n!true"),
    "cell-magic": Case("whole", "%%time\ntotal = 42"),
    "await": Case("whole", "import asyncio\nawait asyncio.sleep(0)\ntotal = 42"),
    "slow": Case("whole", "import time\ntime.sleep(1.5)\ntotal = 42"),
    "warnings": Case("whole", "import sys, warnings\nwarnings.warn('ojo')\nprint('mal', file=sys.stderr)\ntotal = 42"),
    "own-imports": Case("whole", "from math import *\nimport numpy\ntotal = int(numpy.sum([40, 2]))"),
    "names-overwritten": Case("whole", "list = dict = print = type = len = None\ntotal = 42"),
    "threads": Case(
        "whole", "import threading\none = threading.Thread(target=print)\none.start()\none.join()\ntotal = 42"
    ),
}


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_an_answer_earns_what_the_document_says(mark: Mark, name: str) -> None:
    case = CASES_BY_NAME[name]
    report = mark(TASKS[case.task], case.source)
    assert report.points == (2.0 if case.is_right else 0.0), [(one.code, dict(one.fields)) for one in report.checks]
    assert report.verdict == ("passed" if case.is_right else "failed")


def test_the_document_says_what_every_answer_here_earns() -> None:
    rows = re.findall(r"^\| .* \| (yes|no) \| .* \| (`[^|]+`) \|$", FAIRNESS.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name: answer == "yes" for answer, names in rows for name in re.findall(r"`([a-z-]+)`", names)}
    assert told == {name: case.is_right for name, case in CASES_BY_NAME.items()}


CHANCE = """
import random, time, uuid, os
letters = {chr(97 + at) * 3 for at in range(12)}
total = [*letters][0] + str(random.random()) + str(np.random.rand()) + str(hash('año'))
t = pd.DataFrame({'k': [*letters], 'x': np.random.default_rng(1).normal(size=12)})
print(time.time(), uuid.uuid4(), os.getpid())
def f(x):
    return {random.random(): [*letters][1]}
"""
LETTERS = "pd.DataFrame({'k': [chr(97 + at) * 3 for at in range(12)], 'x': range(12)})"
BY_CHANCE = a_lesson(
    an_exercise(
        a_check(type="text"),
        a_check("table", name="t", key=["k"]),
        a_check("table", "bolsa", name="t"),
        a_check("function", name="f", cases=CASES),
        solution=f"total = 'x'\nt = {LETTERS}\ndef f(x):\n    return x",
    ),
    before=SETUP,
)


def told(report: GradeReport) -> str:
    return json.dumps({**to_json(report), "seconds": 0}, sort_keys=True, ensure_ascii=False)


def test_the_same_submission_gets_the_same_report_each_time(mark: Mark) -> None:
    """Random numbers, the order of sets, hashes and the clock are in it."""
    reports = {told(mark(BY_CHANCE, CHANCE)) for _ in range(40)}
    assert len(reports) == 1
    assert "table.wrong_values" in reports.pop()


def raw_table(keys: str, numbers: Sequence[float]) -> dict[str, object]:
    columns = [
        {"name": "k", "dtype": "text", "v": list(keys)},
        {"name": "x", "dtype": "number", "v": list(numbers)},
    ]
    return {"t": "table", "rows": len(keys), "width": 2, "is_series": False, "columns": columns, "index": []}


JUDGED = an_exercise(
    a_check("table", "con", name="t", key=["k"]), a_check("table", "sin", name="t"), a_check(type="list")
)


def judged() -> str:
    """What the judge says of one piece of evidence."""
    items = {"t": "items", "v": ["c", "a", "b"]}
    have, want = raw_table("cabz", (3.5, 1.25, 2.5, 9.0)), raw_table("abcd", (1.0, 2.0, 3.5, 4.5))
    seen = {"con": {"holds": have}, "sin": {"holds": have}, "value": {"holds": {**items, "kind": "set"}}}
    wanted = {"con": {"holds": want}, "sin": {"holds": want}, "value": {"holds": {**items, "kind": "list"}}}
    return repr(compare(JUDGED, Observation("done", None, seen), Observation("done", None, wanted)))


def test_the_judge_says_the_same_a_thousand_times() -> None:
    assert len({judged() for _ in range(1000)}) == 1


def test_the_judge_says_the_same_whatever_the_order_of_sets() -> None:
    script = "import sys; sys.path[:0] = sys.argv[1:]; from test_fairness import judged; print(judged())"
    paths = [str(Path(__file__).parent), str(ROOM / "tests"), str(ROOM)]
    said = {
        subprocess.run(
            [sys.executable, "-c", script, *paths],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert said == {judged() + "\n"}
