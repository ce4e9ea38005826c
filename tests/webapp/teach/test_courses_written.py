"""A trainer says what a course of theirs is called, whom it is for and in which order its lessons are taken."""

from pathlib import Path

import pytest
from support.manuscripts import COURSE, a_manuscript, offer, shipped_files
from support.webclient import Pages, School, open_school

from courses import Catalogue, read_sheet_value
from webapp.services.catalogue import authored
from webapp.services.people.records import Person
from webapp.store import Sessions

ADDRESS = f"/taller/cursos/{COURSE}"
FIELDS = {
    "base": "1", "title_es": "Datos de mi municipio", "title_en": "Data of my town", "summary_es": "Sumas y comparas.",
    "summary_en": "You sum and compare.", "level": "aplica", "cover": "bars", "topics": "pandas", "pass_percent": "70",
}  # fmt: skip


@pytest.fixture
def school(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue) -> School:
    return open_school(sqlite_sessions, tmp_path / "home", catalogue)


@pytest.fixture
def teresa(school: School) -> Person:
    made = school.person("trainer", name="Teresa Rivas")
    a_manuscript(school, made)
    a_manuscript(school, made, lesson_id="otra")
    return made


@pytest.fixture
def browser(school: School, teresa: Person) -> Pages:
    return school.browser(teresa)


def sheet(school: School) -> dict[str, object]:
    with school.aula.sessions.read() as session:
        value: dict[str, object] = read_sheet_value(authored.get_course(session, COURSE).sheet)
        return value


def test_what_is_written_is_kept_and_the_lessons_stand_in_the_order_of_their_numbers(
    school: School, browser: Pages
) -> None:
    assert "place-agrupar" in browser.get(ADDRESS).text
    sent = browser.submit(ADDRESS, **FIELDS, **{"place-agrupar": "2", "place-otra": "1"})
    assert sent.status_code == 303
    kept = sheet(school)
    assert kept["title"] == {"es": "Datos de mi municipio", "en": "Data of my town"}
    assert (kept["lessons"], kept["pass_share"], kept["level"]) == (["otra", "agrupar"], 0.7, "aplica")
    assert "Datos de mi municipio" in browser.get(ADDRESS).text


def test_somebody_elses_save_is_not_overwritten(school: School, browser: Pages) -> None:
    assert browser.submit(ADDRESS, **FIELDS).status_code == 303
    again = browser.submit(ADDRESS, **{**FIELDS, "title_es": "Otro título"})
    assert again.status_code == 422
    assert "Otra persona guardó este curso" in again.text
    assert sheet(school)["title"] == {"es": "Datos de mi municipio", "en": "Data of my town"}


@pytest.mark.parametrize(("field", "value"), [("title_es", ""), ("topics", ""), ("pass_percent", "0"), ("level", "x")])
def test_what_cannot_be_is_said_beside_its_field(browser: Pages, field: str, value: str) -> None:
    answer = browser.submit(ADDRESS, **{**FIELDS, field: value})
    assert answer.status_code == 422
    assert "Falta corregir algo antes de seguir" in answer.text


def test_a_circular_prerequisite_is_refused_with_its_way(school: School, teresa: Person, browser: Pages) -> None:
    """The other course waits for this one already, so this one may not wait for it."""
    for course_id in (COURSE, "otro-curso"):
        offer(school, teresa, shipped_files(), course_id)
    other = {**FIELDS, "title_es": "Otro", "title_en": "Other", "prerequisites": COURSE}
    assert browser.submit("/taller/cursos/otro-curso", **other).status_code == 303
    answer = browser.submit(ADDRESS, **{**FIELDS, "prerequisites": "otro-curso"})
    assert answer.status_code == 422
    assert f"{COURSE} → otro-curso → {COURSE}" in answer.text


def test_nobody_changes_anothers_course(school: School, browser: Pages) -> None:
    other = school.browser(school.person("trainer"))
    assert other.get(ADDRESS).status_code == 404
    assert other.submit(ADDRESS, **FIELDS).status_code == 404
    assert school.browser(school.person("learner")).get(ADDRESS).status_code == 403
