"""A learner's notebook graded in the sandbox: the points of each cell, and what one answer does to the next."""

from collections.abc import Callable

import pytest
from support.nbgrader_notebooks import KERNELSPEC, Raw, answer, cell, graded, locked, manual, notebook, task

from graders.nbgrader import Graded, SourceRefused, grade_notebook, read_document, read_source
from notebooks import ForkServer, Limits

GradeCells = Callable[..., Graded]
SQUARE = answer("f", "def f(n):\n    return n * n")
TEST = graded("t", "assert f(2) == 4\n### BEGIN HIDDEN TESTS\nassert f(3) == 9\n### END HIDDEN TESTS", 2)
OTHER = answer("g", "g = 1")
OTHER_TEST = graded("u", "assert g == 1")
YES = """import builtins
builtins.AssertionError = Warning
class Yes:
    def __eq__(self, other):
        return True
    def __call__(self, *arguments):
        return self
f = Yes()"""
WITHOUT_F = """old = f
del f
try:
    g(1)
except NameError:
    pass
else:
    raise AssertionError("g does not use f")
finally:
    f = old"""


def marks(result: Graded) -> dict[str, tuple[str, float]]:
    return {one.grade_id: (one.status, one.points) for one in result.marks}


def warned(result: Graded) -> list[tuple[str, str]]:
    return [(one.code, one.cell_id) for one in result.warnings]


def test_right_answers_get_all_points_and_wrong_ones_none(grade_cells: GradeCells) -> None:
    source = [SQUARE, TEST, OTHER, OTHER_TEST]
    result = grade_cells(source, [answer("f", "def f(n):\n    return 2 * n"), TEST, OTHER, OTHER_TEST])
    assert marks(result) == {"t": ("failed", 0.0), "u": ("passed", 1.0)}
    assert (result.points, result.max_points) == (1.0, 3.0)


@pytest.mark.parametrize(
    ("last", "status", "points", "code"),
    [
        ("2", "passed", 2.0, None),
        ("f(1) / 2", "partial", 0.5, None),
        ("0", "failed", 0.0, None),
        ("import numpy as np\nnp.float64(1.5)", "partial", 1.5, None),
        ("None", "passed", 2.0, None),
        ("", "passed", 2.0, None),
        ("2.5", "passed", 2.0, "value_above_points"),
        ("-1", "passed", 2.0, "value_no_points"),
        ("'well done'", "passed", 2.0, "value_no_points"),
        ("float('nan')", "passed", 2.0, "value_no_points"),
    ],
)
def test_the_last_expression_of_a_test_says_its_points(
    grade_cells: GradeCells, last: str, status: str, points: float, code: str | None
) -> None:
    result = grade_cells([SQUARE, graded("t", last, 2)], [SQUARE, graded("t", last, 2)])
    assert marks(result) == {"t": (status, points)}
    assert [one.code for one in result.warnings] == ([code] if code else [])


def test_a_warning_on_standard_error_costs_nothing(grade_cells: GradeCells) -> None:
    noisy = answer(
        "f",
        "import sys, warnings\ndef f(n):\n    warnings.warn('slow')\n    print('x', file=sys.stderr)\n    return n * n",
    )
    test = graded("t", "import sys\nprint('checking', file=sys.stderr)\nassert f(2) == 4", 2)
    assert marks(grade_cells([SQUARE, test], [noisy, test])) == {"t": ("passed", 2.0)}


def test_a_test_worth_nothing_is_passed_with_nothing(grade_cells: GradeCells) -> None:
    assert marks(grade_cells([SQUARE, graded("t", "assert f(2) == 4", 0)], [SQUARE])) == {"t": ("passed", 0.0)}


def test_what_a_person_marks_is_left_to_a_person(grade_cells: GradeCells) -> None:
    source = [manual("m", "prose"), manual("n", "prose"), manual("c", "x = 1", kind="code"), task("k", "Do it.")]
    sent = [manual("m", "mine"), manual("n", "YOUR ANSWER HERE"), source[3]]
    result = grade_cells(source, sent)
    assert marks(result) == {"m": ("manual", 0.0), "n": ("failed", 0.0), "c": ("missing", 0.0), "k": ("manual", 0.0)}
    assert next(one.code for one in result.marks if one.grade_id == "n") == "no_response"


