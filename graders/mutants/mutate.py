"""All mutants of a source, one mistake each."""

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses import LocalText
from graders.mutants.operators import OPERATORS, Facts


@dataclass(frozen=True)
class Mutant:
    """A source with one mistake in it. operator: its name; what: the same in words; line: where, from 1."""

    operator: str
    what: LocalText
    line: int
    source: str


def list_mutants(source: str, *, columns: Sequence[str] = ()) -> tuple[Mutant, ...]:
    """The mutants of a solution in the order of its lines, each different from it and from the others.

    columns: of its data sets; those that the source names are confused with each other, an only one with its neighbour.
    A last line that only shows what there is, is left alone.
    Raises: SyntaxError where the source is not Python.
    """
    tree = ast.parse(source)
    named = dict.fromkeys(
        one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )
    used = [one for one in named if one in columns]
    facts = Facts(used if len(used) != 1 else [*used, *_neighbours(used[0], columns)])
    seen = {ast.unparse(tree)}
    found = []
    for mutant in _mutants(tree, facts):
        if mutant.source not in seen:
            seen.add(mutant.source)
            found.append(mutant)
    return tuple(sorted(found, key=lambda one: one.line))


def _mutants(tree: ast.Module, facts: Facts) -> Iterator[Mutant]:
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.expr | ast.stmt)]
    shown = set(ast.walk(tree.body[-1])) if tree.body and _only_shows(tree.body[-1]) else set()
    for at, node in enumerate(nodes):
        if node in shown:
            continue
        for name, (operator, what) in OPERATORS.items():
            for other in operator(node, facts):
                source = _unparsed(tree, at, other)
                if source is not None:
                    yield Mutant(name, what, node.lineno, source)


def _neighbours(column: str, columns: Sequence[str]) -> list[str]:
    """The column beside this one, if there is another."""
    others = [one for one in columns if one != column]
    return others[columns.index(column) % len(others) :][:1] if others else []


def _only_shows(statement: ast.stmt) -> bool:
    """Whether a line gives a value to look at, and draws nothing."""
    parts = ast.walk(statement)
    return isinstance(statement, ast.Expr) and not any(
        isinstance(one, ast.Attribute) and one.attr == "plot" for one in parts
    )


def _unparsed(tree: ast.Module, at: int, other: ast.AST) -> str | None:
    """The tree's text with another node in the place of the one numbered `at`; None where that is no program."""
    changed = copy.deepcopy(tree)
    nodes = [node for node in ast.walk(changed) if isinstance(node, ast.expr | ast.stmt)]
    _Swap(nodes[at], copy.deepcopy(other)).visit(changed)
    text = ast.unparse(ast.fix_missing_locations(changed))
    try:
        ast.parse(text)
    except SyntaxError:
        return None
    return text


class _Swap(ast.NodeTransformer):
    """Puts one node in another's place."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._old:
            return ast.copy_location(self._new, node) if hasattr(node, "lineno") else self._new
        visited: ast.AST = super().generic_visit(node)
        return visited
