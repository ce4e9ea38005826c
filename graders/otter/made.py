"""A notebook that Otter Assign made, as a source: its tests are in its metadata, or in files beside it."""

from collections.abc import Mapping
from typing import Any

from graders.nbgrader.document import Document
from graders.nbgrader.errors import SourceRefused
from graders.otter.cases import Question
from graders.otter.made_tests import question_in_dict, question_in_file
from graders.otter.settings import Assignment, assignment_of
from graders.otter.source import ANSWER_TAG, KEY, Role, Source, SourceCell, checks_in
from notebooks import Cell

PLACE = "metadata.otter"


def has_tests(document: Document) -> bool:
    """Whether a notebook has Otter's tests in its metadata, or a cell that asks for one."""
    told = document.notebook.metadata.get(KEY)
    return isinstance(told, Mapping) or any(
        "otter" in cell.source and "Notebook(" in cell.source for cell in document.cells if cell.kind == "code"
    )


def source_of_made(document: Document, files: Mapping[str, str], config: Mapping[str, Any]) -> Source:
    """The assignment of a made notebook. files: of tests, by name; config: of otter_config.json.

    Raises: SourceRefused.
    """
    told = document.notebook.metadata.get(KEY, {})
    if not isinstance(told, Mapping):
        raise SourceRefused("bad_metadata", PLACE, f"{PLACE} is no object. Make the notebook again.")
    found = [question_in_file(text, name) for name, text in files.items()] or _in_metadata(told)
    if not found:
        raise SourceRefused("no_tests", PLACE, f"{PLACE} has no tests and there is no folder of tests. Make it again.")
    questions: dict[str, Question] = {}
    for one in found:
        if one.name in questions:
            raise SourceRefused("duplicate_question", one.name, f"{one.name}: two tests have this name. Rename one.")
        questions[one.name] = one
    return Source(document, _assignment(told, config), _cells(document, questions), questions, is_master=False)


def _in_metadata(told: Mapping[str, Any]) -> list[Question]:
    tests = told.get("tests") or {}
    if not isinstance(tests, Mapping):
        raise SourceRefused("bad_metadata", PLACE, f"{PLACE}: tests is no object. Make the notebook again.")
    found = []
    for name, one in tests.items():
        place = f"{PLACE}, {name}"
        found.append(question_in_file(one, place) if isinstance(one, str) else question_in_dict(one, place))
    return found


def _assignment(told: Mapping[str, Any], config: Mapping[str, Any]) -> Assignment:
    name = told.get("assignment_name")
    return assignment_of(
        {"generate": dict(config), "name": name if isinstance(name, str) else None}, "otter_config.json"
    )


def _cells(document: Document, questions: Mapping[str, Question]) -> tuple[SourceCell, ...]:
    """The cells with their roles, as far as a made notebook tells: what is behind a check belongs to the next one."""
    found: list[SourceCell] = []
    begin = 0
    for cell in document.cells:
        checked = [name for name in checked_by(cell) if name in questions]
        found.append(SourceCell(cell, _role(cell)))
        if checked:
            found[begin:] = [SourceCell(one.cell, one.role, checked[-1]) for one in found[begin:]]
            begin = len(found)
    return tuple(found)


def checked_by(cell: Cell) -> tuple[str, ...]:
    """The questions whose tests a cell asks for, in its text or in what Otter noted in its metadata."""
    noted = cell.metadata.get(KEY)
    names = noted.get("tests") if isinstance(noted, Mapping) else None
    told = tuple(one for one in names if isinstance(one, str)) if isinstance(names, list) else ()
    return (*(checks_in(cell.source) if cell.kind == "code" else ()), *told)


def _role(cell: Cell) -> Role:
    if ANSWER_TAG in cell.metadata.get("tags", []):
        return "solution"
    if cell.metadata.get("editable") is False:
        return "added" if checks_in(cell.source) or "otter" in cell.source else "text"
    return "plain"
