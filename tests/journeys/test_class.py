"""A class: the lesson on the projector, its notes in another window, a board that fills by itself, help by a button."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from support.browser import DESKTOP, PHONE
from support.site import Site
from support.windows import Window

LESSON = "/cursos/analisis-con-pandas/primer-cuaderno"
PRESENT = "/taller/leccion/analisis-con-pandas/primer-cuaderno/presentar"
LOOKS = [(size, scheme) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]


def begin(window: Window) -> Page:
    """Start a class of the first cohort from its page; the board."""
    page = window.go("/grupos/1")
    page.get_by_role("link", name="Dar una clase").click()
    page.get_by_label("Lección de la clase").select_option("primer-cuaderno")
    page.get_by_role("button", name="Empezar la clase").click()
    expect(page.get_by_role("heading", name="Dónde van")).to_be_visible()
    return page


def test_a_class_is_held(site: Site, window: Callable[..., Window]) -> None:
    teresa, ana = window(), window()
    teresa.sign_in_as(site.accounts("trainer")[0])
    ana.sign_in_as(site.accounts("learner")[0])
    board = begin(teresa)
    expect(board.get_by_text("Nadie pide ayuda ahora")).to_be_visible()

    page = ana.go(LESSON)
    page.get_by_role("button", name="Necesito ayuda").press("Enter")
    expect(page.get_by_role("button", name="Necesito ayuda")).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith(LESSON), "the page stays, with what was written on it"
    ana.exercise("leer-el-error").locator(".choice input").first.check()
    ana.check("leer-el-error")

    expect(board.locator("main").get_by_text("1 persona pide ayuda")).to_be_visible()
    expect(board.locator("#board-exercises")).to_be_visible()
    assert "Ana Torres" not in board.content()
    board.get_by_role("button", name="Mostrar nombres").click()
    expect(board.locator(".board-people")).to_contain_text("Ana Torres Medina")
    with board.expect_response(lambda answer: answer.url.endswith("/nombres")):
        pass  # the board is asked for again by itself, with its names
    expect(board.locator(".board-people")).to_contain_text("Ana Torres Medina")
    board.get_by_role("link", name="Ocultar nombres").click()
    board.get_by_role("button", name="Ya recibió ayuda").click()
    expect(board.get_by_text("Nadie pide ayuda ahora")).to_be_visible()
    board.get_by_role("button", name="Terminar la clase").click()
    expect(board.get_by_text("La clase terminó. Así quedó.")).to_be_visible()


def test_both_windows_turn_together_by_the_keyboard(site: Site, window: Callable[..., Window]) -> None:
    teresa = window()
    teresa.sign_in_as(site.accounts("trainer")[0])
    slides = teresa.go(PRESENT)
    notes = teresa.context.new_page()
    notes.goto(f"{site.address}{PRESENT}/notas")

    def at(number: int, section: str) -> None:
        expect(slides.locator("[data-place]")).to_have_text(f"{number} de 7")
        expect(notes.locator("[aria-current=step] > h2")).to_have_text(section)

    expect(slides.get_by_role("heading", level=1)).to_have_text("Tu primer cuaderno")
    slides.keyboard.press("ArrowRight")
    at(2, "Una celda se corre")
    slides.keyboard.press("PageDown")
    at(3, "Ponle nombre a los datos")
    slides.keyboard.press("End")
    at(7, "Lo que te llevas")
    slides.keyboard.press("ArrowRight")
    at(7, "Lo que te llevas")
    slides.keyboard.press("ArrowLeft")
    at(6, "Una cuenta para todas las filas")
    notes.get_by_role("button", name="Sección anterior").click()
    at(5, "Abre una tabla")
    slides.keyboard.press("Home")
    expect(slides.locator("[data-place]")).to_have_text("1 de 7")
    slides.goto(f"{slides.url}#tabla")
    at(5, "Abre una tabla")
    slides.keyboard.press("?")
    expect(slides.get_by_role("dialog")).to_be_visible()
    slides.get_by_label("Usar estas teclas en este equipo").uncheck()
    slides.keyboard.press("Escape")
    slides.keyboard.press("ArrowRight")
    expect(slides.locator("[data-place]")).to_have_text("5 de 7")


def test_the_clock_tells_calmly_how_a_class_keeps_to_its_plan(site: Site, window: Callable[..., Window]) -> None:
    teresa = window()
    teresa.sign_in_as(site.accounts("trainer")[0])
    page = teresa.page
    page.clock.install()
    teresa.go(f"{PRESENT}/notas")
    page.get_by_role("button", name="Empezar el reloj").click()
    pace = page.locator("[data-pace]")
    expect(pace).to_have_text("Vas según lo planeado.")
    page.clock.fast_forward("10:00")
    expect(pace).to_have_text(re.compile(r"Vas 8 min después de lo planeado"))
    for _section in range(5):
        page.get_by_role("button", name="Sección siguiente").click()
    expect(pace).to_have_text(re.compile(r"Vas 9 min antes de lo planeado"))
    page.get_by_role("button", name="Pausar el reloj").click()
    page.clock.fast_forward("10:00")
    expect(page.locator("[data-elapsed]")).to_have_text(re.compile(r"10:0\d"))


def test_the_pages_of_a_class_are_for_everyone(site: Site, window: Callable[..., Window]) -> None:
    found = {}
    for size, scheme in LOOKS:
        teresa = window(size=size, color_scheme=scheme)
        teresa.sign_in_as(site.accounts("trainer")[0])
        board = begin(teresa)
        paths = (f"{PRESENT}#tabla", "/grupos/1/clases", PRESENT, f"{PRESENT}/notas", "/taller/lista-de-cotejo")
        sheets = (PRESENT.replace("presentar", "hoja"), PRESENT.replace("presentar", "hoja/soluciones"))
        for path in (board.url.removeprefix(site.address), *paths, *sheets):
            teresa.go(path)
            found[path, size["width"], scheme] = teresa.faults()
    assert {key: faults for key, faults in found.items() if faults} == {}


def test_a_presentation_and_a_board_need_no_scripts(site: Site, window: Callable[..., Window]) -> None:
    teresa = window(java_script_enabled=False)
    teresa.sign_in_as(site.accounts("trainer")[0])
    board = begin(teresa)
    board.get_by_role("button", name="Mostrar nombres").click()
    expect(board.locator(".board-people")).to_contain_text("Ana Torres Medina")
    teresa.go(PRESENT)
    expect(teresa.page.get_by_role("heading", name="Lo que te llevas")).to_be_visible()