@pytest.mark.parametrize(
    ("forgery", "status"),
    [
        ("import os\nos._exit(0)", "error"),
        ("import sys\nsys.exit(0)", "error"),
        ("while True:\n    pass", "timeout"),
        ("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass", "timeout"),
        ("x = bytearray(3 * 2**30)", "out_of_memory"),
        ("1 / 0", "error"),
        (YES, "failed"),
    ],
)  # fmt: skip
def test_an_answer_that_goes_wrong_costs_only_its_own_exercise(
    grade_cells: GradeCells, forgery: str, status: str
) -> None:
    source = [OTHER, OTHER_TEST, SQUARE, TEST, answer("h", "h = g + 1"), graded("v", "assert h == 2")]
    sent = [source[0], source[1], answer("f", forgery), *source[3:]]
    result = marks(grade_cells(source, sent))
    assert (result["u"], result["v"]) == (("passed", 1.0), ("passed", 1.0))
    assert result["t"][1] == 0.0
    assert result["t"][0] in (status, "error")


@pytest.mark.parametrize("body", ["import os\n    os._exit(0)", "while True:\n        pass"])
def test_a_function_that_goes_wrong_while_tested_costs_only_its_own_test(grade_cells: GradeCells, body: str) -> None:
    source = [SQUARE, TEST, OTHER, OTHER_TEST]
    result = marks(grade_cells(source, [answer("f", f"def f(n):\n    {body}"), TEST, OTHER, OTHER_TEST]))
    assert (result["t"][1], result["u"]) == (0.0, ("passed", 1.0))


def test_a_notebook_of_crashes_comes_to_an_end(grade_cells: GradeCells) -> None:
    crashes = [cell("import os\nos._exit(1)")] * 30
    result = grade_cells([SQUARE, TEST], [*crashes, SQUARE, TEST])
    assert marks(result)["t"] == ("error", 0.0)


def test_a_test_sees_what_the_learner_s_code_does_without_a_name(grade_cells: GradeCells) -> None:
    source = [
        answer("f", "def f(n):\n    return n * n"),
        answer("g", "def g(n):\n    return f(n) + 1"),
        graded("t", WITHOUT_F),
        graded("u", "assert g(2) == 5"),
    ]  # fmt: skip
    assert marks(grade_cells(source, source)) == {"t": ("passed", 1.0), "u": ("passed", 1.0)}
    alone = answer("g", "def g(n):\n    return n * n + 1")
    assert marks(grade_cells(source, [source[0], alone, *source[2:]])) == {"t": ("failed", 0.0), "u": ("passed", 1.0)}


def test_what_a_locked_cell_defines_for_tests_is_the_author_s(grade_cells: GradeCells) -> None:
    checker = locked("l", "LIMIT = 1\ndef check(value):\n    assert abs(value - 5) < LIMIT")
    source = [checker, answer("x", "x = 5"), graded("t", "check(x)")]
    forged = "def check(value):\n    return True\nLIMIT = 100\nx = 50"
    assert marks(grade_cells(source, source)) == {"t": ("passed", 1.0)}
    assert marks(grade_cells(source, [checker, answer("x", forged), source[2]]))["t"][1] == 0.0


def test_moving_a_locked_cell_behind_its_test_gives_the_test_to_nobody(grade_cells: GradeCells) -> None:
    checker = locked("l", "def check(value):\n    assert value == 5")
    source = [checker, answer("x", "x = 5"), graded("t", "check(x)")]
    forged = answer("x", "def check(value):\n    return True\nx = 50")
    for sent in ([forged, source[2], checker], [checker, forged, source[2], checker], [forged, source[2]]):
        assert marks(grade_cells(source, sent))["t"][1] == 0.0


def test_a_function_of_a_locked_cell_may_be_handed_to_the_learner_s_code(grade_cells: GradeCells) -> None:
    curve = locked("l", "def curve(x):\n    return x - 2\ndef near(one, other):\n    return abs(one - other) < 0.1")
    solve = "def solve(f, low, high):\n    return next(x for x in range(low, high) if f(x) == 0)"
    source = [
        curve, answer("s", solve),
        graded("t", "assert near(solve(curve, 0, 9), 2)"), graded("u", "assert curve(3) == 1"),
    ]  # fmt: skip
    assert marks(grade_cells(source, source)) == {"t": ("passed", 1.0), "u": ("passed", 1.0)}
    forged = answer("s", f"{solve}\ndef near(one, other):\n    return True\ndef curve(x):\n    return x")
    result = marks(grade_cells(source, [curve, forged, *source[2:]]))
    assert result == {"t": ("failed", 0.0), "u": ("passed", 1.0)}


def test_a_class_of_a_locked_cell_is_one_with_the_learner_s(grade_cells: GradeCells) -> None:
    point = locked("l", "class Point:\n    def __init__(self, x):\n        self.x = x")
    moved = answer("m", "def moved(point):\n    return Point(point.x + 1)")
    test = graded("t", "end = moved(Point(2))\nassert isinstance(end, Point) and end.x == 3")
    assert marks(grade_cells([point, moved, test], [point, moved, test])) == {"t": ("passed", 1.0)}


