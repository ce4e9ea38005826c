"""Pictures of the pages for docs/screenshots, from a real site with real work: `make screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser
from support.browser import DESKTOP, PHONE, running_browser
from support.site import Account, Site, running_site
from support.windows import Window, open_window

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LESSON = "/cursos/analisis-con-pandas/agrupar"
SUM = 'medio_ambiente = gasto.groupby("ramo_id")["millones"].sum().loc[16]\nmedio_ambiente'
MEAN = 'medio_ambiente = gasto.groupby("ramo_id")["millones"].mean().loc[16]'
BY_NAME = 'por_ramo = gasto.groupby("ramo", as_index=False)["millones"].sum()\npor_ramo.head(3)'
LOOKS = [(size, scheme) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="sc") as home,
        running_site(Path(home)) as site,
        running_browser() as browser,
    ):
        learners, trainer = site.accounts("learner")[:2], site.accounts("trainer")[0]
        work_through(browser, site, learners[1], SUM)
        work_through(browser, site, learners[0], MEAN)
        for size, scheme in LOOKS:
            name = f"{size['width']}-{scheme}"
            learner = a_window(browser, site, size, scheme, learners[0])
            keep(learner, "/", f"catalogue-{name}")
            keep_lesson(learner, name)
            keep(learner, "/datos/mx-presupuesto-cambio-climatico", f"dataset-{name}")
            teacher = a_window(browser, site, size, scheme, trainer)
            keep(teacher, "/grupos/1", f"marks-{name}")
            for one in (learner, teacher):
                one.context.close()


def a_window(browser: Browser, site: Site, size: dict[str, int], scheme: str, account: Account) -> Window:
    window = open_window(browser, site.address, size=size, color_scheme=scheme)
    window.sign_in_as(account)
    return window


def work_through(browser: Browser, site: Site, account: Account, answer: str) -> None:
    """Some cells run, one exercise answered with `answer`, a second one by name, the choice answered well."""
    learner = a_window(browser, site, DESKTOP, "light", account)
    learner.go(LESSON)
    for cell in ("cargar-gasto", "total-por-anio"):
        learner.run(cell)
    learner.write("total-de-un-ramo", answer)
    learner.run("total-de-un-ramo")
    learner.check("total-de-un-ramo")
    learner.write("gasto-por-ramo", BY_NAME)
    learner.check("gasto-por-ramo")
    learner.exercise("salto-2023").locator(".choice input").nth(1).check()
    learner.check("salto-2023")
    learner.context.close()


def keep(window: Window, path: str, name: str) -> None:
    window.go(path)
    window.page.screenshot(path=FOLDER / f"{name}.png")


def keep_lesson(window: Window, name: str) -> None:
    """The lesson from its top, and an exercise with its report."""
    window.go(LESSON)
    window.page.screenshot(path=FOLDER / f"lesson-{name}.png")
    window.exercise("gasto-por-ramo").evaluate("element => element.scrollIntoView({block: 'start'})")
    window.page.screenshot(path=FOLDER / f"exercise-{name}.png")


if __name__ == "__main__":
    main()
