"""Otter's assignments named on a command line, read with what lies beside them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graders.nbgrader.document import Document, read_document
from graders.nbgrader.errors import SourceRefused
from graders.nbgrader.marking import KEY as NBGRADER
from graders.otter.blocks import has_blocks
from graders.otter.made import has_tests, source_of_made
from graders.otter.master import source_of_master
from graders.otter.source import Source
from notebooks import NotebookRefused, read_notebook

TESTS = "tests"
CONFIG = "otter_config.json"
MOST_BYTES = 64 * 2**20  # of an assignment with what its cells gave


def is_otters(path: Path) -> bool:
    """Whether a notebook is in Otter's format and not in nbgrader's; what cannot be read is neither."""
    try:
        document = read_document(path.read_bytes())
    except (OSError, NotebookRefused):
        return False
    if any(cell.metadata.get(NBGRADER) for cell in document.cells):
        return False
    return has_blocks(document.cells) or has_tests(document)


def source_in(path: Path) -> Source:
    """The assignment in a notebook, and in the tests and settings beside it. Raises: SourceRefused."""
    try:
        return read_source(path.read_bytes(), _tests_beside(path), _config_beside(path))
    except OSError as reason:
        raise SourceRefused("unreadable", "", f"{path} cannot be read: {reason}.") from reason
    except NotebookRefused as reason:
        raise SourceRefused(reason.code, "", f"{path} is no notebook that can be used: {reason}.") from reason


def read_source(data: bytes, tests: Mapping[str, str] | None = None, config: Mapping[str, Any] | None = None) -> Source:
    """The assignment in a notebook. tests, config: what lies beside one that Otter Assign made.

    Raises: SourceRefused, which names the cell; NotebookRefused where it is no notebook.
    """
    document = _with_outputs(read_document(data, is_source=True), data)
    if document.programming_language.lower() != "python":
        raise SourceRefused(
            "language_not_graded",
            "",
            f"The notebook's kernelspec says {document.programming_language!r}, and only Python is graded.",
        )
    if has_blocks(document.cells):
        return source_of_master(document)
    return source_of_made(document, tests or {}, config or {})


def _with_outputs(document: Document, data: bytes) -> Document:
    """The notebook with what its cells gave: that is what the tests expect."""
    whole = read_notebook(data, max_bytes=MOST_BYTES)
    pairs = zip(document.cells, whole.cells, strict=True)
    return document.with_cells(tuple(replace(cell, outputs=one.outputs) for cell, one in pairs))


def _tests_beside(path: Path) -> dict[str, str]:
    try:
        paths = sorted((path.parent / TESTS).glob("*.py"))
        return {f"{TESTS}/{one.name}": one.read_text(encoding="utf-8") for one in paths if one.name != "__init__.py"}
    except UnicodeDecodeError as reason:
        raise SourceRefused("unreadable", TESTS, f"{path.parent / TESTS}: a file is not UTF-8: {reason}.") from reason


def _config_beside(path: Path) -> dict[str, Any]:
    file = path.parent / CONFIG
    if not file.is_file():
        return {}
    try:
        config = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as reason:
        raise SourceRefused("bad_setting", CONFIG, f"{file} is not JSON: {reason}. Correct it.") from reason
    if not isinstance(config, dict):
        raise SourceRefused("bad_setting", CONFIG, f"{file} holds no object. Write one.")
    return config
