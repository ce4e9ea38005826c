"""Notebooks that people hand in: what nobody needs is dropped, what cannot be used is refused."""

import json
from typing import Any

import pytest

from notebooks import NotebookRefused, read_notebook, read_outline, read_work


def a_file(*cells: dict[str, Any], **changes: Any) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)} | changes).encode()


def a_cell(**changes: Any) -> dict[str, Any]:
    code = {"id": "a", "cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": None}
    return code | changes


@pytest.mark.parametrize(
    "file",
    [
        a_file(a_cell(outputs=[{"output_type": "stream", "name": "stdout", "text": "x" * 3_000_000}])),
        a_file(a_cell(), metadata={"n": float("nan"), "m": float("inf")}),
        a_file(a_cell(), metadata={"n": "\x00", "m": ["\ud800"]}),
        a_file(a_cell(cell_type="markdown")),
        a_file(a_cell(outputs=[{"output_type": "nonsense"}])),
    ],
    ids=["outputs", "numbers", "characters", "a code cell made text", "outputs that are none"],
)
def test_what_nobody_needs_keeps_no_notebook_from_being_read(file: bytes) -> None:
    with pytest.raises(NotebookRefused):
        read_notebook(file)
    assert [cell.source for cell in read_work(file).cells] == ["1"]


def test_half_a_character_in_code_becomes_a_whole_one() -> None:
    assert read_work(a_file(a_cell(source="a = '\ud800'"))).cells[0].source == "a = '\ufffd'"


def test_a_number_beyond_all_bounds_becomes_null() -> None:
    file = a_file(a_cell(metadata={"n": 0})).replace(b'"n": 0', b'"n": 1e999')
    assert read_work(file).cells[0].metadata == {"n": None}


def test_the_outline_is_what_the_file_says() -> None:
    notebook, raw = read_outline(a_file(a_cell(), metadata={"kernelspec": {"name": "ir"}}))
    assert (len(notebook.cells), raw["metadata"]) == (1, {"kernelspec": {"name": "ir"}})


@pytest.mark.parametrize("file", [b"", b"[]", b"{}", b"\xff\xfe", b'{"nbformat": 4}', b"[" * 100_000])
def test_what_is_no_notebook_is_refused_as_ever(file: bytes) -> None:
    with pytest.raises(NotebookRefused) as lenient:
        read_work(file)
    with pytest.raises(NotebookRefused) as strict:
        read_notebook(file)
    assert lenient.value.code == strict.value.code
