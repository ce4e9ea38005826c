"""nbgrader itself on the same notebooks: the same learner's versions and the same points."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from support.nbgrader_notebooks import answer, cell, graded, graded_by_nbgrader, notebook, package_file

from graders.nbgrader import read_document, read_source, release, write_document
from graders.nbgrader.grade import grade_notebook
from notebooks import ForkServer, Limits

Scores = Mapping[str, Mapping[str, Mapping[str, float | None]]]
COURSE = "docs/source/user_guide"
SOURCES = {
    "problem1": f"{COURSE}/source/ps1/problem1.ipynb",
    "problem2": f"{COURSE}/source/ps1/problem2.ipynb",
    "tests": "tests/apps/files/test.ipynb",
    "handed-out": "tests/apps/files/submitted-unchanged.ipynb",
    "hidden": "tests/apps/files/test-hidden-tests.ipynb",
    "tasks": "tests/preprocessors/files/test_taskcell.ipynb",
    "zero": "tests/apps/files/validation-zero-points.ipynb",
}
SUBMISSIONS = {
    "bitdiddle": {name: f"{COURSE}/submitted/bitdiddle/ps1/{name}.ipynb" for name in ("problem1", "problem2")},
    "hacker": {name: f"{COURSE}/submitted/hacker/ps1/{name}.ipynb" for name in ("problem1", "problem2")},
    "unchanged": {"handed-out": "tests/apps/files/submitted-unchanged.ipynb"},
    "changed": {"handed-out": "tests/apps/files/submitted-changed.ipynb"},
    "test-changed": {"handed-out": "tests/apps/files/submitted-grade-cell-changed.ipynb"},
    "cheat": {"handed-out": "tests/apps/files/submitted-cheat-attempt.ipynb"},
    "other-cheat": {"handed-out": "tests/apps/files/submitted-cheat-attempt-alternative.ipynb"},
    "locked-changed": {"handed-out": "tests/apps/files/submitted-locked-cell-changed.ipynb"},
}

SQUARE = answer("f", "def f(n):\n    return n * n")
TEST = graded("t", "assert f(2) == 4\nassert f(3) == 9")
TEST_MARKS = TEST["metadata"]["nbgrader"]
FORGED = (
    "def f(n):\n    return 0\n"
    "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'] if 'assert' in ''.join(lines) else lines)"
)
WARNING = "import warnings\ndef f(n):\n    warnings.warn('this is slow')\n    return n * n"
# What a learner sends for f, nbgrader's score and ours: where we differ on purpose, as docs/nbgrader.md lists it.
DIFFERENCES: Mapping[str, tuple[bytes, float | None, float]] = {
    "forged-pass": (notebook(answer("f", FORGED), TEST), 1.0, 0.0),
    "warning": (notebook(answer("f", WARNING), TEST), 0.0, 1.0),
    "test-deleted": (notebook(SQUARE), None, 1.0),
    "answer-copied": (notebook(SQUARE, SQUARE, TEST), None, 1.0),
    "process-ended": (notebook(cell("import os\nos._exit(0)"), SQUARE, TEST), None, 1.0),
    "flag-forged": (notebook(answer("f", "f = abs"), cell("1", **{**TEST_MARKS, "solution": True})), None, 0.0),
}


def read(paths: Mapping[str, str]) -> dict[str, bytes]:
    return {name: package_file(path).read_bytes() for name, path in paths.items()}


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], Scores]:
    submissions = {learner: read(paths) for learner, paths in SUBMISSIONS.items()}
    submissions["solutions"] = read(SOURCES)
    submissions |= {learner: {"own": sent} for learner, (sent, _theirs, _ours) in DIFFERENCES.items()}
    sources = {**read(SOURCES), "own": notebook(SQUARE, TEST)}
    return graded_by_nbgrader(tmp_path_factory.mktemp("course"), sources, submissions)


def cells(data: bytes) -> list[dict[str, Any]]:
    """What a version says of each cell; keys of nbgrader's metadata that say nothing are left out."""
    found = []
    for one in json.loads(data)["cells"]:
        meta = dict(one["metadata"])
        marks = {key: value for key, value in meta.pop("nbgrader", {}).items() if value not in (False, None)}
        found.append({**one, "id": None, "source": "".join(one["source"]), "metadata": meta, "marks": marks})
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_the_learner_s_version_is_nbgrader_s_cell_by_cell(peer: tuple[dict[str, bytes], Scores], name: str) -> None:
    ours = write_document(release(read_source(read(SOURCES)[name])))
    assert cells(ours) == cells(peer[0][name])


@pytest.mark.parametrize("learner", [*SUBMISSIONS, "solutions"])
def test_a_submission_gets_nbgrader_s_points(
    peer: tuple[dict[str, bytes], Scores], fork_server: ForkServer, learner: str
) -> None:
    paths = SUBMISSIONS.get(learner, SOURCES)
    for name, data in read(paths).items():
        ours = points(read(SOURCES)[name], data, fork_server)
        assert ours == peer[1][learner][name], name


@pytest.mark.parametrize("learner", DIFFERENCES)
def test_where_we_differ_it_is_on_purpose(
    peer: tuple[dict[str, bytes], Scores], fork_server: ForkServer, learner: str
) -> None:
    sent, theirs, ours = DIFFERENCES[learner]
    assert peer[1][learner]["own"] == {"t": theirs}
    assert points(notebook(SQUARE, TEST), sent, fork_server) == {"t": ours}


def points(source: bytes, sent: bytes, fork_server: ForkServer) -> dict[str, float | None]:
    result = grade_notebook(
        read_source(source), read_document(sent), sandbox=fork_server, limits=Limits(), language="en"
    )  # fmt: skip
    return {one.grade_id: None if one.status == "manual" else one.points for one in result.marks}
