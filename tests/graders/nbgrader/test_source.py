"""Instructors' notebooks: every version of the metadata, and each fault with its cell named."""

import json

import pytest
from support.nbgrader_notebooks import Raw, answer, cell, graded, manual, marks, notebook, package_file, task

from graders.nbgrader import SourceRefused, read_source


def refusal(*cells: Raw) -> tuple[str, str]:
    with pytest.raises(SourceRefused) as caught:
        read_source(notebook(*cells))
    assert str(caught.value).startswith(caught.value.cell)
    return caught.value.code, caught.value.cell


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_every_version_of_the_metadata_is_read(version: int) -> None:
    flags = {"grade": True, "solution": False, "locked": True, "points": 2, "grade_id": "t"}
    source = read_source(notebook(cell("1", **flags, **({"schema_version": version} if version else {}))))
    assert (source.marked["t"].marking.points, source.marked["t"].marking.is_locked) == (2.0, True)
    assert source.document.cells[0].metadata["nbgrader"]["schema_version"] == 3


@pytest.mark.parametrize("name", ["test-v0", "test-v1", "test-v2", "test"])
def test_the_same_notebook_in_every_version_says_the_same(name: str) -> None:
    newest = read_source(package_file("tests/apps/files/test.ipynb").read_bytes())
    source = read_source(package_file(f"tests/apps/files/{name}.ipynb").read_bytes())
    assert [one.marking for one in source.marked.values()] == [one.marking for one in newest.marked.values()]


@pytest.mark.parametrize(("points", "read"), [("", 0.0), (-2, 0.0), ("1.5", 1.5), (3, 3.0)])
def test_points_of_the_oldest_version_are_mended(points: object, read: float) -> None:
    source = read_source(notebook(cell("1", grade=True, grade_id="t", points=points)))
    assert source.marked["t"].marking.points == read


def test_the_oldest_version_marks_nothing_without_a_flag() -> None:
    source = read_source(notebook(cell("1", grade=False, grade_id="t", points=3)))
    assert source.marked == {}
    assert "nbgrader" not in source.document.cells[0].metadata


def test_keys_that_the_format_does_not_have_are_dropped() -> None:
    source = read_source(notebook(cell("1", **marks("a", grade=False, solution=True, locked=False, foo=1))))
    assert "foo" not in source.document.cells[0].metadata["nbgrader"]


def test_points_of_graded_cells_and_tasks_are_added_up() -> None:
    source = read_source(notebook(graded("t", "1", 1.5), manual("m", "x", 2), task("k", "y", 3), answer("a", "z")))
    assert source.max_points == 6.5


PLAIN = {"schema_version": 3, "grade": True, "solution": False, "locked": True}


@pytest.mark.parametrize(
    ("cells", "code", "name"),
    [
        ([answer("a", "1"), answer("a", "2")], "duplicate_grade_id", "a"),
        ([cell("1"), cell("1", **PLAIN, points=1)], "grade_id_missing", "cell 2"),
        ([cell("1", **PLAIN, points=1, grade_id="")], "grade_id_missing", "cell 1"),
        ([cell("1", **PLAIN, points=1, grade_id="a b")], "bad_grade_id", "a b"),
        ([cell("1", **PLAIN, points=1, grade_id=7)], "bad_grade_id", "cell 1"),
        ([cell("1", **PLAIN, grade_id="t")], "points_missing", "t"),
        ([graded("t", "1", -1)], "bad_points", "t"),
        ([cell("1", **PLAIN, grade_id="t", points="2")], "bad_points", "t"),
        ([cell("1", **PLAIN, grade_id="t", points=True)], "bad_points", "t"),
        ([cell("1", grade=True, grade_id="t", points="many")], "bad_points", "t"),
        ([cell("1", **{**PLAIN, "grade": "yes"}, grade_id="t", points=1)], "bad_metadata", "t"),
        ([cell("1", schema_version=4, grade_id="t")], "schema_too_new", "t"),
        ([cell("1", schema_version="3", grade_id="t")], "bad_metadata", "t"),
        ([cell("1", "markdown", **PLAIN, grade_id="t", points=1)], "markdown_not_manual", "t"),
        (
            [cell("1", **marks("k", grade=False, solution=False, locked=True, task=True, points=1))],
            "task_not_markdown",
            "k",
        ),
        ([answer("a", "### BEGIN SOLUTION\nx")], "unbalanced_region", "a"),
        ([answer("a", "x\n### END SOLUTION")], "unbalanced_region", "a"),
        ([answer("a", "# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION")], "nested_region", "a"),
        ([cell("# BEGIN SOLUTION\nx\n# END SOLUTION")], "solution_outside_answer", "cell 1"),
        ([answer("a", "# BEGIN HIDDEN TESTS\nx\n# END HIDDEN TESTS")], "hidden_tests_outside_test", "a"),
        ([graded("t", "# BEGIN HIDDEN TESTS\nx")], "unbalanced_region", "t"),
        ([manual("m", "=== BEGIN MARK SCHEME ===\nx\n=== END MARK SCHEME ===")], "mark_scheme_outside_task", "m"),
        (
            [task("k", "=== BEGIN MARK SCHEME ===\n![a](attachment:a.png)\n=== END MARK SCHEME ===")],
            "attachment_in_mark_scheme",
            "k",
        ),
        ([graded("t", "### AUTOTEST f(1)")], "autotest", "t"),
        ([graded("t", "x = 1\n### HASHED AUTOTEST f(1)")], "autotest", "t"),
    ],
)
def test_a_fault_is_refused_with_its_cell_named(cells: list[Raw], code: str, name: str) -> None:
    assert refusal(*cells) == (code, name)


def test_metadata_that_is_no_object_is_refused() -> None:
    assert refusal({**cell("1"), "metadata": {"nbgrader": "yes"}}) == ("bad_metadata", "cell 1")


def test_the_package_s_faulty_notebooks_are_refused() -> None:
    codes = {
        "blank-grade-id": "grade_id_missing", "blank-points": "points_missing", "bad-markdown-cell-1":
        "markdown_not_manual", "bad-markdown-cell-2": "grade_id_missing", "duplicate-grade-ids": "duplicate_grade_id",
    }  # fmt: skip
    for name, code in codes.items():
        with pytest.raises(SourceRefused) as caught:
            read_source(package_file(f"tests/preprocessors/files/{name}.ipynb").read_bytes())
        assert caught.value.code == code, name


def test_outputs_are_not_part_of_a_source() -> None:
    raw = json.loads(notebook(answer("a", "1")))
    raw["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 10**7}]
    assert read_source(json.dumps(raw).encode()).document.cells[0].outputs == ()
