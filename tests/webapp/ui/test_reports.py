"""What the panel of an attempt says of answers that are right in part, and of those that a person reads."""

from collections.abc import Iterator
from typing import Any

import pytest
from support.lessons import a_check, a_match, a_number, a_text, an_exercise, an_order
from support.webclient import School

from courses import Exercise, Hint, LocalText
from graders import CheckResult, GradeReport
from graders.checks import table
from graders.compare import to_result
from graders.evidence import Column, Table
from graders.questions import judge_question
from notebooks import Cell
from webapp.ui.exercises import render_report


@pytest.fixture(autouse=True)
def language(school: School) -> Iterator[None]:
    with school.app.test_request_context():
        yield


def a_report(exercise: Exercise, *, choice: tuple[str, ...] = (), answer: str = "") -> GradeReport:
    checks = judge_question(exercise, Cell(exercise.id, "code", "", choice=choice, answer=answer))
    points = sum(check.points for check in checks)
    verdict = "manual" if exercise.kind == "text" else "passed" if points == 3 else "partial" if points else "failed"
    return GradeReport(exercise.id, verdict, points, 3.0, checks, 0.0, "v1")  # type: ignore[arg-type]  # one of the words


def test_an_answer_that_is_right_in_part_says_so_with_its_points() -> None:
    exercise = an_order()
    shown = render_report(a_report(exercise, choice=("b", "c", "d", "a")), exercise, "es")
    assert "Vas bien: 2 de 3 puntos" in shown
    assert "Mueve los demás." in shown
    assert "2 / 3" in shown


def test_a_wrong_answer_is_not_yet_right() -> None:
    exercise = a_match()
    shown = render_report(a_report(exercise, choice=("a=dos",)), exercise, "es")
    assert "Todavía no: mira qué falta" in shown


def test_a_right_answer_says_what_there_is_to_notice() -> None:
    exercise = a_number(solution_note=LocalText("Entre **365** días."))
    shown = render_report(a_report(exercise, answer="1234.5 kg"), exercise, "es")
    assert "Superado: 3 de 3 puntos" in shown
    assert "Entre <strong>365</strong> días." in shown


def test_an_open_answer_is_shown_back_as_it_was_sent() -> None:
    exercise = a_text()
    shown = render_report(a_report(exercise), exercise, "es", source="Falta <b>la edad</b>\n*y más*")
    assert "Lo revisará tu docente" in shown
    assert "Falta &lt;b&gt;la edad&lt;/b&gt;\n*y más*" in shown


def a_table(columns: dict[str, list[Any]]) -> Table:
    told = [
        Column(name, "text" if type(cells[0]) is str else "number", tuple(cells)) for name, cells in columns.items()
    ]
    return Table(tuple(told), (), len(told[0].values or ()), len(told), is_series=False)


def a_miss(exercise: Exercise, *missed: str, wrong_answer_id: str | None = None) -> GradeReport:
    checks = tuple(
        CheckResult(one.id, "failed", 0.0, 2.0, "value.different", {"name": "n", "value": "1"}, wrong_answer_id)
        if one.id in missed
        else CheckResult(one.id, "passed", 2.0, 2.0, "right")
        for one in exercise.checks
    )
    return GradeReport(exercise.id, "partial", 2.0, 4.0, checks, 0.0, "v1")


def test_a_hint_about_one_check_is_offered_where_that_one_is_missed() -> None:
    hints = (Hint("Lee otra vez."), Hint("Divide entre `todo`.", check_id="tasa"))
    exercise = an_exercise(a_check("value", "total"), a_check("value", "tasa"), hints=hints)
    assert "Divide entre <code>todo</code>" in render_report(a_miss(exercise, "tasa"), exercise, "es")
    other = render_report(a_miss(exercise, "total"), exercise, "es")
    assert "Pista" not in other
    assert "Lee otra vez" not in other


def test_a_mistake_that_is_known_has_its_own_words_and_needs_no_hint() -> None:
    exercise = an_exercise(a_check("value", "tasa"), hints=(Hint("Divide.", check_id="tasa"),))
    assert "Pista" not in render_report(a_miss(exercise, "tasa", wrong_answer_id="mal"), exercise, "es")


def test_a_table_s_difference_is_shown_by_key_with_the_learner_s_own_values() -> None:
    columns, key = ["ramo", "monto"], ["ramo"]
    check = a_check("table", "tabla", name="tabla", columns=columns, key=key)
    have = a_table({"ramo": ["agua", "<b>mar</b>"], "monto": [1.0, 9.0]})
    want = a_table({"ramo": ["agua", "salud"], "monto": [2.0, 3.0]})
    report = GradeReport("suma", "failed", 0.0, 2.0, (to_result(check, table.judge(check, have, want)),), 0.0, "v1")
    shown = render_report(report, an_exercise(check), "es")
    assert "Ver la diferencia" in shown
    assert "Falta 1 fila." in shown
    assert "Sobra 1 fila: &#39;&lt;b&gt;mar&lt;/b&gt;&#39;." in shown
    assert "<td>&#39;agua&#39;</td><td>1</td>" in shown
    assert "salud" not in shown


def test_whoever_marks_an_open_answer_is_not_told_that_they_sent_it() -> None:
    exercise = a_text()
    assert "Esto enviaste" not in render_report(a_report(exercise), exercise, "es")


def test_a_text_of_the_learners_that_looks_like_code_stays_text() -> None:
    exercise = a_number()
    shown = render_report(a_report(exercise, answer="7 `<script>`"), exercise, "es")
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
