"""Notebook documents: the values, their reading and writing as .ipynb, and the merge into a newer lesson."""

from notebooks.document.format import read_notebook, write_notebook
from notebooks.document.merge import merge_work
from notebooks.document.model import Cell, Notebook
from notebooks.document.strict import is_within_depth
from notebooks.document.text import clean_text, replace_unstorable
from notebooks.document.work import MOST_FILE_BYTES, list_raw_cells, read_outline, read_work

__all__ = [
    "MOST_FILE_BYTES",
    "Cell",
    "Notebook",
    "clean_text",
    "is_within_depth",
    "list_raw_cells",
    "merge_work",
    "read_notebook",
    "read_outline",
    "read_work",
    "replace_unstorable",
    "write_notebook",
]
