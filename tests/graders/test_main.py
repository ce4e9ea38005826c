"""The commands `grade` and `prove`, with their files and exit codes."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.lessons import answered

from courses import Catalogue, Lesson
from graders.__main__ import main
from notebooks import Cell, Notebook, write_notebook

CONTENT = Path(__file__).parents[2] / "courses" / "content"
FOLDER = CONTENT / "analisis-con-pandas" / "agrupar"


@pytest.fixture
def lesson(catalogue: Catalogue) -> Lesson:
    found = catalogue.find_lesson("analisis-con-pandas", "agrupar")
    assert found is not None
    return found


def saved(folder: Path, work: Notebook) -> Path:
    path = folder / "entrega.ipynb"
    path.write_bytes(write_notebook(work))
    return path


def problem(out: Path) -> Any:
    return json.loads(out.read_text())["problem"]["code"]


def test_a_notebook_is_graded_into_a_report(lesson: Lesson, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    total = "medio_ambiente = gasto[gasto.ramo_id == 16].millones.sum()"
    work = answered(
        lesson, choice=["que-se-cuenta"], total_de_un_ramo=total, gasto_por_ramo="1 / 0", cargar_gasto="x = 1"
    )
    work = Notebook(tuple(cell for cell in work.cells if cell.id not in ("parte-del-anio",)))
    out = tmp_path / "reporte.json"
    code = main(["grade", "--lesson", str(FOLDER), "--submission", str(saved(tmp_path, work)), "--json", str(out)])
    assert code == 0
    report = json.loads(out.read_text())
    assert (report["schema"], report["points"], report["max_points"]) == ("aula-report/1", 5.0, 21.0)
    assert {one["id"]: one["status"] for one in report["exercises"]} == {
        "total-de-un-ramo": "passed", "gasto-por-ramo": "error", "parte-del-anio": "missing",
        "cinco-ramos": "failed", "salto-2023": "passed",
    }  # fmt: skip
    assert set(report["exercises"][0]["checks"][0]) == {"id", "status", "points", "max_points", "message"}
    assert ("cell_restored", "cargar-gasto") in {(one["code"], one["cell"]) for one in report["warnings"]}
    assert all(one["message"] for one in report["warnings"])
    assert "total-de-un-ramo: passed, 3 / 3" in capsys.readouterr().out


def test_one_exercise_may_be_graded_alone_in_english(lesson: Lesson, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    work = saved(tmp_path, answered(lesson, total_de_un_ramo="medio_ambiente = 5"))
    options = ["--exercise", "total-de-un-ramo", "--language", "en", "--cell-timeout-s", "20", "--memory-mib", "800"]
    keys = tmp_path / "keys"
    arguments = ["grade", "--lesson", str(FOLDER), "--submission", str(work), "--json", str(out), "--keys", str(keys)]
    assert main([*arguments, *options]) == 0
    (exercise,) = json.loads(out.read_text())["exercises"]
    assert (exercise["status"], exercise["points"]) == ("failed", 0.0)
    assert "we expected" in exercise["checks"][0]["message"]
    assert list(keys.iterdir())


def test_a_lesson_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    for folder in (tmp_path / "nowhere", tmp_path, CONTENT / "analisis-con-pandas"):
        assert main(["grade", "--lesson", str(folder), "--submission", "x.ipynb", "--json", str(out)]) == 2
        assert problem(out) == "no_lesson"


def test_an_unknown_exercise_is_refused(lesson: Lesson, tmp_path: Path) -> None:
    work, out = saved(tmp_path, answered(lesson)), tmp_path / "out.json"
    arguments = ["grade", "--lesson", str(FOLDER), "--submission", str(work), "--exercise", "nada", "--json", str(out)]
    assert main(arguments) == 2
    assert problem(out) == "unknown_exercise"


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "unreadable"), (b"{", "not_json"), (b"{}", "not_notebook"), (b'{"a": NaN}', "not_notebook")],
)
def test_a_notebook_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    path, out = tmp_path / "x.ipynb", tmp_path / "out.json"
    if content is not None:
        path.write_bytes(content)
    assert main(["grade", "--lesson", str(FOLDER), "--submission", str(path), "--json", str(out)]) == 3
    assert problem(out) == code


def test_a_notebook_of_another_lesson_is_refused(tmp_path: Path) -> None:
    out, work = tmp_path / "out.json", saved(tmp_path, Notebook((Cell("otra", "code", "x = 1"),)))
    assert main(["grade", "--lesson", str(FOLDER), "--submission", str(work), "--json", str(out)]) == 3
    assert problem(out) == "not_this_lesson"


def test_a_machine_that_cannot_run_it_is_never_the_learners_fault(lesson: Lesson, tmp_path: Path) -> None:
    work, out = saved(tmp_path, answered(lesson)), tmp_path / "out.json"
    arguments = ["grade", "--lesson", str(FOLDER), "--submission", str(work), "--json", str(out)]
    assert main([*arguments, "--python", str(tmp_path / "no-python")]) == 4
    assert problem(out) == "no_sandbox"


def test_a_lesson_is_proved_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copied(tmp_path)
    keys = ["--keys", str(tmp_path / "keys")]
    assert main(["prove", str(content / "curso" / "unir"), *keys]) == 0
    told = capsys.readouterr().out
    assert "ok  curso/unir: verde, 0 + " in told
    assert "clave-de-dos-digitos, otra unión: " in told


def test_what_the_proof_finds_is_told_for_people_and_machines_and_what_changed_since(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = copied(tmp_path)
    folder = content / "curso" / "unir"
    answer = folder / "exercises" / "anios-perdidos" / "wrong" / "al-reves.py"
    answer.write_text("anios_perdidos = 0 / 0\n")
    (answer.parent / "los-que-si.py").write_text("anios_perdidos = 1 / 0\n")
    keys = ["--keys", str(tmp_path / "keys")]
    assert main(["prove", str(folder), "--json", *keys]) == 1
    told = capsys.readouterr().out
    (proof,) = json.loads(told)["proofs"]
    assert (proof["schema"], proof["is_green"], proof["lesson_id"]) == ("aula.proof/1", False, "unir")
    errors = {(one["exercise_id"], one["code"]) for one in proof["findings"] if one["severity"] == "error"}
    assert errors == {("anios-perdidos", "wrong_answers_alike")}
    before = tmp_path / "before.json"
    before.write_text(told, "utf-8")
    shutil.copytree(FOLDER.parent / "unir" / "exercises", folder / "exercises", dirs_exist_ok=True)
    assert main(["prove", str(folder), "--since", str(before), *keys]) == 0
    assert "curso/unir: se puso verde" in capsys.readouterr().out


def test_a_file_that_holds_no_proofs_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tmp_path / "before.json"
    before.write_text("{}", "utf-8")
    assert main(["prove", str(copied(tmp_path)), "--since", str(before)]) == 2
    assert "holds no proofs" in capsys.readouterr().err


def copied(folder: Path) -> Path:
    """A content folder with one shipped lesson and its datasets."""
    content = folder / "content"
    (content / "curso").mkdir(parents=True)
    shutil.copytree(CONTENT / "analisis-con-pandas" / "unir", content / "curso" / "unir")
    (content / "datasets").mkdir()
    for name in ("mx-presupuesto-cambio-climatico", "mx-estadisticas-vitales", "mx-municipios", "mx-entidades"):
        shutil.copytree(CONTENT / "datasets" / name, content / "datasets" / name)
    return content


def test_a_place_without_lessons_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", str(tmp_path)]) == 2
    assert main(["prove", str(tmp_path / "nowhere")]) == 2
    assert "courses check" in capsys.readouterr().err
