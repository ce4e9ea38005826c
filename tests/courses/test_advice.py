"""Advice about a lesson that keeps every rule, each with its place; and none about the shipped ones."""

import re
from pathlib import Path

import pytest
from support.content import COURSE, LESSON, SHIPPED, Edit, a_content_folder, replace

from courses import Problem, examine, list_lesson_folders, load_catalogue
from courses.advice_words import ADVICE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    content = a_content_folder(tmp_path / "content")
    (content / "LICENSE.md").write_text("CC BY 4.0\n", "utf-8")
    return content


def advice_of(root: Path) -> list[Problem]:
    return [one for one in examine(root / LESSON, load_catalogue(root)).problems if one.is_advice]


def added(language: str, text: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / LESSON / f"lesson.{language}.md"
        path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")

    return edit


def minutes(count: int) -> Edit:
    def edit(root: Path) -> None:
        path = root / LESSON / "lesson.yaml"
        path.write_text(re.sub(r"^minutes: \d+", f"minutes: {count}", path.read_text("utf-8"), flags=re.M), "utf-8")

    return edit


def without_licence(root: Path) -> None:
    (root / "LICENSE.md").unlink()


def long_section(root: Path) -> None:
    added("es", "Estas palabras sólo están en español. " * 40)(root)


def test_the_template_needs_none(root: Path) -> None:
    assert [str(one) for one in advice_of(root)] == []


def short_summary(root: Path) -> None:
    path = root / LESSON / "lesson.yaml"
    text = re.sub(r"(summary:\n  es: ).*", r"\1Tus datos.", path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def picture(root: Path) -> None:
    (root / LESSON / "img").mkdir()
    (root / LESSON / "img" / "mapa.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 20)
    added("es", "![Un mapa](img/mapa.png)")(root)


CASES = [
    (minutes(20), "minutes-long", "lesson.yaml"),
    (added("es", "Palabra tras palabra. " * 1500), "minutes-short", "lesson.yaml"),
    (added("es", "(otra)=\n#### Un título"), "heading-jump", "lesson.es.md"),
    (added("en", "See [here](https://example.org)."), "link-words", "lesson.en.md"),
    (added("es", "Mira [la fuente](http://example.org)."), "plain-http", "lesson.es.md"),
    (added("es", "Suma la tabal."), "misspelt", "lesson.es.md"),
    (added("en", "Add up the colums."), "misspelt", "lesson.en.md"),
    (long_section, "languages-uneven", "lesson.en.md"),
    (without_licence, "no-licence", "lesson.yaml"),
    (short_summary, "poor-objective", "lesson.yaml"),
    (picture, "poor-alt", "lesson.es.md"),
]


@pytest.mark.parametrize(("edit", "code", "name"), CASES)
def test_what_could_be_better_is_told_with_its_place(root: Path, edit: Edit, code: str, name: str) -> None:
    edit(root)
    found = [one for one in advice_of(root) if one.code == code]
    assert [one.path.name for one in found] == [name]
    assert found[0].message.es != found[0].message.en


def test_every_advice_has_a_case() -> None:
    assert {code for _, code, _ in CASES} | {"lesson-id-elsewhere"} == set(ADVICE)


def test_a_lesson_of_the_same_name_in_another_course_is_told(root: Path) -> None:
    other = root / "otro"
    other.mkdir()
    (other / "course.yaml").write_text(COURSE.replace("id: curso", "id: otro"), "utf-8")
    copied = a_content_folder(root.parent / "second") / LESSON
    copied.rename(other / "mi-leccion")
    assert [one.code for one in advice_of(root)] == ["lesson-id-elsewhere"]


def test_courses_that_ask_for_each_other_in_a_circle_are_told_once(root: Path) -> None:
    for mine, theirs in (("a", "b"), ("b", "c"), ("c", "a")):
        (root / mine).mkdir()
        text = COURSE.replace("id: curso", f"id: {mine}").replace("lessons:\n  - mi-leccion", "lessons: [mi-leccion]")
        (root / mine / "course.yaml").write_text(f"{text}prerequisites: [{theirs}]\n", "utf-8")
        copied = a_content_folder(root.parent / f"second-{mine}") / LESSON
        copied.rename(root / mine / "mi-leccion")
    found = [one for one in load_catalogue(root).problems if one.code == "circular-course"]
    assert [one.path.parent.name for one in found] == ["a"]
    assert "a → b → c → a" in found[0].message.es


@pytest.mark.parametrize("folder", list_lesson_folders(SHIPPED), ids=lambda folder: folder.name)
def test_no_shipped_lesson_needs_any(folder: Path) -> None:
    assert [str(one) for one in examine(folder, load_catalogue(SHIPPED)).problems] == []


def test_a_spot_has_its_exercise_or_cell(root: Path) -> None:
    examined = examine(root / LESSON, load_catalogue(root))
    spot = examined.spot_of("mas-nacimientos")
    assert spot.line is not None
    assert "mas-nacimientos" in spot.path.read_text("utf-8").splitlines()[spot.line - 1]
    assert examined.block_at(spot) == ("mas-nacimientos", "mas-nacimientos")
    cell = examined.spot_in_text("cargar-vitales", "en")
    assert cell.path.name == "lesson.en.md"
    assert examined.block_at(cell) == ("", "cargar-vitales")


def test_a_lesson_that_cannot_be_read_has_its_complaints_and_no_advice(root: Path) -> None:
    replace(f"{LESSON}/lesson.yaml", "id: mi-leccion", "id: [")(root)
    examined = examine(root / LESSON, load_catalogue(root))
    assert examined.lesson is None
    assert [one.code for one in examined.problems] == ["not-yaml"]
    assert examined.spot_of("mas-nacimientos").line is None
