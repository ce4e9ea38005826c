"""Lessons, courses and notebooks that a trainer brings in; what is wrong is told, and what was uploaded stays."""

import html
import json
from datetime import timedelta
from pathlib import Path

import pytest
from support.nbgrader_notebooks import answer, cell, graded, notebook
from support.webclient import Pages, School
from support.workshop import (
    a_workshop,
    content_of,
    fields_of,
    files_in,
    files_of,
    lesson_files,
    lesson_zip,
    own_lessons,
    upload,
)

from courses import put_under, write_zip
from graders import to_notebook
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person
from webapp.store import Sessions

PLAIN = notebook(
    cell("# Rentas\n\nDe qué trata.", "markdown"),
    cell("## Leer", "markdown"),
    cell("precios = [3, 5]"),
    cell("### Ejercicio: el total\n\nSuma los precios.", "markdown"),
    cell("total = sum(precios)\ntotal"),
    cell("## Para pensar", "markdown"),
    cell("promedio = total / 2"),
)

DOUBLE = notebook(
    cell("## El doble\n\nEscribe `doble`.", "markdown"),
    answer("doble", "def doble(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"),
    graded("prueba", "assert doble(2) == 4"),
)


@pytest.fixture
def workshop(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


@pytest.fixture
def trainer(workshop: School) -> Person:
    return workshop.person("trainer")


@pytest.fixture
def browser(workshop: School, trainer: Person) -> Pages:
    return workshop.browser(trainer)


def found_at(browser: Pages, data: bytes, name: str) -> str:
    """The address of the page that says what was found in a file."""
    taken = upload(browser, data, name)
    assert taken.status_code == 303, taken.text
    assert taken.location is not None
    return taken.location


def test_a_lesson_in_a_zip_becomes_a_draft_with_every_byte(workshop: School, trainer: Person, browser: Pages) -> None:
    path = found_at(browser, lesson_zip(workshop), "mi-leccion.zip")
    page = browser.get(path).text
    assert "trae una lección" in page
    done = browser.submit(path, **fields_of(page))
    assert done.status_code == 303
    (made,) = own_lessons(workshop, trainer)
    assert files_in(workshop, made) == lesson_files(workshop)
    assert f'href="/taller/{made.id}"' in browser.get(path).text


def test_a_whole_course_comes_in_with_its_sheet_under_a_free_id(
    workshop: School, trainer: Person, browser: Pages
) -> None:
    folder = content_of(workshop) / "curso"
    files = {"course.yaml": (folder / "course.yaml").read_bytes(), "LEEME.md": b"Hola."}
    path = found_at(
        browser,
        write_zip(put_under("curso", {**files, **put_under("mi-leccion", files_of(folder / "mi-leccion"))})),
        "curso.zip",
    )
    page = browser.get(path).text
    assert "trae un curso con 1 lección" in page
    assert "LEEME.md" in page
    assert browser.submit(path, **fields_of(page)).status_code == 303
    (made,) = own_lessons(workshop, trainer)
    assert (made.course_id, made.lesson_id) == ("curso-2", "mi-leccion")
    assert "Un curso" in browser.get("/taller").text


def test_a_lesson_with_complaints_comes_in_and_they_are_told_with_their_places(
    workshop: School, trainer: Person, browser: Pages
) -> None:
    broken = lesson_files(workshop)["lesson.yaml"].replace(b"    points: 2\n", b"    points: 3\n", 1)
    path = found_at(browser, lesson_zip(workshop, lesson_yaml=broken), "x.zip")
    page = browser.get(path).text
    assert "mi-leccion/lesson.yaml:23: Los puntos de «mas-nacimientos» no cuadran." in page
    browser.submit(path, **fields_of(page))
    assert len(own_lessons(workshop, trainer)) == 1


def test_what_was_uploaded_stays_when_the_form_is_refused(workshop: School, trainer: Person, browser: Pages) -> None:
    path = found_at(browser, lesson_zip(workshop), "x.zip")
    refused = browser.submit(path, **{**fields_of(browser.get(path).text), "course_title": ""})
    assert refused.status_code == 422
    assert "Escribe un título para el curso nuevo" in refused.text
    assert browser.get(path).status_code == 200
    assert own_lessons(workshop, trainer) == ()


def test_an_upload_is_its_owner_s_alone_and_lasts_a_day(workshop: School, browser: Pages) -> None:
    path = found_at(browser, lesson_zip(workshop), "x.zip")
    assert workshop.browser(workshop.person("trainer")).get(path).status_code == 404
    assert browser.get("/taller/importar/..%2F..%2Fsecret-key-abc").status_code == 404
    workshop.clock.now += timedelta(hours=25)
    assert browser.get(path).status_code in (302, 404)


def test_an_upload_can_be_thrown_away(workshop: School, browser: Pages) -> None:
    path = found_at(browser, lesson_zip(workshop), "x.zip")
    assert browser.submit(f"{path}/quitar").status_code == 303
    assert browser.get(path).status_code == 404


def test_a_notebook_that_was_changed_in_jupyter_is_a_new_version_of_its_lesson(
    workshop: School, trainer: Person, browser: Pages
) -> None:
    made = a_draft(workshop, trainer, browser)
    raw = json.loads(to_notebook(files_in(workshop, made), "es"))
    one = next(one for one in raw["cells"] if "Mirar los datos" in "".join(one["source"]))
    one["source"] = "".join(one["source"]) + "\n\nUna línea de Jupyter."
    path = found_at(browser, json.dumps(raw).encode(), "mi-leccion.ipynb")
    assert browser.submit(path, **{**fields_of(browser.get(path).text), "into": str(made.id)}).status_code == 303
    (saved,) = own_lessons(workshop, trainer)
    assert saved.head == 2
    assert "Una línea de Jupyter." in files_in(workshop, saved)["lesson.es.md"].decode()
    assert "Revisa la traducción" in browser.get(path).text


def test_changes_of_others_made_meanwhile_are_never_overwritten(
    workshop: School, trainer: Person, browser: Pages
) -> None:
    made = a_draft(workshop, trainer, browser)
    exported = json.loads(to_notebook(files_in(workshop, made), "es"))
    change(workshop, trainer, made.id, "Mirar los datos\n", "Mirar los datos\n\nDe una colega.\n")
    one = next(one for one in exported["cells"] if "Mirar los datos" in "".join(one["source"]))
    one["source"] = "".join(one["source"]) + "\n\nMía."
    path = found_at(browser, json.dumps(exported).encode(), "mi-leccion.ipynb")
    refused = browser.submit(path, **{**fields_of(browser.get(path).text), "into": str(made.id)})
    assert refused.status_code == 422
    assert "alguien cambió aquí las mismas partes" in refused.text
    assert "De una colega." in files_in(workshop, made)["lesson.es.md"].decode()


def test_a_notebook_of_nbgrader_becomes_a_lesson_with_its_tests(
    workshop: School, trainer: Person, browser: Pages
) -> None:
    solved = answer("doble", "def doble(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION")
    data = notebook(
        cell("## El doble\n\nEscribe `doble`.", "markdown"), solved, graded("prueba", "assert doble(2) == 4")
    )
    path = found_at(browser, data, "Tarea 1.ipynb")
    assert browser.submit(path, **fields_of(browser.get(path).text)).status_code == 303
    (made,) = own_lessons(workshop, trainer)
    assert "exercises/doble/solution.py" in files_in(workshop, made)
    assert "respuestas equivocadas" in browser.get(path).text


def test_a_course_of_nbgrader_in_a_zip_becomes_a_course(workshop: School, trainer: Person, browser: Pages) -> None:
    packed = write_zip({"source/tarea-1/hoja.ipynb": DOUBLE, "source/tarea-2/hoja.ipynb": DOUBLE})
    path = found_at(browser, packed, "Mi curso.zip")
    assert browser.submit(path, **fields_of(browser.get(path).text)).status_code == 303
    made = sorted((one.course_id, one.lesson_id) for one in own_lessons(workshop, trainer))
    assert made == [("mi-curso", "tarea-1"), ("mi-curso", "tarea-2")]


def test_a_plain_notebook_is_gone_through_cell_by_cell(workshop: School, trainer: Person, browser: Pages) -> None:
    path = found_at(browser, PLAIN, "rentas.ipynb")
    assert path.endswith("/celdas")
    page = browser.get(path).text
    asked = fields_of(page)
    assert [asked[f"role-{place}"] for place in range(7)] == [
        "text", "text", "code", "statement", "answer", "text", "code",
    ]  # fmt: skip
    assert "el texto de arriba lo dice" in page
    asked |= {"title-4": "La suma", "role-6": "leave", "do": "create"}
    done = browser.submit(path, **asked)
    assert done.status_code == 303, html.unescape(done.text)
    (made,) = own_lessons(workshop, trainer)
    files = files_in(workshop, made)
    assert files["exercises/la-suma/solution.py"] == b"total = sum(precios)\ntotal\n"
    assert b"promedio" not in files["lesson.es.md"]
    assert "Cada ejercicio con código necesita dos" in browser.get(done.location or "").text


def test_another_cell_can_be_made_the_exercise(workshop: School, trainer: Person, browser: Pages) -> None:
    path = found_at(browser, PLAIN, "rentas.ipynb")
    asked = {**fields_of(browser.get(path).text), "role-3": "text", "role-4": "code", "role-6": "answer"}
    shown = browser.submit(path, **{**asked, "do": "refresh"})
    assert shown.status_code == 200
    again = fields_of(shown.text)
    assert again["title-6"] == "Ejercicio 7"
    assert "check-6-promedio" in again
    assert browser.submit(path, **{**again, "do": "create"}).status_code == 303
    assert len(own_lessons(workshop, trainer)) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"role-4": "code", "role-3": "text"}, "no tiene ningún ejercicio"),
        ({"role-4": "code"}, "El enunciado va justo arriba de la respuesta"),
        ({"role-2": "tests"}, "Esta celda necesita una respuesta arriba"),
        ({"check-4-total": None}, "se queda sin comprobaciones"),
        ({"title": ""}, "Escribe un título para la lección."),
    ],
)
def test_what_does_not_go_together_is_told_at_its_cell_and_nothing_is_lost(
    workshop: School, trainer: Person, browser: Pages, changed: dict[str, str | None], said: str
) -> None:
    path = found_at(browser, PLAIN, "rentas.ipynb")
    asked = {**fields_of(browser.get(path).text), **changed, "title-4": "Mi título", "do": "create"}
    answer = browser.submit(path, **{name: value for name, value in asked.items() if value is not None})
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert changed.get("role-4") == "code" or 'value="Mi título"' in answer.text
    assert own_lessons(workshop, trainer) == ()


def a_draft(workshop: School, trainer: Person, browser: Pages) -> Manuscript:
    path = found_at(browser, lesson_zip(workshop), "mi-leccion.zip")
    browser.submit(path, **fields_of(browser.get(path).text))
    return own_lessons(workshop, trainer)[0]


def change(workshop: School, trainer: Person, manuscript_id: int, old: str, new: str) -> None:
    """Somebody else's save of the Spanish text."""
    with workshop.aula.sessions.write() as session:
        found = manuscripts.get_manuscript(session, manuscript_id)
        files = dict(manuscripts.read_files(session, manuscript_id))
        files["lesson.es.md"] = files["lesson.es.md"].replace(old.encode(), new.encode(), 1)
        manuscripts.save_files(
            session, manuscript_id, actor_id=int(trainer.id), base=found.head, files=files, what={"do": "import"},
            now=workshop.clock(),
        )  # fmt: skip
