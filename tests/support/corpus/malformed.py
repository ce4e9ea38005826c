"""Files that are broken, edited or not notebooks. None raises a mark, and what is right in them counts all the same."""

import copy
import gzip
import json
from collections.abc import Callable
from typing import Any

from support.corpus.case import EVERYTHING, FULL, Case, Notebook, Outcome

Damage = Callable[[Notebook], Any]


def refused(code: str) -> Outcome:
    return Outcome(0.0, refused=code, beside=0.0)


def name_of(cell: dict[str, Any]) -> str:
    """The name that a cell goes by: nbgrader's, or ours."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id") or cell.get("id", ""))


def cell_of(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if name_of(cell) == name)


def tests_of(notebook: Notebook) -> list[dict[str, Any]]:
    """The cells with nbgrader's tests; our own lessons have none."""
    marks = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    pairs = zip(notebook["cells"], marks, strict=True)
    return [cell for cell, mark in pairs if mark.get("grade") and not mark.get("solution")]


def with_cell(name: str, **changes: Any) -> Damage:
    return lambda notebook: cell_of(notebook, name).update(copy.deepcopy(changes))


def without(*names: str) -> Damage:
    def drop(notebook: Notebook) -> None:
        notebook["cells"] = [cell for cell in notebook["cells"] if name_of(cell) not in names]

    return drop


def easier_tests(notebook: Notebook) -> None:
    for cell in tests_of(notebook):
        cell["source"] = "pass"
    cell_of(notebook, "gasto")["source"] = "total = tasa = resumen = None"


def worth_more(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = 1000


def all_are_answers(notebook: Notebook) -> None:
    for cell in tests_of(notebook):
        cell["metadata"]["nbgrader"] |= {"solution": True, "locked": False}


def not_graded(notebook: Notebook) -> None:
    for cell in tests_of(notebook):
        cell["metadata"]["nbgrader"] |= {"grade": False}


def no_tests(notebook: Notebook) -> None:
    gone = {id(cell) for cell in tests_of(notebook)}
    notebook["cells"] = [cell for cell in notebook["cells"] if id(cell) not in gone]


def no_ids(notebook: Notebook) -> None:
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        cell.pop("id", None)


def one_id(notebook: Notebook) -> None:
    """The same cell id everywhere; ours are then told apart by the metadata."""
    notebook["nbformat_minor"] = 5
    for cell in notebook["cells"]:
        cell["id"] = "igual"


def other_ids(notebook: Notebook) -> None:
    notebook["nbformat_minor"] = 5
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"celda{number}"


def answer_twice(notebook: Notebook) -> None:
    """A copy of the answer at the end, which is wrong."""
    wrong = copy.deepcopy(cell_of(notebook, "gasto"))
    wrong["source"] = "total = tasa = resumen = None"
    notebook["cells"].append(wrong)


def invented(notebook: Notebook) -> None:
    marks = {"grade_id": "regalo", "grade": True, "solution": False, "locked": True, "points": 100, "schema_version": 3}
    more = copy.deepcopy(cell_of(notebook, "despues"))
    notebook["cells"].append(more | {"source": "100", "id": "regalo", "metadata": {"nbgrader": marks}})


def backwards(notebook: Notebook) -> None:
    notebook["cells"].reverse()


def exchanged(notebook: Notebook) -> None:
    """The second exercise, with its test, before the first."""
    later = [cell for cell in notebook["cells"] if name_of(cell).startswith("despues")]
    rest = [cell for cell in notebook["cells"] if not name_of(cell).startswith("despues")]
    notebook["cells"] = [rest[0], *later, *rest[1:]]


def other_data(notebook: Notebook) -> None:
    """The locked cell makes the question an easy one."""
    cell_of(notebook, "antes")["source"] = 'gastos = {"monto": [750]}'
    cell_of(notebook, "gasto")["source"] = "total = gastos['monto'][0]\ntasa = resumen = None"


def many_cells(notebook: Notebook) -> None:
    more = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [], "execution_count": None}
    is_new = notebook["nbformat_minor"] >= 5
    notebook["cells"] += [more | ({"id": f"n{number}"} if is_new else {}) for number in range(10_000)]


def large_outputs(notebook: Notebook) -> None:
    text = {"output_type": "stream", "name": "stdout", "text": "x" * 30_000_000}
    cell_of(notebook, "gasto")["outputs"] = [text]


def not_numbers(notebook: Notebook) -> None:
    notebook["metadata"]["nada"] = float("nan")


def half_characters(notebook: Notebook) -> None:
    cell_of(notebook, "gasto")["source"] += "\n# \ud800"


def attached(notebook: Notebook) -> None:
    text = {"cell_type": "markdown", "source": "![](attachment:a.png)", "metadata": {}}
    text["attachments"] = {"a.png": {"image/png": "AAAA"}}
    notebook["cells"].insert(0, text | ({"id": "foto"} if notebook["nbformat_minor"] >= 5 else {}))


def deep(notebook: Notebook) -> None:
    value: Any = 0
    for _ in range(500):
        value = [value]
    notebook["metadata"]["hondo"] = value


def older(notebook: Notebook) -> Notebook:
    """The same in nbformat 3, as editors of long ago wrote it."""
    cells = [
        {
            "cell_type": "code", "language": "python", "input": cell["source"], "outputs": [], "collapsed": False,
            "metadata": cell["metadata"],
        }
        for cell in notebook["cells"]
    ]  # fmt: skip
    return {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": notebook["metadata"],
        "worksheets": [{"cells": cells, "metadata": {}}],
    }


