"""The check `code`: names that the learner's cell must or must not use, read from its syntax tree."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from courses import Check
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import Kind
from graders.view import View

KEYWORDS: Mapping[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor, ast.comprehension),
    "while": (ast.While,),
    "if": (ast.If, ast.IfExp),
    "import": (ast.Import, ast.ImportFrom),
    "def": (ast.FunctionDef, ast.AsyncFunctionDef),
    "lambda": (ast.Lambda,),
    "class": (ast.ClassDef,),
    "with": (ast.With, ast.AsyncWith),
    "try": (ast.Try,),
    "del": (ast.Delete,),
    "global": (ast.Global,),
    "assert": (ast.Assert,),
    "return": (ast.Return,),
    "yield": (ast.Yield, ast.YieldFrom),
    "async": (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith),
    "await": (ast.Await,),
}
NOT_PYTHON = re.compile(r"^(\s*)(?:[%!?].*|.*\?)$")


def judge(check: Check, have: str, want: str) -> Finding:
    """have: the learner's cell as it was sent in. Comments, texts and code that is never a name do not count."""
    tree = _parse(have)
    if tree is None:
        return miss("code.unreadable")
    used = set(_used(tree))
    missing = [name for name in check.params.get("uses", ()) if not _is_used(name, used, tree)]
    if missing:
        return miss("code.missing", names=missing)
    forbidden = [name for name in check.params.get("forbids", ()) if _is_used(name, used, tree)]
    return miss("code.forbidden", names=forbidden) if forbidden else RIGHT


def is_same(check: Check, one: str, other: str) -> bool:
    """Whether the same names are missing, or the same are used against the rule."""
    first, second = judge(check, one, ""), judge(check, other, "")
    return first == second and not first.is_right and first.code != "code.unreadable"


def _parse(source: str) -> ast.Module | None:
    """The cell's tree without IPython's own lines; None where it is not Python."""
    if source.lstrip().startswith("%%"):
        source = source.lstrip().partition("\n")[2]
    lines = [NOT_PYTHON.sub(r"\1pass", line) for line in source.split("\n")]
    for text in (source, "\n".join(lines)):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _is_used(name: str, used: set[str], tree: ast.Module) -> bool:
    if name in KEYWORDS:
        return any(isinstance(node, KEYWORDS[name]) for node in ast.walk(tree))
    return name in used


def _used(tree: ast.Module) -> Iterator[str]:
    """Names as they are read, attributes, dotted names in full, and what is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
            yield _dotted(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.name for alias in node.names)
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def as_text(raw: Any) -> str:
    """The evidence of this check is the source itself, which never passes through a session."""
    return str(raw)


def _look(view: View) -> str:
    """The source itself, which never passes through a session."""
    return view.source


SPANISH: Mapping[str, str] = {
    "code.missing": "Este ejercicio practica {names}, y tu código todavía no lo usa.",
    "code.forbidden": "Tu código usa {names}. Este ejercicio se resuelve sin eso; busca el otro camino.",
    "code.unreadable": "No pudimos leer tu código como Python. Revisa paréntesis, comillas y sangrías.",
}
ENGLISH: Mapping[str, str] = {
    "code.missing": "This exercise practises {names}, and your code does not use it yet.",
    "code.forbidden": "Your code uses {names}. This exercise can be solved without; look for the other way.",
    "code.unreadable": "We could not read your code as Python. Check brackets, quotes and indentation.",
}

KIND = Kind(
    name="code",
    about="The learner's cell uses, or does without, certain names. Only where the method itself is what is learnt.",
    properties={
        "uses": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "uniqueItems": True,
            "items": {"type": "string", "minLength": 1, "maxLength": 60},
            "description": "Names that must appear as a call, an attribute or a method: [merge, groupby].",
        },
        "forbids": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "uniqueItems": True,
            "items": {"type": "string", "minLength": 1, "maxLength": 60},
            "description": "Names or keywords that must not: [for, while, import].",
        },
    },
    needs_any=True,
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset({"code.unreadable"}),
    look=_look,
    read=as_text,
    judge=judge,
    is_same=is_same,
)