@pytest.mark.parametrize("importing", [cell("import numpy as np"), answer("i", "import numpy as np")])
def test_what_the_source_imports_is_the_examiner_s_own(grade_cells: GradeCells, importing: Raw) -> None:
    source = [importing, answer("x", "x = 5"), graded("t", "np.testing.assert_equal(x, 5)")]
    forged = "class np:\n    class testing:\n        assert_equal = staticmethod(lambda *a: None)\nx = 50"
    assert marks(grade_cells(source, source)) == {"t": ("passed", 1.0)}
    assert marks(grade_cells(source, [importing, answer("x", forged), source[2]])) == {"t": ("failed", 0.0)}


def test_many_tests_of_a_loop_without_end_leave_the_next_exercise_its_time(grade_cells: GradeCells) -> None:
    looping = [graded(f"t{number}", "f(1)") for number in range(6)]
    source = [SQUARE, *looping, OTHER, OTHER_TEST]
    result = marks(grade_cells(source, [answer("f", "def f(n):\n    while True:\n        pass"), *source[1:]]))
    assert result == {**{f"t{number}": ("timeout", 0.0) for number in range(6)}, "u": ("passed", 1.0)}


def test_what_a_test_shows_is_there_for_later_cells(grade_cells: GradeCells) -> None:
    source = [
        SQUARE,
        graded("t", "import math\nassert f(2) == 4"),
        answer("g", "g = math.pi"),
        graded("u", "assert g > 3"),
    ]
    assert marks(grade_cells(source, source)) == {"t": ("passed", 1.0), "u": ("passed", 1.0)}


def test_a_name_that_a_test_bound_is_the_learner_s_again_when_their_answer_binds_it(grade_cells: GradeCells) -> None:
    source = [
        SQUARE,
        graded("t", "result = f(2)\nassert result == 4"),
        answer("r", "result = 7"),
        graded("u", "assert result == 7"),
    ]
    assert marks(grade_cells(source, source)) == {"t": ("passed", 1.0), "u": ("passed", 1.0)}


def length_test(grade_id: str, **ours: object) -> Raw:
    """A test that asks an object of the learner's for its own length, which it may answer as it likes."""
    raw = graded(grade_id, "assert len(pile) == 2")
    raw["metadata"] |= {"aula": ours} if ours else {}
    return raw


def test_a_value_that_cannot_cross_is_an_error_unless_its_author_allows_the_weaker_mode(
    grade_cells: GradeCells,
) -> None:
    pile = answer("s", "class Pile:\n    def __len__(self):\n        return 2\npile = Pile()")
    strict = grade_cells([pile, length_test("t")], [pile])
    assert (marks(strict), strict.marks[0].code) == ({"t": ("error", 0.0)}, "uncheckable")
    weaker = grade_cells([pile, length_test("t", in_kernel=True)], [pile])
    assert (marks(weaker), warned(weaker)) == (
        {"t": ("passed", 1.0)},
        [("cell_put_back", "t"), ("ran_in_kernel", "t")],
    )


def test_changes_of_locked_cells_never_raise_the_mark(grade_cells: GradeCells) -> None:
    wrong = answer("f", "def f(n):\n    return 0")
    source = [SQUARE, TEST]
    for sent in (
        [wrong, graded("t", "pass", 2)],
        [wrong, graded("t", "pass", 200)],
        [wrong],
        [graded("t", "pass", 2), wrong],
        [wrong, TEST, graded("t", "pass", 2)],
        [wrong, cell("pass", "markdown", **TEST["metadata"]["nbgrader"])],
        [wrong, TEST, graded("free", "pass", 10)],
    ):
        assert marks(grade_cells(source, sent)) == {"t": ("failed", 0.0)}


def test_a_source_in_another_language_is_refused(fork_server: ForkServer) -> None:
    source = read_source(notebook(SQUARE, TEST, kernelspec={**KERNELSPEC, "language": "R"}))
    with pytest.raises(SourceRefused) as caught:
        grade_notebook(
            source, read_document(notebook(SQUARE)), sandbox=fork_server, limits=Limits(), language="es"
        )  # fmt: skip
    assert caught.value.code == "language_not_graded"


def test_charts_look_as_in_a_stock_kernel(grade_cells: GradeCells) -> None:
    """Where our own style put the title to the left, `get_title` found nothing."""
    drawn = answer("c", "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.set_title('Gasto')")
    test = graded(
        "t",
        "assert ax.get_title() == 'Gasto'\nimport matplotlib as mpl\n"
        "own = {name for name in mpl.rcParams if mpl.rcParams[name] != mpl.rcParamsDefault[name]}\n"
        "assert own <= {'backend', 'interactive'}, own",
    )
    assert marks(grade_cells([drawn, test], [drawn, test])) == {"t": ("passed", 1.0)}