def of_format(number: int) -> Damage:
    return lambda notebook: notebook.update(nbformat=number)


def in_language(name: str) -> Damage:
    spec = {"name": name, "display_name": name, "language": name}
    return lambda notebook: notebook["metadata"].update(kernelspec=spec)


def no_kernelspec(notebook: Notebook) -> None:
    notebook["metadata"].pop("kernelspec", None)


def empty_kernelspec(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {}


def list_of_lines(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)


NO_ANSWER = Outcome(0.0, ("missing",))
NO_ORDER = Outcome(0.0, ("failed", "error"), beside=0.0)
NO_VALUE = Outcome(0.0, ("failed", "error"))
NO_NOTEBOOK = refused("not_notebook")
RESTORED = Outcome(FULL, ("passed",), warned=("cell_restored",))

DAMAGED: tuple[tuple[str, Damage, Outcome, Outcome], ...] = (
    ("nothing was done to the file", lambda notebook: None, EVERYTHING, EVERYTHING),
    ("the tests are made easier", easier_tests, NO_VALUE, NO_VALUE),
    ("the points are made more", worth_more, EVERYTHING, EVERYTHING),
    ("tests are marked as answers", all_are_answers, EVERYTHING, EVERYTHING),
    ("tests are marked as not graded", not_graded, EVERYTHING, EVERYTHING),
    ("the tests are deleted", no_tests, EVERYTHING, EVERYTHING),
    ("the locked cell makes another question", other_data, NO_VALUE, NO_VALUE),
    ("the locked cell is deleted", without("antes"), RESTORED, EVERYTHING),
    ("the answer is deleted", without("gasto"), NO_ANSWER, NO_ANSWER),
    ("the answer is empty", with_cell("gasto", source=""), NO_VALUE, NO_VALUE),
    ("the answer is a text cell", with_cell("gasto", cell_type="markdown"), NO_ANSWER, EVERYTHING),
    ("the answer does not parse", with_cell("gasto", source="total = = 750"), NO_VALUE, NO_VALUE),
    ("a wrong copy of the answer at the end", answer_twice, EVERYTHING, EVERYTHING),
    ("a cell that invents points", invented, EVERYTHING, EVERYTHING),
    ("no cell has an id", no_ids, EVERYTHING, EVERYTHING),
    ("all cells have one id", one_id, EVERYTHING, EVERYTHING),
    ("all cells have other ids", other_ids, EVERYTHING, EVERYTHING),
    # An instructor's notebook runs in the order in which its cells were sent, as in nbgrader.
    ("the cells stand backwards", backwards, EVERYTHING, NO_ORDER),
    ("two exercises change places", exchanged, EVERYTHING, EVERYTHING),
    ("ten thousand more cells", many_cells, EVERYTHING, EVERYTHING),
    ("thirty megabytes of output", large_outputs, EVERYTHING, EVERYTHING),
    ("a number that is none", not_numbers, EVERYTHING, EVERYTHING),
    ("half a character", half_characters, EVERYTHING, EVERYTHING),
    ("a picture attached", attached, EVERYTHING, EVERYTHING),
    ("values nested five hundred deep", deep, refused("not_json"), refused("not_json")),
    ("lines in lists", list_of_lines, EVERYTHING, EVERYTHING),
    ("in nbformat 3", older, EVERYTHING, EVERYTHING),
    ("in a format to come", of_format(9), NO_NOTEBOOK, NO_NOTEBOOK),
    ("for another language", in_language("R"), EVERYTHING, EVERYTHING),
    ("without a kernelspec", no_kernelspec, EVERYTHING, EVERYTHING),
    ("a kernelspec that says nothing", empty_kernelspec, EVERYTHING, EVERYTHING),
    ("cells that are none", lambda notebook: notebook["cells"].append(7), NO_NOTEBOOK, NO_NOTEBOOK),
    ("no list of cells", lambda notebook: notebook.update(cells={}), NO_NOTEBOOK, NO_NOTEBOOK),
    ("a cell of another kind", with_cell("gasto", cell_type="magic"), NO_NOTEBOOK, NO_NOTEBOOK),
    ("a source that is a number", with_cell("gasto", source=750), NO_NOTEBOOK, NO_NOTEBOOK),
    ("a list in place of a notebook", lambda notebook: [notebook], NO_NOTEBOOK, NO_NOTEBOOK),
)  # fmt: skip

RAW: tuple[tuple[str, Callable[[bytes], bytes], str], ...] = (
    ("an empty file", lambda data: b"", "not_json"),
    ("half a file", lambda data: data[: len(data) // 2], "not_json"),
    ("a file packed with gzip", gzip.compress, "not_json"),
    ("a Python script", lambda data: b"total = 750\n", "not_json"),
    ("a file in UTF-16", lambda data: data.decode().encode("utf-16"), "not_json"),
    ("a page of HTML", lambda data: b"<!doctype html><title>Entrar</title>", "not_json"),
    ("brackets without end", lambda data: b"[" * 1_000_000, "not_json"),
)

CASES: tuple[Case, ...] = (
    *(Case(name, "malformed", lesson=ours, nbgrader=theirs, damage=damage) for name, damage, ours, theirs in DAMAGED),
    *(Case(name, "malformed", lesson=refused(code), nbgrader=refused(code), raw=spoil) for name, spoil, code in RAW),
)


def as_file(notebook: Any) -> bytes:
    """JSON as Python writes it, which has numbers and characters that a notebook must not."""
    return json.dumps(notebook).encode()
