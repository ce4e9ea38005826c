"""Exercises without code over HTTP: what is taken for an answer, what becomes of it, and what the page gives away."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.lessons import a_check, a_lesson, a_match, a_number, a_text, a_wrong_answer, an_exercise, an_order
from support.practice import a_course
from support.webclient import Pages, School, open_school

from courses import Catalogue, Exercise, Language, ProseBlock
from notebooks import read_notebook
from webapp.services.cohorts import service as cohorts
from webapp.services.gradebook import service as gradebook
from webapp.services.practice.records import Draft
from webapp.services.practice.rules import cell_ids, runnable_cells
from webapp.services.practice.service import compose_notebook
from webapp.services.submissions.records import Answer, ExerciseKey
from webapp.store import Sessions
from webapp.ui.answers import render_answer
from webapp.ui.question_page import question_view, shown_order

BASE = "/cursos/curso/leccion"
ORDER = an_order("abcd", wrong_answers=(a_wrong_answer("d\nc\nb\na", "al-reves", "respuesta"),))
NUMBER = a_number(1234.5, "kg", wrong_answers=(a_wrong_answer("777 kg", "mal", "respuesta"),))
HEADING = ProseBlock("uno", '<h2 id="uno">Uno</h2>', "## Uno")
PLAIN = a_lesson(an_exercise(a_check()), ORDER, a_match(), NUMBER, a_text())
LESSON = replace(PLAIN, blocks_es=(HEADING, *PLAIN.blocks_es), blocks_en=(HEADING, *PLAIN.blocks_en))
CATALOGUE = Catalogue((replace(a_course(), lessons=(LESSON,)),), (), ())


@pytest.fixture
def school(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    """With a lesson of questions, and no sandbox to grade in."""
    return open_school(sqlite_sessions, tmp_path / "home", CATALOGUE)


@pytest.fixture
def pages(school: School) -> Pages:
    return school.browser(school.person())


def check(pages: Pages, exercise: str, **body: Any) -> Any:
    return pages.send("POST", f"{BASE}/ejercicios/{exercise}/comprobar", {"base_version": 0, **body}, key="k1")


@pytest.mark.parametrize(
    ("exercise", "body", "verdict", "points"),
    [
        ("order", {"choice": ["a", "b", "c", "d"]}, "passed", 3.0),
        ("order", {"choice": ["d", "a", "b", "c"]}, "partial", 2.0),
        ("match", {"choice": ["a=uno", "c=dos", "b=dos"]}, "passed", 3.0),
        ("match", {"choice": ["a=uno"]}, "partial", 1.0),
        ("number", {"source": " 1 234,5 kg "}, "passed", 3.0),
        ("number", {"source": "muchos"}, "failed", 0.0),
        ("text", {"source": "Falta\nla edad de la madre."}, "manual", 0.0),
    ],
)
def test_an_answer_is_graded_without_a_sandbox(
    school: School, exercise: str, body: dict[str, Any], verdict: str, points: float
) -> None:
    ana = school.person()
    pages = school.browser(ana)
    sent = check(pages, exercise, **body)
    assert sent.status_code == 202
    school.carry_out_jobs()
    with school.aula.sessions.read() as session:
        key = ExerciseKey("curso", "leccion", exercise)
        (attempt,) = gradebook.list_attempts(session, learner_id=int(ana.id), exercise=key)
    assert attempt.report is not None
    assert (attempt.report.verdict, attempt.report.points, attempt.report.max_points) == (verdict, points, 3.0)
    end = pages.get(sent.json["url"], headers={"Accept": "application/json"}).json[-1]
    assert (end["op"], end["ok"]) == ("end", verdict in ("passed", "manual"))


def test_a_question_waits_for_no_code_and_for_no_sandbox(school: School) -> None:
    for _learner in range(school.aula.settings.graders + 1):
        sent = check(school.browser(school.person()), "suma", source="total = 42")
        assert sent.status_code == 202
    pages = school.browser(school.person())
    sent = check(pages, "number", source="1234.5 kg")
    *codes, question = school.carry_out_jobs()
    assert {job.state for job in codes} == {"queued"}
    assert question.state == "done"
    assert pages.get(sent.json["url"], headers={"Accept": "application/json"}).json[-1]["ok"] is True


@pytest.mark.parametrize(
    ("exercise", "body", "status", "code"),
    [
        ("order", {"choice": ["a", "b", "c"]}, 422, "bad_choice"),
        ("order", {"choice": ["a", "b", "c", "c"]}, 422, "bad_choice"),
        ("order", {"choice": ["a", "b", "c", "d", "e"]}, 422, "bad_choice"),
        ("order", {"choice": ["a", "b", "c", ["d"]]}, 422, "bad_choice"),
        ("order", {"choice": "abcd"}, 422, "bad_choice"),
        ("order", {"source": "abcd"}, 422, "bad_choice"),
        ("match", {"choice": []}, 422, "bad_choice"),
        ("match", {"choice": ["a=uno", "a=dos"]}, 422, "bad_choice"),
        ("match", {"choice": ["a=cuatro"]}, 422, "bad_choice"),
        ("match", {"choice": [1]}, 422, "bad_choice"),
        ("number", {"source": "  "}, 422, "empty_answer"),
        ("number", {"source": "1" * 61}, 422, "too_long"),
        ("number", {"source": None}, 422, "bad_text"),
        ("number", {"source": ["1"]}, 422, "bad_text"),
        ("text", {"source": "\n"}, 422, "empty_answer"),
        ("text", {"source": "palabra " * 51}, 422, "too_long"),
        ("text", {"source": "x" * 8001}, 422, "too_long"),
        ("text", {"source": "a\x00b"}, 422, "bad_text"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_kept(
    school: School, exercise: str, body: dict[str, Any], status: int, code: str
) -> None:
    ana = school.person()
    answer = check(school.browser(ana), exercise, **body)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    with school.aula.sessions.read() as session:
        key = ExerciseKey("curso", "leccion", exercise)
        assert gradebook.list_attempts(session, learner_id=int(ana.id), exercise=key) == ()


def test_what_is_written_is_saved_like_code_and_never_runs(pages: Pages) -> None:
    saved = pages.send("PUT", f"{BASE}/celdas/text", {"source": "A medio\nescribir", "base_version": 0})
    assert (saved.status_code, saved.json["version"]) == (200, 1)
    assert "A medio\nescribir" in pages.get(BASE).text
    stale = pages.send("PUT", f"{BASE}/celdas/text", {"source": "otro", "base_version": 0})
    assert stale.json["code"] == "stale_draft"
    assert pages.send("PUT", f"{BASE}/celdas/order", {"source": "x", "base_version": 0}).json["code"] == "unknown_cell"
    drafts = {one: Draft(one, 1, "import os", a_time) for one, a_time in [("text", None), ("suma", None)]}  # type: ignore[arg-type]  # no rule looks at the time
    assert [cell.cell_id for cell in runnable_cells(LESSON, "es", drafts)] == ["antes", "suma"]
    assert cell_ids(LESSON) == ("antes", "suma")


def test_running_a_written_answer_is_refused(school: School, tmp_path: Path, sqlite_sessions: Sessions) -> None:
    with_kernels = open_school(sqlite_sessions, tmp_path / "other", CATALOGUE, kernels=lambda: None)  # type: ignore[arg-type,return-value]  # none is asked
    pages = with_kernels.browser(with_kernels.person())
    answer = pages.send("POST", f"{BASE}/celdas/text/ejecutar", {"source": "1 / 0", "base_version": 0}, key="k1")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_cell")


@pytest.mark.parametrize(
    ("exercise", "fields", "points"),
    [
        ("order", {"place-a": "1", "place-b": "2", "place-c": "3", "place-d": "4"}, 3.0),
        ("order", {"place-a": "2", "place-b": "x", "place-c": "9" * 5000, "place-d": "1"}, 2.0),
        ("match", {"match-a": "uno", "match-b": "dos", "match-c": ""}, 2.0),
        ("number", {"source": "1234.5 kg", "base_version": "0"}, 3.0),
        ("text", {"source": "una\r\ndos\r\ntres", "base_version": "0"}, 0.0),
    ],
)
def test_a_form_is_answered_without_scripts(
    school: School, exercise: str, fields: dict[str, str], points: float
) -> None:
    ana = school.person()
    pages = school.browser(ana)
    for _time in range(2):
        sent = pages.submit(f"{BASE}/ejercicios/{exercise}/responder", page=BASE, key="k1", **fields)
        assert (sent.status_code, sent.headers["Location"]) == (303, f"{BASE}#exercise-{exercise}")
    assert "Recarga la página para ver el resultado" in pages.get(BASE).text
    school.carry_out_jobs()
    with school.aula.sessions.read() as session:
        key = ExerciseKey("curso", "leccion", exercise)
        (attempt,) = gradebook.list_attempts(session, learner_id=int(ana.id), exercise=key)
    assert attempt.report is not None
    assert attempt.report.points == points
    assert "\r" not in attempt.submission.answer.source


@pytest.mark.parametrize(
    ("exercise", "fields", "status"),
    [
        ("order", {"place-a": "1"}, 303),
        ("match", {}, 422),
        ("number", {"source": "", "base_version": "0"}, 422),
        ("number", {"source": "1", "base_version": "menos uno"}, 422),
        ("suma", {"source": "total = 42"}, 404),
        ("otro", {}, 404),
    ],
)
def test_a_form_that_is_no_answer_is_told_so_on_a_page(
    pages: Pages, exercise: str, fields: dict[str, str], status: int
) -> None:
    sent = pages.submit(f"{BASE}/ejercicios/{exercise}/responder", page=BASE, key="k1", **fields)
    assert sent.status_code == status
    assert sent.mimetype == "text/html"


def test_the_page_gives_no_answer_away(pages: Pages) -> None:
    page = pages.get(BASE).text
    assert [one for one in ("1234", "777", "milésimas", "Así no", "Sobre a.", "Nivel 1") if one in page] == []
    assert re.findall(r'data-item="([abcd])" data-text', page) != ["a", "b", "c", "d"]


@pytest.mark.parametrize("ids", ["ab", "abc", "abcdefghij", "ba", "zyx"])
def test_items_are_shown_in_a_wrong_order_that_stays_the_same(ids: str) -> None:
    exercise = an_order(ids)
    shown = [item.id for item in shown_order(exercise, ())]
    assert sorted(shown) == sorted(ids)
    assert shown != list(ids)
    assert shown == [item.id for item in shown_order(an_order(ids), ("gone",))]
    assert [item.id for item in shown_order(exercise, tuple(reversed(ids)))] == list(reversed(ids))


def test_items_that_may_change_places_do_not_pass_for_a_wrong_order() -> None:
    places = [item.place for item in shown_order(an_order("abc", tied="c"), ())]
    assert places != sorted(places)


def test_answers_to_pair_with_stand_in_the_same_order_for_each_item_and_not_in_the_authors() -> None:
    view = question_view(a_match(), "es", choice=("b=tres",), source="", version=0)
    orders = [[option.id for option in item.options] for item in view.items]
    assert orders[0] == orders[1] == orders[2]
    assert [[option.id for option in item.options if option.is_chosen] for item in view.items] == [[], ["tres"], []]


def test_the_notebook_takes_answers_along_and_brings_them_back(school: School) -> None:
    pages = school.browser(school.person())
    check(pages, "order", choice=["d", "a", "b", "c"])
    pages.send("PUT", f"{BASE}/celdas/text", {"source": "import os\nFalta la edad.", "base_version": 0})
    file = pages.get(f"{BASE}/cuaderno.ipynb")
    work = read_notebook(file.data)
    order, text = work.find_cell("order"), work.find_cell("text")
    assert order is not None
    assert text is not None
    assert (order.choice, order.source) == (("d", "a", "b", "c"), "# 1. Paso d\n# 2. Paso a\n# 3. Paso b\n# 4. Paso c")
    assert (text.answer, text.source) == ("import os\nFalta la edad.", "# import os\n# Falta la edad.")
    assert json.loads(file.text)["nbformat"] == 4


@pytest.mark.parametrize(
    "odd", ["uno\x0cimport os", "uno\u2028import os", "uno\rimport os", "uno\x85import os", "#\n\n\\"]
)
def test_an_answer_in_a_notebook_is_a_comment_whatever_its_line_ends(odd: str) -> None:
    draft = Draft("text", 1, odd, None)  # type: ignore[arg-type]  # no rule looks at the time
    cell = compose_notebook(LESSON, "es", {"text": draft}).find_cell("text")
    assert cell is not None
    namespace: dict[str, Any] = {}
    exec(cell.source, namespace)
    assert set(namespace) == {"__builtins__"}


@pytest.mark.parametrize(
    ("exercise", "source", "choice", "shown"),
    [
        (an_exercise(a_check()), "total = 1", (), "<pre"),
        (ORDER, "", ("b", "a", "gone"), "<li>2. Paso a</li><li>3. gone</li>"),
        (a_match(), "", ("a=dos",), "<li>Lado a → Dos</li>"),
        (NUMBER, "1 <b>kg", (), "1 &lt;b&gt;kg</blockquote>"),
        (a_text(), "**Falta** <script>", (), "**Falta** &lt;script&gt;</blockquote>"),
    ],
)
@pytest.mark.parametrize("language", ["es"])
def test_whoever_reads_an_answer_sees_what_was_handed_in(
    school: School, exercise: Exercise, source: str, choice: tuple[str, ...], shown: str, language: Language
) -> None:
    answer = Answer(source, choice, b"", "v1", {}, "es")
    with school.app.test_request_context():
        assert shown in render_answer(exercise, answer, language, name="Respuesta")


def test_a_trainer_reads_each_answer_with_its_report(school: School) -> None:
    trainer, ana = school.person("trainer"), school.person()
    with school.aula.sessions.write() as session:
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id="curso", now=school.clock())
        cohorts.join(session, actor=ana.id, code=cohort.code, now=school.clock())
    check(school.browser(ana), "order", choice=["b", "c", "d", "a"])
    pages = school.browser(ana)
    pages.send("POST", f"{BASE}/ejercicios/text/comprobar", {"source": "Falta <la> edad", "base_version": 0}, key="k2")
    school.carry_out_jobs()
    reader = school.browser(trainer)
    order, text = (
        reader.get(f"/grupos/{cohort.id}/ejercicios/curso/leccion/{exercise}/{ana.id}").text
        for exercise in ("order", "text")
    )
    assert "<li>1. Paso b</li><li>2. Paso c</li>" in order
    assert "Mueve los demás." in order
    assert "Falta &lt;la&gt; edad</blockquote>" in text
    assert "Esto enviaste" not in text
