"""The commands `notebook`, `lesson` and `course`: files in, files out, and what is said."""

from pathlib import Path

import pytest
from support.nbgrader_notebooks import answer, cell, graded, notebook

from courses import SHIPPED
from graders.__main__ import main

LESSON = SHIPPED / "analisis-con-pandas" / "agrupar"


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_lesson_goes_out_as_a_notebook_and_comes_back_the_same(tmp_path: Path, language: str) -> None:
    made, back = tmp_path / "agrupar.ipynb", tmp_path / "agrupar"
    assert main(["notebook", str(LESSON), "--out", str(made), "--language", language]) == 0
    assert main(["lesson", str(made), "--out", str(back)]) == 0
    assert files_below(back) == files_below(LESSON)


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "a.ipynb"
    made.write_text("mine")
    assert main(["notebook", str(LESSON), "--out", str(made), "--language", "en"]) == 2
    assert str(made) in capsys.readouterr().err
    assert made.read_text() == "mine"


def test_a_plain_notebook_becomes_a_lesson_and_what_is_left_to_do_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, made = tmp_path / "plain.ipynb", tmp_path / "sumas"
    cells = (cell("## Ejercicio 1\n\nSuma.", "markdown"), cell("total = ...\ntotal"), cell("assert total == 3"))
    plain.write_bytes(notebook(*cells))
    assert main(["lesson", "--plain", str(plain), "--out", str(made), "--language", "en"]) == 0
    assert "declares no wrong answers yet" in capsys.readouterr().out
    assert (made / "lesson.yaml").read_text().startswith(("#", "id:"))


def test_a_course_of_nbgraders_becomes_a_course(tmp_path: Path) -> None:
    sheet = tmp_path / "curso" / "source" / "tarea" / "hoja.ipynb"
    sheet.parent.mkdir(parents=True)
    solved = answer("f", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION")
    sheet.write_bytes(notebook(cell("## Uno\n\nGuarda `x`.", "markdown"), solved, graded("t", "assert x == 1")))
    assert main(["course", str(tmp_path / "curso"), "--out", str(tmp_path / "otro")]) == 0
    assert (tmp_path / "otro" / "course.yaml").is_file()


@pytest.mark.parametrize(
    ("order", "content"),
    [("notebook", None), ("lesson", None), ("course", None), ("lesson", b"{"), ("course", b"not a zip"),
     ("lesson", notebook(cell("x = 1")))],
)  # fmt: skip
def test_what_cannot_be_used_is_told_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], order: str, content: bytes | None
) -> None:
    source, out = tmp_path / "source", tmp_path / "out"
    if content is not None:
        source.write_bytes(content)
    assert main([order, str(source), "--out", str(out)]) == 2
    assert capsys.readouterr().err.strip()
    assert not out.exists()
