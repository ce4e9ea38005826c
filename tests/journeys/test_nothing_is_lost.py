"""What the page said was saved is there again, and a run goes on, whatever is closed or killed in between."""

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Route, expect
from support.site import Site
from support.windows import PATIENCE_MS, RUNNING, Window

LESSON = "/cursos/analisis-con-pandas/agrupar"
COUNTING = "import time\nfor number in range(30):\n    print(f'linea {number:02}')\n    time.sleep(0.2)\n"
LINES = [f"linea {number:02}" for number in range(30)]


def lines_of(text: str) -> list[str]:
    return re.findall(r"linea \d\d", text)


def test_a_reload_in_mid_run_loses_and_doubles_no_line(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    page = learner.go(LESSON)
    learner.write("total-de-un-ramo", COUNTING)
    start_anyway(learner, "total-de-un-ramo")
    expect(learner.cell("total-de-un-ramo").locator(".output")).to_contain_text("linea 03", timeout=PATIENCE_MS)
    page.reload()
    expect(learner.cell("total-de-un-ramo").locator(".output")).to_contain_text("linea 29", timeout=PATIENCE_MS)
    assert lines_of(learner.ended("total-de-un-ramo").inner_text()) == LINES


def test_a_killed_runner_loses_and_doubles_no_line(site: Site, window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    learner.go(LESSON)
    learner.write("total-de-un-ramo", COUNTING)
    start_anyway(learner, "total-de-un-ramo")
    expect(learner.cell("total-de-un-ramo").locator(".output")).to_contain_text("linea 03", timeout=PATIENCE_MS)
    kill(site, "webapp.worker runner")
    expect(learner.cell("total-de-un-ramo").locator(".output")).to_contain_text("linea 29", timeout=PATIENCE_MS)
    assert lines_of(learner.ended("total-de-un-ramo").inner_text()) == LINES


def test_a_kernel_that_dies_leaves_its_output_and_one_button(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    learner.go(LESSON)
    learner.run("cargar-gasto")
    learner.write("total-de-un-ramo", "import os\nprint('antes', flush=True)\nos._exit(1)")
    learner.press_run("total-de-un-ramo")
    output = learner.ended("total-de-un-ramo")
    expect(output).to_contain_text("antes")
    wake = learner.page.get_by_role("button", name="Ejecutar las celdas de arriba")
    expect(wake).to_be_visible(timeout=PATIENCE_MS)


def test_an_edit_survives_a_closed_tab(window: Callable[..., Window]) -> None:
    learner = window()
    email = learner.sign_up()
    learner.go(LESSON)
    learner.write("total-de-un-ramo", "# una idea a medias\n")
    expect(learner.cell("total-de-un-ramo").locator(".cell-state")).to_contain_text("Guardado", timeout=PATIENCE_MS)
    learner.page.close()
    again = window()
    again.sign_in(email)
    again.go(LESSON)
    expect(again.cell("total-de-un-ramo").locator("textarea")).to_have_value("# una idea a medias\n")


def test_two_tabs_never_overwrite_silently(window: Callable[..., Window]) -> None:
    learner = window()
    email = learner.sign_up()
    other = window()
    other.sign_in(email)
    learner.go(LESSON)
    other.go(LESSON)
    learner.write("total-de-un-ramo", "# de la primera\n")
    expect(learner.cell("total-de-un-ramo").locator(".cell-state")).to_contain_text("Guardado", timeout=PATIENCE_MS)
    other.write("total-de-un-ramo", "# de la segunda\n")
    dialog = other.page.locator("#conflict")
    expect(dialog).to_be_visible(timeout=PATIENCE_MS)
    expect(dialog.locator("[data-theirs]")).to_have_text("# de la primera")
    dialog.get_by_role("button", name="Seguir con lo de esta página").click()
    expect(other.cell("total-de-un-ramo").locator(".cell-state")).to_contain_text("Guardado", timeout=PATIENCE_MS)
    other.cell("total-de-un-ramo").locator("summary[aria-label^=Más]").click()
    other.cell("total-de-un-ramo").get_by_role("button", name="Versiones anteriores").click()
    versions = other.page.locator("#versions li")
    expect(versions.filter(has_text="# de la primera")).to_have_count(1)
    expect(versions.filter(has_text="# de la segunda")).to_have_count(1)


def test_without_a_network_the_text_stays_here_and_is_sent_later(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    learner.go(LESSON)
    # The editor arrives before the network goes.
    learner.write("total-de-un-ramo", "# con red\n")
    state = learner.cell("total-de-un-ramo").locator(".cell-state")
    expect(state).to_contain_text("Guardado", timeout=PATIENCE_MS)
    learner.context.set_offline(True)
    learner.write("total-de-un-ramo", "# sin red\n")
    expect(state).to_contain_text("en este equipo", timeout=PATIENCE_MS)
    learner.context.set_offline(False)
    expect(state).to_contain_text("Guardado a las", timeout=PATIENCE_MS)
    learner.page.reload()
    expect(learner.cell("total-de-un-ramo").locator("textarea")).to_have_value("# sin red\n")


def test_a_proxy_that_holds_streams_back_costs_no_line(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    learner.go(LESSON)

    def hold_streams(route: Route) -> None:
        """As some office proxies do: a stream is not passed on before it ends, other answers are."""
        if "text/event-stream" not in route.request.headers["accept"]:
            route.continue_()

    learner.page.route(re.compile("/ejecuciones/"), hold_streams)
    learner.write("total-de-un-ramo", COUNTING)
    start_anyway(learner, "total-de-un-ramo")
    output = learner.cell("total-de-un-ramo").locator(".output")
    # Seen while the cell is running still: what was asked for again came without the stream.
    expect(output).to_contain_text("linea 14", timeout=PATIENCE_MS)
    expect(learner.cell("total-de-un-ramo")).to_have_class(RUNNING)
    assert lines_of(learner.ended("total-de-un-ramo").inner_text()) == LINES
    learner.page.unroute_all(behavior="ignoreErrors")


def start_anyway(learner: Window, cell_id: str) -> None:
    """Run a cell alone, though others above it have not run."""
    cell = learner.cell(cell_id)
    cell.locator("button[data-act=run]").click()
    only = cell.get_by_role("button", name="Solo esta")
    expect(only.or_(cell.get_by_role("button", name="Detener"))).to_be_visible(timeout=PATIENCE_MS)
    if only.is_visible():
        only.click()


def kill(site: Site, words: str) -> None:
    """End a process of this site at once, found by its command below the site's parent."""
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
    commands = {
        int(child): Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode() for child in children
    }
    (victim,) = [pid for pid, command in commands.items() if words in command]
    os.kill(victim, signal.SIGKILL)
