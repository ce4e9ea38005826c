"""A site with room for one kernel and several learners: the idle one rests, who comes waits in line and reads so."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect
from support.browser import PHONE
from support.site import Site, running_site
from support.windows import PATIENCE_MS, Window

# What waits in line must still be waiting when the page is looked at.
pytestmark = pytest.mark.alone

LESSON = "/cursos/analisis-con-pandas/agrupar"
LONG = "import time\nprint('desde ahora', flush=True)\ntime.sleep(600)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """In place of the roomy one that the other journeys share."""
    settings = {"AULA_MOST_KERNELS": "1", "AULA_CELL_TIMEOUT_S": "900"}
    with running_site(tmp_path_factory.mktemp("f"), settings) as running:
        yield running


def arrive(window: Window) -> Window:
    window.sign_up()
    window.go(LESSON)
    return window


def note(window: Window, cell_id: str) -> Locator:
    """What a cell says of the line, or of its waking."""
    return window.cell(cell_id).locator(".cell-note")


def keep_busy(window: Window) -> None:
    """Have a kernel and run something on it that does not end by itself."""
    window.run("cargar-gasto")
    window.write("total-de-un-ramo", LONG)
    window.press_run("total-de-un-ramo")
    output = window.cell("total-de-un-ramo").locator(".output")
    expect(output).to_contain_text("desde ahora", timeout=PATIENCE_MS)


def stop(window: Window, cell_id: str) -> None:
    window.cell(cell_id).get_by_role("button", name="Detener").click()
    window.ended(cell_id)


def test_learners_share_one_place_in_order_and_lose_nothing(window: Callable[..., Window]) -> None:
    ana, bruno, carla = arrive(window()), arrive(window()), arrive(window(size=PHONE))
    ana.run("cargar-gasto")
    expect(ana.run("total-por-anio")).to_contain_text("2013")

    # Ana reads; her kernel rests for Bruno, who is busy then.
    keep_busy(bruno)

    # Now there is nobody to rest: two more read their place, on a large screen and on a small one.
    carla.press_run("cargar-gasto")
    expect(note(carla, "cargar-gasto")).to_contain_text("En fila: sigues tú. Tu código correrá en cuanto haya lugar")
    ana.press_run("total-por-anio")
    expect(note(ana, "total-por-anio")).to_contain_text("En fila: hay 1 persona antes que tú.")
    expect(ana.page.locator("#environment")).to_have_attribute("data-state", "waiting")
    assert ana.faults() == []
    assert carla.faults() == []
    ana.page.reload()
    expect(note(ana, "total-por-anio")).to_contain_text("En fila: hay 1 persona antes que tú.")

    # Who presses stop leaves the line, and everybody behind moves up.
    stop(carla, "cargar-gasto")
    expect(carla.cell("cargar-gasto").locator(".cell-state")).to_contain_text("Detenida")
    expect(note(carla, "cargar-gasto")).to_be_hidden()
    expect(note(ana, "total-por-anio")).to_contain_text("En fila: sigues tú.", timeout=PATIENCE_MS)

    # Bruno ends, so Ana's kernel wakes with all that was above.
    stop(bruno, "total-de-un-ramo")
    expect(ana.ended("total-por-anio")).to_contain_text("2013")
    expect(note(ana, "total-por-anio")).to_contain_text("Tu entorno descansaba")
    expect(ana.page.locator("#environment")).to_have_attribute("data-state", "ready", timeout=PATIENCE_MS)
    assert ana.faults() == []


def test_a_page_left_open_while_its_kernel_rested_wakes_it_by_pressing_run(window: Callable[..., Window]) -> None:
    """The page does not know of the rest, and need not."""
    ana, bruno = arrive(window()), arrive(window())
    ana.run("cargar-gasto")
    before = ana.run("total-por-anio").inner_text()
    bruno.run("cargar-gasto")
    after = ana.run("total-por-anio")
    expect(note(ana, "total-por-anio")).to_contain_text("Tu entorno descansaba")
    expect(ana.cell("total-por-anio").locator(".cell-offer")).to_be_hidden()
    assert after.inner_text() == before


def test_an_answer_is_checked_though_no_kernel_has_room(window: Callable[..., Window]) -> None:
    """Checking takes a place of its own, so a full line of cells does not hold it up."""
    ana, bruno = arrive(window()), arrive(window())
    keep_busy(bruno)
    ana.write("total-de-un-ramo", "medio_ambiente = 1")
    expect(ana.check("total-de-un-ramo")).to_be_visible()
    stop(bruno, "total-de-un-ramo")
