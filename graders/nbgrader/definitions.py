"""What a cell's text binds, read from its syntax tree without running it."""

import ast
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Part:
    """A stretch of a test, and the names of the learner's that are deleted behind it."""

    source: str
    deletes: tuple[str, ...] = ()


def definitions_of(source: str, *, except_for: frozenset[str] = frozenset()) -> str:
    """The imports, functions, constants and checking classes that a cell defines, as a text of its own; "" for none.

    Of classes only those that assert something: instances of any other are made by the learner's code and for it. One
    that fails leaves the others be. except_for: names that are left out, unless they are imported. A text that cannot
    be parsed defines nothing.
    """
    return _guarded(
        node
        for node in _statements(source)
        if (names := _names_defined(node)) is not None and (_is_import(node) or not except_for.intersection(names))
    )


def imports_of(source: str) -> str:
    """The imports of a cell, as `definitions_of` gives them."""
    return _guarded(node for node in _statements(source) if _is_import(node))


def names_bound(source: str) -> frozenset[str]:
    """Every name that the cell's own lines bind or delete, outside of functions and classes."""
    found: set[str] = set()
    ahead: list[ast.AST] = list(_statements(source))
    while ahead:
        node = ahead.pop()
        if isinstance(node, Definition):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found.update(_names_defined(node) or ())
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif not isinstance(node, ast.Lambda):
            ahead.extend(ast.iter_child_nodes(node))
    return frozenset(found)


def names_lent(source: str, to: frozenset[str]) -> frozenset[str]:
    """Names that a text hands over as they are in calls of functions, or of methods of objects, named `to`."""
    calls = (node for one in _statements(source) for node in ast.walk(one) if isinstance(node, ast.Call))
    handed = (
        argument
        for call in calls
        if _root(call.func) in to
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
    )
    return frozenset(one.id for one in handed if isinstance(one, ast.Name))


def split_at_deletions(source: str) -> tuple[Part, ...]:
    """The test in parts: one ends wherever the test's own lines delete a name that they did not bind before.

    Such a test asks what the learner's code does without that name. Lines keep their numbers.
    """
    lines = source.split("\n")
    parts, begin, bound = [], 0, set[str]()
    for node in _statements(source):
        if isinstance(node, ast.Delete) and (names := _foreign(node, bound)) and _stands_alone(node, lines):
            parts.append(Part("\n" * begin + "\n".join(lines[begin : node.lineno - 1]), names))
            begin = node.end_lineno or node.lineno
        else:
            bound |= names_bound(ast.unparse(node))
    return (*parts, Part("\n" * begin + "\n".join(lines[begin:])))


def _guarded(nodes: Iterable[ast.stmt]) -> str:
    """The statements, each in a `try` of its own."""
    guard = "try:\n{}\nexcept Exception:\n    pass"
    return "\n".join(guard.format(textwrap.indent(ast.unparse(node), "    ")) for node in nodes)


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _foreign(node: ast.Delete, bound: set[str]) -> tuple[str, ...]:
    names = tuple(target.id for target in node.targets if isinstance(target, ast.Name))
    return names if len(names) == len(node.targets) and not bound.intersection(names) else ()


def _stands_alone(node: ast.Delete, lines: list[str]) -> bool:
    text = "\n".join(lines[node.lineno - 1 : node.end_lineno]).split("#", 1)[0].strip()
    return text == ast.unparse(node)


def _statements(source: str) -> list[ast.stmt]:
    """The cell's statements; lines that are IPython's own are left out. Empty where it cannot be parsed."""
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n"))
    try:
        return ast.parse(plain).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _names_defined(node: ast.stmt) -> tuple[str, ...] | None:
    """The names of an import, a definition or a constant; None for any other statement."""
    if isinstance(node, ast.ClassDef) and not _asserts(node):
        return None
    if isinstance(node, Definition):
        return (node.name,)
    if isinstance(node, ast.Import | ast.ImportFrom):
        return tuple((one.asname or one.name).split(".")[0] for one in node.names)
    if isinstance(node, ast.Assign) and _is_constant(node.value) and all(map(_is_name, node.targets)):
        return tuple(_names_in(node.targets))
    return None


def _asserts(node: ast.ClassDef) -> bool:
    names = (getattr(one, "id", getattr(one, "attr", "")) for one in ast.walk(node))
    return any(isinstance(one, ast.Assert) for one in ast.walk(node)) or any(
        "assert" in name.lower() or name == "TestCase" for name in names
    )


def _root(function: ast.expr) -> str:
    """The name that a called function or method hangs on; "" where it is none."""
    while isinstance(function, ast.Attribute):
        function = function.value
    return function.id if isinstance(function, ast.Name) else ""


def _is_constant(value: ast.expr) -> bool:
    """Whether it is a literal that cannot change: a number, a text, or a tuple of such."""
    if isinstance(value, ast.UnaryOp):
        return _is_constant(value.operand)
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Tuple) and all(map(_is_constant, value.elts)))


def _is_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name)


def _names_in(targets: list[ast.expr]) -> Iterator[str]:
    return (target.id for target in targets if isinstance(target, ast.Name))
