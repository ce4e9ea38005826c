"""A trainer writes a lesson in the browser: typing, running, moving, two at once, without network, without scripts."""

import random
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.browser import PHONE, scrolls_sideways
from support.desk import open_block, until_saved, version
from support.site import Site
from support.windows import PATIENCE_MS, Window

SUM = "exercise-total-de-un-ramo"


@pytest.fixture(scope="module")
def addresses() -> dict[str, str]:
    return {}


@pytest.fixture
def editor(site: Site, window: Callable[..., Window], addresses: dict[str, str]) -> Callable[..., Window]:
    """Opens the editor of one and the same fork of a shipped lesson, for its owner."""

    def open_editor(**options: object) -> Window:
        teresa = window(**options)
        teresa.sign_in_as(site.accounts("trainer")[0])
        if "fork" not in addresses:
            page = teresa.go("/taller/mi-version/analisis-con-pandas/agrupar")
            page.locator("main form").last.get_by_role("button").last.click()
            page.wait_for_url(re.compile(r"/taller/\d+"))
            addresses["fork"] = re.sub(r"#.*", "", page.url.removeprefix(site.address))
        teresa.go(addresses["fork"])
        if options.get("java_script_enabled", True):
            expect(teresa.page.locator(".workshop.is-ready")).to_be_attached()
        return teresa

    return open_editor


def test_what_is_typed_is_saved_by_itself_and_seen_in_the_preview(editor: Callable[..., Window]) -> None:
    teresa = editor()
    page = teresa.page
    before = version(page)
    text = open_block(page, SUM, "statement").locator("form[data-form=body-es] textarea")
    text.fill(text.input_value() + "\n\nPiensa antes de escribir.")
    until_saved(page, before)
    expect(page.frame_locator("#preview-frame iframe").locator(f"[data-{SUM.replace('-', '=', 1)}]")).to_contain_text(
        "Piensa antes de escribir."
    )
    expect(page.locator(f"#block-{SUM}")).to_contain_text("La traducción es anterior")
    assert teresa.faults() == []
    page.reload()
    again = open_block(page, SUM, "statement").locator("form[data-form=body-es] textarea")
    expect(again).to_have_value(re.compile("Piensa antes de escribir"))


def test_cells_and_solutions_run_on_a_real_kernel(editor: Callable[..., Window]) -> None:
    page = editor().page
    cell = open_block(page, "code-cargar-gasto").locator("[data-cell=cargar-gasto]")
    cell.get_by_role("button", name="Ejecutar", exact=True).click()
    expect(cell.locator(".output")).to_contain_text("ramo_id", timeout=PATIENCE_MS)
    solution = open_block(page, SUM, "solution").locator('[data-cell="total-de-un-ramo.solution"]')
    solution.get_by_role("button", name="Ejecutar hasta aquí").click()
    expect(solution.locator(".output")).to_contain_text("118995", timeout=PATIENCE_MS)
    expect(solution.locator(".cell-state")).to_contain_text("Lista en")


def test_blocks_move_and_tabs_change_by_keyboard(editor: Callable[..., Window]) -> None:
    page = editor().page
    before = version(page)
    block = open_block(page, "code-leer-un-anio")
    order = page.locator("#blocks > [data-block]").evaluate_all("all => all.map((one) => one.dataset.block)")
    block.locator(".block-toggle").press("Alt+ArrowUp")
    until_saved(page, before)
    moved = page.locator("#blocks > [data-block]").evaluate_all("all => all.map((one) => one.dataset.block)")
    assert moved.index("code-leer-un-anio") < order.index("code-leer-un-anio")
    expect(page.locator("#announcer")).to_contain_text("lugar")
    expect(page.locator("#block-code-leer-un-anio [aria-keyshortcuts='Alt+ArrowUp']")).to_be_focused()
    tabs = open_block(page, SUM).locator("[role=tablist]")
    tabs.locator("[aria-selected=true]").focus()
    page.keyboard.press("End")
    expect(tabs.locator("[data-for=settings]")).to_be_focused()
    expect(page.locator(f"#block-{SUM} [data-panel=settings]")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.locator(f"#block-{SUM} [data-panel=statement]")).to_be_visible()


def test_a_block_is_dragged_by_its_sign(editor: Callable[..., Window]) -> None:
    page = editor().page
    before = version(page)
    page.locator("#block-section-agrupar-sumar").evaluate("block => block.scrollIntoView({block: 'center'})")
    handle, target = (
        page.locator(f"#block-{key} .block-handle").bounding_box()
        for key in ("code-total-por-anio", "section-agrupar-sumar")
    )
    assert handle
    assert target
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 8, target["y"] - 20, steps=6)
    page.mouse.up()
    until_saved(page, before)
    order = page.locator("#blocks > [data-block]").evaluate_all("all => all.map((one) => one.dataset.block)")
    assert order.index("code-total-por-anio") < order.index("section-agrupar-sumar")


def test_a_block_is_added_and_its_check_written_as_a_sentence(editor: Callable[..., Window]) -> None:
    page = editor().page
    before = version(page)
    open_block(page, "section-leer")
    page.locator("#add summary").click()
    page.get_by_role("button", name="Ejercicio de código").click()
    until_saved(page, before)
    block = page.locator("#blocks > .is-active")
    expect(block).to_have_attribute("data-kind", "exercise")
    block.locator("[role=tab][data-for=checks]").click()
    count = block.locator(".check-items > li").count()
    block.get_by_role("button", name="Escribirla en Python").click()
    expect(block.locator(".check-items > li")).to_have_count(count + 1)


