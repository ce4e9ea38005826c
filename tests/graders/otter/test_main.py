"""The commands `grade --source` and `release` on Otter's assignments, with their files and exit codes."""

import json
from pathlib import Path

import pytest
from support.otter_notebooks import answered, cell, config, gives, notebook, prose, question

from graders.__main__ import main

MASTER = notebook(
    config("tests:\n  files: true"),
    *question("name: q1\npoints: 2", prose("Square."), answer=[cell("def square(x):\n    return x * x # SOLUTION")],
              tests=[gives("square(2)", "4"), gives("# HIDDEN\nsquare(31)", "961")]),
)  # fmt: skip


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "master.ipynb"
    path.write_bytes(MASTER)
    return path


def test_a_released_notebook_is_answered_and_graded(
    tmp_path: Path, master: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handed_out = tmp_path / "out" / "task.ipynb"
    handed_out.parent.mkdir()
    assert main(["release", "--source", str(master), "--out", str(handed_out)]) == 0
    tests = (handed_out.parent / "tests" / "q1.py").read_text()
    assert "square(2)" in tests
    for text in (handed_out.read_text(), tests):
        assert "x * x" not in text
        assert "961" not in text
    work = tmp_path / "work.ipynb"
    work.write_bytes(answered(handed_out.read_bytes(), "def square(x):\n    return 4"))
    out, trainers, page = (tmp_path / name for name in ("out.json", "autograded.ipynb", "feedback.html"))
    files = ["--json", str(out), "--autograded", str(trainers), "--feedback", str(page)]
    assert main(["grade", "--source", str(master), "--submission", str(work), "--language", "en", *files]) == 0
    report = json.loads(out.read_text())
    assert (report["points"], report["max_points"]) == (1.0, 2.0)
    assert [one["status"] for one in report["exercises"][0]["checks"]] == ["passed", "failed"]
    assert '"partial"' in trainers.read_text()
    assert "1 of 2 points" in page.read_text()
    assert "q1: partial, 1 / 2" in capsys.readouterr().out


def test_a_source_with_a_fault_is_refused_with_the_cell_named(
    tmp_path: Path, master: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.loads(MASTER)
    raw["cells"].pop()
    faulty = tmp_path / "faulty.ipynb"
    faulty.write_text(json.dumps(raw))
    out = tmp_path / "out.json"
    assert main(["grade", "--source", str(faulty), "--submission", str(master), "--json", str(out)]) == 2
    problem = json.loads(out.read_text())["problem"]
    assert (problem["code"], problem["cell"]) == ("unbalanced_block", "q1, cell 7")
    assert capsys.readouterr().err == f"{problem['message']}\n"
    assert main(["release", "--source", str(faulty), "--out", str(tmp_path / "out.ipynb")]) == 2


@pytest.mark.parametrize("content", [None, b"{", b'{"a": NaN}', notebook(cell("x = 1"))])
def test_a_submission_that_cannot_be_used_is_refused(tmp_path: Path, master: Path, content: bytes | None) -> None:
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_bytes(content)
    assert main(["grade", "--source", str(master), "--submission", str(path)]) == 3
