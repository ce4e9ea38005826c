"""Suggesting changes to an original, on its pages: sent, reviewed part by part, answered, or taken as files."""

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.forks import STARTER, Pair, a_fork, write_file
from support.webclient import School
from support.workshop import COURSE, LESSON, a_workshop, files_in, files_of, lesson_files, own_lessons

from webapp.services.people.records import Person
from webapp.store import Sessions

BETTER = "gasto = 'mejor'\n"
FOLDER = Path("courses", "content", COURSE, LESSON)
FIRST, SECOND = "exercises/mas-nacimientos/starter.py", "exercises/mas-nacimientos/wrong/cuantos.py"


@pytest.fixture
def workshop(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


@pytest.fixture
def teresa(workshop: School) -> Person:
    return workshop.person("trainer", name="Teresa Rivas")


@pytest.fixture
def luis(workshop: School) -> Person:
    return workshop.person("trainer", name="Luis Ortega")


@pytest.fixture
def pair(workshop: School, teresa: Person, luis: Person) -> Pair:
    return a_fork(workshop, teresa, luis)


def send(school: School, pair: Pair, luis: Person) -> None:
    write_file(school, pair.fork, luis, STARTER, BETTER)
    answer = school.browser(luis).submit(f"/taller/{pair.fork.id}/sugerir", words="Se entiende mejor.")
    assert (answer.status_code, answer.location) == (303, f"/taller/{pair.fork.id}/sugerencias")


def test_a_suggestion_shows_what_it_changes_and_wants_a_reason(workshop: School, pair: Pair, luis: Person) -> None:
    browser, path = workshop.browser(luis), f"/taller/{pair.fork.id}/sugerir"
    assert "dice lo mismo que la original" in browser.get(path).text
    write_file(workshop, pair.fork, luis, STARTER, BETTER)
    page = browser.get(path).text
    assert "Se sugiere 1 parte:" in page
    refused = browser.submit(path, words="")
    assert refused.status_code == 422
    assert "Escribe por qué conviene el cambio." in refused.text


def test_the_owner_accepts_and_the_suggester_reads_the_answer(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    send(workshop, pair, luis)
    owner = workshop.browser(teresa)
    assert "1 sugerencia" in owner.get("/taller").text
    page = owner.get(f"/taller/{pair.original.id}/sugerencias").text
    (path,) = set(re.findall(r'href="(/taller/sugerencias/\d+)"', page))
    assert path in owner.get("/taller/sugerencias").text
    shown = owner.get(path).text
    assert "Se entiende mejor." in shown
    answer = owner.submit(path, do="accept", number="1", answer="Gracias, queda.")
    assert (answer.status_code, answer.location) == (303, f"/taller/{pair.original.id}/sugerencias")
    assert files_in(workshop, pair.original)[STARTER] == BETTER.encode()
    read = workshop.browser(luis).get(f"/taller/{pair.fork.id}/sugerencias").text
    assert "Gracias, queda." in read
    assert "Aceptada" in read
    assert "Se aceptó una sugerencia" in owner.get(f"/taller/{pair.original.id}/historial").text
    assert owner.get(path).status_code == 200


def test_the_owner_declines_with_a_reason(workshop: School, pair: Pair, teresa: Person, luis: Person) -> None:
    send(workshop, pair, luis)
    owner = workshop.browser(teresa)
    assert owner.submit("/taller/sugerencias/1", do="decline", number="1", answer=" ").status_code == 422
    assert owner.submit("/taller/sugerencias/1", do="decline", number="1", answer="Ya está.").status_code == 303
    assert files_in(workshop, pair.original)[STARTER] != BETTER.encode()
    assert "No aceptada" in workshop.browser(luis).get(f"/taller/{pair.fork.id}/sugerencias").text


def test_a_suggestion_may_be_taken_back(workshop: School, pair: Pair, teresa: Person, luis: Person) -> None:
    send(workshop, pair, luis)
    browser, path = workshop.browser(luis), f"/taller/{pair.fork.id}/sugerencias/retirar"
    assert workshop.browser(teresa).submit(path, suggestion="1").status_code == 404
    own = f"/taller/{pair.original.id}/sugerencias/retirar"
    assert workshop.browser(teresa).submit(own, suggestion="1").status_code == 404
    assert browser.submit(path, suggestion="1").status_code == 303
    assert browser.submit(path, suggestion="1").status_code == 409


def test_only_the_owner_answers(workshop: School, pair: Pair, luis: Person) -> None:
    send(workshop, pair, luis)
    for person in (luis, workshop.person("trainer")):
        assert workshop.browser(person).get("/taller/sugerencias/1").status_code == 404
        assert workshop.browser(person).submit("/taller/sugerencias/1", do="accept", number="1").status_code == 404
        assert "Se entiende mejor." not in workshop.browser(person).get("/taller/sugerencias").text


def test_what_is_suggested_to_a_lesson_of_the_site_goes_to_its_administrators_as_files(
    workshop: School, luis: Person, tmp_path: Path
) -> None:
    browser = workshop.browser(luis)
    fields = {"course": "+", "course_title": "Mi curso", "lesson_id": "mia"}
    assert browser.submit(f"/taller/mi-version/{COURSE}/{LESSON}", **fields).status_code == 303
    (fork,) = own_lessons(workshop, luis)
    write_file(workshop, fork, luis, FIRST, BETTER)
    write_file(workshop, fork, luis, SECOND, "anio_mayor = 1\n")
    assert browser.submit(f"/taller/{fork.id}/sugerir", words="Más corto.").status_code == 303
    admin = workshop.browser(workshop.person("admin"))
    assert f"{COURSE}/{LESSON}" in admin.get("/taller/sugerencias").text
    assert "Los cambios como parche" in admin.get("/taller/sugerencias/1").text
    packed = admin.client.get("/taller/sugerencias/1/leccion.zip").data
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        assert found.read(f"{LESSON}/{FIRST}") == BETTER.encode()
    shipped = lesson_files(workshop)
    patched = apply_patch(admin.client.get("/taller/sugerencias/1/cambios.patch").data, shipped, tmp_path / "kept")
    assert patched == {**shipped, FIRST: BETTER.encode(), SECOND: b"anio_mayor = 1\n"}
    assert admin.submit("/taller/sugerencias/1", do="accept", answer="Va en la próxima.").status_code == 303
    assert "Va en la próxima." in browser.get(f"/taller/{fork.id}/sugerencias").text


def apply_patch(patch: bytes, files: Mapping[str, bytes], repository: Path) -> dict[str, bytes]:
    """The lesson's files after git has applied a patch to those that the repository had."""
    for name, raw in files.items():
        (repository / FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / FOLDER / name).write_bytes(raw)
    subprocess.run(["git", "init", "-q"], cwd=repository, check=True)
    subprocess.run(["git", "apply", "-"], cwd=repository, input=patch, check=True)
    return files_of(repository / FOLDER)
