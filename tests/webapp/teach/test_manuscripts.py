"""The workshop's list, and a lesson that is begun there."""

from pathlib import Path

import pytest
from support.webclient import School
from support.workshop import a_workshop, files_in, own_lessons

from webapp.services.manuscripts import service as manuscripts
from webapp.store import Sessions

NEW = "/taller/nueva"
FIELDS = {"title_es": "Mis tasas", "title_en": "", "course": "+", "course_title": "Datos de mi ciudad", "lesson_id": ""}


@pytest.fixture
def workshop(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


def test_the_workshop_is_for_trainers(workshop: School) -> None:
    assert workshop.browser().get("/taller").status_code == 302
    assert workshop.browser(workshop.person()).get("/taller").status_code == 403
    browser = workshop.browser(workshop.person("trainer"))
    assert 'href="/taller"' in browser.get("/").text
    assert 'href="/taller"' not in workshop.browser(workshop.person()).get("/").text


def test_a_newcomer_is_told_what_to_do_first(workshop: School) -> None:
    page = workshop.browser(workshop.person("trainer")).get("/taller").text
    assert "Todavía no tienes lecciones" in page
    assert "Hacer mi versión" in page
    assert workshop.browser(workshop.person("trainer")).get("/en/taller").status_code == 200


def test_a_new_lesson_is_the_template_in_a_course_of_one_s_own(workshop: School) -> None:
    trainer = workshop.person("trainer")
    browser = workshop.browser(trainer)
    answer = browser.submit(NEW, **FIELDS)
    (made,) = own_lessons(workshop, trainer)
    assert (answer.status_code, answer.location) == (303, f"/taller/{made.id}")
    assert (made.course_id, made.lesson_id, made.title.es, made.head) == (
        "datos-de-mi-ciudad",
        "mis-tasas",
        "Mis tasas",
        1,
    )
    assert "exercises/mas-nacimientos/solution.py" in files_in(workshop, made)
    page = browser.get("/taller").text
    assert "Mis tasas" in page
    assert "Datos de mi ciudad" in page
    assert "Borrador" in page
    assert "Sin probar" in page


def test_a_second_lesson_goes_into_the_same_course(workshop: School) -> None:
    trainer = workshop.person("trainer")
    browser = workshop.browser(trainer)
    browser.submit(NEW, **FIELDS)
    answer = browser.submit(NEW, **{**FIELDS, "title_es": "Otra", "course": "datos-de-mi-ciudad", "course_title": ""})
    assert answer.status_code == 303
    assert {one.course_id for one in own_lessons(workshop, trainer)} == {"datos-de-mi-ciudad"}


def test_an_id_that_is_taken_is_refused_with_one_that_is_free(workshop: School) -> None:
    trainer = workshop.person("trainer")
    browser = workshop.browser(trainer)
    browser.submit(NEW, **FIELDS)
    again = {**FIELDS, "course": "datos-de-mi-ciudad"}
    answer = browser.submit(NEW, **again)
    assert answer.status_code == 422
    assert "«mis-tasas-2» está libre" in answer.text
    assert 'value="mis-tasas-2"' in answer.text
    assert 'value="Mis tasas"' in answer.text
    assert browser.submit(NEW, **{**again, "lesson_id": "mis-tasas-2"}).status_code == 303


def test_a_new_course_never_takes_the_id_of_another(workshop: School) -> None:
    """Neither of one that is shipped nor of a colleague's."""
    for title, id_ in (("Curso", "curso-2"), ("Curso", "curso-3")):
        trainer = workshop.person("trainer")
        workshop.browser(trainer).submit(NEW, **{**FIELDS, "course_title": title})
        assert own_lessons(workshop, trainer)[0].course_id == id_


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title_es": ""}, "Escribe un título para la lección."),
        ({"course_title": ""}, "Escribe un título para el curso nuevo"),
        ({"lesson_id": "Mis Tasas"}, "por ejemplo, mis-tasas"),
        ({"course": "curso"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(workshop: School, changed: dict[str, str], said: str) -> None:
    trainer = workshop.person("trainer")
    answer = workshop.browser(trainer).submit(NEW, **{**FIELDS, **changed})
    assert answer.status_code == 422
    assert said in answer.text or "Not a valid choice" in said
    assert own_lessons(workshop, trainer) == ()


def test_a_colleague_s_lesson_is_shown_only_when_they_show_it(workshop: School) -> None:
    writer, reader = workshop.person("trainer", name="Ana Ruiz"), workshop.person("trainer")
    workshop.browser(writer).submit(NEW, **FIELDS)
    assert "Mis tasas" not in workshop.browser(reader).get("/taller").text
    (made,) = own_lessons(workshop, writer)
    share(workshop, made.id, int(writer.id))
    page = workshop.browser(reader).get("/taller").text
    assert "Mis tasas" in page
    assert "Ana Ruiz" in page
    assert f'href="/taller/{made.id}/mi-version"' in page


def share(school: School, manuscript_id: int, actor_id: int) -> None:
    with school.aula.sessions.write() as session:
        manuscripts.share(session, manuscript_id, actor_id=actor_id, is_shared=True, now=school.clock())
