"""A visitor becomes a learner, works through an exercise, and finds everything again elsewhere."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from support.browser import PHONE
from support.windows import PATIENCE_MS, Window

COURSE = "/cursos/analisis-con-pandas"
LESSON = f"{COURSE}/agrupar"
WRONG = 'medio_ambiente = gasto.groupby("ramo_id")["millones"].mean().loc[16]'
RIGHT = 'medio_ambiente = gasto.groupby("ramo_id")["millones"].sum().loc[16]'


def test_from_first_visit_to_progress_and_back_on_another_computer(window: Callable[..., Window]) -> None:
    lupita = window()
    page = lupita.go("/")
    page.get_by_role("link", name="Análisis con pandas").first.click()
    page.get_by_role("link", name="Agrupar y comparar").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agrupar y comparar")
    page.get_by_role("link", name="Entra para ejecutar el código").click()
    page.get_by_role("link", name="Abre una").click()
    email = lupita.sign_up("Lupita Prueba")

    lupita.go(LESSON)
    output = lupita.run("cargar-gasto")
    expect(output.locator("table")).to_contain_text("ramo_id")
    expect(lupita.page.locator("#variables")).to_contain_text("gasto")

    lupita.write("total-de-un-ramo", WRONG)
    report = lupita.check("total-de-un-ramo")
    expect(report).to_contain_text("Tienes el promedio por programa del ramo 16")
    exercise = lupita.exercise("total-de-un-ramo")
    exercise.get_by_role("button", name="Ver pista 1 de 3").click()
    expect(exercise.locator(".hint-card")).to_contain_text("los grupos los forma otra columna")

    lupita.write("total-de-un-ramo", RIGHT)
    expect(lupita.check("total-de-un-ramo")).to_contain_text("Superado: 3 de 3 puntos")
    lupita.go("/avance")
    expect(lupita.page.locator("main")).to_contain_text("Análisis con pandas")
    lupita.sign_out()

    elsewhere = window(size=PHONE)
    elsewhere.sign_in(email)
    elsewhere.go("/")
    elsewhere.page.get_by_role("link", name="Seguir la lección").click()
    expect(elsewhere.page).to_have_url(re.compile(re.escape(elsewhere.address + LESSON)))
    expect(elsewhere.cell("cargar-gasto").locator(".output table")).to_contain_text("ramo_id")
    passed = elsewhere.exercise("total-de-un-ramo")
    passed.locator("summary").first.click()
    expect(passed.locator("textarea")).to_have_value(RIGHT)
    expect(passed).to_contain_text("Superado: 3 de 3 puntos")


def test_a_choice_is_answered_with_the_reason_for_what_was_chosen(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    learner.go(LESSON)
    learner.exercise("salto-2023").get_by_label("Es un error de captura").check()
    expect(learner.check("salto-2023")).to_contain_text("Antes de borrar algo, busca de qué filas viene.")
    learner.exercise("salto-2023").get_by_label("El total aprobado creció").check()
    expect(learner.check("salto-2023")).to_contain_text("Superado: 2 de 2 puntos")


def test_the_four_kinds_of_not_yet_are_told_apart(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    learner.go(LESSON)
    learner.write("total-de-un-ramo", "medio_ambiente = 1")
    expect(learner.check("total-de-un-ramo").locator(".report-head")).to_contain_text("Todavía no")
    learner.write("total-de-un-ramo", "medio_ambiente = gastos.sum()")
    stopped = learner.check("total-de-un-ramo")
    expect(stopped.locator(".report-head")).to_contain_text("Tu código se detuvo con un error")
    expect(stopped).to_contain_text("NameError")
    expect(stopped).to_contain_text("Qué quiere decir este error")
    learner.write("total-de-un-ramo", "x = bytearray(6 * 2**30)")
    expect(learner.check("total-de-un-ramo").locator(".report-head")).to_contain_text("más memoria de la que hay")


def test_the_lesson_reads_in_english_over_the_same_work(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    learner.go(LESSON)
    learner.write("total-de-un-ramo", WRONG)
    learner.check("total-de-un-ramo")
    learner.go(f"/en{LESSON}")
    expect(learner.page.get_by_role("heading", level=1)).to_have_text("Group and compare")
    expect(learner.exercise("total-de-un-ramo").locator(".report")).to_contain_text(
        "You have the average per programme of ramo 16"
    )


@pytest.mark.parametrize("path", ["", "/en"])
def test_the_text_of_a_lesson_reads_without_scripts(window: Callable[..., Window], path: str) -> None:
    visitor = window(java_script_enabled=False)
    page = visitor.go(f"{path}{LESSON}")
    expect(page.locator("main")).to_contain_text("groupby")
    expect(page.locator("aula-cell").first).to_contain_text("aula.datos")


def test_the_whole_exercise_goes_by_keyboard(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    page = learner.go(LESSON)
    learner.cell("total-por-anio").locator("textarea").focus()
    expect(learner.cell("total-por-anio").locator(".cm-content")).to_be_focused(timeout=PATIENCE_MS)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.closest('.cm-editor') === null")
    assert focused, "Tab stays in the editor"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")
    expect(learner.cell("total-por-anio").get_by_role("button", name="Ejecutar lo de arriba y esta")).to_be_focused(
        timeout=PATIENCE_MS
    )
    page.keyboard.press("Enter")
    expect(learner.ended("total-por-anio")).to_contain_text("2013")
