"""Notebooks in and out of files: nothing is lost on the way, and what is not a notebook is refused with its
reason."""

import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebooks import Cell, Notebook, NotebookRefused, read_notebook, write_notebook

STORABLE = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r"), max_size=60)
IDS = st.from_regex(r"\A[A-Za-z0-9_-]{1,64}\Z")
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | STORABLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STORABLE, inner, max_size=3),
    max_leaves=6,
)
# A byte order mark before a cell's text is not kept.
SOURCES = STORABLE.filter(lambda text: not text.startswith("\ufeff"))
METADATA = st.dictionaries(st.from_regex(r"\A[a-z]{6,9}\Z").filter(lambda key: key != "trusted"), JSON, max_size=2)
OUTPUTS = st.lists(
    st.builds(
        lambda name, text: {"output_type": "stream", "name": name, "text": text},
        st.sampled_from(["stdout", "stderr"]),
        STORABLE,
    )
    | st.builds(
        lambda text, table: {
            "output_type": "display_data",
            "metadata": {},
            "data": {"text/plain": text, "application/vnd.aula.table+json": {"rows": table}},
        },
        STORABLE,
        JSON,
    ),
    max_size=2,
)  # fmt: skip
CODE = st.builds(
    Cell,
    id=IDS,
    kind=st.just("code"),
    source=SOURCES,
    is_locked=st.booleans(),
    exercise_id=st.none() | IDS,
    choice=st.lists(IDS, max_size=2).map(tuple),
    answer=st.sampled_from(["", "1 234,5 kg", "una\ndos 🌵"]),
    outputs=OUTPUTS.map(tuple),
    execution_count=st.none() | st.integers(0, 9999),
    metadata=METADATA,
)
PROSE = st.builds(Cell, id=IDS, kind=st.sampled_from(["markdown", "raw"]), source=SOURCES, metadata=METADATA)
NOTEBOOKS = st.builds(
    Notebook,
    cells=st.lists(CODE | PROSE, max_size=5, unique_by=lambda cell: cell.id).map(tuple),
    language=st.sampled_from(["es", "en"]),
    metadata=METADATA,
)


def a_file(**changes: Any) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []} | changes).encode()


def a_code_cell(**changes: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "cell_type": "code",
        "source": "1",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    } | changes


def test_a_byte_order_mark_before_a_cells_text_is_dropped() -> None:
    cell = read_notebook(a_file(cells=[a_code_cell(source="\ufeffx = 1\r\ny = '\ufeff'")])).cells[0]
    assert cell.source == "x = 1\ny = '\ufeff'"


def outcome(data: bytes) -> str:
    """ "read", or the code of the refusal."""
    try:
        read_notebook(data)
    except NotebookRefused as refusal:
        return refusal.code
    return "read"


@given(NOTEBOOKS)
def test_what_is_written_is_read_again(notebook: Notebook) -> None:
    assert read_notebook(write_notebook(notebook)) == notebook


@given(NOTEBOOKS)
def test_what_is_written_is_valid_and_always_the_same(notebook: Notebook) -> None:
    written = write_notebook(notebook)
    node = nbformat.reads(written.decode(), as_version=4)
    nbformat.validate(node)
    assert (node.nbformat, node.nbformat_minor) == (4, 5)
    assert write_notebook(read_notebook(written)) == written


@given(JSON)
def test_any_json_is_a_notebook_or_a_clear_refusal(value: Any) -> None:
    with pytest.raises(NotebookRefused) as refusal:
        read_notebook(json.dumps(value).encode())
    assert refusal.value.code == "not_notebook"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_notebook_or_a_clear_refusal(data: bytes) -> None:
    with pytest.raises(NotebookRefused) as refusal:
        read_notebook(data)
    assert refusal.value.code in ("not_json", "not_notebook", "bad_text")


