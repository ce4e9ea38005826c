"""What leaves the site as files comes back with every byte."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.webclient import Pages, School
from support.workshop import a_workshop, content_of, fields_of, files_in, files_of, lesson_files, own_lessons, upload

from courses import put_under, read_zip, write_zip
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person
from webapp.store import Sessions

NAMES = st.sampled_from(["img/a.png", "exercises/mas-nacimientos/b.csv", "nota.txt"])


@pytest.fixture
def workshop(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


@pytest.fixture
def trainer(workshop: School) -> Person:
    return workshop.person("trainer")


def begin(workshop: School, trainer: Person, files: dict[str, bytes], lesson_id: str = "mi-leccion") -> Manuscript:
    with workshop.aula.sessions.write() as session:
        return manuscripts.start(
            session, workshop.aula.catalogue, actor=trainer, course_id="datos", lesson_id=lesson_id, files=files,
            what={"do": "start"}, now=workshop.clock(),
        )  # fmt: skip


def import_again(browser: Pages, data: bytes, name: str) -> None:
    path = upload(browser, data, name).location or ""
    assert browser.submit(path, **fields_of(browser.get(path).text)).status_code == 303


def test_a_lesson_that_was_exported_comes_back_the_same(workshop: School, trainer: Person) -> None:
    browser, files = workshop.browser(trainer), lesson_files(workshop)
    made = begin(workshop, trainer, files)
    answer = browser.get(f"/taller/{made.id}/leccion.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mi-leccion.zip"'
    assert read_zip(answer.data)[0] == put_under("mi-leccion", files)
    import_again(browser, answer.data, "mi-leccion.zip")
    assert [files_in(workshop, one) for one in own_lessons(workshop, trainer)] == [files, files]


@pytest.mark.parametrize("language", ["es", "en"])
def test_as_a_notebook_it_comes_back_the_same_too(workshop: School, trainer: Person, language: str) -> None:
    browser, files = workshop.browser(trainer), lesson_files(workshop)
    made = begin(workshop, trainer, files)
    answer = browser.get(f"/taller/{made.id}/leccion.{language}.ipynb")
    assert json.loads(answer.data)["nbformat"] == 4
    import_again(browser, answer.data, "cuaderno.ipynb")
    again = next(one for one in own_lessons(workshop, trainer) if one.id != made.id)
    assert (again.lesson_id, files_in(workshop, again)) == ("mi-leccion", files)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extra=st.dictionaries(NAMES, st.binary(max_size=200)))
def test_whatever_a_lesson_s_files_hold_they_come_back(
    workshop: School, trainer: Person, extra: dict[str, bytes]
) -> None:
    files = {**lesson_files(workshop), **extra}
    taken = {one.lesson_id for one in own_lessons(workshop, trainer)}
    made = begin(workshop, trainer, files, f"leccion-{len(taken) + 1}")
    out = workshop.browser(trainer).get(f"/taller/{made.id}/leccion.zip").data
    assert read_zip(out)[0] == put_under(made.lesson_id, files_in(workshop, made))
    assert {name: raw for name, raw in files_in(workshop, made).items() if name in extra} == extra


def test_a_course_comes_back_with_all_its_lessons(workshop: School, trainer: Person) -> None:
    browser, files = workshop.browser(trainer), lesson_files(workshop)
    for lesson_id in ("uno", "dos"):
        begin(workshop, trainer, files, lesson_id)
    out = browser.get("/taller/cursos/datos.zip").data
    names = zipfile.ZipFile(io.BytesIO(out)).namelist()
    assert {"datos/course.yaml", "datos/uno/lesson.yaml", "datos/dos/lesson.es.md"} <= set(names)
    import_again(browser, out, "datos.zip")
    copied = {
        one.lesson_id: files_in(workshop, one) for one in own_lessons(workshop, trainer) if one.course_id == "datos-2"
    }
    before = {
        one.lesson_id: files_in(workshop, one) for one in own_lessons(workshop, trainer) if one.course_id == "datos"
    }
    assert copied == before
    assert set(copied) == {"uno", "dos"}


def test_a_shipped_course_can_be_taken_along_by_trainers(workshop: School, trainer: Person) -> None:
    out = workshop.browser(trainer).get("/taller/cursos/curso.zip").data
    folder = content_of(workshop) / "curso"
    assert read_zip(out)[0] == put_under(
        "curso",
        {
            "course.yaml": (folder / "course.yaml").read_bytes(),
            **put_under("mi-leccion", files_of(folder / "mi-leccion")),
        },
    )
    assert workshop.browser(workshop.person()).get("/taller/cursos/curso.zip").status_code == 403
    assert workshop.browser(trainer).get("/taller/cursos/nada.zip").status_code == 404


def test_a_draft_of_others_is_not_given_out(workshop: School, trainer: Person) -> None:
    made = begin(workshop, trainer, lesson_files(workshop))
    other = workshop.browser(workshop.person("trainer"))
    for path in (
        f"/taller/{made.id}/leccion.zip",
        f"/taller/{made.id}/leccion.es.ipynb",
        f"/taller/{made.id}/exportar",
    ):
        assert other.get(path).status_code == 404
    assert other.get("/taller/cursos/datos.zip").status_code == 404
    assert workshop.browser(trainer).get(f"/taller/{made.id}/exportar").status_code == 200


def test_what_no_notebook_can_hold_is_told(workshop: School, trainer: Person) -> None:
    made = begin(workshop, trainer, {**lesson_files(workshop), "lesson.es.md": b"\xff"})
    answer = workshop.browser(trainer).get(f"/taller/{made.id}/leccion.es.ipynb")
    assert answer.status_code == 409
    assert "No es texto en UTF-8" in answer.text


def test_editors_find_the_schemas(workshop: School) -> None:
    browser = workshop.browser()
    assert browser.get("/esquemas/lesson.json").json["title"] == "lesson.yaml"
    assert browser.get("/esquemas/checks.json").status_code == 200
    assert browser.get("/esquemas/nada.json").status_code == 404
    assert browser.get("/esquemas/..%2Fmodel.json").status_code == 404


def test_an_archive_is_the_same_for_the_same_lesson(workshop: School, trainer: Person) -> None:
    made = begin(workshop, trainer, lesson_files(workshop))
    browser = workshop.browser(trainer)
    first, again = (browser.get(f"/taller/{made.id}/leccion.zip").data for _ in range(2))
    assert first == again == write_zip(put_under("mi-leccion", lesson_files(workshop)))
