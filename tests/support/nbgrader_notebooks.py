"""Notebooks in nbgrader's format made of short texts, and those that the released nbgrader package carries."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from support.needs import need

Raw = dict[str, Any]
KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def cell(source: str, kind: str = "code", *, cell_id: str = "", **marks: Any) -> Raw:
    """A cell as the file has it; `marks` are nbgrader's metadata, with none a plain cell."""
    raw: Raw = {"cell_type": kind, "source": source, "metadata": {"nbgrader": marks} if marks else {}}
    if cell_id:
        raw["id"] = cell_id
    return raw | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def marks(grade_id: str, *, grade: bool, solution: bool, locked: bool, **more: Any) -> Raw:
    return {"schema_version": 3, "grade_id": grade_id, "grade": grade, "solution": solution, "locked": locked, **more}


def answer(grade_id: str, source: str) -> Raw:
    """An autograded answer."""
    return cell(source, **marks(grade_id, grade=False, solution=True, locked=False))


def graded(grade_id: str, source: str, points: float = 1) -> Raw:
    """Autograder tests."""
    return cell(source, **marks(grade_id, grade=True, solution=False, locked=True, points=points))


def manual(grade_id: str, source: str, points: float = 2, kind: str = "markdown") -> Raw:
    """A manually graded answer."""
    return cell(source, kind, **marks(grade_id, grade=True, solution=True, locked=False, points=points))


def task(grade_id: str, source: str, points: float = 3) -> Raw:
    """A manually graded task."""
    return cell(
        source, "markdown", **marks(grade_id, grade=False, solution=False, locked=True, points=points, task=True)
    )


def locked(grade_id: str, source: str, kind: str = "code") -> Raw:
    """A read-only cell."""
    return cell(source, kind, **marks(grade_id, grade=False, solution=False, locked=True))


def notebook(*cells: Raw, kernelspec: Mapping[str, str] = KERNELSPEC, minor: int = 4) -> bytes:
    """The file of these cells."""
    raw = {"nbformat": 4, "nbformat_minor": minor, "metadata": {"kernelspec": kernelspec}, "cells": list(cells)}
    return json.dumps(raw).encode()


def package_file(path: str) -> Path:
    """A file of the released nbgrader package, which carries its tests and example course; a skip without it."""
    found = importlib.util.find_spec("nbgrader")
    need(found is not None, "The nbgrader package", "pip install -r requirements-dev.txt")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / path


def graded_by_nbgrader(
    course: Path, sources: Mapping[str, bytes], submissions: Mapping[str, Mapping[str, bytes]]
) -> tuple[dict[str, bytes], dict[str, dict[str, dict[str, float | None]]]]:
    """nbgrader's own learner's versions, by notebook, and its scores, by learner, notebook and grade_id.

    course: an empty folder. The real package runs there, in a process of its own.
    """
    need(
        importlib.util.find_spec("nbgrader") is not None, "The nbgrader package", "pip install -r requirements-dev.txt"
    )
    folders = {course / "source" / "ps1": sources}
    folders |= {course / "submitted" / learner / "ps1": notebooks for learner, notebooks in submissions.items()}
    for folder, notebooks in folders.items():
        folder.mkdir(parents=True)
        for name, data in notebooks.items():
            (folder / f"{name}.ipynb").write_bytes(data)
    # It calls alembic by its bare name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("nbgrader_peer.py")), str(course), "ps1", *submissions],
        cwd=course, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    released = {name: (course / "release" / "ps1" / f"{name}.ipynb").read_bytes() for name in sources}
    return released, json.loads(ran.stdout.splitlines()[-1])
