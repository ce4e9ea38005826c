"""Notebooks that Otter Assign made, as a source: their tests in the metadata, or in files beside them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.otter_notebooks import cell, notebook, prose

from graders.nbgrader import SourceRefused
from graders.otter import Graded, Source, is_otters, read_source, release, source_in

GradeWork = Callable[[Source, bytes], Graded]
LOCKED = {"editable": False, "deletable": False}
CASE = {"code": ">>> x\n1", "hidden": False, "locked": False}
TEST = {"name": "q1", "points": None, "suites": [{"cases": [CASE], "type": "doctest", "scored": True}]}
FUNCTIONS = """from otter.test_files import test_case
import math

OK_FORMAT = False
name = "q1"
points = 3
LIMIT = 2

def helper(value):
    return math.floor(value) < LIMIT

@test_case(points=1)
def test_one(x):
    assert helper(x)

@test_case("second", hidden=True)
def test_two(env, y):
    assert env["x"] == 1 and y is None
"""


def made(*, answer: str = "x = 1", **told: Any) -> bytes:
    """A learner's notebook as Otter hands it out, with an answer in it."""
    begin = "# Initialize Otter\nimport otter\ngrader = otter.Notebook('a.ipynb')"
    return notebook(
        cell(begin, **LOCKED), prose("What is x?"), cell(answer, tags=["otter_answer_cell"]),
        cell('grader.check("q1")', **LOCKED), otter=told,
    )  # fmt: skip


def in_folder(folder: Path, tests: str, config: dict[str, Any] | None = None) -> Path:
    (folder / "tests").mkdir()
    (folder / "tests" / "q1.py").write_text(tests)
    if config is not None:
        (folder / "otter_config.json").write_text(json.dumps(config))
    path = folder / "a.ipynb"
    path.write_bytes(made())
    return path


def points(graded: Graded) -> list[float]:
    return [case.points for one in graded.marks for case in one.cases]


def test_tests_in_the_metadata_are_run(grade_work: GradeWork) -> None:
    source = read_source(made(OK_FORMAT=True, tests={"q1": TEST}))
    assert points(grade_work(source, made())) == [1.0]
    assert points(grade_work(source, made(answer="x = 2"))) == [0.0]


def test_functions_in_the_metadata_are_run(grade_work: GradeWork) -> None:
    source = read_source(made(OK_FORMAT=False, tests={"q1": FUNCTIONS}))
    assert [(one.name, one.is_hidden) for one in source.questions["q1"].cases] == [("q1 - 1", False), ("second", True)]
    assert points(grade_work(source, made())) == [1.0, 2.0]
    assert points(grade_work(source, made(answer="x = 1.5"))) == [1.0, 0.0]


@pytest.mark.parametrize("tests", [f"OK_FORMAT = True\n\ntest = {TEST!r}", f"test = {TEST!r}", FUNCTIONS])
def test_files_of_tests_beside_the_notebook_are_read_and_never_run(
    tmp_path: Path, grade_work: GradeWork, tests: str
) -> None:
    trap = tmp_path / "trap"
    reach = f"try:\n    open({str(trap)!r}, 'w')\nexcept OSError:\n    pass\n"
    source = source_in(in_folder(tmp_path, f"{tests}\n{reach}"))
    assert sum(points(grade_work(source, made()))) == source.max_points
    assert not trap.exists()


def test_a_case_that_does_not_say_so_is_hidden() -> None:
    source = read_source(made(OK_FORMAT=True, tests={"q1": {**TEST, "suites": [{"cases": [{"code": ">>> x\n1"}]}]}}))
    assert source.questions["q1"].cases[0].is_hidden


def test_settings_beside_the_notebook_are_kept(tmp_path: Path, grade_work: GradeWork) -> None:
    path = in_folder(tmp_path, f"test = {TEST!r}", {"seed": 7, "seed_variable": "start", "show_stdout": True})
    source = source_in(path)
    assert points(grade_work(source, made(answer="x = start - 6"))) == [1.0]


FAULTS: dict[str, tuple[Any, str]] = {
    "two suites": ({**TEST, "suites": [*TEST["suites"], *TEST["suites"]]}, "bad_test"),
    "no suite": ({"name": "q1"}, "bad_test"),
    "another type": ({**TEST, "suites": [{"type": "scheme", "cases": [CASE]}]}, "not_supported"),
    "setup": ({**TEST, "suites": [{"setup": ">>> 1", "cases": [CASE]}]}, "not_supported"),
    "no cases": ({**TEST, "suites": [{"cases": []}]}, "no_tests"),
    "no code": ({**TEST, "suites": [{"cases": [{"hidden": True}]}]}, "bad_test"),
    "no doctest": ({**TEST, "suites": [{"cases": [{"code": "x == 1"}]}]}, "empty_test"),
    "crooked doctest": ({**TEST, "suites": [{"cases": [{"code": ">>>x"}]}]}, "bad_doctest"),
    "hidden in words": ({**TEST, "suites": [{"cases": [{**CASE, "hidden": "no"}]}]}, "bad_setting"),
    "points": ({**TEST, "points": [1, 2]}, "points_do_not_add_up"),
    "no name": ({**TEST, "name": None}, "bad_name"),
    "compiled": ("4wAAAAAAAAA=", "bad_test"),
    "not Python": ("def", "bad_test"),
    "no function": ("OK_FORMAT = False\nname = 'q1'", "no_tests"),
    "made by code": ("OK_FORMAT = True\ntest = dict(name='q1')", "bad_test"),
    "computed points": (FUNCTIONS.replace("points=1", "points=LIMIT"), "bad_test"),
    "one name for two": (FUNCTIONS.replace("test_two", "test_one"), "duplicate_test"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_test_is_refused_and_named(name: str) -> None:
    test, code = FAULTS[name]
    with pytest.raises(SourceRefused) as caught:
        read_source(made(OK_FORMAT=isinstance(test, dict), tests={"q1": test}))
    assert caught.value.code == code
    assert "q1" in caught.value.cell


@pytest.mark.parametrize("config", [{"plugins": ["x"]}, {"grade_from_log": True}, {"lang": "r"}, {"token": "t"}])
def test_settings_that_cannot_be_kept_are_refused(tmp_path: Path, config: dict[str, Any]) -> None:
    with pytest.raises(SourceRefused) as caught:
        source_in(in_folder(tmp_path, f"test = {TEST!r}", config))
    assert caught.value.code in ("not_supported", "language_not_graded")


def test_a_notebook_without_tests_is_refused() -> None:
    with pytest.raises(SourceRefused) as caught:
        read_source(made())
    assert caught.value.code == "no_tests"


def test_a_learner_s_version_is_made_of_the_master_only() -> None:
    with pytest.raises(SourceRefused) as caught:
        release(read_source(made(OK_FORMAT=True, tests={"q1": TEST})), "a.ipynb")
    assert caught.value.code == "no_master"


def test_the_formats_are_told_apart(tmp_path: Path) -> None:
    marked = cell("# BEGIN SOLUTION\nx = 1\n# END SOLUTION", nbgrader={"grade_id": "a", "solution": True})
    sources = {"nbgrader": notebook(marked), "plain": notebook(cell("x = 1")), "otter": made(), "broken": b"{"}
    for name, data in sources.items():
        (tmp_path / name).write_bytes(data)
    assert [name for name in sources if is_otters(tmp_path / name)] == ["otter"]
    assert not is_otters(tmp_path / "nowhere")
