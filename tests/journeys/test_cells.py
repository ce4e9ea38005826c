"""What a cell may do and what the page says when it goes too far, on a real kernel."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from support.windows import PATIENCE_MS, Window

LESSON = "/cursos/analisis-con-pandas/agrupar"
CELL = "total-de-un-ramo"


@pytest.fixture
def learner(window: Callable[..., Window]) -> Window:
    """Somebody with the lesson open and its first cell run."""
    one = window()
    one.sign_up()
    one.go(LESSON)
    one.run("cargar-gasto")
    return one


def show(learner: Window, source: str) -> Locator:
    learner.write(CELL, source)
    return learner.run(CELL)


def test_a_stopped_cell_keeps_what_it_showed_and_what_is_in_memory(learner: Window) -> None:
    # The page takes no stop within the first moments of a run, lest the second click of a double one be taken for it.
    learner.write(CELL, "import time\nx = 7\ntime.sleep(1)\nprint('antes', flush=True)\nwhile True:\n    pass")
    learner.press_run(CELL)
    cell = learner.cell(CELL)
    expect(cell.locator(".output")).to_contain_text("antes", timeout=PATIENCE_MS)
    cell.get_by_role("button", name="Detener").click()
    expect(learner.ended(CELL)).to_contain_text("Detuviste la celda")
    expect(show(learner, "print(x + 1)")).to_contain_text("8")


def test_a_restart_empties_the_memory_and_no_text(learner: Window) -> None:
    learner.page.locator("#environment summary").click()
    learner.page.get_by_role("button", name="Reiniciar el entorno").click()
    expect(learner.page.locator("#environment")).not_to_have_attribute("data-state", "starting", timeout=PATIENCE_MS)
    learner.write(CELL, "print(len(gasto))")
    learner.cell(CELL).locator("button[data-act=run]").click()
    learner.cell(CELL).get_by_role("button", name="Ejecutar lo de arriba y esta").click()
    expect(learner.cell(CELL).locator(".output")).to_contain_text("666", timeout=PATIENCE_MS)


def test_a_flood_of_text_is_cut_with_a_word_of_advice(learner: Window) -> None:
    expect(show(learner, "while True:\n    print('x' * 1000)")).to_contain_text("mostró demasiado y cortamos aquí")


def test_a_cell_that_takes_all_memory_is_told_so(learner: Window) -> None:
    source = "filas = []\nwhile True:\n    filas.append(bytearray(2**26))\n    filas[-1][::4096] = b'x' * 2**14"
    expect(show(learner, source)).to_contain_text("MemoryError")
    expect(learner.cell(CELL).locator(".explanation")).to_contain_text("memoria")
    expect(show(learner, "del filas\nprint(2 + 2)")).to_contain_text("4")


def test_a_table_is_explored_in_pages_by_order_and_by_words(learner: Window) -> None:
    page = learner.page
    page.locator("#variables button[data-table=gasto]").click()
    explorer = page.locator("#explorer")
    expect(explorer).to_contain_text("666", timeout=PATIENCE_MS)
    explorer.get_by_role("button", name="monto").click()
    expect(explorer.locator("th[aria-sort=ascending]")).to_contain_text("monto", timeout=PATIENCE_MS)
    explorer.get_by_label("Filas que contienen").fill("Sembrando Vida")
    explorer.get_by_role("button", name="Buscar").click()
    expect(explorer.locator("tbody tr").first).to_contain_text("Sembrando Vida", timeout=PATIENCE_MS)
    assert learner.faults() == []


def test_plots_tables_formulas_and_colours_are_shown(learner: Window) -> None:
    plot = show(learner, "ax = gasto.groupby('anio')['millones'].sum().plot()\nplt.show()")
    expect(plot.locator("img")).to_be_visible()
    assert plot.locator("img").evaluate("image => image.naturalWidth") > 100
    formula = show(
        learner, "from IPython.display import Latex, Markdown\ndisplay(Markdown('**hola** $x^2$'), Latex('$y_1$'))"
    )
    expect(formula.locator("strong")).to_have_text("hola")
    expect(formula.locator("math")).to_have_count(2)
    expect(show(learner, "print('\\033[31mrojo\\033[0m')").locator("span")).to_have_text("rojo")
    assert learner.faults() == []


def test_the_lesson_is_taken_home_as_a_notebook(learner: Window) -> None:
    learner.write(CELL, "# lo mío")
    expect(learner.cell(CELL).locator(".cell-state")).to_contain_text("Guardado", timeout=PATIENCE_MS)
    with learner.page.expect_download() as download:
        learner.page.get_by_role("link", name="Descargar como cuaderno").click()
    assert download.value.suggested_filename == "agrupar.ipynb"
    assert "# lo mío" in download.value.path().read_text(encoding="utf-8")
