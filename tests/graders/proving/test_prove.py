"""One order proves a lesson: a good one is green, and whatever is wrong makes it red at its place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.content import DATASET, EXERCISE, LESSON, a_content_folder, copy_lesson, replace

from courses import Complaints, apply_change, load_catalogue, read_folder
from graders.keys import AnswerKeys
from graders.proving import Place, Proof, prove, prove_folders
from notebooks import ForkServer, Limits

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    content = a_content_folder(tmp_path / "content")
    (content / "LICENSE.md").write_text("CC BY 4.0\n", "utf-8")
    return content


@pytest.fixture
def place(fork_server: ForkServer, tmp_path: Path) -> Place:
    return Place(fork_server, AnswerKeys(tmp_path / "keys"), Limits(cell_timeout_s=5.0))


def proof_of(root: Path, place: Place) -> Proof:
    return prove(root / LESSON, load_catalogue(root), place=place, proved_at=NOW)


def test_the_template_is_green_with_its_strength_and_what_it_was_proved_with(root: Path, place: Place) -> None:
    proof = proof_of(root, place)
    assert [f"{one.code}: {one.message.es}" for one in proof.findings] == []
    assert proof.is_green
    assert (proof.course_id, proof.lesson_id, proof.proved_at) == ("curso", "mi-leccion", NOW)
    assert proof.version
    assert proof.libraries
    assert proof.datasets == ("mx-estadisticas-vitales=1.0.0",)
    assert 0 < proof.caught <= proof.made
    assert [one.exercise_id for one in proof.strengths] == ["mas-nacimientos"]


def test_what_is_so_in_both_languages_is_told_once_and_at_its_exercise(root: Path, place: Place) -> None:
    (root / EXERCISE / "solution.py").write_text("anio_mayor = 1 / 0\n", "utf-8")
    proof = proof_of(root, place)
    assert not proof.is_green
    found = {one.code: one for one in proof.errors}
    assert {"cell_error", "ungradable"} <= set(found)
    sheet = (root / LESSON / "lesson.yaml").read_text("utf-8").splitlines()
    ungradable = found["ungradable"]
    assert (ungradable.path, ungradable.exercise_id, ungradable.language) == ("lesson.yaml", "mas-nacimientos", None)
    assert "mas-nacimientos" in sheet[(ungradable.line or 0) - 1]
    assert proof.strengths == ()


def test_words_of_a_new_exercise_that_nobody_replaced_are_an_error(root: Path, place: Place) -> None:
    """It would load, run and grade, and ask its learners to choose "the right option goes here"."""
    datasets = {one.name: one for one in load_catalogue(root).datasets}
    files = read_folder(root / LESSON, Complaints()).contents
    new = {"do": "block.insert", "language": "es", "index": 1, "kind": "exercise", "exercise_kind": "choice",
           "title": {"es": "¿Cuál?", "en": "Which?"}, "id": "cual"}  # fmt: skip
    for name, raw in apply_change(files, new, datasets).items():
        (root / LESSON / name).write_bytes(raw)
    proof = proof_of(root, place)
    assert [(one.code, one.exercise_id) for one in proof.errors] == [("words_left_over", "cual")]
    assert "Aquí va" in proof.errors[0].message.es


def test_a_fault_in_one_language_is_told_for_that_one_in_its_text(root: Path, place: Place) -> None:
    replace(f"{LESSON}/lesson.en.md", ".head()", ".heads()")(root)
    proof = proof_of(root, place)
    (found,) = [one for one in proof.findings if one.code == "cell_error"]
    assert (found.language, found.path) == ("en", "lesson.en.md")
    assert "code-cell" in (root / LESSON / found.path).read_text("utf-8").splitlines()[(found.line or 0) - 1]


def test_a_wrong_answer_is_told_at_its_own_line(root: Path, place: Place) -> None:
    wrong = root / EXERCISE / "wrong" / "el-menor.py"
    wrong.write_text((root / EXERCISE / "solution.py").read_text("utf-8").replace("[0]", "[-0]"), "utf-8")
    (found,) = proof_of(root, place).errors
    assert (found.code, found.wrong_answer_id) == ("wrong_answer_passes", "el-menor")
    sheet = (root / LESSON / found.path).read_text("utf-8").splitlines()
    assert "el-menor" in sheet[(found.line or 0) - 1]


def test_a_lesson_that_cannot_be_read_is_red_with_its_complaints(root: Path, place: Place) -> None:
    replace(f"{LESSON}/lesson.yaml", "minutes: 8", "minutes: ocho")(root)
    proof = proof_of(root, place)
    assert (proof.is_green, proof.version, proof.lesson_id) == (False, "", "mi-leccion")
    assert [(one.code, one.path) for one in proof.findings] == [("wrong-type", "lesson.yaml")]


def test_a_lesson_without_its_data_is_red_and_is_not_run(root: Path, place: Place) -> None:
    replace(f"{LESSON}/lesson.yaml", "version: 1.0.0", "version: 0.9.0")(root)
    proof = proof_of(root, place)
    assert [(one.code, one.path) for one in proof.errors] == [("dataset-version", "lesson.yaml")]
    assert proof.strengths == ()
    (root / "datasets" / DATASET / "datapackage.json").unlink()
    assert "no-dataset" in [one.code for one in proof_of(root, place).errors]


def test_a_lesson_that_never_ends_holds_up_no_other(root: Path, place: Place) -> None:
    stuck = copy_lesson(root / "curso", "atorada")
    (stuck / "exercises" / "mas-nacimientos" / "solution.py").write_text("while True:\n    pass\n", "utf-8")
    folders = [stuck, root / LESSON]
    proofs = list(prove_folders(folders, load_catalogue(root), place=place, proved_at=NOW))
    assert {one.lesson_id: one.is_green for one in proofs} == {"atorada": False, "mi-leccion": True}


def test_weak_checks_are_a_warning_with_what_they_let_pass(root: Path, place: Place) -> None:
    source = "filas = vitales[(vitales['anio'] > 1800) & (vitales['nacimientos'] > 1) & (vitales['anio'] < 2999)]\n"
    solution = root / EXERCISE / "solution.py"
    solution.write_text(source + solution.read_text("utf-8"), "utf-8")
    proof = proof_of(root, place)
    assert proof.is_green
    assert [one.code for one in proof.findings] == ["weak_checks"]
    assert [one.was for one in proof.strengths[0].survivors if one.operator == "dropped_filter"]
