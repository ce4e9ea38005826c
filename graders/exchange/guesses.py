"""What an answer's text says of the checks that would fit it: names, kinds and cases, read without running it. Pure."""

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from graders.exchange.draft import both

TABLES = ("DataFrame", "Series", "groupby", "merge", "read_csv", "pivot_table", "sort_values", "value_counts", "query",
          "nlargest", "nsmallest", "reset_index", "datos")  # fmt: skip
SCALARS = ("sum", "mean", "median", "min", "max", "count", "std", "var", "nunique", "len", "round", "item", "corr")
CHARTS = ("plot", "bar", "barh", "scatter", "hist", "line", "pie", "boxplot")
MOST_CHECKS, MOST_CASES = 8, 10


def parse(source: str) -> list[ast.stmt]:
    """The statements without IPython's own lines; empty where it is no Python."""
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n"))
    try:
        return ast.parse(plain).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def is_placeholder(source: str) -> bool:
    """Whether a cell waits for its answer: dots, `pass` or NotImplementedError where a value would be."""
    nodes = [node for one in parse(source) for node in ast.walk(one)]
    dots = any(isinstance(node, ast.Constant) and node.value is ... for node in nodes)
    raised = [node.exc for node in nodes if isinstance(node, ast.Raise) and node.exc is not None]
    return dots or any("NotImplementedError" in ast.dump(one) for one in raised)


def is_tests(source: str) -> bool:
    """Whether a cell does nothing but assert, with what it imports for that."""
    nodes = parse(source)
    return any(isinstance(one, ast.Assert) for one in nodes) and all(
        isinstance(one, ast.Assert | ast.Import | ast.ImportFrom | ast.Assign | ast.Expr) for one in nodes
    )


def guess_checks(solution: str, tests: str = "") -> tuple[Mapping[str, Any], ...]:
    """Checks for what the answer leaves, one point each; of asserts that follow it those that no other kind can say.

    tests: the text of the cells that assert; empty where there are none.
    """
    found = [*_functions(solution, tests), *_values(solution), *_charts(solution)][:MOST_CHECKS]
    said = {one.get("name") for one in found}
    asserted = {node.id for one in parse(tests) for node in ast.walk(one) if isinstance(node, ast.Name)}
    if tests.strip() and not (asserted & said and all(one["kind"] == "function" for one in found)):
        title = {"es": "Pasa las pruebas", "en": "It passes the tests"}
        found = [*found[: MOST_CHECKS - 1], {"id": "pruebas", "kind": "tests", "title": title, "source": tests.strip()}]
    return tuple({"id": one["id"], "kind": one["kind"], "points": 1, **one} for one in found)


def _functions(solution: str, tests: str) -> list[dict[str, Any]]:
    """Functions that asserts call with plain arguments, with these as cases."""
    found = []
    for one in parse(solution):
        if isinstance(one, ast.FunctionDef) and (cases := _cases(one.name, tests)):
            facts = {"id": slug(one.name), "kind": "function", "title": _title(one.name)}
            found.append({**facts, "name": one.name, "cases": cases})
    return found


def _cases(name: str, tests: str) -> list[dict[str, Any]]:
    calls = [
        node
        for one in parse(tests)
        for node in ast.walk(one)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name and not node.keywords
    ]
    cases: list[dict[str, Any]] = []
    for call in calls:
        try:
            arguments = [ast.literal_eval(one) for one in call.args]
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            continue
        plain = all(isinstance(one, int | float | str | bool) for one in arguments)
        if plain and arguments not in [one["args"] for one in cases]:
            cases.append({"label": both(ast.unparse(call)), "args": arguments})
    return cases[:MOST_CASES]


def _values(solution: str) -> list[dict[str, Any]]:
    """Variables that the answer binds at its top level, the last ones first in doubt."""
    bound: dict[str, ast.expr] = {}
    for one in parse(solution):
        if isinstance(one, ast.Assign) and len(one.targets) == 1 and isinstance(one.targets[0], ast.Name):
            bound[one.targets[0].id] = one.value
    shown = {name: value for name, value in bound.items() if not name.startswith("_") and len(name) > 1}
    return [_value(name, value) for name, value in list(shown.items())[-3:] if not _draws(value)]


def _value(name: str, value: ast.expr) -> dict[str, Any]:
    facts: dict[str, Any] = {"id": slug(name), "title": _title(name), "name": name}
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return {**facts, "kind": "text"}
    if isinstance(value, ast.List | ast.Set | ast.Dict | ast.ListComp | ast.SetComp | ast.DictComp | ast.Tuple):
        return {**facts, "kind": "collection"}
    names = _names(value)
    last = _last_call(value)
    if last not in SCALARS and any(one in TABLES for one in names):
        return {**facts, "kind": "table"}
    if isinstance(value, ast.Constant) and isinstance(value.value, bool):
        return {**facts, "kind": "value", "type": "boolean"}
    return {**facts, "kind": "value", "type": "number"}


def _charts(solution: str) -> list[dict[str, Any]]:
    drawn = [name for one in parse(solution) for name in _names(one) if name in CHARTS]
    title = {"es": "La gráfica muestra los datos pedidos", "en": "The chart shows the data asked for"}
    return [{"id": "grafica", "kind": "chart", "title": title, "data": {"relative": 0.000001}}] if drawn else []


def _draws(value: ast.expr) -> bool:
    return any(name in CHARTS for name in _names(value)) or _last_call(value) in ("subplots", "figure")


def _names(node: ast.AST) -> Sequence[str]:
    return [
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute | ast.Name)
    ]


def _last_call(value: ast.expr) -> str:
    """The name of the function or method that gives a value; empty where none does."""
    if not isinstance(value, ast.Call):
        return ""
    return value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")


def _title(name: str) -> dict[str, str]:
    return {"es": f"`{name}` es lo que se pide", "en": f"`{name}` is what is asked for"}


def slug(name: str) -> str:
    """A Python name as an id of a check."""
    words = "-".join(part for part in name.lower().encode("ascii", "ignore").decode().split("_") if part)
    return words if words[:1].isalpha() else f"v-{words or 'x'}"
