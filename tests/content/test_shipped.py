"""What we ship: every lesson keeps every rule, and every dataset is whole and says what its page shows."""

import hashlib
from pathlib import Path

import pytest

from courses import LANGUAGES, SHIPPED, CodeBlock, Dataset, ExerciseBlock, load_catalogue

CATALOGUE = load_catalogue(SHIPPED)
DATASETS = {one.name: one for one in CATALOGUE.datasets}
LESSONS = {f"{course.id}/{lesson.id}": lesson for course in CATALOGUE.courses for lesson in course.lessons}


def test_nothing_is_wrong_with_it() -> None:
    assert [str(one) for one in CATALOGUE.problems] == []


def test_the_course_of_pandas_is_whole() -> None:
    course = CATALOGUE.find_course("analisis-con-pandas")
    assert course is not None
    assert [one.id for one in course.lessons] == [
        "primer-cuaderno", "filtrar", "agrupar", "unir", "forma", "indicadores",
    ]  # fmt: skip
    exercises = [exercise for lesson in course.lessons for exercise in lesson.exercises]
    assert len(exercises) >= 16
    kinds = {check.kind for exercise in exercises for check in exercise.checks}
    assert kinds >= {"value", "table", "function", "chart", "choice"}


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_complete_in_both_languages(name: str) -> None:
    lesson = LESSONS[name]
    assert lesson.minutes <= 20
    texts = [lesson.title, lesson.summary, *(section.title for section in lesson.sections)]
    for exercise in lesson.exercises:
        texts += [exercise.title, *exercise.hints, *(check.title for check in exercise.checks)]
        texts += [one.message for one in (*exercise.wrong_answers, *exercise.options)]
        texts += [exercise.starter] if exercise.kind == "code" else []
        assert len(exercise.hints) <= 3
        assert exercise.kind == "choice" or (exercise.solutions and len(exercise.wrong_answers) >= 2)
    assert all(text.es and text.en for text in texts)
    for language in LANGUAGES:
        statements = [block.html for block in lesson.blocks(language) if isinstance(block, ExerciseBlock)]
        assert len(statements) == len(lesson.exercises)
        assert all(statements)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_loads_its_data_in_a_locked_cell(name: str) -> None:
    lesson = LESSONS[name]
    cells = [block for block in lesson.blocks_es if isinstance(block, CodeBlock) and "aula.datos(" in block.source]
    assert not lesson.datasets or any(cell.is_locked for cell in cells)


def test_every_folder_of_data_is_a_dataset() -> None:
    folders = {path.name for path in (SHIPPED / "datasets").iterdir()}
    assert folders == set(DATASETS)
    assert "mx-cofece-resoluciones" not in folders  # its publisher declares no licence


@pytest.mark.parametrize("name", DATASETS)
def test_the_bytes_are_those_that_the_package_states(name: str) -> None:
    for resource in DATASETS[name].resources:
        raw = resource.path.read_bytes()
        assert (len(raw), hashlib.sha256(raw).hexdigest()) == (resource.bytes, resource.sha256)
        assert resource.is_intact
    declared = {"datapackage.json", *(resource.path.name for resource in DATASETS[name].resources)}
    assert {path.name for path in Path(DATASETS[name].folder).iterdir()} == declared


@pytest.mark.parametrize("name", DATASETS)
def test_every_field_of_its_page_is_there(name: str) -> None:
    dataset: Dataset = DATASETS[name]
    facts = (
        dataset.title.es, dataset.title.en, dataset.description, dataset.publisher, dataset.publisher_path,
        dataset.licences, dataset.sources, dataset.keywords, dataset.temporal, dataset.spatial, dataset.caveats,
        dataset.created, dataset.version,
    )  # fmt: skip
    assert all(facts)
    assert all(one.title and one.path.startswith("http") for one in dataset.licences)
    assert all(resource.columns for resource in dataset.resources if resource.path.suffix == ".csv")


def test_each_lesson_pins_data_that_are_there() -> None:
    pins = {(pin.name, pin.version) for lesson in LESSONS.values() for pin in lesson.datasets}
    assert pins <= {(one.name, one.version) for one in CATALOGUE.datasets}
