"""Questions: judged without a sandbox, with part of the points for part of the answer, and answered in words."""

# One sentence a line, however long.
# ruff: noqa: E501

import json
from pathlib import Path
from typing import Any

import pytest
from support.lessons import (
    a_check,
    a_lesson,
    a_match,
    a_number,
    a_text,
    a_wrong_answer,
    an_exercise,
    an_order,
    answered,
)

from courses import Exercise, Language, LocalText
from graders import AnswerKeys, GradeReport, grade, grade_question, say, to_json
from graders.question_proof import prove_question
from graders.questions import judge_question, right_answer
from notebooks import Cell, ForkServer, Limits, read_notebook, write_notebook

NOTE = LocalText("Primero se mira.", "First one looks.")
BACKWARDS = a_wrong_answer("d\nc\nb\na", "al-reves", "respuesta")
MONTHLY = a_wrong_answer("208,333 kg", "al-mes", "respuesta")


@pytest.fixture
def mark(tmp_path: Path) -> Any:
    """Grades an answer, through a notebook file, where there is no sandbox at all."""

    def mark(exercise: Exercise, **given: Any) -> GradeReport:
        lesson = a_lesson(exercise)
        work = read_notebook(write_notebook(answered(lesson, **given)))
        nobody = ForkServer.attach(tmp_path / "nobody.sock")
        keys = AnswerKeys(tmp_path / "keys")
        return grade(lesson, exercise.id, work, sandbox=nobody, keys=keys, limits=Limits(), language="es")

    return mark


@pytest.mark.parametrize(
    ("exercise", "given", "verdict", "points"),
    [
        (an_order(), {"choice": ["a", "b", "c", "d"]}, "passed", 3.0),
        (an_order(), {"choice": ["b", "c", "d", "a"]}, "partial", 2.0),
        (an_order(), {"choice": ["d", "c", "b", "a"]}, "failed", 0.0),
        (an_order(), {}, "failed", 0.0),
        (a_match(), {"choice": ["a=uno", "b=dos", "c=dos"]}, "passed", 3.0),
        (a_match(), {"choice": ["a=uno", "b=dos", "c=tres"]}, "partial", 2.0),
        (a_match(), {"choice": ["a=tres"]}, "failed", 0.0),
        (a_number(), {"answer": "1 234,5 kg"}, "passed", 3.0),
        (a_number(), {"answer": "1 234,5"}, "failed", 0.0),
        (a_number(), {}, "failed", 0.0),
        (a_text(), {"answer": "Falta la edad."}, "manual", 0.0),
        (a_text(), {}, "manual", 0.0),
    ],
)
def test_an_answer_earns_its_points(
    mark: Any, exercise: Exercise, given: dict[str, Any], verdict: str, points: float
) -> None:
    report = mark(exercise, **given)
    assert (report.verdict, report.points, report.max_points) == (verdict, points, 3.0)


def test_points_for_a_part_are_told_to_a_hundredth(mark: Any) -> None:
    exercise = an_order("abcdefgh")
    assert mark(exercise, choice=[*"hgabcdef"]).points == 2.14


@pytest.mark.parametrize(
    ("exercise", "answer", "language", "said"),
    [
        (an_order(), {"choice": ("b", "c", "d", "a")}, "es", "Entre sí, ya van en orden: «Paso b», «Paso c», «Paso d». Mueve los demás."),
        (an_order(), {"choice": ("b", "c", "d", "a")}, "en", "In order among themselves are already: “Step b”, “Step c”, “Step d”. Move the others."),
        (an_order(wrong_answers=(BACKWARDS,)), {"choice": ("d", "c", "b", "a")}, "es", "Así no: al-reves."),
        (an_order(solution_note=NOTE), {"choice": ("a", "b", "c", "d")}, "en", "First one looks."),
        (an_order(), {"choice": ("a", "b", "c", "d")}, "es", "Así es."),
        (a_match(), {"choice": ("a=uno", "b=uno", "c=tres")}, "es", "Ya está bien: «Lado a». Sobre b."),
        (a_match(), {"choice": ("a=tres",)}, "en", "None of the pairs goes together. About a."),
        (a_match(), {"choice": ("a=uno", "b=dos")}, "es", "Lo que emparejaste está bien. Falta «Lado c»."),
        (a_number(wrong_answers=(MONTHLY,)), {"answer": "208 333 kg"}, "es", "Así no: al-mes."),
        (a_number(), {"answer": "1 234,5 milésimas"}, "es",
         "`1 234,5 milésimas` sería correcto si la unidad fuera `kg`, y escribiste `milésimas`. Convierte el número o cambia la unidad."),
        (a_number(), {"answer": "7 libras"}, "es", "No conocemos la unidad `libras`. Aquí puedes usar `kg` o `milésimas`."),
    ],
)  # fmt: skip
def test_an_answer_is_answered_in_words(
    exercise: Exercise, answer: dict[str, Any], language: Language, said: str
) -> None:
    (result,) = judge_question(exercise, Cell(exercise.id, "code", "", **answer))
    assert say(result, exercise, language) == said


