"""Assignments in Otter's format made of short texts, and the released otter-grader at work on them."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from support.needs import need

Raw = dict[str, Any]
KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def cell(source: str, kind: str = "code", **metadata: Any) -> Raw:
    raw: Raw = {"cell_type": kind, "source": source, "metadata": metadata}
    return raw | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def raw(source: str) -> Raw:
    return cell(source, "raw")


def prose(source: str) -> Raw:
    return cell(source, "markdown")


def gives(source: str, value: str = "", *, printed: str = "", warned: str = "", **metadata: Any) -> Raw:
    """A cell that was run: what it printed, warned of and gave."""
    made = cell(source, **metadata)
    said = (("stdout", printed), ("stderr", warned))
    made["outputs"] = [{"output_type": "stream", "name": name, "text": text} for name, text in said if text]
    if value:
        made["outputs"].append(
            {"output_type": "execute_result", "data": {"text/plain": value}, "metadata": {}, "execution_count": 1}
        )
    return made


def config(text: str = "") -> Raw:
    """The assignment's settings; no cell that exports unless `text` says so."""
    return raw(f"# ASSIGNMENT CONFIG\nexport_cell: false\n{text}")


def question(settings: str, *cells: Raw, answer: Sequence[Raw] = (), tests: Sequence[Raw] = ()) -> list[Raw]:
    """The cells of a question, between their boundaries."""
    made = [raw(f"# BEGIN QUESTION\n{settings}"), *cells]
    for name, block in (("SOLUTION", answer), ("TESTS", tests)):
        if block:
            made += [raw(f"# BEGIN {name}"), *block, raw(f"# END {name}")]
    return [*made, raw("# END QUESTION")]


def notebook(*cells: Raw, kernelspec: Mapping[str, str] = KERNELSPEC, **metadata: Any) -> bytes:
    """The file of these cells."""
    for place, one in enumerate(cells):
        one.setdefault("id", f"c{place}")
    told = {"kernelspec": kernelspec, **metadata}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": told, "cells": list(cells)}).encode()


def answered(handed_out: bytes, *answers: str) -> bytes:
    """The learner's version with these texts in its answer cells, in order; those without one stay as they are."""
    made = json.loads(handed_out)
    cells = [one for one in made["cells"] if "otter_answer_cell" in one["metadata"].get("tags", [])]
    for one, text in zip(cells, answers, strict=False):
        one["source"] = text
    return json.dumps(made).encode()


def otter(folder: Path, masters: Mapping[str, bytes], submissions: Mapping[str, Mapping[str, bytes]]) -> Raw:
    """What the released package makes of masters and submissions, each by name.

    folder: an empty one. Gives {"handed_out": {master: text of the learner's notebook}, "points": {master: {submission:
    {question: points}}}}; points are None where it came to no results.
    """
    need(
        importlib.util.find_spec("otter") is not None, "The otter-grader package", "pip install -r requirements-dev.txt"
    )
    for name, data in masters.items():
        (folder / name / "submissions").mkdir(parents=True)
        (folder / name / f"{name}.ipynb").write_bytes(data)
        for sent, work in submissions.get(name, {}).items():
            (folder / name / "submissions" / f"{sent}.ipynb").write_bytes(work)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("otter_peer.py")), str(folder), *masters],
        cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    found: Raw = json.loads((folder / "found.json").read_text())
    return found
