"""The assignments that graders are measured with, each in nbgrader's format and, made from it, in Otter's."""

import importlib.util
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Raw = dict[str, Any]
KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

PURE: Mapping[str, tuple[str, str]] = {
    "squares": (
        "def squares(n):\n    return [i * i for i in range(1, n + 1)]",
        "assert squares(1) == [1]\nassert squares(4) == [1, 4, 9, 16]\nassert squares(0) == []",
    ),
    "count_words": (
        (
            "def count_words(text):\n    found = {}\n    for word in text.lower().split():\n"
            "        found[word] = found.get(word, 0) + 1\n    return found"
        ),
        "assert count_words('a b A') == {'a': 2, 'b': 1}\nassert count_words('') == {}",
    ),
    "is_prime": (
        "def is_prime(n):\n    return n > 1 and all(n % i for i in range(2, int(n ** 0.5) + 1))",
        "assert [n for n in range(20) if is_prime(n)] == [2, 3, 5, 7, 11, 13, 17, 19]",
    ),
    "total": (
        "total = sum(i for i in range(1000) if i % 3 == 0 or i % 5 == 0)",
        "assert total == 233168",
    ),
}
LOADED = """import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
rng = np.random.default_rng(7)
spent = pd.DataFrame({"year": np.repeat(range(2015, 2025), 500), "branch": rng.integers(1, 12, 5000),
                      "millions": rng.gamma(2.0, 50.0, 5000).round(2)})"""
PANDAS: Mapping[str, tuple[str, str]] = {
    "by_year": (
        "by_year = spent.groupby('year').millions.sum()",
        (
            "assert len(by_year) == 10\nassert round(by_year.sum(), 2) == round(spent.millions.sum(), 2)\n"
            "assert abs(by_year.loc[2015] - spent.loc[spent.year == 2015, 'millions'].sum()) < 1e-6"
        ),
    ),
    "wide": (
        "wide = spent.pivot_table(index='year', columns='branch', values='millions', aggfunc='sum')",
        "assert wide.shape == (10, 11)\nassert wide.notna().all().all()",
    ),
    "largest": (
        "largest = spent.nlargest(5, 'millions')[['year', 'millions']].reset_index(drop=True)",
        "assert list(largest.columns) == ['year', 'millions']\nassert largest.millions.is_monotonic_decreasing",
    ),
    "chart": (
        (
            "fig, ax = plt.subplots()\nax.plot(by_year.index, by_year.values)\nax.set_xlabel('Year')\n"
            "ax.set_ylabel('Millions')\nax.set_title('Spending by year')"
        ),
        "assert ax.get_xlabel() == 'Year'\nassert len(ax.get_lines()) == 1",
    ),
}


@dataclass(frozen=True)
class Assignment:
    """Notebooks by name; the sources hold their solutions, so that they are a learner's right answers too."""

    name: str
    sources: Mapping[str, bytes]

    @property
    def for_otter(self) -> dict[str, bytes]:
        """The same questions with the same tests, of those notebooks that have any, as `otter assign` reads them."""
        made = {name: _to_otter(json.loads(data), name) for name, data in self.sources.items()}
        return {name: one for name, one in made.items() if one is not None}

    @property
    def cells(self) -> list[str]:
        """The code of all notebooks, tests too, for a process that runs it bare."""
        notebooks = [json.loads(data)["cells"] for data in self.sources.values()]
        return ["".join(one["source"]) for cells in notebooks for one in cells if one["cell_type"] == "code"]


def assignments() -> tuple[Assignment, ...]:
    return (
        Assignment("pure Python, 4 questions", {"pure": _notebook("", PURE)}),
        Assignment("pandas with a chart, 4 questions", {"pandas": _notebook(LOADED, PANDAS)}),
        Assignment("nbgrader's own ps1", _ps1()),
    )


def _ps1() -> dict[str, bytes]:
    found = importlib.util.find_spec("nbgrader")
    if found is None or found.origin is None:
        sys.exit("nbgrader is not here. Run: pip install -r requirements-dev.txt")
    folder = Path(found.origin).parent / "docs" / "source" / "user_guide" / "source" / "ps1"
    return {name: (folder / f"{name}.ipynb").read_bytes() for name in ("problem1", "problem2")}


def _notebook(setup: str, questions: Mapping[str, tuple[str, str]]) -> bytes:
    """An instructor's notebook: a cell that loads, then for each question an answer and its test."""
    cells = [_cell(setup)] if setup else []
    for name, (answer, test) in questions.items():
        cells.append(_cell(_with_solution(answer), grade_id=name, grade=False, solution=True, locked=False))
        cells.append(_cell(test, grade_id=f"test_{name}", grade=True, solution=False, locked=True, points=1))
    return _file(cells)


def _with_solution(answer: str) -> str:
    """The answer with its body, which learners write, between the marks."""
    head, _, body = answer.partition("\n")
    if not head.startswith("def "):
        return f"{BEGIN}\n{answer}\n{END}"
    return f"{head}\n    {BEGIN}\n{body}\n    {END}"


def _to_otter(notebook: Raw, name: str) -> bytes | None:
    """Each autograded answer becomes a question, with the tests up to the next answer; manual ones stay text."""
    cells, tests = [_raw(f"# ASSIGNMENT CONFIG\nname: {name}\nrun_tests: false\ngenerate: true\nexport_cell: false")], 0
    is_open = False
    for cell in notebook["cells"]:
        marks, source = cell["metadata"].get("nbgrader", {}), "".join(cell["source"])
        is_answer = marks.get("solution") and cell["cell_type"] == "code"
        if marks.get("grade") and not marks.get("solution"):
            tests += 1
            # A text that stands alone would be output that the doctest does not expect.
            cells += [
                _raw("# BEGIN TESTS"),
                _cell(re.sub(r'^"""(.*)"""$', r"# \1", source, flags=re.M)),
                _raw("# END TESTS"),
            ]
            continue
        if is_open and is_answer:
            cells.append(_raw("# END QUESTION"))
            is_open = False
        if is_answer and not marks.get("grade"):
            is_open = True
            cells.append(_raw(f"# BEGIN QUESTION\nname: {marks['grade_id']}"))
            cells += [_raw("# BEGIN SOLUTION"), _cell(_without_marks(source)), _raw("# END SOLUTION")]
        else:
            cells.append(_cell(source) if cell["cell_type"] == "code" else _text(source))
    if is_open:
        cells.append(_raw("# END QUESTION"))
    return _file(cells) if tests else None


def _without_marks(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if line.strip() not in (BEGIN, END))


def _file(cells: list[Raw]) -> bytes:
    numbered = [{**cell, "id": f"c{place}"} for place, cell in enumerate(cells)]
    metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": numbered}).encode()


def _cell(source: str, **marks: Any) -> Raw:
    metadata = {"nbgrader": {"schema_version": 3, "task": False, **marks}} if marks else {}
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}


def _raw(source: str) -> Raw:
    return {"cell_type": "raw", "source": source, "metadata": {}}


def _text(source: str) -> Raw:
    return {"cell_type": "markdown", "source": source, "metadata": {}}
