"""Honest answers and the tests that teachers write for them: what holds passes, what does not fails."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graders.examiner import TestOutcome, examine
from notebooks import Session

Examined = Callable[..., TestOutcome]

TABLE = """pd.DataFrame(
    {
        "entero": [1, 2], "real": [0.5, None], "texto": ["ñ", None], "sí": [True, False], "mixto": [[1], {"k": 2}],
        "día": pd.to_datetime(["2026-01-01", None]), "clase": pd.Categorical(["x", None], ["y", "x"], ordered=True),
        "nulo": pd.array([1, None], "Int64"), "lógico": pd.array([True, None], "boolean"),
        "f": pd.array([.5, None], "Float64"),
        "zona": pd.date_range("2026-03-01", periods=2, tz="America/Lima"), "lapso": pd.to_timedelta(["1h", None]),
        "mes": pd.period_range("2026-01", periods=2, freq="M"), "tramo": pd.interval_range(0, 2),
        "n": pd.Series([1, 2], dtype="int8"), "obj": pd.Series(["a", "b"], dtype=object),
        "pa": pd.Series(["a", None], dtype="string"),
    }
)"""  # fmt: skip
TABLES = {
    "all types": TABLE,
    "empty": "pd.DataFrame()",
    "no rows": "pd.DataFrame({'a': pd.Series([], dtype='int64'), 'b': pd.Series([], dtype='str')})",
    "two columns of a name": "pd.DataFrame([[1, 2.5]], columns=['a', 'a'])",
    "grouped": "pd.DataFrame({'a': [1, 2, 3], 'b': list('xyx'), 'c': [1., 2, 3]}).groupby(['b', 'a']).agg(['sum'])",
    "days": "pd.DataFrame({'v': [1, 2, 3]}, index=pd.date_range('2026', periods=3, name='día'))",
    "zones": "pd.DataFrame({'v': [1, 2]}, index=pd.date_range('2026', periods=2, tz='UTC', freq='h'))",
    "cut": "pd.DataFrame({'v': [1, 7]}).groupby(pd.cut(pd.Series([1, 7]), 3), observed=False).size().to_frame()",
    "pivot": "pd.DataFrame({'a': [1, 1], 'b': ['x', 'y'], 'v': [1, 2]}).pivot(index='a', columns='b', values='v')",
    "sliced": "pd.DataFrame({'a': range(6)})[1::2]",
}
VALUES = (
    "None", "True", "3", "-2**80", "0.1 + 0.2", "float('inf')", "1 + 2j", "complex(float('inf'), 1)", "'ñandú \\ud800'",
    "b'\\x00\\xff'", "[1, (2, {3}), frozenset({4})]", "{'a': [1], 2: {'b': None}, (1, 2): ...}", "range(2, 9, 3)",
    "datetime.date(2026, 1, 2)", "datetime.datetime(2026, 1, 2, 3, 4, 5, 6)", "datetime.time(3, 4)",
    "datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=-5)))",
    "datetime.timedelta(days=-1, microseconds=3)", "decimal.Decimal('1.10')", "fractions.Fraction(2, 3)",
    "collections.Counter('abca')", "collections.OrderedDict(a=1)", "collections.deque([1, 2])",
    "np.float32(1.5)", "np.int64(7)", "np.bool_(True)", "np.str_('a')", "np.datetime64('2026-01-01')",
    "pd.Timestamp('2026-01-01 10:00', tz='America/Lima')", "pd.Timestamp('2026-01-01')", "pd.Timedelta('90s')",
)  # fmt: skip
ARRAYS = (
    "np.arange(6).reshape(2, 3)", "np.array(['a', 'bb'])", "np.array(['2026-01-01'], 'M8[D]')", "np.zeros((0, 3))",
    "np.array([1, 'a', None], object)", "np.eye(3)[:, 1]", "np.array(3.5)",
    "np.asfortranarray(np.arange(6.).reshape(2, 3))",
    "np.array([True, False])", "np.array([1 + 2j])", "np.arange(3, dtype='>i4')",
)  # fmt: skip


def cases(name: str) -> list[tuple[str, ...]]:
    """From a file beside this: a learner's cell, a test, and the exception that it ends with where it does not hold."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [tuple(part.strip() for part in one.split("\n-----\n")) for one in f"\n{text}".split("\n=====\n")]


@pytest.mark.parametrize("case", cases("holds.txt"))
def test_what_holds_passes(examined: Examined, case: tuple[str, str]) -> None:
    assert examined(*case) == TestOutcome("passed")


@pytest.mark.parametrize("case", cases("does_not_hold.txt"))
def test_what_does_not_hold_fails(examined: Examined, case: tuple[str, str, str]) -> None:
    cell, test, name = case
    outcome = examined(cell, test)
    assert outcome.status == "failed"
    assert outcome.error is not None
    assert outcome.error.name == name


def test_values_cross_as_they_are(examined: Examined) -> None:
    """Type and value, each compared with one that the examiner makes itself."""
    imports = "import collections, datetime, decimal, fractions\nimport numpy as np\nimport pandas as pd\n"
    cell = imports + f"values = [{', '.join(VALUES)}]"
    test = imports + f"own = [{', '.join(VALUES)}]\n"
    test += "[(a, b) for a, b in zip(own, values, strict=True) if type(a) is not type(b) or a != b]"
    assert examined(cell, test).value == "[]"