def test_an_authors_own_words_follow_what_is_right_of_an_order_already() -> None:
    exercise = an_order(checks=(a_check("order", "respuesta", points=3.0, message="Empieza por la tabla."),))
    (partly,) = judge_question(exercise, Cell("order", "code", "", choice=("b", "c", "d", "a")))
    assert say(partly, exercise, "es").endswith("Mueve los demás. Empieza por la tabla.")
    (wrong,) = judge_question(exercise, Cell("order", "code", "", choice=("d", "c", "b", "a")))
    assert say(wrong, exercise, "es") == "Empieza por la tabla."


def test_an_open_answer_says_that_a_person_will_read_it(mark: Any) -> None:
    exercise = a_text()
    report = mark(exercise, answer="Falta la edad.")
    assert report.checks == ()
    assert say(report, exercise, "es") == "Tu docente revisa esta respuesta."


def test_the_report_on_code_with_a_rubric_is_of_its_checks_alone() -> None:
    exercise = an_exercise(rubric=a_text().rubric)
    assert (sum(check.points for check in exercise.checks), exercise.rubric_points) == (2.0, 3.0)


@pytest.mark.parametrize("exercise", [an_order(), a_match(), a_number(), a_number(unit=""), a_number(1.234, "%")])
def test_the_right_answer_is_right(exercise: Exercise) -> None:
    assert [result.status for result in judge_question(exercise, right_answer(exercise))] == ["passed"]


@pytest.mark.parametrize(
    ("exercise", "codes"),
    [
        (an_order(wrong_answers=(BACKWARDS,)), []),
        (a_match(), []),
        (a_number(wrong_answers=(MONTHLY,)), []),
        (a_text(), []),
        (an_order(wrong_answers=(a_wrong_answer("a\nb\nc\nd", "bien", "respuesta"),)), ["wrong_answer_passes"]),
        (an_order(wrong_answers=(BACKWARDS, a_wrong_answer("d c b a", "otra"))), ["wrong_answers_alike"]),
        (a_number(wrong_answers=(a_wrong_answer("mucho", "mucho"),)), ["wrong_answer_unknown"]),
        (a_number(wrong_answers=(a_wrong_answer("1234500 milésimas", "bien"),)), ["wrong_answer_passes"]),
        (a_number(unit="milésimas"), ["solution_fails"]),
        (a_match(match_answers=a_match().match_answers[:1]), ["solution_fails"]),
    ],
)
def test_a_question_is_proved(exercise: Exercise, codes: list[str]) -> None:
    assert [code for code, _ in prove_question(exercise, "es")] == codes


@pytest.mark.parametrize(
    ("exercise", "ours"),
    [
        (an_order(), {"choice": ["a", 7, None, ["b"], {"c": 1}]}),
        (an_order(), {"choice": ["d", "a", "b", "c", "d"] * 20_000}),
        (an_order(), {"choice": {"a": 1}, "answer": "a b c d"}),
        (a_match(), {"choice": [f"{item}={answer}" for item in "abc" for answer in ("tres", "dos", "uno")]}),
        (a_match(), {"choice": ["=", "a==uno", "a=uno=dos", "\u202ea=uno"]}),
        (a_number(), {"answer": 1234.5}),
        (a_number(), {"answer": "1234.5 kg 1234.5 kg"}),
        (a_number(), {"answer": "1234.5 kg" + " " * 100_000 + "."}),
        (a_number(), {"answer": "9" * 100_000}),
        (a_number(), {"answer": "nan kg", "choice": ["1234.5 kg"]}),
        (a_text(), {"answer": ["una", "lista"]}),
    ],
)
def test_what_somebody_wrote_into_the_file_earns_no_more_than_it_answers(
    exercise: Exercise, ours: dict[str, Any]
) -> None:
    cell = {"id": exercise.id, "cell_type": "code", "source": "", "outputs": [], "execution_count": None}
    cell["metadata"] = {"aula": {"exercise": exercise.id, **ours}}
    file = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).encode()
    report = grade_question(a_lesson(exercise), exercise, read_notebook(file), "es")
    assert report.verdict in ("failed", "partial", "manual")
    assert report.points < report.max_points
    assert len(json.dumps(to_json(report))) < 2_000
