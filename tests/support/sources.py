"""Our own code as syntax trees, for the rules that are about code."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def site_trees() -> tuple[tuple[str, ast.Module], ...]:
    """Every Python file of the site by its path, but for migrations and the front end."""
    files = sorted((ROOT / "webapp").rglob("*.py"))
    ours = [one for one in files if "node_modules" not in one.parts and "versions" not in one.parts]
    return tuple((str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in ours)


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function by its plain or last name, with `file:line`."""
    for path, tree in site_trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called_name(node) == name:
                yield f"{path}:{node.lineno}", node


def called_name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def literal(node: ast.expr) -> object:
    """A constant's value; None for anything else."""
    return node.value if isinstance(node, ast.Constant) else None
