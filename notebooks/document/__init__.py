"""Notebook documents: the values, their reading and writing as .ipynb, and the merge into a newer lesson."""

from notebooks.document.format import read_notebook, write_notebook
from notebooks.document.merge import merge_work
from notebooks.document.model import Cell, Notebook
from notebooks.document.strict import is_within_depth
from notebooks.document.text import clean_text, replace_unstorable

__all__ = [
    "Cell",
    "Notebook",
    "clean_text",
    "is_within_depth",
    "merge_work",
    "read_notebook",
    "replace_unstorable",
    "write_notebook",
]
