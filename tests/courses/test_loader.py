"""A content folder becomes a catalogue: what is good, in order, and each part of it as its author wrote it."""

from pathlib import Path

import pytest
from support.content import DATASET, EXERCISE, LESSON, a_content_folder, append, copy_lesson, replace, write

from courses import (
    Catalogue,
    CodeBlock,
    Exercise,
    ExerciseBlock,
    Lesson,
    LocalText,
    ProseBlock,
    load_catalogue,
    load_part,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_content_folder(tmp_path / "content")


def the_lesson(catalogue: Catalogue) -> Lesson:
    lesson = catalogue.find_lesson("curso", "mi-leccion")
    assert lesson is not None, [str(one) for one in catalogue.problems]
    return lesson


def the_exercise(catalogue: Catalogue) -> Exercise:
    exercise = the_lesson(catalogue).find_exercise("mas-nacimientos")
    assert exercise is not None
    return exercise


def test_a_lesson_has_the_blocks_of_its_text_in_order(root: Path) -> None:
    lesson = the_lesson(load_catalogue(root))
    for language in ("es", "en"):
        kinds = [(type(block), block.section_id) for block in lesson.blocks(language)]
        assert kinds == [
            (ProseBlock, "mirar"), (ProseBlock, "mirar"), (CodeBlock, "mirar"), (ProseBlock, "mirar"),
            (ExerciseBlock, "mirar"), (ProseBlock, "leer"), *[(ExerciseBlock, "leer")] * 5,
        ]  # fmt: skip


def test_questions_are_read_with_what_is_right_about_them(root: Path) -> None:
    _code, _choice, order, match, number, text = the_lesson(load_catalogue(root)).exercises
    assert [(item.id, item.place) for item in order.order_items] == [
        ("tabla", 0), ("columnas", 1), ("vacios", 1), ("mayor", 2),
    ]  # fmt: skip
    assert order.wrong_answers[0].source.split() == ["tabla", "mayor", "columnas", "vacios"]
    assert [(item.id, item.answer_id) for item in match.match_items] == [("anio", "tiempo"), ("nacimientos", "cuenta")]
    assert [answer.id for answer in match.match_answers] == ["cuenta", "tiempo", "tasa"]
    assert number.number is not None
    assert (number.number.value, number.number.is_unit_optional) == (6849.3, True)
    assert [(unit.name, unit.factor) for unit in number.number.units] == [("nacimientos", 1.0), ("mil", 1000.0)]
    assert (number.wrong_answers[0].source, number.wrong_answers[0].check_id) == ("208 333", "cuanto")
    assert (text.checks, text.rubric_points, text.points) == ((), 3.0, 3.0)
    assert [[level.points for level in criterion.levels] for criterion in text.rubric] == [[0, 1, 2], [0, 1]]
    assert text.length is not None
    assert (text.length.least, text.length.most) == (15, 80)


def test_what_stands_before_the_first_heading_belongs_to_the_first_section(root: Path) -> None:
    first = the_lesson(load_catalogue(root)).blocks_es[0]
    assert isinstance(first, ProseBlock)
    assert first.html.startswith("<p>Empieza con una pregunta")
    assert "kernelspec" not in first.markdown


def test_a_cell_has_its_label_its_lock_and_its_code(root: Path) -> None:
    cell = next(one for one in the_lesson(load_catalogue(root)).blocks_es if isinstance(one, CodeBlock))
    assert (cell.cell_id, cell.is_locked) == ("cargar-vitales", True)
    assert cell.source.startswith("import aula\n\n")
    assert cell.source.endswith('[["anio", "nacimientos"]].head()')


def test_a_heading_carries_the_id_of_its_section(root: Path) -> None:
    lesson = the_lesson(load_catalogue(root))
    assert '<h2 id="leer">Read the result</h2>' in "".join(
        block.html for block in lesson.blocks_en if not isinstance(block, CodeBlock)
    )
    assert [section.id for section in lesson.sections] == ["mirar", "leer"]


def test_an_exercise_is_its_record_and_its_files(root: Path) -> None:
    exercise = the_exercise(load_catalogue(root))
    assert exercise.starter == LocalText(
        "# El año con más nacimientos.\nanio_mayor = ...\nanio_mayor",
        "# The year with the most births.\nanio_mayor = ...\nanio_mayor",
    )
    assert [one.id for one in exercise.wrong_answers] == ["cuantos", "el-menor"]
    assert exercise.wrong_answers[0].source.startswith('anio_mayor = vitales["nacimientos"].max()')
    assert exercise.checks[0].params == {"name": "anio_mayor", "type": "integer"}
    assert (exercise.points, exercise.minutes, len(exercise.hints)) == (2.0, 3, 2)


def test_the_first_solution_comes_first(root: Path) -> None:
    write(f"{EXERCISE}/solution-3.py", "anio_mayor = 2000\n")(root)
    solutions = the_exercise(load_catalogue(root)).solutions
    assert [one.split("\n")[0][:30] for one in solutions] == [
        "anio_mayor = vitales.sort_valu", "anio_mayor = vitales.loc[vital", "anio_mayor = 2000",
    ]  # fmt: skip


def test_a_choice_has_options_with_their_messages(root: Path) -> None:
    choice = the_lesson(load_catalogue(root)).find_exercise("que-significa")
    assert choice is not None
    assert [(one.id, one.is_correct) for one in choice.options] == [("registrados", True), ("historia", False)]
    assert choice.options[1].message.es.startswith("La tabla empieza en 2000")
    assert not choice.is_multiple


@pytest.mark.parametrize("file", ["lesson.en.md", "exercises/mas-nacimientos/wrong/cuantos.py", "img/nota.svg"])
def test_the_version_changes_when_any_file_does(root: Path, file: str) -> None:
    before = the_lesson(load_catalogue(root)).version
    path = root / LESSON / file
    write(f"{LESSON}/{file}", (path.read_bytes() if path.exists() else b"") + b"\n")(root)
    assert the_lesson(load_catalogue(root)).version != before


def test_the_version_stays_when_nothing_changes(root: Path, tmp_path: Path) -> None:
    elsewhere = a_content_folder(tmp_path / "elsewhere")
    assert the_lesson(load_catalogue(root)).version == the_lesson(load_catalogue(elsewhere)).version


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(root: Path, start: bytes) -> None:
    for path in (root / LESSON).rglob("*.*"):
        if path.is_file():
            path.write_bytes(start + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_catalogue(root).problems == ()


def test_lessons_come_in_the_order_of_their_course(root: Path) -> None:
    copy_lesson(root / "curso", "antes")
    replace("curso/course.yaml", "  - mi-leccion\n  - antes\n", "  - antes\n  - mi-leccion\n")(root)
    assert [one.id for one in load_catalogue(root).courses[0].lessons] == ["antes", "mi-leccion"]


def test_courses_come_by_order_and_then_by_id(root: Path) -> None:
    for name, order in (("zeta", "order: 1\n"), ("beta", ""), ("alfa", "order: 2\n")):
        write(f"{name}/course.yaml", (root / "curso/course.yaml").read_text().replace("id: curso", f"id: {name}"))(root)
        append(f"{name}/course.yaml", order)(root)
    catalogue = load_catalogue(root)
    assert [one.id for one in catalogue.courses] == ["zeta", "alfa", "beta", "curso"]


def test_a_course_says_how_many_attempts_there_may_be_and_which_counts(root: Path) -> None:
    (plain,) = load_catalogue(root).courses
    assert (plain.attempts_most, plain.counts) == (None, "best")
    append("curso/course.yaml", "attempts_most: 3\ncounts: last\n")(root)
    (course,) = load_catalogue(root).courses
    assert (course.attempts_most, course.counts) == (3, "last")


@pytest.mark.parametrize("line", ["attempts_most: 0", "attempts_most: tres", "counts: average"])
def test_a_policy_that_means_nothing_is_a_complaint(root: Path, line: str) -> None:
    append("curso/course.yaml", f"{line}\n")(root)
    catalogue = load_catalogue(root)
    assert [(one.path.name, one.code) for one in catalogue.problems] != []
    assert catalogue.courses == ()


def test_folders_that_begin_with_a_dot_or_an_underscore_are_passed_over(root: Path) -> None:
    write("_template/lesson.yaml", "nada")(root)
    write(".git/config", "nada")(root)
    write(f"{LESSON}/.DS_Store", b"\x00\xff")(root)
    write(f"{LESSON}/lesson.es.md~", b"\x00\xff")(root)
    assert load_catalogue(root).problems == ()


def test_a_course_with_a_broken_sheet_is_left_out_and_the_others_stay(root: Path) -> None:
    write("roto/course.yaml", "id: roto\n")(root)
    catalogue = load_catalogue(root)
    assert [one.id for one in catalogue.courses] == ["curso"]
    assert {one.path for one in catalogue.problems} == {root / "roto/course.yaml"}


def test_a_missing_folder_is_a_complaint(tmp_path: Path) -> None:
    catalogue = load_catalogue(tmp_path / "nada")
    assert catalogue.courses == ()
    assert [one.code for one in catalogue.problems] == ["unreadable"]


def test_a_changed_byte_leaves_the_dataset_listed_but_not_intact(root: Path) -> None:
    replace(f"datasets/{DATASET}/{DATASET}.csv", "98785000", "98785001")(root)
    catalogue = load_catalogue(root)
    dataset = catalogue.find_dataset(DATASET)
    assert dataset is not None
    assert [(one.name, one.is_intact) for one in dataset.resources] == [(DATASET, False), (f"{DATASET}-crudo", True)]
    assert not dataset.is_intact
    assert the_lesson(catalogue).datasets[0].name == DATASET


def test_a_link_out_of_the_folder_is_not_followed(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secreto.py"
    secret.write_text("anio_mayor = 2000\n")
    (root / f"{EXERCISE}/solution-3.py").symlink_to(secret)
    (root / "enlazado").symlink_to(root / "curso")
    catalogue = load_catalogue(root)
    assert {one.code for one in catalogue.problems} == {"odd-file"}
    assert [one.id for one in catalogue.courses] == ["curso"]


def test_one_lesson_is_loaded_alone_even_before_its_course_lists_it(root: Path) -> None:
    lesson = copy_lesson(root / "curso", "nueva")
    replace("curso/course.yaml", "  - nueva\n", "")(root)
    catalogue = load_part(lesson)
    assert [(one.id, [lesson.id for lesson in one.lessons]) for one in catalogue.courses] == [("curso", ["nueva"])]
    assert catalogue.problems == ()
    assert catalogue.find_dataset(DATASET) is not None


def test_one_lesson_without_a_course_or_data_around_uses_the_shipped_data(tmp_path: Path) -> None:
    lesson = copy_lesson_alone(tmp_path)
    catalogue = load_part(lesson)
    assert catalogue.problems == ()
    assert catalogue.courses[0].lessons[0].id == "nueva"


def copy_lesson_alone(folder: Path) -> Path:
    (folder / "curso").mkdir()
    (folder / "curso/course.yaml").write_text("")
    lesson = copy_lesson(folder / "curso", "nueva")
    (folder / "curso/course.yaml").unlink()
    return lesson


def test_a_part_has_only_its_own_complaints(root: Path) -> None:
    write("roto/course.yaml", "id: roto\n")(root)
    replace(f"{LESSON}/lesson.yaml", "minutes: 8", "minutes: 3")(root)
    assert [one.code for one in load_part(root / "curso").problems] == ["minutes"]
    assert [one.code for one in load_part(root / LESSON).problems] == ["minutes"]
    assert load_part(root / "datasets" / DATASET).problems == ()
    assert len(load_part(root).problems) > 1


def test_complaints_of_a_file_of_garbage_are_capped(root: Path) -> None:
    append(f"{LESSON}/lesson.yaml", "".join(f"basura{number}: 1\n" for number in range(500)))(root)
    assert 10 < len(load_catalogue(root).problems) <= 60


METADATA_CHECK = """kind: metadata
        name: ficha
        schema: {json: esquemas/ficha.json}"""


def with_own_schema(root: Path) -> None:
    replace(f"{LESSON}/lesson.yaml", "kind: value", METADATA_CHECK)(root)
    replace(f"{LESSON}/lesson.yaml", "        name: anio_mayor\n        type: integer\n", "")(root)


def test_a_check_has_the_document_that_it_names(root: Path) -> None:
    with_own_schema(root)
    (root / LESSON / "esquemas").mkdir()
    write(f"{LESSON}/esquemas/ficha.json", '{"required": ["titulo"]}')(root)
    check = the_exercise(load_catalogue(root)).checks[0]
    assert check.params["schema"] == {"json": "esquemas/ficha.json", "content": {"required": ["titulo"]}}


def test_a_document_that_is_not_there_is_complained_of(root: Path) -> None:
    with_own_schema(root)
    problems = load_catalogue(root).problems
    assert [(one.code, one.path.name) for one in problems] == [("missing-file", "ficha.json")]
