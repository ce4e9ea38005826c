"""A new trainer with nothing but the site: fork, other data, proof, mending, publishing, teaching, and a merge."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.desk import open_block, until_saved, version
from support.site import Site
from support.towns import COUNT, LESSON, STATES, SUM, TOWNS, towns_files
from support.windows import PATIENCE_MS, Window

from courses import put_under, write_zip

# A proof runs dozens of sandboxed processes on whatever machine this is.
PROOF_MS = 180_000
MENDED = 'lugares = tabla["cve_ent"].nunique()\n'


def prove(page: Page, verdict: str) -> None:
    """Press the button where the proof does not run already, and wait for what comes of it."""
    panel = page.locator("#proof")
    expect(page.locator("#saved")).not_to_contain_text("Guardando")
    button = page.get_by_role("button", name="Probar lección")
    if button.is_enabled() and button.get_attribute("aria-disabled") != "true":
        button.click()
    expect(panel).to_contain_text(verdict, timeout=PROOF_MS)


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publicar").click()
    expect(page.locator(".flashes")).to_contain_text(re.compile("public", re.IGNORECASE))


def bring_in(trainer: Window, folder: Path, course: str) -> Page:
    """The lesson as a ZIP that somebody has, brought into a course of its own."""
    (folder / "lugares.zip").write_bytes(write_zip(put_under(LESSON, towns_files())))
    page = trainer.go("/taller/importar")
    page.locator("input[type=file]").set_input_files(folder / "lugares.zip")
    page.locator("main form").get_by_role("button").last.click()
    page.locator("input[name=course_title]").fill(course)
    page.get_by_role("button", name="Traer la lección").click()
    page.get_by_role("link", name="Abrir la lección").click()
    page.wait_for_url(re.compile(r"/taller/\d+"))
    return page


@pytest.fixture
def original(site: Site, window: Callable[..., Window], tmp_path: Path) -> Window:
    """Óscar's lesson about towns, published; his window stands in its editor."""
    oscar = window()
    oscar.sign_in_as(site.accounts("trainer")[1])
    page = bring_in(oscar, tmp_path, "Lugares de México")
    prove(page, "Lista para publicar")
    publish(page)
    return oscar


def test_from_a_colleagues_lesson_to_a_taught_one_with_data_of_her_own_place(
    site: Site, window: Callable[..., Window], original: Window
) -> None:
    teresa = window()
    teresa.sign_in_as(site.accounts("trainer")[0])
    page = fork(teresa)
    swap_the_data(page)
    prove(page, "Falta")
    mend_the_exercise_that_is_red(page)
    prove(page, "Lista para publicar")
    publish(page)
    code = open_a_cohort(teresa)
    learner = teach(site, window, code)
    improve_the_original(original)
    page = take_the_improvement_in(teresa)
    prove(page, "Lista para publicar")
    publish(page)
    # The cohort goes on with what it began with, until its trainer moves it.
    assert "Antes de contar" not in learner.go(f"/cursos/estados-de-mexico/{LESSON}").inner_text("main")
    move_the_cohort(teresa)
    page = learner.go(f"/cursos/estados-de-mexico/{LESSON}")
    expect(page.locator("main")).to_contain_text("Antes de contar")
    expect(learner.exercise(SUM)).to_contain_text("Superado")


def fork(trainer: Window) -> Page:
    page = trainer.go(f"/cursos/lugares-de-mexico/{LESSON}")
    page.get_by_role("link", name="Hacer mi versión").click()
    page.locator("input[name=course_title]").fill("Estados de México")
    page.locator("main form").get_by_role("button", name="Hacer mi versión").click()
    page.wait_for_url(re.compile(r"/taller/\d+"))
    return page


def swap_the_data(page: Page) -> None:
    """From the towns to the states; the site says at once what will not fit."""
    editor = re.sub(r"#.*", "", page.url)
    page.goto(f"{editor}/datos?de={TOWNS}&a={STATES}")
    expect(page.locator(".notice-warning").filter(has_text="cvegeo")).to_contain_text(COUNT)
    page.get_by_role("button", name=re.compile("^Cambiar a")).click()
    expect(page.locator(".workshop.is-ready")).to_be_attached()


def mend_the_exercise_that_is_red(page: Page) -> None:
    """The finding leads to the exercise, and to that one alone; its solution counts by another column now."""
    findings = page.locator("#proof li").filter(has_text="cvegeo")
    expect(findings.first).to_contain_text("¿Cuántos lugares?")
    assert page.locator("#proof").get_by_role("link").filter(has_text="¿Cuánta gente?").count() == 0
    before = version(page)
    cell = open_block(page, f"exercise-{COUNT}", "solution").locator(f'[data-cell="{COUNT}.solution"]')
    cell.locator(".cm-content, textarea:visible").first.click()
    # The first click brings the full editor in the textarea's place.
    expect(cell.locator(".cm-content")).to_be_focused(timeout=PATIENCE_MS)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(MENDED)
    until_saved(page, before)


def open_a_cohort(trainer: Window) -> str:
    page = trainer.go("/grupos")
    page.locator("input[name=name]").fill("Los de mi dependencia")
    page.locator("select[name=course]").select_option(label="Estados de México")
    page.locator("main form").get_by_role("button").last.click()
    found = re.search(r"código: ([A-Z0-9-]+)", page.locator(".flashes").inner_text())
    assert found
    return found[1]


def teach(site: Site, window: Callable[..., Window], code: str) -> Window:
    """A learner joins by the code, answers the first exercise and passes."""
    ana = window()
    ana.sign_in_as(site.accounts("learner")[0])
    page = ana.go("/cuenta")
    page.locator("input[name=code]").fill(code)
    page.locator("form").filter(has=page.locator("input[name=code]")).get_by_role("button").click()
    ana.go(f"/cursos/estados-de-mexico/{LESSON}")
    ana.write(SUM, 'total = tabla["poblacion_2020"].sum()')
    expect(ana.check(SUM)).to_contain_text("Superado")
    return ana


def improve_the_original(oscar: Window) -> None:
    page = oscar.page
    before = version(page)
    text = open_block(page, "section-contar").locator("form[data-form=body-es] textarea")
    text.fill(text.input_value() + "\n\nAntes de contar, pregunta qué se cuenta.")
    until_saved(page, before)
    before = version(page)
    text = open_block(page, "section-contar").locator("form[data-form=body-en] textarea")
    text.fill(text.input_value() + "\n\nBefore you count, ask what is counted.")
    until_saved(page, before)
    prove(page, "Lista para publicar")
    publish(page)


def take_the_improvement_in(trainer: Window) -> Page:
    """The list says that the original changed; the change is taken in, and her own words stay."""
    page = trainer.go("/taller")
    page.get_by_role("link", name=re.compile("La original cambió")).click()
    expect(page.locator("main")).to_contain_text("Antes de contar")
    page.get_by_role("button", name="Ver cómo quedaría").click()
    page.get_by_role("button", name="Guardar como versión nueva").click()
    expect(page.locator(".workshop.is-ready")).to_be_attached()
    solution = open_block(page, f"exercise-{COUNT}", "solution")
    expect(solution).to_contain_text("cve_ent")
    return page


def move_the_cohort(trainer: Window) -> None:
    page = trainer.go("/grupos")
    page.locator("main").get_by_role("link", name="Los de mi dependencia").click()
    page.get_by_role("link", name="Versiones de las lecciones").click()
    expect(page.locator("main")).to_contain_text("Siguen igual")
    page.get_by_role("button", name="Mover el grupo a las lecciones de hoy").click()
    expect(page.locator(".flashes")).to_contain_text("Ningún trabajo se perdió")
