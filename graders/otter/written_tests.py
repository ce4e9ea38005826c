"""The tests that an instructor wrote as cells: one case each, of what the cell says and what it gave."""

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any

from graders.nbgrader.document import OURS
from graders.nbgrader.errors import SourceRefused
from graders.otter.cases import Case, check_doctest, texts_of
from graders.otter.points import points_of
from graders.otter.settings import read_mapping
from notebooks import Cell

BEGIN = re.compile(r'(?:.\s*=\s*)?""?"?\s*#\s*BEGIN\s*TEST\s*CONFIG', re.IGNORECASE)
END = re.compile(r'""?"?\s*#\s*END\s*TEST\s*CONFIG', re.IGNORECASE)
HIDDEN = re.compile(r"\bhidden\b", re.IGNORECASE)
CASE_KEYS = ("hidden", "points", "success_message", "failure_message")
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef
# An expression of these shows what it comes to, unless that is None.
SHOWN = ast.Compare | ast.BoolOp | ast.BinOp | ast.UnaryOp | ast.Constant | ast.Name | ast.Subscript | ast.List


def case_of(cell: Cell, place: str, *, name: str, is_ok_format: bool) -> Case:
    """The case of one test cell. place: what an author knows the cell by. Raises: SourceRefused."""
    lines = cell.source.split("\n")
    settings, begin = _settings(lines, place)
    tree = _parsed("\n".join(lines[begin:]), place)
    if not tree.body:
        raise SourceRefused("empty_test", place, f"{place}: the test has no code. Write what is to hold.")
    is_hidden = settings.get("hidden", lines[0].lstrip().startswith("#") and HIDDEN.search(lines[0]) is not None)
    if not isinstance(is_hidden, bool):
        raise SourceRefused("bad_setting", place, f"{place}: hidden is {is_hidden!r}. Write true or false.")
    messages = texts_of(settings, place)
    source, function = (_doctest(tree, cell, place), "") if is_ok_format else _function(tree, place)
    return Case(
        name,
        source,
        function,
        is_hidden=is_hidden,
        points=points_of(settings.get("points"), place),
        said=settings.get("points"),
        success_message=messages["success_message"],
        failure_message=messages["failure_message"],
        in_kernel=_may_run_in_kernel(cell),
    )


def _settings(lines: Sequence[str], place: str) -> tuple[dict[str, Any], int]:
    """What the text at the top says, and the number of lines that it takes."""
    if not BEGIN.match(lines[0]):
        return {}, 0
    end = next((number for number, line in enumerate(lines) if END.match(line)), None)
    if end is None:
        raise SourceRefused(
            "unbalanced_region", place, f"{place}: BEGIN TEST CONFIG has no END TEST CONFIG. Put the markers in pairs."
        )
    settings = read_mapping("\n".join(lines[1:end]), place)
    unknown = [key for key in settings if key not in CASE_KEYS]
    if unknown:
        raise SourceRefused("unknown_key", place, f"{place}: {unknown[0]!r} is no setting of a test. Take it out.")
    return settings, end + 1


def _parsed(source: str, place: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError) as reason:
        raise SourceRefused("bad_test", place, f"{place}: the test is not Python: {reason}. Correct it.") from reason


def _doctest(tree: ast.Module, cell: Cell, place: str) -> str:
    """The cell as a doctest: its statements, and what it gave when its author ran it."""
    output = _output(cell, place)
    if not output and isinstance(tree.body[-1], ast.Expr) and isinstance(tree.body[-1].value, SHOWN):
        raise SourceRefused(
            "test_without_output",
            place,
            f"{place}: the test ends in a value, and what it gave is not stored. Run the notebook and save it.",
        )
    lines = []
    for statement in tree.body:
        first, *others = ast.unparse(statement).split("\n")
        lines += [f">>> {first}", *(f"... {line}" for line in others)]
    text = "\n".join([*lines, *output.split("\n")])
    check_doctest(text, place)
    return text


def _output(cell: Cell, place: str) -> str:
    """What the cell printed and gave. A warning on standard error is no part of it, for doctests do not see that."""
    shown = []
    for one in cell.outputs:
        if one["output_type"] == "error":
            raise SourceRefused(
                "test_fails", place, f"{place}: the test's stored output is an error. Correct it, run and save it."
            )
        if one.get("name") != "stderr":
            shown += [_text(one.get("text")), _text(_mapping(one.get("data")).get("text/plain"))]
    text = "".join(shown)
    # An empty line would end what the doctest expects.
    return re.sub(r"(?m)^[ \t]*$(?=\n)", "<BLANKLINE>", text) if text.strip() else ""


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else value if isinstance(value, str) else ""


def _function(tree: ast.Module, place: str) -> tuple[str, str]:
    """The text and the name of the one function in a cell; a call of it, for the author's own use, is left out."""
    function = tree.body[0]
    if not isinstance(function, DEFINITIONS) or len(tree.body) > 2:
        raise SourceRefused(
            "bad_test", place, f"{place}: a test in this format is one function, and at most a call of it. Write it so."
        )
    return ast.unparse(function), function.name


def _may_run_in_kernel(cell: Cell) -> bool:
    return _mapping(cell.metadata.get(OURS)).get("in_kernel") is True


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
