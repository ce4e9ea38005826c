"""Notebooks in and out of .ipynb files: nbformat 3 to 4.5 in, always 4.5 out."""

import re
from collections.abc import Mapping
from typing import Any, cast

import nbformat

from notebooks.document.model import Cell, CellKind, Notebook
from notebooks.document.strict import read_json
from notebooks.document.text import clean_text
from notebooks.errors import NotebookRefused

MAX_BYTES = 2_000_000
OURS = "aula"  # the key, in a notebook's and in a cell's metadata, of what nbformat has no place for
KERNELSPEC = {"name": "aula-python", "display_name": "Aula Abierta (Python)", "language": "python"}
LANGUAGE_INFO = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
# What nbformat's converters raise on files that are JSON but not notebooks; none of them promises a class.
MALFORMED = (nbformat.ValidationError, AttributeError, IndexError, KeyError, TypeError, ValueError)


def read_notebook(data: bytes, *, max_bytes: int = MAX_BYTES) -> Notebook:
    """The notebook in an .ipynb file. Cells without an id get one from their place; a repeated id gets a
    suffix.

    Raises: NotebookRefused with code too_large, not_json, not_notebook or bad_text.
    """
    node = _upgraded(read_json(data, max_bytes=max_bytes))
    metadata = dict(node["metadata"])
    ours = _mapping(metadata.pop(OURS, None))
    metadata.pop("kernelspec", None)
    metadata.pop("language_info", None)
    language = ours.get("language")
    return Notebook(
        cells=tuple(_to_cell(cell) for cell in node["cells"]),
        language=language if language in ("es", "en") else "es",
        metadata=metadata,
    )


def write_notebook(notebook: Notebook) -> bytes:
    """The notebook as a valid nbformat 4.5 file in UTF-8, equal bytes for equal notebooks.

    Raises: NotebookRefused("not_notebook") where an id is not one, is repeated, or an output has no valid
    shape; "bad_text" and "not_json" where the values cannot be written.
    """
    raw = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            **notebook.metadata,
            "kernelspec": KERNELSPEC,
            "language_info": LANGUAGE_INFO,
            OURS: {"language": notebook.language},
        },
        "cells": [_from_cell(cell) for cell in notebook.cells],
    }
    ids = [cell.id for cell in notebook.cells]
    if len(set(ids)) < len(ids):
        raise NotebookRefused("not_notebook", "two cells have the same id")
    node = nbformat.from_dict(raw)  # type: ignore[no-untyped-call]  # nbformat's own types are partial
    _validate(node)
    try:
        text = nbformat.writes(node, 4, ensure_ascii=False, allow_nan=False)  # type: ignore[no-untyped-call]  # nbformat's own types are partial
        return f"{text}\n".encode()
    except ValueError as reason:
        raise NotebookRefused("not_json", f"the notebook holds what JSON cannot: {reason}") from reason


def _upgraded(value: Any) -> Any:
    """The value as an nbformat 4.5 node, valid."""
    if not isinstance(value, dict):
        raise NotebookRefused("not_notebook", "the file is JSON, but not a notebook")
    major, minor = value.get("nbformat"), value.get("nbformat_minor", 0)
    if major not in (3, 4) or not isinstance(minor, int) or isinstance(minor, bool) or not 0 <= minor <= 99:
        raise NotebookRefused("not_notebook", f"notebooks of nbformat 3 and 4 are taken, found {major!r}.{minor!r}")
    try:
        node = nbformat.versions[major].to_notebook_json(value, minor=minor)
        if major == 3:
            node = nbformat.convert(node, 4)  # type: ignore[no-untyped-call]  # nbformat's own types are partial
        node["nbformat_minor"] = 5
        node["metadata"].pop("orig_nbformat", None)
        node["metadata"].pop("orig_nbformat_minor", None)
        _give_ids(node["cells"], keeps_ids=major == 4 and minor >= 5)
    except MALFORMED as reason:
        raise NotebookRefused("not_notebook", f"the notebook cannot be read: {reason}") from reason
    _validate(node)
    return node


def _give_ids(cells: list[dict[str, Any]], *, keeps_ids: bool) -> None:
    """Make every cell's id a valid and unique one, always the same for the same file."""
    taken: set[str] = set()
    for place, cell in enumerate(cells, 1):
        wanted = cell.get("id") if keeps_ids else None
        stem = wanted if isinstance(wanted, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", wanted) else f"cell-{place}"
        name, again = stem, 2
        while name in taken:
            name, again = f"{stem[:58]}-{again}", again + 1
        taken.add(name)
        cell["id"] = name


def _validate(node: Any) -> None:
    try:
        nbformat.validate(node)
    except MALFORMED as reason:
        line = str(reason).split("\n", 1)[0][:300]
        raise NotebookRefused("not_notebook", f"the notebook is not valid nbformat 4.5: {line}") from reason


def _to_cell(node: Mapping[str, Any]) -> Cell:
    metadata = dict(node["metadata"])
    ours = _mapping(metadata.pop(OURS, None))
    exercise, choice, answer = ours.get("exercise"), ours.get("choice"), ours.get("answer")
    return Cell(
        id=node["id"],
        kind=cast("CellKind", node["cell_type"]),
        source=clean_text(node["source"]),
        is_locked=ours.get("locked") is True,
        exercise_id=exercise if isinstance(exercise, str) and exercise else None,
        choice=tuple(one for one in choice if isinstance(one, str)) if isinstance(choice, list) else (),
        answer=clean_text(answer) if isinstance(answer, str) else "",
        outputs=tuple(node.get("outputs", ())),
        execution_count=node.get("execution_count"),
        metadata=metadata,
    )


def _from_cell(cell: Cell) -> dict[str, Any]:
    ours: dict[str, Any] = {}
    if cell.is_locked:
        ours["locked"] = True
    if cell.exercise_id:
        ours["exercise"] = cell.exercise_id
    if cell.choice:
        ours["choice"] = list(cell.choice)
    if cell.answer:
        ours["answer"] = clean_text(cell.answer)
    node: dict[str, Any] = {
        "id": cell.id,
        "cell_type": cell.kind,
        "source": clean_text(cell.source),
        "metadata": {**cell.metadata, **({OURS: ours} if ours else {})},
    }
    if cell.kind == "code":
        node |= {"outputs": list(cell.outputs), "execution_count": cell.execution_count}
    return node


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
