"""Presenting a lesson: what is projected holds no note and no answer, and what lies beside it holds them all."""

from pathlib import Path

import pytest
from support.webclient import Pages, School, open_school

from courses import Catalogue, Lesson
from webapp.services.classes import service as classes
from webapp.services.cohorts import service as cohorts
from webapp.store import Sessions
from webapp.ui.inline import paragraphs

COURSE, LESSON = "analisis-con-pandas", "agrupar"
PRESENT = f"/taller/leccion/{COURSE}/{LESSON}/presentar"
NOTES = f"{PRESENT}/notas"
SHEET = f"/taller/leccion/{COURSE}/{LESSON}/hoja"
SOLUTION = "as_index=<span"


@pytest.fixture
def shipped(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue) -> School:
    return open_school(sqlite_sessions, tmp_path / "home", catalogue)


@pytest.fixture
def lesson(catalogue: Catalogue) -> Lesson:
    found = catalogue.find_lesson(COURSE, LESSON)
    assert found is not None
    assert len(found.notes) > 10
    return found


@pytest.fixture
def trainer(shipped: School) -> Pages:
    return shipped.browser(shipped.person("trainer"))


def leaks(page: str, lesson: Lesson) -> list[str]:
    """The notes that are on a page, as text or as the page would write them."""
    texts = [text for one in lesson.notes.values() for text in (one.es, one.en)]
    return [one for one in texts if one[:60] in page or str(paragraphs(one))[:60] in page]


def test_the_projected_view_has_every_section_and_no_note(trainer: Pages, lesson: Lesson) -> None:
    page = trainer.get(PRESENT).text
    assert [one.id for one in lesson.sections if f'data-section-id="{one.id}"' not in page] == []
    assert leaks(page, lesson) == []
    assert SOLUTION not in page.partition('id="gasto-por-ramo"')[2]


def test_the_view_beside_it_has_every_note_and_every_answer(trainer: Pages, lesson: Lesson) -> None:
    page = trainer.get(NOTES).text
    assert [key for key, one in lesson.notes.items() if str(paragraphs(one.es)) not in page] == []
    assert page.count("Ver la respuesta") == len(lesson.exercises)
    assert "20 minutos" in page
    assert "del minuto 19 al 20" in page


def test_a_class_shows_its_code_while_it_goes_on(shipped: School, lesson: Lesson) -> None:
    teacher = shipped.person("trainer")
    with shipped.aula.sessions.write() as session:
        cohort = cohorts.make_cohort(session, actor=teacher, name="Lunes", course_id=COURSE, now=shipped.clock())
        actor = int(teacher.id)
        taught = classes.start(session, actor=actor, cohort=cohort, lesson_id=LESSON, now=shipped.clock())
    pages, code = shipped.browser(teacher), f"{cohort.code[:4]}-{cohort.code[4:]}"
    assert code in pages.get(f"{PRESENT}?clase={taught.id}").text
    assert code not in pages.get(PRESENT).text
    others = shipped.browser(shipped.person("trainer"))
    assert code not in others.get(f"{PRESENT}?clase={taught.id}").text, "another trainer's class"
    for wrong in ("404", "x", "-1"):
        assert pages.get(f"{PRESENT}?clase={wrong}").status_code == 200
    with shipped.aula.sessions.write() as session:
        classes.end(session, taught.id, actor=actor, now=shipped.clock())
    assert code not in pages.get(f"{PRESENT}?clase={taught.id}").text


def test_only_trainers_present_and_read_the_notes(shipped: School, lesson: Lesson) -> None:
    learner = shipped.browser(shipped.person())
    for path in (PRESENT, NOTES, f"{SHEET}/soluciones", "/taller/lista-de-cotejo"):
        assert learner.get(path).status_code == 403
        assert shipped.browser().get(path).status_code == 302


def test_nothing_that_learners_and_visitors_get_holds_a_note(shipped: School, trainer: Pages, lesson: Lesson) -> None:
    learner, visitor = shipped.browser(shipped.person()), shipped.browser()
    page = f"/cursos/{COURSE}/{LESSON}"
    for reader in (learner, visitor, trainer):
        for path in (page, f"/en{page}", f"{page}/cuaderno.ipynb", SHEET, f"/en{SHEET}"):
            answer = reader.get(path)
            assert answer.status_code in (200, 302), path
            assert leaks(answer.text, lesson) == [], path


def test_a_lesson_that_there_is_not_is_not_found(trainer: Pages) -> None:
    for path in (PRESENT, NOTES, SHEET, f"{SHEET}/soluciones"):
        assert trainer.get(path.replace(LESSON, "que-no-esta")).status_code == 404
