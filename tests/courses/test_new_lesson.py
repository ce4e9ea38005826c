"""`python -m courses new` writes a lesson that can be checked at once, and never over another."""

import shutil
from pathlib import Path

import pytest
from support.content import LESSON, SHIPPED, a_content_folder

from courses.__main__ import main
from courses.complaints import Complaints
from courses.files import read_folder
from courses.loader import load_datasets
from courses.model import LocalText
from courses.new_lesson import make_lesson
from courses.refusals import Refused
from courses.sources import load_from_files


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = a_content_folder(tmp_path / "content")
    monkeypatch.chdir(root)
    return root


def files_of(path: Path) -> dict[str, bytes]:
    return dict(read_folder(path, Complaints()).contents)


def test_a_new_lesson_is_the_template_with_its_own_id_and_has_no_complaint(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "curso/mis-tasas"]) == 0
    assert "curso/mis-tasas" in capsys.readouterr().out
    written, template = files_of(root / "curso/mis-tasas"), files_of(SHIPPED / "_template")
    assert written == {
        **template,
        "lesson.yaml": template["lesson.yaml"]
        .replace(b"id: mi-leccion\n", b"id: mis-tasas\n")
        .replace(b"$schema=../../../schema/lesson.json", b"$schema=" + bytes(SHIPPED.parent / "schema/lesson.json")),
    }
    assert main(["check", "curso/mis-tasas"]) == 0


def test_its_first_line_names_the_nearest_schema(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemas", str(root / ".schema")]) == 0
    assert str(root / ".schema") in capsys.readouterr().out
    assert {one.name for one in (root / ".schema").iterdir()} >= {"lesson.json", "course.json", "checks.json"}
    assert main(["new", "curso/mis-tasas"]) == 0
    first = (root / "curso/mis-tasas/lesson.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../.schema/lesson.json"


def test_a_lesson_is_made_in_memory_too() -> None:
    files = make_lesson("mis-tasas", LocalText("Mis tasas", "My rates"))
    lesson, problems = load_from_files(files, "curso", load_datasets(SHIPPED / "datasets")[0], lesson_id="mis-tasas")
    assert problems == ()
    assert lesson is not None
    assert (lesson.id, lesson.title) == ("mis-tasas", LocalText("Mis tasas", "My rates"))
    with pytest.raises(Refused, match="Mis tasas"):
        make_lesson("Mis tasas", LocalText("Mis tasas"))


def test_another_lesson_can_be_the_template(root: Path) -> None:
    source = SHIPPED / "analisis-con-pandas/agrupar"
    assert main(["new", "curso/mis-grupos", "--from", str(source)]) == 0
    written = files_of(root / "curso/mis-grupos")
    assert written.keys() == files_of(source).keys()
    assert written["lesson.yaml"].count(b"id: mis-grupos\n") == 1


def test_nothing_is_written_over_another_lesson(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files_of(root / LESSON)
    assert main(["new", LESSON, "--language", "en"]) == 2
    assert capsys.readouterr().err.startswith(f"“{LESSON}” is there already. Nothing was touched.")
    assert files_of(root / LESSON) == before


def test_a_template_that_is_no_lesson_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / LESSON / "lesson.yaml").write_bytes(b"id: [")
    for template in ("nada", "curso", LESSON):
        assert main(["new", "curso/otra", "--from", template]) == 2
        assert f"«{template}» no sirve de plantilla." in capsys.readouterr().err
    shutil.rmtree(root / LESSON / "exercises")
    assert not (root / "curso/otra").exists()


@pytest.mark.parametrize(
    "place", ["curso/Mi Lección", "curso/..", "curso/", "curso/a_b", f"curso/{'a' * 61}", "curso/.x"]
)
def test_a_name_that_will_not_do_is_refused_with_the_form_it_should_have(
    root: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in (root / "curso").iterdir())
    assert main(["new", place]) == 2
    assert "no " in capsys.readouterr().err
    assert sorted(path.name for path in (root / "curso").iterdir()) == before


def test_a_lesson_outside_of_a_course_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "otro-curso/mis-tasas", "--language", "en"]) == 2
    assert "There is no course.yaml in “otro-curso”. Give COURSE/LESSON" in capsys.readouterr().err
    assert not (root / "otro-curso").exists()
