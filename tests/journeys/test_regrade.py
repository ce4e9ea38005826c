"""A lesson whose answer key was wrong is mended, and its trainer grades again what was handed in before."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import DESKTOP, PHONE
from support.site import Site, running_site
from support.windows import PATIENCE_MS, Window, open_window

from courses import SHIPPED

LESSON, EXERCISE = "/cursos/analisis-con-pandas/agrupar", "salto-2023"
RIGHT, WRONG = "El total aprobado creció", "El gobierno casi triplicó"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The shipped content with the wrong option taken for the right one."""
    folder = tmp_path / "content"
    shutil.copytree(SHIPPED, folder)
    sheet = folder / "analisis-con-pandas" / "agrupar" / "lesson.yaml"
    text = sheet.read_text()
    for option, was, becomes in (("triple", "false", "true"), ("que-se-cuenta", "true", "false")):
        right = f"- id: {option}\n        correct: {was}"
        assert text.count(right) == 1, "the exercise is not what this test knows"
        text = text.replace(right, f"- id: {option}\n        correct: {becomes}")
    sheet.write_text(text)
    return folder


def answer(browser: Browser, site: Site, place: int, option: str, verdict: str) -> None:
    learner = open_window(browser, site.address)
    learner.sign_in_as(site.accounts("learner")[place])
    learner.go(LESSON)
    learner.exercise(EXERCISE).get_by_label(option).check()
    expect(learner.check(EXERCISE)).to_contain_text(verdict)
    learner.context.close()


def start_dry_run(trainer: Window) -> Page:
    """From the group's page to the difference, which comes by itself."""
    page = trainer.go("/grupos/1")
    page.get_by_role("link", name="Calificar otra vez").click()
    page.get_by_label("Qué se califica otra vez").select_option("agrupar")
    assert trainer.faults() == []
    page.get_by_role("button", name="Empezar el ensayo").click()
    expect(page.get_by_text("Lista para revisar")).to_be_visible(timeout=PATIENCE_MS)
    return page


def test_a_trainer_grades_again_after_the_lesson_was_mended(browser: Browser, content: Path, tmp_path: Path) -> None:
    with running_site(tmp_path / "h", {"AULA_CONTENT": str(content)}) as site:
        answer(browser, site, 0, RIGHT, "Todavía no")
        answer(browser, site, 1, WRONG, "Superado")
    with running_site(tmp_path / "h") as site:
        trainer = open_window(browser, site.address, size=DESKTOP)
        trainer.sign_in_as(site.accounts("trainer")[0])
        page = start_dry_run(trainer)
        expect(page.locator(".sums")).to_contain_text("Sube")
        row = page.get_by_role("row").filter(has_text="Ana Torres Medina").first
        expect(row).to_contain_text("+2")
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            assert trainer.faults() == []
        page.get_by_label("Sí, escribir las calificaciones nuevas").check()
        page.get_by_role("button", name="Aplicar la recalificación").click()
        expect(page.get_by_text("Se escribió 1 calificación.")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_text("1 quedó como estaba, para no bajar.")).to_be_visible()
        learner = open_window(browser, site.address)
        learner.sign_in_as(site.accounts("learner")[0])
        own = learner.go(f"{LESSON}/ejercicios/{EXERCISE}/intentos")
        expect(own.get_by_text("2 / 2 puntos")).to_be_visible()
        own.get_by_text("Reporte anterior: 0 / 2 puntos").click()
        expect(own.locator(".past-reports .report")).to_be_visible()
        assert learner.faults() == []
        assert [one.watch.complaints for one in (trainer, learner)] == [[], []]
        for one in (trainer, learner):
            one.context.close()


def test_progress_is_followed_without_scripts(browser: Browser, content: Path, tmp_path: Path) -> None:
    with running_site(tmp_path / "h", {"AULA_CONTENT": str(content)}) as site:
        answer(browser, site, 0, RIGHT, "Todavía no")
    with running_site(tmp_path / "h") as site:
        trainer = open_window(browser, site.address, java_script_enabled=False)
        trainer.sign_in_as(site.accounts("trainer")[0])
        page = trainer.go("/grupos/1/recalificar")
        page.get_by_role("button", name="Empezar el ensayo").click()
        expect(page.locator(".sums")).to_contain_text("Sube", timeout=PATIENCE_MS)
        trainer.context.close()