def test_two_trainers_in_one_text_see_both_and_choose(editor: Callable[..., Window]) -> None:
    one, two = editor().page, editor().page
    texts = [open_block(page, "section-llevas").locator("form[data-form=body-es] textarea") for page in (one, two)]
    before = version(one)
    texts[0].fill(texts[0].input_value() + "\n\nLo de ella.")
    until_saved(one, before)
    texts[1].fill(texts[1].input_value() + "\n\nLo mío.")
    dialog = two.get_by_role("dialog", name="Otra persona guardó esta misma parte")
    expect(dialog.locator("[data-mine]")).to_contain_text("Lo mío.")
    expect(dialog.locator("[data-theirs]")).to_contain_text("Lo de ella.")
    dialog.get_by_role("button", name="Quedarme con lo guardado").click()
    expect(texts[1]).to_have_value(re.compile("Lo de ella"))
    expect(two.locator("#rescued textarea")).to_have_value(re.compile("Lo mío"))


def test_without_a_network_it_is_kept_and_saved_when_it_comes_back(editor: Callable[..., Window]) -> None:
    teresa = editor()
    page = teresa.page
    text = open_block(page, "section-barras").locator("form[data-form=body-en] textarea")
    teresa.context.set_offline(True)
    text.fill(text.input_value() + "\n\nWritten in a tunnel.")
    expect(page.locator("#saved")).to_contain_text("Sin conexión: guardado en este equipo")
    teresa.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("versión", timeout=PATIENCE_MS)
    page.reload()
    again = open_block(page, "section-barras").locator("form[data-form=body-en] textarea")
    expect(again).to_have_value(re.compile("Written in a tunnel"))


def test_a_refusal_is_said_beside_its_field_and_nothing_typed_is_lost(editor: Callable[..., Window]) -> None:
    page = editor().page
    form = open_block(page, SUM, "settings").locator("form[data-form=facts]")
    form.get_by_label("Puntos").fill("muchos")
    expect(form.get_by_role("alert")).to_contain_text("«muchos» no es un número")
    page.reload()
    again = open_block(page, SUM, "settings").locator("form[data-form=facts]")
    expect(again.get_by_label("Puntos")).to_have_value("muchos")
    again.get_by_label("Puntos").fill("3")
    expect(again.get_by_role("alert")).to_have_count(0)


def test_it_is_whole_on_a_phone(editor: Callable[..., Window]) -> None:
    teresa = editor(size=PHONE)
    page = teresa.page
    for tab in ("statement", "starter", "wrong", "settings", "checks"):
        open_block(page, SUM, tab)
        assert not scrolls_sideways(page), tab
    page.evaluate("scrollTo(0, 0)")
    assert teresa.faults() == []
    title = page.locator(f"#block-{SUM} [data-panel=checks] .edit-pair").first
    expect(title.locator(".side-es")).to_be_visible()
    page.get_by_role("button", name="Inglés", exact=True).click()
    expect(title.locator(".side-es")).to_be_hidden()
    for view in ("Vista previa", "Prueba"):
        page.get_by_label("Vistas del editor").get_by_role("link", name=re.compile(view)).click()
        assert not scrolls_sideways(page), view
    assert teresa.faults() == []


def test_a_heavy_picture_is_made_smaller_before_it_travels(editor: Callable[..., Window], tmp_path: Path) -> None:
    """A screenshot of an office screen weighs more than a lesson may; its author need not know how to shrink it."""
    teresa = editor()
    page = teresa.page
    large = tmp_path / "pantalla.png"
    large.write_bytes(noisy_picture(1_400, 700))
    assert large.stat().st_size > 900_000
    here = re.sub(r"#.*", "", page.url)
    page.goto(f"{here}/imagen")
    page.locator("input[type=file]").set_input_files(large)
    expect(page.locator("#picture-status")).to_contain_text("se redujo a")
    page.get_by_label("Qué dice la imagen, en español").fill("Una tabla con el gasto de cada ramo en 2024.")
    page.get_by_label("Qué dice la imagen, en inglés").fill("A table with the spending of each branch in 2024.")
    page.get_by_role("button", name="Añadir la imagen").click()
    expect(page.locator(".flashes")).to_contain_text("La imagen está en la lección.")
    shown = page.frame_locator("#preview-frame iframe").get_by_alt_text("Una tabla con el gasto de cada ramo en 2024.")
    expect(shown).to_have_js_property("complete", value=True)


def noisy_picture(width: int, height: int) -> bytes:
    """A PNG that hardly compresses, as a photograph does not."""
    chance = random.Random(7)
    rows = b"".join(b"\0" + chance.randbytes(width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_it_works_without_scripts(editor: Callable[..., Window]) -> None:
    teresa = editor(java_script_enabled=False)
    page = teresa.page
    form = page.locator(f"#block-{SUM} form[data-form=title]")
    form.get_by_label("Título: Español").fill("El total de un solo ramo")
    form.get_by_role("button", name="Guardar").click()
    expect(page.locator(".flashes")).to_contain_text("Guardado.")
    expect(page.locator(f"#block-{SUM} .block-name")).to_contain_text("El total de un solo ramo")
    page.get_by_role("button", name="Subir bloque: leer-un-anio").click()
    expect(page.locator(".flashes")).to_contain_text("Guardado.")
