"""The commands `grade --source` and `release`, with their files and exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.nbgrader_notebooks import answer, cell, graded, notebook, package_file

from graders.__main__ import main

SQUARE = answer("f", "def f(n):\n    ### BEGIN SOLUTION\n    return n * n\n    ### END SOLUTION")
TEST = graded("t", "assert f(2) == 4\n### BEGIN HIDDEN TESTS\nassert f(3) == 9\n### END HIDDEN TESTS", 2)


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return saved(tmp_path / "source.ipynb", notebook(SQUARE, TEST))


def refused(tmp_path: Path, source: Path, submission: Path) -> tuple[int, Any]:
    out = tmp_path / "out.json"
    code = main(["grade", "--source", str(source), "--submission", str(submission), "--json", str(out)])
    return code, json.loads(out.read_text())["problem"]


def test_a_released_notebook_is_answered_and_graded(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handed_out = tmp_path / "handed-out.ipynb"
    assert main(["release", "--source", str(source), "--out", str(handed_out)]) == 0
    text = handed_out.read_text()
    assert "n * n" not in text
    assert "f(3)" not in text
    raw = json.loads(text)
    raw["cells"][0]["source"] = "def f(n):\n    return 4"
    work = saved(tmp_path / "work.ipynb", json.dumps(raw).encode())
    out, trainers, page = (tmp_path / name for name in ("out.json", "autograded.ipynb", "feedback.html"))
    files = ["--json", str(out), "--autograded", str(trainers), "--feedback", str(page)]
    arguments = ["grade", "--source", str(source), "--submission", str(work), "--language", "en", *files]
    assert main(arguments) == 0
    report = json.loads(out.read_text())
    assert (report["schema"], report["points"], report["max_points"]) == ("aula-report/1", 0.0, 2.0)
    assert [(one["id"], one["status"]) for one in report["exercises"]] == [("t", "failed")]
    assert "AssertionError" in trainers.read_text()
    assert "0 of 2 points" in page.read_text()
    assert "t: failed, 0 / 2" in capsys.readouterr().out


def test_a_source_with_a_fault_is_refused_with_the_cell_named(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = saved(tmp_path / "faulty.ipynb", notebook(SQUARE, SQUARE))
    code, problem = refused(tmp_path, faulty, source)
    assert (code, problem["code"], problem["cell"]) == (2, "duplicate_grade_id", "f")
    assert capsys.readouterr().err == f"{problem['message']}\n"
    assert main(["release", "--source", str(faulty), "--out", str(tmp_path / "out.ipynb")]) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "unreadable"), (b"{", "not_json"), (b"[]", "not_notebook"), (b'{"a": NaN}', "not_notebook"),
        (b"[" * 100_000, "not_json"), (b"\xff\xfe", "not_json"),
        (notebook().replace(b'"nbformat": 4', b'"nbformat": 9'), "not_notebook"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used_are_refused(tmp_path: Path, source: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_bytes(content)
    assert [refused(tmp_path, source, path)[0], refused(tmp_path, path, source)[0]] == [3, 2]
    assert refused(tmp_path, source, path)[1]["code"] == code


def test_a_source_is_not_mended_silently_and_a_learners_notebook_is(tmp_path: Path, source: Path) -> None:
    half = saved(tmp_path / "half.ipynb", notebook(answer("f", "f = '\ud800'"), graded("t", "assert f")))
    code, problem = refused(tmp_path, half, source)
    assert (code, problem["code"]) == (2, "bad_text")
    assert main(["grade", "--source", str(source), "--submission", str(half)]) == 0


def test_a_notebook_of_another_source_is_refused(tmp_path: Path, source: Path) -> None:
    other = saved(tmp_path / "other.ipynb", notebook(cell("x = 1")))
    code, problem = refused(tmp_path, source, other)
    assert (code, problem["code"]) == (3, "not_this_notebook")


def test_a_machine_without_a_sandbox_is_never_the_learner_s_fault(tmp_path: Path, source: Path) -> None:
    arguments = ["grade", "--source", str(source), "--submission", str(source), "--python", str(tmp_path / "nowhere")]
    assert main(arguments) == 4


def test_a_cell_s_type_that_an_editor_changed_is_no_reason_to_refuse(tmp_path: Path) -> None:
    handed_out = package_file("tests/preprocessors/files/submitted-unchanged.ipynb")
    changed = package_file("tests/preprocessors/files/submitted-grade-cell-type-changed.ipynb")
    out = tmp_path / "out.json"
    assert main(["grade", "--source", str(handed_out), "--submission", str(changed), "--json", str(out)]) == 0
    assert "cell_type_restored" in {one["code"] for one in json.loads(out.read_text())["warnings"]}


def test_files_that_cells_read_are_the_author_s(tmp_path: Path) -> None:
    files = tmp_path / "files"
    (files / "data").mkdir(parents=True)
    (files / "data" / "numbers.txt").write_text("7")
    (files / "solution.ipynb").write_text("{}")
    read = answer("n", "n = int(open('data/numbers.txt').read())")
    reading = "import os\nassert n == int(open('data/numbers.txt').read())\nassert 'solution.ipynb' not in os.listdir()"
    test = graded("t", reading)
    path = saved(tmp_path / "s.ipynb", notebook(read, test))
    out = tmp_path / "out.json"
    arguments = ["grade", "--source", str(path), "--submission", str(path), "--json", str(out), "--files", str(files)]
    assert main(arguments) == 0
    assert json.loads(out.read_text())["points"] == 1.0
    with (files / "large").open("wb") as large:
        large.truncate(33 * 2**20)
    assert main(arguments) == 2
    assert json.loads(out.read_text())["problem"]["code"] == "files_too_large"
