"""Tests as Otter keeps them when they are made: dictionaries of doctests, and Python files, never run here."""

import ast
import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from textwrap import dedent
from typing import Any

from graders.nbgrader.errors import SourceRefused
from graders.otter.cases import Case, Question, check_doctest, texts_of
from graders.otter.points import points_of, shared_out

FUNCTION = ast.FunctionDef
DECORATOR = "test_case"
CASE_ARGUMENTS = ("name", "points", "hidden", "success_message", "failure_message")


def question_in_file(text: str, place: str) -> Question:
    """The question of a file of tests, in either format. Raises: SourceRefused."""
    tree = _parsed(text, place)
    values = _values(tree)
    if "test" in values and values.get("OK_FORMAT", True) is True:
        return question_in_dict(values["test"], place)
    if values.get("OK_FORMAT", False) is not False:
        raise SourceRefused(
            "bad_test", place, f"{place}: OK_FORMAT is true and `test` is no plain dictionary. Write it."
        )
    return _question_of_functions(tree, values, place)


def question_in_dict(raw: Any, place: str) -> Question:
    """The question of a dictionary in the OK format. A case that does not say so is hidden. Raises: SourceRefused."""
    suites = raw.get("suites") if isinstance(raw, Mapping) else None
    if not isinstance(suites, list) or len(suites) != 1 or not isinstance(suites[0], Mapping):
        raise SourceRefused("bad_test", place, f"{place}: it needs exactly one suite of cases. Write them in one.")
    suite, cases = suites[0], suites[0].get("cases")
    if suite.get("type", "doctest") != "doctest" or suite.get("setup") or suite.get("teardown"):
        raise SourceRefused(
            "not_supported",
            place,
            f"{place}: only doctests without setup and teardown are run. Write them into the cases.",
        )
    if not isinstance(cases, list) or not cases:
        raise SourceRefused("no_tests", place, f"{place}: it has no cases. Write one.")
    name = _name(raw.get("name"), place)
    made = [_doctest(one, place, f"{name} - {number}") for number, one in enumerate(cases, 1)]
    return _question(name, made, raw.get("points"), raw.get("all_or_nothing", False), place)


def _doctest(raw: Any, place: str, name: str) -> Case:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("code"), str):
        raise SourceRefused("bad_test", place, f"{place}: {name} has no code. Write it.")
    source = dedent(raw["code"])
    check_doctest(source, f"{place}, {name}")
    return _case(name, source, "", raw, f"{place}, {name}", is_hidden=raw.get("hidden", True))


def _question_of_functions(tree: ast.Module, values: Mapping[str, Any], place: str) -> Question:
    name = _name(values.get("name"), place)
    decorated = [one for one in tree.body if isinstance(one, FUNCTION) and _decorator(one) is not None]
    told = {one.name: _arguments(one, place) for one in decorated}
    if len(told) < len(decorated):
        raise SourceRefused("duplicate_test", place, f"{place}: two tests have the same name. Give each its own.")
    if not told:
        raise SourceRefused("no_tests", place, f"{place}: it has no function with @test_case. Write one.")
    source = ast.unparse(ast.Module([_plain(one) for one in tree.body if not _is_otters(one)], []))
    made = [
        _case(
            str(says.get("name") or f"{name} - {number}"),
            source,
            function,
            says,
            f"{place}, {function}",
            is_hidden=says.get("hidden", False),
        )
        for number, (function, says) in enumerate(told.items(), 1)
    ]
    return _question(name, made, values.get("points"), values.get("all_or_nothing", False), place)


def _case(name: str, source: str, function: str, raw: Mapping[str, Any], place: str, *, is_hidden: Any) -> Case:
    if not isinstance(is_hidden, bool):
        raise SourceRefused("bad_setting", place, f"{place}: hidden is {is_hidden!r}. Write true or false.")
    messages = texts_of(raw, place)
    return Case(
        name,
        source,
        function,
        is_hidden=is_hidden,
        points=points_of(raw.get("points"), place),
        success_message=messages["success_message"],
        failure_message=messages["failure_message"],
    )


def _question(name: str, cases: Sequence[Case], points: Any, all_or_nothing: Any, place: str) -> Question:
    if not isinstance(all_or_nothing, bool):
        raise SourceRefused(
            "bad_setting", place, f"{place}: all_or_nothing is {all_or_nothing!r}. Write true or false."
        )
    each = shared_out(points, [one.points for one in cases], place)
    whole = tuple(replace(one, points=share) for one, share in zip(cases, each, strict=True))
    return Question(name, whole, all_or_nothing=all_or_nothing, said=points)


def _name(value: Any, place: str) -> str:
    if not isinstance(value, str) or not value:
        raise SourceRefused("bad_name", place, f"{place}: the test's name is {value!r}. Write the question's name.")
    return value


def _parsed(text: str, place: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError) as reason:
        raise SourceRefused(
            "bad_test", place, f"{place}: the tests are not Python: {reason}. Correct them."
        ) from reason


def _values(tree: ast.Module) -> dict[str, Any]:
    """What names are assigned at the top, where that is plain data."""
    found = {}
    for one in tree.body:
        if isinstance(one, ast.Assign) and len(one.targets) == 1 and isinstance(one.targets[0], ast.Name):
            try:
                found[one.targets[0].id] = ast.literal_eval(one.value)
            except (ValueError, TypeError, RecursionError, MemoryError):
                continue
    return found


def _decorator(function: ast.FunctionDef) -> ast.expr | None:
    for one in function.decorator_list:
        called = one.func if isinstance(one, ast.Call) else one
        if getattr(called, "id", getattr(called, "attr", "")) == DECORATOR:
            return one
    return None


def _arguments(function: ast.FunctionDef, place: str) -> dict[str, Any]:
    """What `@test_case(…)` says. Raises: SourceRefused where that is no plain data."""
    decorator = _decorator(function)
    if not isinstance(decorator, ast.Call):
        return {}
    try:
        told = dict(zip(CASE_ARGUMENTS, map(ast.literal_eval, decorator.args), strict=False))
        return told | {str(one.arg): ast.literal_eval(one.value) for one in decorator.keywords}
    except (ValueError, TypeError) as reason:
        seen = f"@{DECORATOR} of {function.name} says what is no plain value"
        raise SourceRefused("bad_test", place, f"{place}: {seen}. Write numbers, texts, True and False.") from reason


def _plain(node: ast.stmt) -> ast.stmt:
    """A function without Otter's decorator; what else there is as it is."""
    decorator = _decorator(node) if isinstance(node, FUNCTION) else None
    if decorator is None or not isinstance(node, FUNCTION):
        return node
    kept = [one for one in node.decorator_list if one is not decorator]
    bare = copy.copy(node)
    bare.decorator_list = kept
    return bare


def _is_otters(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] == "otter"
    return isinstance(node, ast.Import) and any(one.name.split(".")[0] == "otter" for one in node.names)
