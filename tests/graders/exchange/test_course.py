"""A course of nbgrader's as a course here, by the course that nbgrader itself ships and by small ones."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.nbgrader_notebooks import answer, cell, graded, locked, manual, notebook, package_file, task

from courses import Lesson, load_from_files
from graders.exchange import CourseTaken, NotTaken, import_course
from graders.keys import AnswerKeys
from graders.proof import prove_exercise
from notebooks import ForkServer

STATEMENT = cell("## El doble\n\nEscribe `doble`.", "markdown")
ANSWER = answer("doble", "def doble(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION")
TEST = graded(
    "prueba_doble",
    "assert np.isclose(doble(2), 4)\n### BEGIN HIDDEN TESTS\nassert doble(7) == 14\n### END HIDDEN TESTS",
)


def taken_from(tmp_path: Path, *cells: object, **beside: bytes) -> CourseTaken:
    folder = tmp_path / "Mi curso" / "source" / "Tarea 1"
    folder.mkdir(parents=True)
    (folder / "hoja.ipynb").write_bytes(notebook(*cells))  # type: ignore[arg-type]  # cells as the helper makes them
    for name, data in beside.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return import_course(tmp_path / "Mi curso")


def lesson_in(files: Mapping[str, bytes], name: str) -> Lesson:
    own = {one.removeprefix(f"{name}/"): data for one, data in files.items() if one.startswith(f"{name}/")}
    lesson, problems = load_from_files(own, "curso", {}, lesson_id=name)
    assert lesson is not None, problems
    return lesson


def codes(taken: CourseTaken) -> list[str]:
    return [one.code for one in taken.remarks]


def test_nbgraders_own_course_becomes_lessons_that_load() -> None:
    folder = package_file("docs/source/user_guide/source").parent
    taken = import_course(folder, "manual")
    lessons = {name: lesson_in(taken.files, name) for name in ("ps1-problem1", "ps1-problem2")}
    assert [one.kind for one in lessons["ps1-problem1"].exercises].count("code") == 2
    assert [one.kind for one in lessons["ps1-problem2"].exercises] == ["text", "text"]
    assert "ps1-problem1/img/jupyter.png" in taken.files
    assert ("source-refused", "source/ps1_autotest/problem1.ipynb") in [(one.code, one.cell) for one in taken.remarks]


def test_solutions_of_nbgraders_own_course_pass_its_own_tests(fork_server: ForkServer, tmp_path: Path) -> None:
    taken = import_course(package_file("docs/source/user_guide/source").parent)
    lesson = lesson_in(taken.files, "ps1-problem1")
    keys = AnswerKeys(tmp_path / "keys")
    found = [prove_exercise(lesson, one, sandbox=fork_server, keys=keys) for one in lesson.exercises]
    assert [one.exercise_id for complaints in found for one in complaints] == ["sum-of-squares"] * 2
    # Its answer calls the one before; the proof says so, and that is all that it says.
    assert all("where the other exercises are not done" in one.message.en for all in found for one in all)


def test_tests_are_checks_with_all_that_they_rely_on(fork_server: ForkServer, tmp_path: Path) -> None:
    helper = locked("ayuda", "import numpy as np\ndef cerca(a, b): return np.isclose(a, b)")
    taken = taken_from(tmp_path, helper, STATEMENT, ANSWER, TEST, graded("otra", "assert cerca(doble(3), 6)", 2))
    lesson = lesson_in(taken.files, "tarea-1")
    exercise = lesson.exercises[0]
    assert [(one.kind, one.points) for one in exercise.checks] == [("tests", 1), ("tests", 2)]
    assert (exercise.title.es, exercise.starter.es) == ("El doble", "def doble(x):\n    ...")
    assert (exercise.solutions, lesson.points) == (("def doble(x):\n    return 2 * x",), 3)
    assert prove_exercise(lesson, exercise, sandbox=fork_server, keys=AnswerKeys(tmp_path / "keys")) == ()


def test_what_a_person_marks_is_a_text_with_a_rubric(tmp_path: Path) -> None:
    scheme = "Dibuja un mapa.\n=== BEGIN MARK SCHEME ===\nTiene escala.\n=== END MARK SCHEME ==="
    taken = taken_from(tmp_path, cell("Explica.", "markdown"), manual("por-que", "Porque sí."), task("mapa", scheme, 3))
    exercises = lesson_in(taken.files, "tarea-1").exercises
    assert [(one.kind, one.points) for one in exercises] == [("text", 2), ("text", 3)]
    assert [one.rubric[0].levels[-1].text.es for one in exercises] == ["Porque sí.", "Tiene escala."]
    assert "Tiene escala" not in taken.files["tarea-1/lesson.es.md"].decode()


def test_a_title_pictures_and_data_beside_the_notebook(tmp_path: Path) -> None:
    text = cell("# Tarea uno\n\n![mapa](mapa.png) ![otra](https://x.org/a.png)", "markdown")
    taken = taken_from(tmp_path, text, STATEMENT, ANSWER, TEST, mapa__png=b"\x89PNG", datos__csv=b"a,b")
    text = taken.files["tarea-1/lesson.es.md"].decode()
    assert "(el-doble)" not in text
    assert "![mapa](img/mapa.png) ![otra](https://x.org/a.png)" in text
    assert taken.files["tarea-1/img/mapa.png"] == b"\x89PNG"
    assert b"es: Tarea uno" in taken.files["tarea-1/lesson.yaml"]
    assert ("file-left", "source/Tarea 1/datos.csv") in [(one.code, one.cell) for one in taken.remarks]


@pytest.mark.parametrize(
    ("cells", "code", "name"),
    [
        ([TEST, STATEMENT, ANSWER, graded("b", "assert doble(1) == 2")], "test-outside", "prueba_doble"),
        ([ANSWER, TEST, answer("sin", "x = 1")], "no-tests", "sin"),
        ([ANSWER, TEST, graded("cero", "assert doble(1) == 2", 0)], "no-points", "cero"),
        ([ANSWER, graded("tercio", "assert doble(1) == 2", 0.3)], "points-rounded", "tercio"),
        ([answer("vacia", ""), graded("t", "assert y == 1")], "no-solution", "vacia"),
        ([ANSWER, TEST, cell("```python\nabierto", "markdown", cell_id="roto")], "text-left", ""),
        ([ANSWER, TEST, ANSWER], "source-refused", ""),
        ([cell("x = 1")], "no-exercise", ""),
    ],
)  # fmt: skip
def test_what_cannot_come_along_is_told_with_its_cell(
    tmp_path: Path, cells: list[object], code: str, name: str
) -> None:
    taken = taken_from(tmp_path, *cells)
    told = [one for one in taken.remarks if one.code == code]
    assert told, codes(taken)
    assert told[0].cell.endswith(name)
    assert all(
        name in text and "source/Tarea 1/hoja.ipynb" in text for text in (told[0].message.es, told[0].message.en)
    )


def test_a_zip_is_read_as_a_folder_and_one_that_leaves_it_is_refused(tmp_path: Path) -> None:
    def zipped(name: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(name, notebook(STATEMENT, ANSWER, TEST))
        return buffer.getvalue()

    assert "t/lesson.yaml" in import_course(zipped("curso/source/t/n.ipynb")).files
    for bad, code in (
        (zipped("../source/t/n.ipynb"), "source-refused"),
        (b"no", "source-refused"),
        (zipped("n.ipynb"), "empty-course"),
    ):
        with pytest.raises(NotTaken) as refused:
            import_course(bad)
        assert refused.value.remark.code == code
