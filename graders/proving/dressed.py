"""Unusual right answers: the solution, and after it lines that change how its result is kept but not what it is.

What is forgiven is docs/fairness.md's: rows and columns in another order, an index of their own, other widths, NumPy's
scalars, a tuple for a list. A garb is put on only where no check of the exercise asks for what it changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from courses import Check, Exercise, Lesson, LocalText
from graders.compare import compare
from graders.expected import Workbench, solution_of, with_answer
from graders.observe import observe
from graders.proving.record import ProofFinding
from graders.proving.words import right_answer_fails

# They read the answer's source, to which lines of ours would be foreign; charts are shown before these run.
NEVER = frozenset({"code", "chart"})

TABLE = "if type({name}).__name__ == 'DataFrame' and {name}.columns.is_unique:\n"
OTHER_INDEX = "{name} = {name}.set_axis(range(1000, 1000 + len({name})))"
NUMPY_FUNCTION = """\
def {name}(*given, _plain={name}, **named):
    result = _plain(*given, **named)
    if type(result) in (int, float, bool):
        return __import__('numpy').array([result])[0]
    return tuple(result) if type(result) is list else result"""
GARBS: Mapping[str, tuple[LocalText, str]] = {
    "other_rows": (
        LocalText("con las filas en otro orden", "with its rows in another order"),
        TABLE + "    {name} = {name}.sample(frac=1, random_state=3)",
    ),
    "other_index": (
        LocalText("con otro índice", "with another index"),
        TABLE + "    if {name}.index.equals(__import__('pandas').RangeIndex(len({name}))):\n        " + OTHER_INDEX,
    ),
    "other_columns": (
        LocalText("con las columnas en otro orden", "with its columns in another order"),
        TABLE + "    {name} = {name}[list({name}.columns)[::-1]]",
    ),
    "nullable_types": (
        LocalText("con los tipos que admiten faltantes", "with types that take missing values"),
        TABLE + "    {name} = {name}.convert_dtypes()",
    ),
    "numpy_scalar": (
        LocalText("como escalar de NumPy", "as a scalar of NumPy"),
        "if type({name}) in (int, float, str, bool):\n    {name} = __import__('numpy').array([{name}])[0]",
    ),
    "tuple_for_list": (
        LocalText("como tupla en lugar de lista", "as a tuple for a list"),
        "if type({name}) is list:\n    {name} = tuple({name})",
    ),
    "other_items": (
        LocalText("con sus elementos en otro orden", "with its items in another order"),
        "if type({name}) is list:\n    {name} = {name}[::-1]",
    ),
    "function_gives_numpy": (LocalText("con resultados de NumPy", "with results of NumPy"), NUMPY_FUNCTION),
}
# For each kind of check the garbs that it forgives, but for what its author may ask.
FORGIVEN: Mapping[str, Mapping[str, frozenset[str]]] = {
    "table": {
        "other_rows": frozenset({"ordered", "order_by", "index"}),
        "other_index": frozenset({"index"}),
        "other_columns": frozenset(),
        "nullable_types": frozenset({"dtypes"}),
    },
    # One that is of another type than the garb is for, stays as it is.
    "value": {"numpy_scalar": frozenset(), "tuple_for_list": frozenset()},
    "collection": {"tuple_for_list": frozenset(), "other_items": frozenset({"ordered"})},
    "function": {"function_gives_numpy": frozenset({"returns"})},
}


@dataclass(frozen=True)
class Garb:
    """One unusual form of the answer. source: the lines that make it, after those of a solution."""

    id: str
    what: LocalText
    source: str


def list_garbs(exercise: Exercise) -> tuple[Garb, ...]:
    """The forms of an answer that all checks of the exercise forgive."""
    if exercise.kind != "code" or any(check.kind in NEVER for check in exercise.checks):
        return ()
    by_name: dict[str, list[Check]] = {}
    for check in exercise.checks:
        if isinstance(check.params.get("name"), str):
            by_name.setdefault(check.params["name"], []).append(check)
    return tuple(
        Garb(f"{garb}:{name}", GARBS[garb][0], GARBS[garb][1].format(name=name))
        for name, checks in by_name.items()
        for garb in _fitting(checks)
    )


def prove_garb(lesson: Lesson, exercise: Exercise, garb: Garb, bench: Workbench) -> tuple[ProofFinding, ...]:
    """Whether a form of the right answer gets full points; nothing is said of one that cannot be put on.

    Raises: UngradableExercise, KernelUnavailable, SandboxUnavailable.
    """
    expected = solution_of(lesson, exercise, bench)
    prepared = with_answer(lesson, exercise, f"{exercise.solutions[0]}\n\n{garb.source}\n", bench.language)
    seen = observe(lesson, exercise, prepared, sandbox=bench.sandbox, limits=bench.limits, language=bench.language)
    if seen.ending != "done":
        return ()
    results = compare(exercise, seen, expected)
    if all(one.status == "passed" for one in results):
        return ()
    message = right_answer_fails(garb.what, results)
    return (ProofFinding("right_answer_fails", "error", message, None, exercise.id, exercise.id),)


def _fitting(checks: list[Check]) -> Iterator[str]:
    """The garbs for a name that none of its checks asks to be otherwise; none where they are of several kinds."""
    kinds = {check.kind for check in checks}
    asked = {key for check in checks for key, value in check.params.items() if value not in (False, None)}
    for garb, forbidden in FORGIVEN.get(checks[0].kind, {}).items() if len(kinds) == 1 else ():
        if not asked & forbidden:
            yield garb
