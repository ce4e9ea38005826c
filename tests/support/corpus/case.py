"""What a submission of the corpus is, and the two sources that every one is graded against."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from support.lessons import a_check, a_lesson, an_exercise
from support.nbgrader_notebooks import Raw, answer, graded, locked
from support.otter_notebooks import cell as code
from support.otter_notebooks import config, gives, question
from support.otter_notebooks import notebook as otter_file

Notebook = dict[str, Any]
Family = Literal["cheating", "hostile", "honest", "malformed"]

FULL = 6.0  # of the exercise `gasto`: the total, the function and the table are worth 2 each
BESIDE = 1.0  # of the exercise `despues`, which is always answered rightly

BEFORE = """import pandas as pd
gastos = pd.DataFrame({
    "ramo": ["salud", "agua", "salud", "agua", "energía"],
    "monto": [100.0, 50.0, 300.0, 25.0, 275.0],
})"""
SOLUTION = """total = gastos["monto"].sum()
def tasa(parte, todo):
    return parte / todo if todo else None
resumen = gastos.groupby("ramo", as_index=False)["monto"].sum()"""
LATER = "despues = len(gastos)"

LESSON = a_lesson(
    an_exercise(
        a_check("value", "total", name="total"),
        a_check(
            "function",
            "tasa",
            name="tasa",
            cases=[
                {"label": {"es": "un cuarto", "en": "a quarter"}, "args": [1, 4]},
                {"label": {"es": "otra parte", "en": "another part"}, "args": [7, 16], "hidden": True},
                {"label": {"es": "nada", "en": "nothing"}, "args": [3, 0], "hidden": True},
            ],
        ),
        a_check("table", "resumen", name="resumen", columns=["ramo", "monto"], key=["ramo"]),
        solution=SOLUTION,
        starter="total = ...",
        exercise_id="gasto",
    ),
    an_exercise(
        a_check("value", "despues", name="despues", points=BESIDE),
        solution=LATER,
        starter="despues = ...",
        exercise_id="despues",
    ),
    before=BEFORE,
)

TABLE_TEST = """want = pd.DataFrame({'ramo': ['agua', 'energía', 'salud'], 'monto': [75.0, 275.0, 400.0]})
have = resumen.sort_values('ramo').reset_index(drop=True)[['ramo', 'monto']]
pd.testing.assert_frame_equal(have, want, check_dtype=False, check_categorical=False)"""
HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
SOURCE: list[Raw] = [
    locked("antes", BEFORE),
    answer("gasto", f"### BEGIN SOLUTION\n{SOLUTION}\n### END SOLUTION"),
    graded("gasto-total", "assert total > 0\n" + HIDDEN.format("assert abs(total - 750) < 1e-9"), 2),
    graded(
        "gasto-tasa",
        "assert tasa(1, 4) == 0.25\n" + HIDDEN.format("assert tasa(7, 16) == 0.4375\nassert tasa(3, 0) is None"),
        2,
    ),
    graded(
        "gasto-resumen",
        "assert len(resumen) == 3\n" + HIDDEN.format(TABLE_TEST),
        2,
    ),
    answer("despues", f"### BEGIN SOLUTION\n{LATER}\n### END SOLUTION"),
    graded("despues-prueba", "assert despues == 5", BESIDE),
]


@dataclass(frozen=True)
class Outcome:
    """What must come of it. verdicts: any of these is right, for a limit and its neighbour may both be met first.

    refused: the code with which the file is not taken at all; warned: codes that the report must carry.
    """

    points: float = FULL
    verdicts: tuple[str, ...] = ()
    beside: float = BESIDE
    refused: str = ""
    warned: tuple[str, ...] = ()


NOTHING = Outcome(0.0, ("failed", "error", "timeout", "out_of_memory"))
EVERYTHING = Outcome(FULL, ("passed",))


@dataclass(frozen=True)
class Case:
    """One submission. source: what stands in the answer of `gasto`; damage: what was done to the file after that.

    lesson, nbgrader: what must come of it against our own lesson, and against the instructor's notebook.
    """

    name: str
    family: Family
    source: str = SOLUTION
    lesson: Outcome = EVERYTHING
    nbgrader: Outcome = EVERYTHING
    damage: Callable[[Notebook], Any] | None = None
    raw: Callable[[bytes], bytes] | None = None


def otter_master() -> bytes:
    """The same as SOURCE, as an assignment of Otter's: three tests of the first question, one of the second."""
    first = [
        gives("total > 0", "True"),
        gives("# HIDDEN\nabs(total - 750) < 1e-9", "True"),
        gives("# HIDDEN\ntasa(1, 4) == 0.25 and tasa(7, 16) == 0.4375 and tasa(3, 0) is None", "True"),
        gives(f"# HIDDEN\nassert len(resumen) == 3\n{TABLE_TEST}"),
    ]
    solution = "\n".join(f"{line}  # SOLUTION" for line in SOLUTION.splitlines())
    return otter_file(
        config(),
        code(BEFORE),
        *question("name: gasto\npoints: [0, 2, 2, 2]", answer=[code(solution)], tests=first),
        *question(
            f"name: despues\npoints: {BESIDE:g}", answer=[code(f"{LATER}  # SOLUTION")], tests=[gives("despues", "5")]
        ),
    )
