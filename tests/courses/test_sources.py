"""A lesson is the same lesson in a folder, in memory and in a ZIP, with the same complaints."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import EXERCISE, LESSON, SHIPPED, Edit, a_content_folder, append, remove, replace, write

from courses import load_catalogue
from courses.archives import read_zip, write_zip
from courses.complaints import Complaints
from courses.files import read_folder
from courses.loader import load_datasets
from courses.refusals import Refused
from courses.sources import (
    find_parcel,
    load_course_from_files,
    load_from_files,
    put_under,
    read_course,
    save_folder,
    split_course,
)

DATASETS = load_datasets(SHIPPED / "datasets")[0]
SHIPPED_CATALOGUE = load_catalogue(SHIPPED)
LESSONS = [(course.id, lesson.id) for course in SHIPPED_CATALOGUE.courses for lesson in course.lessons]
SHEET = f"{LESSON}/lesson.yaml"


def files_of(path: Path) -> dict[str, bytes]:
    return dict(read_folder(path, Complaints()).contents)


@pytest.mark.parametrize(("course_id", "lesson_id"), LESSONS)
def test_a_shipped_lesson_is_the_same_from_memory_and_out_of_a_zip(course_id: str, lesson_id: str) -> None:
    files = files_of(SHIPPED / course_id / lesson_id)
    unpacked, _ = read_zip(write_zip(put_under(lesson_id, files)))
    assert unpacked is not None
    parcel = find_parcel(unpacked)
    assert (parcel.kind, parcel.id, parcel.files) == ("lesson", lesson_id, files)
    lesson, problems = load_from_files(parcel.files, course_id, DATASETS, lesson_id=lesson_id)
    assert problems == ()
    assert lesson == SHIPPED_CATALOGUE.find_lesson(course_id, lesson_id)


def test_a_shipped_course_is_the_same_from_memory() -> None:
    for course in SHIPPED_CATALOGUE.courses:
        found, problems = load_course_from_files(read_course(SHIPPED / course.id, Complaints()), course.id, DATASETS)
        assert problems == ()
        assert found == course


@pytest.mark.parametrize(
    "edit",
    [
        replace(SHEET, "    points: 2\n", "    points: 3\n"),
        replace(SHEET, "id: mi-leccion", "id: otra"),
        remove(f"{EXERCISE}/solution.py"),
        remove(f"{LESSON}/lesson.en.md"),
        append(f"{LESSON}/lesson.es.md", "\n```{code-cell} python\nx = 1\n```\n"),
        write(f"{LESSON}/lesson.es.md", b"\xff"),
        write(f"{LESSON}/img/grande.png", bytes(2**20 + 1)),
        write(f"{LESSON}/.oculto", b"x"),
        write(f"{EXERCISE}/wrong/x/y/z/w.py", b"x"),
        write(SHEET, "a: [b"),
    ],
)
def test_a_broken_lesson_earns_the_same_complaints_from_memory(tmp_path: Path, edit: Edit) -> None:
    root = a_content_folder(tmp_path / "content")
    edit(root)
    expected = {(one.path.relative_to(root), one.line, one.code) for one in load_catalogue(root).problems}
    everything = {
        path.relative_to(root / LESSON).as_posix(): path.read_bytes()
        for path in (root / LESSON).rglob("*")
        if path.is_file()
    }
    _, problems = load_from_files(everything, "curso", DATASETS, lesson_id="mi-leccion")
    found = {(one.path, one.line, one.code) for one in problems}
    # What is too deep or too large is told of its folder or of itself.
    assert {code for _, _, code in found} == {code for _, _, code in expected}
    assert {one for one in found if one[2] not in ("odd-file", "too-large")} == {
        one for one in expected if one[2] not in ("odd-file", "too-large")
    }


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["lesson.yaml", "lesson.es.md", "lesson.en.md", "course.yaml", "uno/lesson.yaml", "../x", "/"])
        | st.text(max_size=20),
        st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
        max_size=6,
    )
)
def test_files_of_garbage_raise_nothing(files: dict[str, bytes]) -> None:
    lesson, problems = load_from_files(files, "curso", DATASETS, lesson_id="uno")
    course, more = load_course_from_files({**files, "course.yaml": b"id: curso"}, "curso", DATASETS)
    assert (lesson, course) == (None, None)
    for one in (*problems, *more):
        assert f"{one} {one.message.en}".encode()


def test_a_course_without_its_sheet_says_so() -> None:
    course, problems = load_course_from_files({}, "curso", {})
    assert course is None
    assert [(one.path, one.code) for one in problems] == [(Path("curso/course.yaml"), "missing-file")]


def test_a_folder_is_saved_whole_and_never_over_another(tmp_path: Path) -> None:
    files = files_of(SHIPPED / "_template")
    save_folder(files, tmp_path / "copia")
    assert files_of(tmp_path / "copia") == files
    assert [one.name for one in tmp_path.iterdir()] == ["copia"]
    with pytest.raises(Refused, match="is there already"):
        save_folder({"lesson.yaml": b"x"}, tmp_path / "copia")
    assert files_of(tmp_path / "copia") == files


@pytest.mark.parametrize("name", ["../fuera", "/tmp/fuera", "a/../../fuera", "a\\b", ""])
def test_a_folder_is_not_saved_with_names_that_lead_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as caught:
        save_folder({"lesson.yaml": b"x", name: b"y"}, tmp_path / "copia")
    assert caught.value.code == "zip-name"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="could not be written"):
        save_folder({"lesson.yaml": b"x"}, tmp_path / "nada" / "copia")


def test_files_that_are_no_course_and_no_lesson_are_refused_by_name() -> None:
    with pytest.raises(Refused, match="notas.txt"):
        find_parcel({"notas.txt": b"x"})
    with pytest.raises(Refused, match="It holds: –"):
        find_parcel({})


def test_what_a_course_holds_beside_its_lessons_is_no_lesson() -> None:
    files = {"course.yaml": b"", "_notas/a.md": b"x", "uno/lesson.yaml": b"", "uno/img/a.png": b"x"}
    assert split_course(files) == {"uno": {"lesson.yaml": b"", "img/a.png": b"x"}}
