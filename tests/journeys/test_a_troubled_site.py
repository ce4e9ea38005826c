"""A site with a damaged dataset, a broken lesson and impatient kernels: it says so, and goes on with the rest."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.site import Site, running_site
from support.windows import PATIENCE_MS, Window

# Its kernels are given little time.
pytestmark = pytest.mark.alone

CONTENT = Path(__file__).parents[2] / "courses" / "content"
COURSE = "/cursos/analisis-con-pandas"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """In place of the healthy one that the other journeys share."""
    folder = tmp_path_factory.mktemp("t")
    shutil.copytree(CONTENT, folder / "content")
    (folder / "content" / "analisis-con-pandas" / "unir" / "lesson.yaml").write_text("id: unir\ntitle: [\n")
    with (folder / "content" / "datasets" / "mx-indicadores-ods" / "mx-indicadores-ods-ancho.csv").open("a") as file:
        file.write("2021,0\n")
    settings = {"AULA_CONTENT": str(folder / "content"), "AULA_IDLE_KERNEL_S": "10", "AULA_CELL_TIMEOUT_S": "3"}
    with running_site(folder / "h", settings) as running:
        yield running


def test_the_other_lessons_are_served_and_the_complaint_names_file_and_line(
    site: Site, window: Callable[..., Window]
) -> None:
    visitor = window()
    visitor.go(f"{COURSE}/agrupar")
    assert visitor.page.goto(f"{site.address}{COURSE}/unir").status == 404  # type: ignore[union-attr]
    admin = window()
    admin.sign_in_as(site.accounts("admin")[0])
    page = admin.go("/administracion")
    expect(page.locator("main")).to_contain_text("unir/lesson.yaml:")
    assert admin.faults() == []


def test_a_lesson_on_damaged_data_says_so_and_does_not_run(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    page = learner.go(f"{COURSE}/forma")
    expect(page.locator("main")).to_contain_text("están dañados: la lección no se ejecuta hasta que se repongan")
    cell = page.locator("aula-cell").first
    cell.locator("button[data-act=run]").click()
    expect(cell.locator(".cell-state")).to_contain_text("no son los originales", timeout=PATIENCE_MS)
    assert learner.faults() == []


def test_a_cell_over_its_time_is_stopped_and_told_so(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    learner.go(f"{COURSE}/agrupar")
    learner.run("cargar-gasto")
    learner.write("total-de-un-ramo", "while True:\n    pass")
    expect(learner.run("total-de-un-ramo")).to_contain_text("tardó más de lo permitido")
    report = learner.check("total-de-un-ramo")
    expect(report.locator(".report-head")).to_contain_text("Tu código tardó más de lo permitido")


def test_an_idle_kernel_rests_and_one_button_wakes_it(window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_up()
    page = learner.go(f"{COURSE}/agrupar")
    learner.run("cargar-gasto")
    learner.run("total-por-anio")
    notice = page.locator("#rest-notice")

    def look_again() -> bool:
        page.reload()
        return notice.is_visible()

    for _ in range(120):
        if look_again():
            break
        page.wait_for_timeout(500)
    expect(notice).to_contain_text("Tu entorno descansó")
    page.get_by_role("button", name="Ejecutar las celdas de arriba").click()
    expect(page.locator("#environment")).to_have_attribute("data-state", "ready", timeout=PATIENCE_MS)
    expect(learner.ended("total-por-anio")).to_contain_text("2013")
