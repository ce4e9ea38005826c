"""Every save of a lesson can be seen, put beside another, and gone back to."""

from pathlib import Path

import pytest
from support.forks import SOLUTION, STARTER, write_file
from support.manuscripts import a_manuscript
from support.webclient import School
from support.workshop import a_workshop, files_in

from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person
from webapp.store import Sessions


@pytest.fixture
def workshop(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


@pytest.fixture
def teresa(workshop: School) -> Person:
    return workshop.person("trainer", name="Teresa Rivas")


@pytest.fixture
def lesson(workshop: School, teresa: Person) -> Manuscript:
    made = a_manuscript(workshop, teresa)
    write_file(workshop, made, teresa, STARTER, "gasto = 1\n")
    write_file(workshop, made, teresa, SOLUTION, "gasto = 2\n")
    return made


def test_the_history_tells_who_did_what_and_when(workshop: School, teresa: Person, lesson: Manuscript) -> None:
    page = workshop.browser(teresa).get(f"/taller/{lesson.id}/historial").text
    assert "Cambio: Ejercicio «cinco-ramos»: punto de partida" in page
    assert "Lección nueva" in page
    assert page.count("Teresa Rivas") >= 3


def test_two_versions_stand_beside_each_other_with_the_words_that_changed(
    workshop: School, teresa: Person, lesson: Manuscript
) -> None:
    browser = workshop.browser(teresa)
    page = browser.get(f"/taller/{lesson.id}/historial/comparar?de=1&a=3").text
    assert "Cambiaron 2 partes." in page
    assert "punto de partida" in page
    assert "<ins>" in page
    assert "<del>" in page
    swapped = browser.get(f"/taller/{lesson.id}/historial/comparar?de=3&a=1").text
    assert "Versiones 1 y 3" in swapped
    assert "Las dos dicen lo mismo." in browser.get(f"/taller/{lesson.id}/historial/comparar?de=2&a=2").text
    assert browser.get(f"/taller/{lesson.id}/historial/comparar?de=1&a=9").status_code == 404


def test_going_back_is_confirmed_and_makes_a_new_version(workshop: School, teresa: Person, lesson: Manuscript) -> None:
    browser, path = workshop.browser(teresa), f"/taller/{lesson.id}/historial/1/restaurar"
    before = files_in(workshop, lesson)
    page = browser.get(path).text
    assert "¿Volver a la versión 1?" in page
    assert files_in(workshop, lesson) == before
    answer = browser.submit(path, base="3")
    assert (answer.status_code, answer.location) == (303, f"/taller/{lesson.id}/historial")
    assert files_in(workshop, lesson)[STARTER] != b"gasto = 1\n"
    assert "Se volvió a la versión 1" in browser.get(f"/taller/{lesson.id}/historial").text
    assert browser.submit(path, base="99").status_code == 400
    assert browser.get(f"/taller/{lesson.id}/historial/99/restaurar").status_code == 404


def test_going_back_never_overwrites_what_a_colleague_saved_meanwhile(
    workshop: School, teresa: Person, lesson: Manuscript
) -> None:
    browser = workshop.browser(teresa)
    write_file(workshop, lesson, teresa, STARTER, "gasto = 4\n")
    assert browser.submit(f"/taller/{lesson.id}/historial/1/restaurar", base="3").status_code == 409
    assert files_in(workshop, lesson)[STARTER] == b"gasto = 4\n"


def test_the_history_is_for_its_authors(workshop: School, lesson: Manuscript) -> None:
    stranger = workshop.browser(workshop.person("trainer"))
    for path in ("historial", "historial/comparar", "historial/1/restaurar", "original", "sugerir", "sugerencias"):
        assert stranger.get(f"/taller/{lesson.id}/{path}").status_code == 404
    assert workshop.browser(workshop.person()).get(f"/taller/{lesson.id}/historial").status_code == 403
