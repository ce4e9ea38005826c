"""The check `function`: a function of the learner gives, for each case, what the solution's gives."""

# One sentence a line, however long.
# ruff: noqa: E501

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from courses import Check
from graders.checks.alike import closeness_of, is_alike, is_number, shown
from graders.checks.calls import (
    ORDERS,
    PROPERTIES,
    Calls,
    all_calls,
    are_whole,
    find_lacking_property,
    further_calls,
    read_calls,
)
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import NAME, RELATIVE, TOLERANCE, Kind
from graders.checks.table import compare_tables
from graders.checks.value import type_word
from graders.evidence import Absent, Items, Outcome, Raised, Table, TooSlow, Unreadable, Value
from graders.view import View

Evidence: TypeAlias = Calls | Value | Absent | TooSlow


def judge(check: Check, have: Evidence, want: Evidence) -> Finding:
    """Tells the first case that differs, an open one if there is such; of a hidden one no more than its label.

    What else is asked of the function comes after, for results that are wrong say nothing of it.
    """
    name = check.params["name"]
    if isinstance(have, TooSlow):
        return Finding(False, "function.too_slow", {"name": name}, is_error=True)
    if not isinstance(have, Calls):
        return _no_function(name, have)
    cases = check.params["cases"]
    if not isinstance(want, Calls) or not are_whole(check, have, want):
        return miss("function.different", name=name)
    wrong = [
        at
        for at in range(len(cases))
        if not _is_right(check, have.outcomes[at], want.outcomes[at], cases[at].get("raises"))
    ]
    if not wrong:
        return _wrong_return(check, have) or find_lacking_property(check, have, want) or RIGHT
    return _wrong_return(check, have) or _wrong_case(name, cases, have.outcomes, wrong)


def is_same(check: Check, one: Evidence, other: Evidence) -> bool:
    """Whether each call ended in the same way: a like value, or an exception of the same class."""
    if not isinstance(one, Calls) or not isinstance(other, Calls) or not are_whole(check, one, other):
        return False
    return all(
        first.name == second.name
        if isinstance(first, Raised) and isinstance(second, Raised)
        else _is_right(check, first, second)
        for mine, theirs in zip(all_calls(check, one), all_calls(check, other), strict=True)
        for first, second in zip(mine, theirs, strict=True)
    )


def _no_function(name: str, have: Value | Absent) -> Finding:
    if isinstance(have, Absent):
        return miss("function.missing", name=name)
    if isinstance(have, Unreadable) and have.reason == "placeholder":
        return miss("function.placeholder", name=name)
    return miss("function.not_function", name=name, type=type_word(have))


def _is_right(check: Check, have: Outcome, want: Outcome, raises: str | None = None) -> bool:
    """Never where either raised, unless the case says what is to be: a solution that does is refused elsewhere."""
    if raises is not None:
        return isinstance(have, Raised) and have.name == raises
    if isinstance(have, Raised) or isinstance(want, Raised):
        return False
    if isinstance(have[0], Table) and isinstance(want[0], Table):
        return compare_tables(check.params, have[0], want[0]).is_right
    return is_alike(have[0], want[0], closeness_of(check.params))


def _wrong_case(
    name: str, cases: Sequence[Mapping[str, Any]], have: Sequence[Outcome], wrong: Sequence[int]
) -> Finding:
    if all(not isinstance(one, Raised) and one[0] is None for one in have):
        return miss("function.no_return", name=name)
    at = next((one for one in wrong if not cases[one].get("hidden")), wrong[0])
    outcome, is_hidden = have[at], cases[at].get("hidden") is True
    label = cases[at]["label"]
    known = {"name": name, "case": dict(label), "wrong": len(wrong), "all": len(cases)}
    if isinstance(outcome, Raised):
        return miss("function.raised", **known, error=_told_error(outcome.name, is_hidden))
    if isinstance(outcome[0], Unreadable) and outcome[0].reason == "placeholder":
        return miss("function.placeholder", name=name)
    if "raises" in cases[at]:
        return miss("function.not_raised", **known)
    if is_hidden:
        return miss("function.hidden_case_differs", **known)
    return miss("function.case_differs", **known, value=shown(outcome[0]))


