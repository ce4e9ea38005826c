"""A trainer sees how an exercise is going: who was right at once, what went wrong, and the same as a file."""

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from support.browser import DESKTOP, PHONE
from support.site import Site
from support.windows import Window

LESSON = "/cursos/analisis-con-pandas/agrupar"
MEAN = 'medio_ambiente = gasto.groupby("ramo_id")["millones"].mean().loc[16]'
SUM = 'medio_ambiente = gasto.groupby("ramo_id")["millones"].sum().loc[16]'


@pytest.mark.parametrize(("size", "place"), [(DESKTOP, 0), (PHONE, 1)], ids=["wide", "narrow"])
def test_a_trainer_sees_what_went_wrong_in_an_exercise(
    site: Site, window: Callable[..., Window], size: dict[str, int], place: int
) -> None:
    # The first two learners are in the first trainer's group, the others in the second's.
    trainer, learner = site.accounts("trainer")[place], site.accounts("learner")[2 * place]
    ana = window(size=size)
    ana.sign_in_as(learner)
    ana.go(LESSON)
    ana.write("total-de-un-ramo", MEAN)
    expect(ana.check("total-de-un-ramo")).to_contain_text("mean()")
    ana.write("total-de-un-ramo", SUM)
    expect(ana.check("total-de-un-ramo")).to_contain_text("Superado")

    teresa = window(size=size)
    teresa.sign_in_as(trainer)
    page = teresa.go("/grupos")
    page.locator("main").get_by_role("link", name="Análisis de datos").first.click()
    page.get_by_role("link", name="Cómo va cada ejercicio").click()
    row = page.get_by_role("row").filter(has_text="El total de un ramo")
    expect(row).to_contain_text("100 %")
    assert teresa.faults() == []
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    (found,) = [one for one in rows if one["exercise"] == "total-de-un-ramo"]
    assert (found["right_at_first_try"], found["passed"]) == ("0", found["learners"])

    row.get_by_role("link", name="El total de un ramo").click()
    main = page.locator("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("El total de un ramo")
    expect(main).to_contain_text("Respuesta equivocada prevista")
    expect(main).to_contain_text("Te falta cambiar mean() por sum()")
    expect(main.locator("pre.code")).to_have_count(0)
    page.get_by_text("Cómo se mide cada cifra").click()
    assert teresa.faults() == []
