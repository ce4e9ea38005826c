"""Source that reads one dataset made to read another, with all else as it is written."""

import ast
import re
from collections.abc import Iterator

from courses.lesson_edits import EXERCISES, read_text, read_texts
from courses.lessons import SHEET
from courses.model import LANGUAGES, Dataset, Resource
from courses.python_code import NOT_PYTHON, datasets_read, is_helper
from courses.sheet_edits import read_sheet_value
from courses.sources import Files

Edit = tuple[int, int, str]


def read_datasets(files: Files) -> frozenset[str]:
    """Every dataset that a lesson lists or reads."""
    value = read_sheet_value(read_text(files, SHEET))
    pins = value.get("datasets") if isinstance(value, dict) else None
    listed = {str(one.get("name")) for one in pins if isinstance(one, dict)} if isinstance(pins, list) else set()
    texts = read_texts(files)
    sources = [block.body for language in LANGUAGES for block in texts[language] if block.kind == "code"]
    sources += [raw.decode("utf-8", "replace") for name, raw in files.items() if is_source(name)]
    return frozenset(listed | {name for source in sources for name, _, _ in datasets_read(source)})


def is_source(name: str) -> bool:
    return name.startswith(f"{EXERCISES}/") and name.endswith(".py")


def find_resource(dataset: Dataset, wanted: str, old: str = "") -> Resource | None:
    """The file of a dataset that is meant by another's: of the same name, else the table that it opens by itself.

    wanted: empty for the table that is opened first. old: the name of the other dataset, which its files may bear.
    None where there is no saying.
    """
    own = wanted.replace(old, dataset.name) if old and wanted.startswith(old) else wanted
    for one in dataset.resources:
        if wanted and own in (one.name, one.path.name, one.path.stem):
            return one
    tables = [one for one in dataset.resources if one.path.suffix.lower() == ".csv"]
    named = [one for one in tables if one.name == dataset.name]
    if len(named or tables) == 1 or not wanted:
        return next(iter(named or tables), None)
    return None


def swap_code(source: str, old: str, new: Dataset) -> str:
    """The source with the new dataset's name in the place of the old one's, and its files' names where they differ."""
    for start, end, text in sorted(resource_edits(source, old, new), reverse=True):
        source = source[:start] + text + source[end:]
    return re.sub(rf"""(["']){re.escape(old)}\1""", lambda found: f"{found[1]}{new.name}{found[1]}", source)


def resource_edits(source: str, old: str, new: Dataset) -> Iterator[Edit]:
    """Where a call names a file that the new dataset calls otherwise, or must name one by now."""
    for call in calls_of(source, old):
        given = call.args[1] if len(call.args) > 1 else next((one.value for one in call.keywords), None)
        if given is None:
            tables = [one for one in new.resources if one.path.suffix.lower() == ".csv"]
            if len(tables) > 1 and all(one.name != new.name for one in tables):
                end = place_of(source, call.args[0].end_lineno, call.args[0].end_col_offset)
                yield end, end, f', "{tables[0].name}"'
        elif isinstance(given, ast.Constant) and isinstance(given.value, str):
            found = find_resource(new, given.value, old)
            if found is not None and given.value not in (found.name, found.path.name, found.path.stem):
                start = place_of(source, given.lineno, given.col_offset)
                yield start, place_of(source, given.end_lineno, given.end_col_offset), f'"{found.name}"'


def calls_of(source: str, dataset: str) -> Iterator[ast.Call]:
    """The calls that open something of a dataset."""
    try:
        tree = ast.parse(source)
    except NOT_PYTHON:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_helper(node.func) and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and first.value == dataset:
                yield node


def place_of(source: str, line: int | None, column: int | None) -> int:
    """A place of the syntax tree, which counts bytes within lines, as a place in the text."""
    lines = source.splitlines(keepends=True)
    before = lines[: (line or 1) - 1]
    return sum(map(len, before)) + len(lines[(line or 1) - 1].encode()[: column or 0].decode())