def _wrong_return(check: Check, have: Calls) -> Finding | None:
    """The first result that is of another type than asked; none at all is told otherwise."""
    wanted = check.params.get("returns")
    if wanted is None:
        return None
    for case, outcome in zip(check.params["cases"], have.outcomes, strict=True):
        if "raises" in case or isinstance(outcome, Raised) or outcome[0] is None or _is_of_type(outcome[0], wanted):
            continue
        if isinstance(outcome[0], Unreadable) and outcome[0].reason != "other":
            continue
        known = {"name": check.params["name"], "case": dict(case["label"])}
        return miss("function.wrong_return", **known, wanted=wanted, type=type_word(outcome[0]))
    return None


def _is_of_type(value: Value, wanted: str) -> bool:
    if wanted in ("number", "integer"):
        return is_number(value) and (wanted == "number" or float(value).is_integer())  # type: ignore[arg-type]  # a number
    if wanted == "list":
        return isinstance(value, Items) and value.kind in ("list", "tuple")
    return type_word(value) == wanted


def _told_error(name: str, is_hidden: bool) -> str:
    """The exception's class; of a hidden case only Python's own, for a name can be made of the case's values."""
    kind = vars(builtins).get(name)
    is_own = isinstance(kind, type) and issubclass(kind, BaseException)
    return name if is_own or not is_hidden else "Exception"


def _look(view: View) -> Any:
    """What the function gives for each case, of which the label stays here."""
    params = view.check.params
    cases = [{name: case[name] for name in ("args", "kwargs") if name in case} for case in params["cases"]]
    asked = {"name": params["name"], "cases": cases, "also": further_calls(view.check)}
    return view.ask("answers", "call", asked, timeout_s=view.limits.cell_timeout_s)


SPANISH: Mapping[str, str] = {
    "function.missing": "No encontramos la función {name}. Defínela con `def` y ese nombre exacto.",
    "function.placeholder": "{name} todavía da `...`. Cambia los tres puntos por tu código.",
    "function.not_function": "{name} es {type:type} y esperábamos una función. Defínela con `def`.",
    "function.no_return": "{name} no devuelve nada. ¿Falta `return` delante del resultado?",
    "function.raised": "Con {case:case}, {name} se detuvo con {error}. Llámala con un caso así y mira en qué línea.",
    "function.not_raised": "Con {case:case}, {name} da un resultado y debe detenerse con un error. Revisa qué argumentos no acepta.",
    "function.case_differs": "Con {case:case}, {name} da {value} y esperábamos otra cosa. Haz la cuenta a mano con ese caso.",
    "function.hidden_case_differs": "Con {case:case}, {name} da otra cosa. Piensa qué tiene ese caso que los demás no.",
    "function.wrong_return": "Con {case:case}, {name} da {type:type} y debe dar {wanted:type}. Revisa qué devuelve.",
    "function.not_deterministic": "Con {case:case}, {name} da otra cosa cuando se llama otra vez. Que el resultado dependa sólo de sus argumentos.",
    "function.changes_arguments": "Con {case:case}, {name} cambia lo que recibe. Trabaja con una copia, por ejemplo con `.copy()`.",
    "function.not_symmetric": "Con {case:case}, {name} da otra cosa si se cambia el orden de los argumentos, y debe dar lo mismo.",
    "function.not_idempotent": "Con {case:case}, {name} cambia su propio resultado al aplicarla otra vez, y debe dejarlo igual.",
    "function.not_increasing": "Con {case:case}, {name} baja respecto a un argumento menor, y no debe bajar. Revisa ese caso.",
    "function.not_decreasing": "Con {case:case}, {name} sube respecto a un argumento menor, y no debe subir. Revisa ese caso.",
    "function.too_slow": "{name} tardó más de lo permitido. ¿Hay un ciclo que no termina?",
    "function.different": "No pudimos comparar lo que da {name}. Vuelve a comprobar y, si se repite, avisa a tu docente.",
}
ENGLISH: Mapping[str, str] = {
    "function.missing": "We did not find the function {name}. Define it with `def` and exactly that name.",
    "function.placeholder": "{name} still gives `...`. Put your own code in place of the three dots.",
    "function.not_function": "{name} is {type:type} and we expected a function. Define it with `def`.",
    "function.no_return": "{name} gives nothing back. Is `return` missing before the result?",
    "function.raised": "With {case:case}, {name} stopped with {error}. Call it with such a case and see on which line.",
    "function.not_raised": "With {case:case}, {name} gives a result and should stop with an error. Check which arguments it refuses.",
    "function.case_differs": "With {case:case}, {name} gives {value} and we expected something else. Work that case out by hand.",
    "function.hidden_case_differs": "With {case:case}, {name} gives something else. Think what is special about that case.",
    "function.wrong_return": "With {case:case}, {name} gives {type:type} and should give {wanted:type}. Check what it returns.",
    "function.not_deterministic": "With {case:case}, {name} gives something else when it is called again. Let the result depend on its arguments alone.",
    "function.changes_arguments": "With {case:case}, {name} changes what it is given. Work on a copy, for example with `.copy()`.",
    "function.not_symmetric": "With {case:case}, {name} gives something else when its arguments change places, and should not.",
    "function.not_idempotent": "With {case:case}, {name} changes its own result when applied again, and should leave it as it is.",
    "function.not_increasing": "With {case:case}, {name} falls below its result for a smaller argument, and it never should. Look at that case.",
    "function.not_decreasing": "With {case:case}, {name} rises above its result for a smaller argument, and it never should. Look at that case.",
    "function.too_slow": "{name} took longer than it may. Is there a loop that never ends?",
    "function.different": "We could not compare what {name} gives. Check again and, if it happens once more, tell your trainer.",
}

