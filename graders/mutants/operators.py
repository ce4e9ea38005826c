"""The mistakes: each looks at one node of a syntax tree and gives what could stand there instead.

An operator is a function `(node, facts) -> nodes`; OPERATORS names it, and the name is what a proof calls the mistake.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from courses import LocalText


@dataclass(frozen=True)
class Facts:
    """What operators know beside the node. columns: names that texts of the solution may be taken for."""

    columns: Sequence[str]


Operator = Callable[[ast.AST, Facts], Iterator[ast.AST]]

AGGREGATES: Mapping[str, str] = {
    "sum": "mean", "mean": "sum", "median": "mean", "max": "min", "min": "max", "count": "nunique", "nunique": "count",
    "size": "nunique", "std": "var", "var": "std", "first": "last", "last": "first", "idxmax": "idxmin",
    "idxmin": "idxmax", "nlargest": "nsmallest", "nsmallest": "nlargest", "cumsum": "cumprod", "head": "tail",
    "tail": "head",
}  # fmt: skip
COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Pow: ast.Mult,
}  # fmt: skip
JOINS = ("inner", "left", "right", "outer")
# Calls that a learner may forget: what they are called on stands there without them.
SORTS = frozenset({"sort_values", "sort_index"})
FILTERS = frozenset({"query", "dropna", "drop_duplicates", "filter"})
SHAPES = frozenset({
    "reset_index", "fillna", "astype", "abs", "strip", "lower", "upper", "title", "zfill", "round", "str", "replace",
    "to_numeric", "tolist", "unstack", "transpose",
})  # fmt: skip
# What a drawing may lack; each is a statement of its own.
DRAWN = frozenset(
    {"set_title", "title", "set_xlabel", "xlabel", "set_ylabel", "ylabel", "set_ylim", "ylim", "set_xlim"}
)


def other_column(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    """One that it also uses, for those are what a learner confuses it with."""
    if isinstance(node, ast.Constant) and node.value in facts.columns:
        at = facts.columns.index(node.value)
        if len(facts.columns) > 1:
            yield ast.Constant(facts.columns[(at + 1) % len(facts.columns)])


def other_aggregate(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    if isinstance(node, ast.Attribute) and node.attr in AGGREGATES:
        yield ast.Attribute(node.value, AGGREGATES[node.attr], node.ctx)
    elif isinstance(node, ast.Constant) and str(node.value) in AGGREGATES and node.value not in facts.columns:
        yield ast.Constant(AGGREGATES[str(node.value)])


def off_by_one(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    """A whole number, one more and one less; large ones are amounts, not places or bounds."""
    if isinstance(node, ast.Constant) and type(node.value) is int and abs(node.value) < 100_000:
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


def other_comparison(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        yield ast.Compare(node.left, [COMPARISONS[type(node.ops[0])]()], node.comparators)


def other_arithmetic(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)


def one_side(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    """Of an operation only one side: a factor or a divisor forgotten, one of two conditions."""
    if isinstance(node, ast.BinOp | ast.BoolOp):
        yield node.left if isinstance(node, ast.BinOp) else node.values[0]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield node.right
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert | ast.Not):
        yield node.operand


def no_sort(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    yield from _without_call(node, SORTS)


def other_order(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    """A sort the other way round."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SORTS:
        given = [one for one in node.keywords if one.arg != "ascending"]
        was = next((one.value for one in node.keywords if one.arg == "ascending"), ast.Constant(True))
        if isinstance(was, ast.Constant):
            other = ast.keyword("ascending", ast.Constant(not was.value))
            yield ast.Call(node.func, node.args, [*given, other])


def other_join(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("merge", "join"):
        given = [one for one in node.keywords if one.arg != "how"]
        usual = "inner" if node.func.attr == "merge" else "left"
        was = next((one.value for one in node.keywords if one.arg == "how"), ast.Constant(usual))
        for how in JOINS if isinstance(was, ast.Constant) else ():
            if isinstance(was, ast.Constant) and how != was.value:
                yield ast.Call(node.func, node.args, [*given, ast.keyword("how", ast.Constant(how))])


def dropped_filter(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    """All rows where some were meant."""
    yield from _without_call(node, FILTERS)
    if isinstance(node, ast.Subscript) and _is_condition(node.slice):
        yield node.value
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and _is_condition(node.slice.elts[0]):
        yield ast.Subscript(node.value, ast.Tuple([ast.Slice(), *node.slice.elts[1:]], ast.Load()), node.ctx)


def forgotten_step(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    yield from _without_call(node, SHAPES)


def forgotten_option(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    """A call without one of what it was given by name."""
    if isinstance(node, ast.Call):
        for one in node.keywords:
            yield ast.Call(node.func, node.args, [other for other in node.keywords if other is not one])


def forgotten_word(node: ast.AST, facts: Facts) -> Iterator[ast.AST]:
    """A drawing without its title, a label or a limit."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        function = node.value.func
        if isinstance(function, ast.Attribute) and function.attr in DRAWN:
            yield ast.Pass()


def _without_call(node: ast.AST, names: frozenset[str]) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
        yield node.func.value


def _is_condition(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        return _is_condition(node.left) or _is_condition(node.right)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return True
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and node.func.attr in ("isin", "between", "contains", "isna", "notna", "startswith", "endswith")  # type: ignore[attr-defined]  # told by is_call


OPERATORS: Mapping[str, tuple[Operator, LocalText]] = {
    "other_column": (other_column, LocalText("otra columna", "another column")),
    "other_aggregate": (other_aggregate, LocalText("otra operación de resumen", "another aggregate")),
    "off_by_one": (off_by_one, LocalText("uno de más o de menos", "off by one")),
    "other_comparison": (other_comparison, LocalText("otra comparación", "another comparison")),
    "other_arithmetic": (other_arithmetic, LocalText("otra operación", "another operation")),
    "one_side": (one_side, LocalText("sólo una parte de la operación", "only one side of the operation")),
    "no_sort": (no_sort, LocalText("sin ordenar", "not sorted")),
    "other_order": (other_order, LocalText("ordenado al revés", "sorted the other way round")),
    "other_join": (other_join, LocalText("otra unión", "another join")),
    "dropped_filter": (dropped_filter, LocalText("sin el filtro", "without the filter")),
    "forgotten_step": (forgotten_step, LocalText("falta un paso", "a step is missing")),
    "forgotten_option": (forgotten_option, LocalText("falta una opción", "an option is missing")),
    "forgotten_word": (forgotten_word, LocalText("falta un texto de la gráfica", "a word of the chart is missing")),
}
