"""Questions about Python source that need no running: does it compile, is it the same, which data does it read."""

import ast
import re
import warnings
from collections.abc import Iterator

# What the parser raises on text that is no Python: too deep, with null characters, or simply wrong.
NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)


def find_fault(source: str) -> tuple[str, int] | None:
    """Why a source does not compile, and in which of its lines; None if it does.

    A doubtful escape such as "\\d" counts as a fault: Python warns of it in front of the learner.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SyntaxWarning)
            warnings.simplefilter("error", DeprecationWarning)
            compile(source, "<lesson>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        return str(error.msg), error.lineno or 1
    except NOT_PYTHON as error:
        return str(error) or type(error).__name__, 1
    return None


def shape(source: str, *, keeps_texts: bool = True) -> str:
    """What a source does, whatever its comments and layout; two sources with the same shape are the same code.

    keeps_texts: whether the texts in it count; without them a translation has the shape of its original.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except NOT_PYTHON:
        return source
    if not keeps_texts:
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value = ""
    try:
        return ast.dump(tree)
    except RecursionError:
        return source


def words_in(source: str) -> Iterator[str]:
    """The names and the words of texts in a source, as often as they stand there; nothing of its comments."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except NOT_PYTHON:
        return
    for node in ast.walk(tree):
        # Each kind of node keeps its name in a field of its own: of a variable, an attribute, an argument, a function.
        names = [getattr(node, field, None) for field in ("id", "attr", "arg", "name", "asname")]
        yield from (one for one in names if isinstance(one, str))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (node.value, *re.findall(r"\w+", node.value))


def datasets_read(source: str) -> Iterator[tuple[str, str, int]]:
    """The datasets that a source asks for by name: dataset, file (empty: the first), line in the source."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except NOT_PYTHON:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_helper(node.func):
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if texts:
                yield texts[0], texts[1] if len(texts) > 1 else "", node.lineno


def is_helper(called: ast.expr) -> bool:
    """Whether it is aula.datos or aula.ruta, with which lessons find their data."""
    return (
        isinstance(called, ast.Attribute)
        and called.attr in ("datos", "ruta")
        and isinstance(called.value, ast.Name)
        and called.value.id == "aula"
    )
