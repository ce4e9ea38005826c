"""The printable sheet of a lesson: exercises with room to write for anybody, answers for trainers."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.practice import LESSON, a_catalogue, a_course, a_lesson, an_exercise
from support.webclient import School, open_school

from courses import Catalogue, Exercise, ExerciseBlock, LocalText, MatchAnswer, MatchItem, NumberAnswer, OrderItem, Unit
from webapp.store import Sessions

SHEET = f"/taller/leccion/{LESSON.course_id}/{LESSON.lesson_id}/hoja"
NO_CODE: dict[str, object] = {"starter": LocalText(""), "solutions": (), "hints": ()}
QUESTIONS = (
    an_exercise("orden", kind="order", order_items=(
        OrderItem("b", LocalText("Segundo"), 2), OrderItem("a", LocalText("Primero"), 1)), **NO_CODE),
    an_exercise("pares", kind="match", match_items=(MatchItem("x", LocalText("Tasa"), "y", LocalText("No.")),),
                match_answers=(MatchAnswer("y", LocalText("Por cien mil")),), **NO_CODE),
    an_exercise("cifra", kind="number", number=NumberAnswer(12.5, (Unit("km", 1.0),)), **NO_CODE),
)  # fmt: skip


def with_questions(questions: tuple[Exercise, ...]) -> Catalogue:
    blocks = tuple(ExerciseBlock("uno", one.id, "<p>Contesta.</p>", "Contesta.") for one in questions)
    lesson = replace(a_lesson(), exercises=questions, blocks_es=blocks, blocks_en=blocks)
    return replace(a_catalogue(), courses=(replace(a_course(), lessons=(lesson,)),))


@pytest.fixture
def asking(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return open_school(sqlite_sessions, tmp_path / "home", with_questions(QUESTIONS))


def test_a_visitor_prints_the_sheet_without_an_answer(school: School) -> None:
    page = school.browser().get(SHEET).text
    assert "Suma x." in page
    assert "total = ..." in page.replace('<span class="f">', "").replace("</span>", "")
    assert "handout-answer" not in page
    assert "soluciones" not in page
    assert "http://localhost/cursos/curso/leccion" in page


def test_a_trainer_prints_it_with_the_answers(school: School) -> None:
    pages = school.browser(school.person("trainer"))
    assert f'href="{SHEET}/soluciones"' in pages.get(SHEET).text
    page = pages.get(f"{SHEET}/soluciones").text
    assert page.count("handout-answer") == 2
    assert "No la repartas" in page


def test_every_kind_of_question_has_its_answer_on_the_trainers_sheet_only(asking: School) -> None:
    page = asking.browser(asking.person("trainer")).get(f"{SHEET}/soluciones").text
    answers = page.split("handout-answer")[1:]
    assert answers[0].index("Primero") < answers[0].index("Segundo")
    assert "Tasa → Por cien mil" in answers[1]
    assert "12.5 km" in answers[2]
    plain = asking.browser().get(SHEET).text
    assert plain.index("Segundo") < plain.index("Primero"), "mixed, as learners get it"
    assert "12.5 km" not in plain


def test_a_lesson_without_exercises_or_data_has_a_sheet_too(sqlite_sessions: Sessions, tmp_path: Path) -> None:
    bare = open_school(sqlite_sessions, tmp_path / "home", with_questions(()))
    page = bare.browser().get(SHEET)
    assert page.status_code == 200
    assert "Datos que se usan" not in page.text


def test_the_sheet_cites_the_data(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue) -> None:
    shipped = open_school(sqlite_sessions, tmp_path / "home", catalogue)
    page = shipped.browser().get("/taller/leccion/analisis-con-pandas/agrupar/hoja").text
    assert "versión 1.0.0. Aula Abierta. http://localhost/datos/mx-presupuesto-cambio-climatico" in page


def test_the_checklist_has_three_parts_and_a_name_for_every_mark(school: School) -> None:
    page = school.browser(school.person("trainer")).get("/taller/lista-de-cotejo").text
    assert page.count('<fieldset class="card"') == 3
    ids = [part.partition('"')[0] for part in page.split('type="checkbox" id="')[1:]]
    assert len(ids) == len(set(ids)) > 20
