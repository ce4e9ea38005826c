"""Notebooks that people hand in: what nobody needs of a file is dropped before anything in it is refused."""

import json
import math
from collections.abc import Mapping
from typing import Any

from notebooks.document.format import read_notebook
from notebooks.document.model import Notebook
from notebooks.document.strict import DEEPEST, is_within_depth
from notebooks.document.text import replace_unstorable

MOST_FILE_BYTES = 64 * 2**20  # mostly outputs, which are dropped before anything else
MOST_BYTES = 8 * 2**20  # of everything else
# What a file says of the kernel that it was written with, rightly or not; ours is another.
FROM_ELSEWHERE = ("kernelspec", "language_info")


def _finite(literal: str) -> float | None:
    number = float(literal)
    return number if math.isfinite(number) else None


MENDING: Mapping[str, Any] = {"parse_constant": lambda name: None, "parse_float": _finite}


def read_work(data: bytes) -> Notebook:
    """The notebook in a file, without outputs, however large those are.

    Characters that cannot be stored become U+FFFD, and numbers that are none become null.
    Raises: NotebookRefused, as `read_notebook`.
    """
    return read_outline(data)[0]


def read_outline(data: bytes, *, is_mended: bool = True) -> tuple[Notebook, Mapping[str, Any]]:
    """As `read_work`, and the file's JSON that the notebook was read from.

    is_mended: False drops outputs only, and refuses characters and numbers that cannot be stored.
    """
    raw = _without_outputs(data, is_mended=is_mended)
    if raw is None:
        # What is wrong with it is told by the strict reader, which refuses it.
        return read_notebook(data, max_bytes=MOST_FILE_BYTES), {}
    metadata = raw.get("metadata")
    rest = raw if not isinstance(metadata, dict) else {**raw, "metadata": _without(metadata, *FROM_ELSEWHERE)}
    return read_notebook(json.dumps(rest).encode(), max_bytes=MOST_BYTES), raw


def list_raw_cells(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The cells as the file has them: in one list since nbformat 4, in worksheets before."""
    sheets = raw.get("worksheets")
    lists = [raw.get("cells"), *[one.get("cells") for one in _list(sheets) if isinstance(one, dict)]]
    return [cell for cells in lists for cell in _list(cells) if isinstance(cell, dict)]


def _without_outputs(data: bytes, *, is_mended: bool) -> dict[str, Any] | None:
    """The file's JSON with no output in any cell; None where it is not even the JSON of a notebook's outline."""
    if len(data) > MOST_FILE_BYTES:
        return None
    try:
        raw = json.loads(data.decode("utf-8-sig"), **(MENDING if is_mended else {}))
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or not is_within_depth(raw, DEEPEST):
        return None
    for cell in list_raw_cells(raw):
        if raw.get("nbformat") != 4:
            cell["outputs"] = []
        elif cell.get("cell_type") == "code":
            cell |= {"outputs": [], "execution_count": None}
        else:
            # Editors that change a cell's type leave these behind, and the format does not allow them there.
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    outline: dict[str, Any] = replace_unstorable(raw) if is_mended else raw
    return outline


def _without(mapping: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if name not in names}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