KIND = Kind(
    name="function",
    about="A function of the learner's, called with cases it has not seen; what it returns is compared with the solution's.",
    properties={
        "name": {**NAME, "description": "The function that the learner must define."},
        "cases": {
            "type": "array",
            "minItems": 1,
            "maxItems": 30,
            "items": {"$ref": "#/$defs/case"},
            "description": "The calls. At least one should be hidden.",
        },
        "returns": {
            "enum": ["number", "integer", "text", "boolean", "list", "set", "dict", "date", "DataFrame", "Series"],
            "description": "What it must return, where the statement says so. Without it only the values matter.",
        },
        "properties": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"enum": [*PROPERTIES, *ORDERS]},
            "description": "What else must hold, case by case. deterministic: the same when called again. keeps_arguments: it changes none of them. symmetric: the same with its arguments in the other order. idempotent: its own result stays as it is. increasing, decreasing: never down, never up, as the first argument grows.",
        },
        "tolerance": TOLERANCE,
        "relative": RELATIVE,
    },
    required=(
        "name",
        "cases",
    ),
    defs={
        "case": {
            "type": "object",
            "additionalProperties": False,
            "required": ["label"],
            "properties": {
                "label": {
                    "$ref": "#/$defs/text",
                    "description": "What the case is, as a learner may read it when it fails: «un solo ramo».",
                },
                "hidden": {"type": "boolean", "description": "true: its arguments are not shown."},
                "raises": {
                    "type": "string",
                    "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,59}$",
                    "description": "The exception with which the function must refuse these arguments: ValueError.",
                },
                "args": {
                    "type": "array",
                    "maxItems": 10,
                    "items": {"$ref": "#/$defs/argument"},
                    "description": "Arguments by position.",
                },
                "kwargs": {
                    "type": "object",
                    "maxProperties": 10,
                    "additionalProperties": {"$ref": "#/$defs/argument"},
                    "description": "Arguments by name.",
                },
            },
        },
        "argument": {
            "description": "A plain value; or {table: {column: [values]}}; or {csv: text with a header}; or {dataset: name, resource: file, query: 'anio == 2013'}.",
            "allOf": [
                {
                    "if": {"type": "object", "required": ["table"]},
                    "then": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "table": {
                                "type": "object",
                                "minProperties": 1,
                                "maxProperties": 50,
                                "additionalProperties": {
                                    "type": "array",
                                    "maxItems": 1000,
                                    "items": {"type": ["string", "number", "boolean", "null"]},
                                },
                            }
                        },
                    },
                },
                {
                    "if": {"type": "object", "required": ["csv"]},
                    "then": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"csv": {"type": "string", "minLength": 1, "maxLength": 20000}},
                    },
                },
                {
                    "if": {"type": "object", "required": ["dataset"]},
                    "then": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "dataset": {"type": "string", "minLength": 1, "maxLength": 60},
                            "resource": {"type": "string", "minLength": 1, "maxLength": 100},
                            "query": {"type": "string", "minLength": 1, "maxLength": 300},
                        },
                    },
                },
            ],
        },
    },
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {
            "function.different",
            "function.missing",
            "function.no_return",
            "function.not_function",
            "function.placeholder",
            "function.too_slow",
        }
    ),
    look=_look,
    read=read_calls,
    judge=judge,
    is_same=is_same,
    runs_learner_code=True,
)
