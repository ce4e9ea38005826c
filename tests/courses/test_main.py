"""`python -m courses check`, as authors run it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.content import EXERCISE, LESSON, a_content_folder, replace

from courses.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_content_folder(tmp_path / "content")


def test_good_content_exits_with_zero(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(root)]) == 0
    assert capsys.readouterr().out == "Lecciones en orden: 1. Conjuntos de datos: 1. Quejas: 0.\n"


def test_a_complaint_names_file_line_and_code_and_exits_with_one(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(f"{LESSON}/lesson.yaml", "    points: 2\n", "    points: 3\n")(root)
    monkeypatch.chdir(root)
    assert main(["check", str(root / LESSON)]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first == (
        f"{LESSON}/lesson.yaml:23: Los puntos de «mas-nacimientos» no cuadran. El ejercicio dice 3 y sus "
        "comprobaciones suman 2. Iguálalos. [points]"
    )


def test_complaints_come_in_english_when_asked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(f"{LESSON}/lesson.yaml", "minutes: 8", "minutes: ocho")(root)
    assert main(["check", str(root), "--language", "en"]) == 1
    assert "minutes must be a whole number. We found “ocho”. Mend it. [wrong-type]" in capsys.readouterr().out


def test_json_is_for_programs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / EXERCISE / "solution.py").unlink()
    assert main(["check", str(root), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["lessons"] == []
    assert [(one["code"], one["line"]) for one in found["problems"]] == [("missing-file", 20)]
    assert set(found["problems"][0]) == {"path", "line", "code", "es", "en"}


def test_a_path_that_is_no_folder_exits_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "nada")]) == 2
    assert "is not a folder" in capsys.readouterr().err


def test_a_saved_file_stands_for_its_lesson(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As editors and hooks call it: with the files that changed, several of one lesson among them."""
    replace(f"{LESSON}/lesson.yaml", "    points: 2\n", "    points: 3\n")(root)
    saved = [root / LESSON / "lesson.es.md", root / EXERCISE / "starter.py", root / "curso/course.yaml"]
    assert main(["check", *map(str, saved)]) == 1
    said = capsys.readouterr().out
    assert said.count("[points]") == 1
    assert main(["check", str(root / EXERCISE / "nada.py")]) == 1


def test_the_shipped_content_is_checked_by_default() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "courses", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Quejas: 0.\n")
