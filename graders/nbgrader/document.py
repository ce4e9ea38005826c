"""Notebook files with what nbgrader keeps in them: the cells, and the kernelspec that `notebooks` makes its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from notebooks import Cell, Notebook, list_raw_cells, read_outline, write_notebook

OURS = "aula"  # the key in a cell's metadata of what nbgrader has no place for


@dataclass(frozen=True)
class Document:
    """A notebook with the kernelspec and language_info of its file, empty where it had none."""

    notebook: Notebook
    kernelspec: Mapping[str, Any] = field(default_factory=dict)
    language_info: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.notebook.cells

    @property
    def programming_language(self) -> str:
        """As nbgrader takes it: what the kernelspec says, else Python."""
        language = self.kernelspec.get("language", "python")
        return language if isinstance(language, str) else ""

    def with_cells(self, cells: tuple[Cell, ...]) -> "Document":
        return replace(self, notebook=replace(self.notebook, cells=cells))


def read_document(data: bytes, *, is_source: bool = False) -> Document:
    """The notebook in a file, without outputs, however large those are.

    is_source: an author's, in which nothing is mended silently. Raises: NotebookRefused.
    """
    notebook, raw = read_outline(data, is_mended=not is_source)
    metadata = _mapping(raw.get("metadata"))
    return Document(
        notebook=replace(notebook, cells=_with_our_metadata(notebook.cells, raw)),
        kernelspec=_mapping(metadata.get("kernelspec")),
        language_info=_mapping(metadata.get("language_info")),
    )


def write_document(document: Document) -> bytes:
    """The notebook as an nbformat 4.5 file under its own kernelspec. Raises: NotebookRefused."""
    raw = json.loads(write_notebook(document.notebook))
    for name, value in (("kernelspec", document.kernelspec), ("language_info", document.language_info)):
        raw["metadata"].pop(name, None)
        if value:
            raw["metadata"][name] = dict(value)
    raw["metadata"].pop(OURS, None)
    return (json.dumps(raw, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _with_our_metadata(cells: tuple[Cell, ...], raw: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The cells with our own key back in their metadata, which reading takes apart."""
    theirs = list_raw_cells(raw)
    if len(theirs) != len(cells):
        return cells
    kept = []
    for cell, one in zip(cells, theirs, strict=True):
        ours = _mapping(one.get("metadata")).get(OURS)
        kept.append(replace(cell, metadata={**cell.metadata, OURS: ours}) if isinstance(ours, dict) else cell)
    return tuple(kept)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