def test_what_is_missing_crosses_as_missing(examined: Examined) -> None:
    test = "assert math.isnan(a) and b is pd.NA and c is pd.NaT and np.isnan(d)\nimport math"
    outcome = examined(
        "import numpy as np, pandas as pd\na, b, c, d = float('nan'), pd.NA, pd.NaT, np.nan", "import math\n" + test
    )
    assert outcome.status == "passed"


@pytest.mark.parametrize("array", ARRAYS)
def test_arrays_cross_with_their_type_and_shape(examined: Examined, array: str) -> None:
    test = f"own = {array}\nassert (a.dtype, a.shape) == (own.dtype, own.shape)\nnp.testing.assert_array_equal(a, own)"
    assert examined(f"import numpy as np\na = {array}", test).status == "passed"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_tables_cross_column_by_column(examined: Examined, table: str) -> None:
    test = f"pd.testing.assert_frame_equal(t, {table})"
    assert examined(f"import pandas as pd\nt = {table}", test) == TestOutcome("passed")


@pytest.mark.parametrize(
    "series",
    ["pd.Series([1, 2], index=['a', 'b'], name='n')", "pd.Series({'x': 0.5})", "pd.Series(list('aab')).value_counts()"],
)
def test_series_cross(examined: Examined, series: str) -> None:
    test = f"pd.testing.assert_series_equal(s, {series})"
    assert examined(f"import pandas as pd\ns = {series}", test) == TestOutcome("passed")


@pytest.mark.parametrize(
    "index",
    ["pd.Index(['a', 'b'], name='n')", "pd.RangeIndex(3)",
     "pd.MultiIndex.from_product([[1, 2], ['x']], names=['p', None])",
     "pd.Index([1, 'a'])", "pd.CategoricalIndex(['a', 'b'])", "pd.period_range('2026', periods=2, freq='Y')"],
)  # fmt: skip
def test_indexes_cross(examined: Examined, index: str) -> None:
    test = f"pd.testing.assert_index_equal(i, {index}, exact=True)"
    assert examined(f"import pandas as pd\ni = {index}", test) == TestOutcome("passed")


def test_the_last_expression_is_the_tests_value(examined: Examined) -> None:
    assert examined("x = 3", "x / 4").value == "0.75"
    assert examined("", "np.float64(0.5)").value == "0.5"
    assert examined("", "x = 2").value is None
    assert examined("", "None").value is None
    assert examined("", "'a'").value == "'a'"


def test_what_a_test_says_is_kept(examined: Examined) -> None:
    outcome = examined("", "import sys, warnings\nprint('ñ')\nprint('mal', file=sys.stderr)")
    assert (outcome.stdout, outcome.stderr) == ("ñ\n", "mal\n")


def test_what_a_learners_function_prints_is_said_by_the_test(examined: Examined) -> None:
    outcome = examined("def f(x):\n    print('hola', x)\n    return x", "assert f(1) == 1")
    assert (outcome.status, outcome.stdout) == ("passed", "hola 1\n")


def test_an_error_has_its_line_in_the_test(examined: Examined) -> None:
    outcome = examined("def f():\n    raise ValueError('no')", "x = 1\n\nf()")
    assert outcome.error is not None
    assert (outcome.error.name, outcome.error.value, outcome.error.line) == ("ValueError", "no", 3)


def test_a_typing_slip_in_a_test_fails_it_with_its_line(examined: Examined) -> None:
    outcome = examined("", "x = 1\ny = (2")
    assert outcome.error is not None
    assert (outcome.error.name, outcome.error.line) == ("SyntaxError", 2)


def test_what_a_test_binds_lasts_and_goes_before_the_learners_names(examined: Examined) -> None:
    examined("", "import math\ndef exige(a, b):\n    assert a == b\nx = 1")
    assert examined("def exige(a, b): pass\nx = 2", "exige(x, 2)").status == "failed"
    assert examined("", "exige(x, 1)\nmath.pi").status == "passed"


def test_the_learners_names_are_fetched_anew_for_each_test(examined: Examined) -> None:
    assert examined("x = [1]", "x.append(2)\nx").value == "[1, 2]"
    assert examined("x.append(3)", "x").value == "[1, 3]"


def test_objects_stay_known_from_test_to_test(examined: Examined) -> None:
    examined("class C:\n    n = 1\nc = C()", "mio = c")
    assert examined("c.n = 5", "assert mio is c\nmio.n").value == "5"


def test_names_that_tests_use_without_an_import_are_the_libraries(examined: Examined) -> None:
    assert examined("", "np.testing.assert_equal(1, 1)\npd.DataFrame()\nplt.close('all')").status == "passed"


def test_what_the_examiners_session_holds_is_there_for_tests(examined: Examined, examiner: Session) -> None:
    examiner.run("from numpy.testing import assert_allclose")
    assert examined("assert_allclose = lambda *a: None", "assert_allclose(1, 2)").status == "failed"


def test_both_sessions_go_on_after_a_function_that_never_ends(learner: Session, examiner: Session) -> None:
    learner.run("x = 3\ndef f():\n    while True: pass")
    outcome = examine("f()", learner=learner, examiner=examiner, timeout_s=0.5)
    assert (outcome.status, outcome.whose) == ("timeout", "learner")
    assert examine("x", learner=learner, examiner=examiner).value == "3"