@given(
    st.integers(0, 5),
    JSON,
    st.sampled_from(["cells", "metadata", "nbformat_minor", "nbformat", "worksheets"]),
)
def test_a_notebook_with_a_broken_part_is_refused_or_read(version: int, value: Any, part: str) -> None:
    data = {"nbformat": version, "nbformat_minor": 2, "metadata": {}, "cells": [a_code_cell()]} | {part: value}
    assert outcome(json.dumps(data).encode()) in ("read", "not_notebook", "bad_text")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"\x93NUMPY", "not_json"),
        (b"print(1)", "not_json"),
        ("{}".encode("utf-16"), "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[" * 300 + b"]" * 300, "not_json"),
        (a_file(metadata={"x": float("nan")}), "not_json"),
        (a_file(metadata={"x": float("-inf")}), "not_json"),
        (b'{"nbformat": 1e999}', "not_json"),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "not_json"),
        (a_file(metadata={"x": "\ud800"}), "bad_text"),
        (a_file(metadata={"\udfff": 1}), "bad_text"),
        (a_file(cells=[a_code_cell(source="print('\x00')")]), "bad_text"),
        (b"[]", "not_notebook"),
        (b"3", "not_notebook"),
        (b"{}", "not_notebook"),
        (a_file(nbformat=2), "not_notebook"),
        (a_file(nbformat=5), "not_notebook"),
        (a_file(nbformat="4"), "not_notebook"),
        (a_file(nbformat_minor=True), "not_notebook"),
        (a_file(cells=None), "not_notebook"),
        (a_file(cells=[7]), "not_notebook"),
        (a_file(cells=[a_code_cell(cell_type="php")]), "not_notebook"),
        (a_file(cells=[a_code_cell(outputs="x")]), "not_notebook"),
        (a_file(cells=[a_code_cell(source=7)]), "not_notebook"),
        (a_file(metadata=[]), "not_notebook"),
    ],
)
def test_what_is_not_a_notebook_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(NotebookRefused) as refusal:
        read_notebook(data)
    assert refusal.value.code == code


def test_the_size_is_looked_at_before_anything_else() -> None:
    with pytest.raises(NotebookRefused) as refusal:
        read_notebook(b"[" * 101, max_bytes=100)
    assert refusal.value.code == "too_large"


def test_a_notebook_of_version_3_is_upgraded() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Cargar", "metadata": {}},
        {"cell_type": "code", "input": ["x = 1\n", "x"], "outputs": [], "language": "python", "metadata": {}},
    ]
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": "vieja"},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    notebook = read_notebook(json.dumps(old).encode())
    assert [(cell.id, cell.kind, cell.source) for cell in notebook.cells] == [
        ("cell-1", "markdown", "## Cargar"),
        ("cell-2", "code", "x = 1\nx"),
    ]


def test_cells_from_before_ids_get_the_same_ones_each_time() -> None:
    cell = a_code_cell()
    del cell["id"]
    data = a_file(nbformat_minor=2, cells=[cell, cell])
    assert [one.id for one in read_notebook(data).cells] == ["cell-1", "cell-2"]
    assert read_notebook(data) == read_notebook(data)


def test_a_repeated_id_gets_a_suffix() -> None:
    notebook = read_notebook(a_file(cells=[a_code_cell(), a_code_cell(), a_code_cell(id="no es válido")]))
    assert [cell.id for cell in notebook.cells] == ["a", "a-2", "cell-3"]


def test_line_ends_become_plain() -> None:
    assert read_notebook(a_file(cells=[a_code_cell(source="a\r\nb\rc")])).cells[0].source == "a\nb\nc"


@pytest.mark.parametrize(
    "cells",
    [
        (Cell("a", "code", ""), Cell("a", "code", "")),
        (Cell("", "code", ""),),
        (Cell("con espacio", "code", ""),),
        (Cell("a", "code", "", outputs=({"output_type": "otra"},)),),
    ],
)
def test_a_notebook_that_is_none_is_not_written(cells: tuple[Cell, ...]) -> None:
    with pytest.raises(NotebookRefused) as refusal:
        write_notebook(Notebook(cells))
    assert refusal.value.code == "not_notebook"


def test_nan_is_not_written() -> None:
    with pytest.raises(NotebookRefused) as refusal:
        write_notebook(Notebook((), metadata={"x": float("nan")}))
    assert refusal.value.code == "not_json"
