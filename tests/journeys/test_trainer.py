"""A trainer sees the marks of a group and the attempts behind them; another learner does not."""

import csv
import io
from collections.abc import Callable

from playwright.sync_api import expect
from support.site import Site
from support.windows import Window

LESSON = "/cursos/analisis-con-pandas/agrupar"


def test_a_trainer_sees_what_a_learner_of_the_group_did(site: Site, window: Callable[..., Window]) -> None:
    learner, other = site.accounts("learner")[:2]
    trainer, stranger = site.accounts("trainer")[:2]
    ana = window()
    ana.sign_in_as(learner)
    ana.go(LESSON)
    ana.exercise("salto-2023").get_by_label("El total aprobado creció").check()
    expect(ana.check("salto-2023")).to_contain_text("Superado")

    teresa = window()
    teresa.sign_in_as(trainer)
    page = teresa.go("/grupos")
    page.locator("main").get_by_role("link", name="Análisis de datos").first.click()
    expect(page.locator("table")).to_contain_text("Ana Torres Medina")
    shown = [
        [" ".join(cell.inner_text().split()) for cell in row.locator("th, td").all()]
        for row in page.locator("table tbody tr").all()
    ]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [f"{row[0]} {row[1]}" for row in rows[1:]] == [row[0] for row in shown]

    attempt = page.get_by_role("row").filter(has_text="Ana Torres Medina").get_by_role("link").last
    address = attempt.get_attribute("href")
    attempt.click()
    expect(page.locator("main")).to_contain_text("Ana Torres Medina")

    luis = window()
    luis.sign_in_as(other)
    assert luis.page.goto(site.address + str(address)).status in (403, 404)  # type: ignore[union-attr]
    oscar = window()
    oscar.sign_in_as(stranger)
    assert oscar.page.goto(site.address + str(address)).status in (403, 404)  # type: ignore[union-attr]
