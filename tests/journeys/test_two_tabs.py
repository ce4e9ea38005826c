"""One learner with the same lesson in two tabs: both write to one kernel, and nothing is mixed or lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from support.windows import PATIENCE_MS, RUNNING, Window

LESSON = "/cursos/analisis-con-pandas/agrupar"
FIRST, SECOND = "total-por-anio", "total-de-un-ramo"
COUNT = 20


def counting(word: str) -> str:
    """A cell that prints for some seconds, and that nobody else's cell can be taken for."""
    return f"import time\nfor n in range({COUNT}):\n    print(f'{word} {{n:02}}', flush=True)\n    time.sleep(.1)\n"


def lines(word: str) -> list[str]:
    return [f"{word} {number:02}" for number in range(COUNT)]


def shown(tab: Window, cell_id: str) -> list[str]:
    """The counted lines below a cell, whoever's they are."""
    expect(tab.cell(cell_id)).not_to_have_class(RUNNING, timeout=PATIENCE_MS)
    return re.findall(r"(?:uno|dos) \d\d", tab.cell(cell_id).locator(".output").inner_text())


def start(tab: Window, cell_id: str) -> None:
    """Run a cell alone, though others above it have not run."""
    cell = tab.cell(cell_id)
    cell.locator("button[data-act=run]").click()
    only = cell.get_by_role("button", name="Solo esta")
    expect(only.or_(cell.get_by_role("button", name="Detener"))).to_be_visible(timeout=PATIENCE_MS)
    if only.is_visible():
        only.click()


@pytest.fixture
def tabs(window: Callable[..., Window]) -> tuple[Window, Window]:
    """Two tabs of one browser, with the lesson open and its first cell run, so that all cells may run."""
    one = window()
    one.sign_up()
    one.go(LESSON)
    one.run("cargar-gasto")
    other = Window(one.context, one.context.new_page(), one.watch, one.address)
    other.go(LESSON)
    return one, other


def test_cells_run_from_two_tabs_at_once_keep_their_outputs(tabs: tuple[Window, Window]) -> None:
    one, other = tabs
    one.write(FIRST, counting("uno"))
    other.write(SECOND, counting("dos"))
    start(one, FIRST)
    start(other, SECOND)
    assert shown(one, FIRST) == lines("uno")
    assert shown(other, SECOND) == lines("dos")


def test_what_ran_in_one_tab_is_below_its_cell_in_the_other_when_that_is_opened_again(
    tabs: tuple[Window, Window],
) -> None:
    one, other = tabs
    one.write(FIRST, counting("uno"))
    other.write(SECOND, counting("dos"))
    start(other, SECOND)
    start(one, FIRST)
    for tab in (one, other):
        assert shown(tab, FIRST if tab is one else SECOND) != []
        tab.page.reload()
        assert (shown(tab, FIRST), shown(tab, SECOND)) == (lines("uno"), lines("dos"))


def test_both_tabs_have_the_same_memory(tabs: tuple[Window, Window]) -> None:
    one, other = tabs
    one.write(FIRST, "import time\ncompartida = 41\ntime.sleep(1)")
    start(one, FIRST)
    one.ended(FIRST)
    other.write(SECOND, "import time\nprint('vale', compartida + 1)\ntime.sleep(1)")
    start(other, SECOND)
    expect(other.cell(SECOND).locator(".output")).to_contain_text("vale 42", timeout=PATIENCE_MS)


def test_a_stop_in_one_tab_does_not_cost_the_other_its_output(tabs: tuple[Window, Window]) -> None:
    """The second waits for its turn; stopping the first is what lets it run."""
    one, other = tabs
    one.write(FIRST, "import time\nprint('uno 00', flush=True)\ntime.sleep(600)")
    other.write(SECOND, counting("dos"))
    start(one, FIRST)
    expect(one.cell(FIRST).locator(".output")).to_contain_text("uno 00", timeout=PATIENCE_MS)
    start(other, SECOND)
    one.cell(FIRST).get_by_role("button", name="Detener").click()
    assert shown(one, FIRST) == ["uno 00"]
    assert shown(other, SECOND) == lines("dos")
