"""A learner writes an open answer, a trainer marks it with a rubric, and a review changes what a machine had said."""

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect
from support.browser import PHONE
from support.content import SHIPPED, a_content_folder
from support.site import Site, running_site
from support.windows import Window

LESSON = "/cursos/curso/mi-leccion"
OPEN_ANSWER = "Falta la edad de la madre, para saber a quién ofrecer la vacuna; saldría del acta de nacimiento."
WRONG_ORDER = ("mayor", "tabla", "columnas", "vacios")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With the template of lessons as one that can be taken: it has an open answer with a rubric."""
    folder = tmp_path_factory.mktemp("m")
    shutil.copytree(SHIPPED, folder / "content", ignore=shutil.ignore_patterns("mx-estadisticas-vitales"))
    a_content_folder(folder / "content")
    with running_site(folder / "h", {"AULA_CONTENT": str(folder / "content")}) as running:
        yield running


def open_cohort(trainer: Window, name: str) -> str:
    """A new cohort of the course; its code."""
    page = trainer.go("/grupos")
    page.get_by_label("Nombre del grupo").fill(name)
    page.get_by_label("Curso").select_option("curso")
    page.get_by_role("button", name="Abrir el grupo").click()
    code = page.get_by_role("row").filter(has_text=name).locator("code").inner_text()
    assert re.fullmatch(r"\w{4}-\w{4}", code)
    return code


def join(learner: Window, name: str, code: str) -> None:
    page = learner.go("/cuenta")
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name="Unirme al grupo").click()
    expect(page.locator("main")).to_contain_text(name)


def hand_in_both(learner: Window) -> None:
    """An open answer, and an order that is wrong."""
    page = learner.go(LESSON)
    text = learner.exercise("que-falta")
    text.get_by_label("Tu respuesta").fill(OPEN_ANSWER)
    expect(learner.check("que-falta")).to_contain_text("Lo revisará tu docente")
    order = learner.exercise("en-que-orden")
    for place, item in enumerate(WRONG_ORDER, 1):
        order.locator(f'[data-item="{item}"] select').select_option(str(place))
    learner.check("en-que-orden")
    learner.go(LESSON)
    page.get_by_role("link", name=re.compile("Mis intentos")).first.click()


def ask_for_a_review(learner: Window) -> None:
    page = learner.go(f"{LESSON}/ejercicios/en-que-orden/intentos")
    assert learner.faults() == []
    page.locator("summary").filter(has_text="Pedir revisión").click()
    page.get_by_label("¿Qué quieres que se vuelva a mirar?").fill("Primero miré el mayor a propósito.")
    page.get_by_role("button", name="Pedir revisión").click()
    expect(page.locator("main")).to_contain_text("Revisión pedida: espera respuesta")


def test_open_answers_and_reviews_are_marked_by_a_person(site: Site, window: Callable[..., Window]) -> None:
    trainer, learner = window(), window(size=PHONE)
    trainer.sign_in_as(site.accounts("trainer")[0])
    learner.sign_up("Lupe Ríos")
    join(learner, "Jueves", open_cohort(trainer, "Jueves"))
    hand_in_both(learner)
    expect(learner.page.locator("main")).to_contain_text("Intento 1")
    ask_for_a_review(learner)

    page = trainer.go("/calificar")
    assert trainer.faults() == []
    expect(page.get_by_role("row").filter(has_text="Lupe Ríos")).to_have_count(2)
    page.get_by_role("link", name="Empezar por el primero").click()
    assert trainer.faults() == []
    expect(page.locator("main")).to_contain_text("Falta la edad de la madre")
    for level in page.locator("fieldset.rubric").all():
        level.locator("input").first.focus()
        page.keyboard.press("ArrowUp")  # from the first around to the last, which gives most
    shown = page.locator("[data-sum-shown]").inner_text()
    assert page.locator(".mark-sum").inner_text().split()[-1] == shown
    page.get_by_label("Comentario").fill("Dices *para qué* serviría.")
    page.get_by_role("button", name="Guardar y seguir").click()
    expect(page.locator(".notice-success")).to_contain_text("La calificación quedó guardada.")

    expect(page.locator("main")).to_contain_text("Primero miré el mayor a propósito.")
    assert trainer.faults() == []
    page.get_by_label("Puntos por las comprobaciones").fill("0,75")
    page.get_by_label("Respuesta a la revisión").fill("Tu orden también sirve en parte.")
    page.get_by_role("button", name="Guardar y seguir").click()
    expect(page.locator("main")).to_contain_text("No hay nada por calificar.")

    mine = learner.go(f"{LESSON}/ejercicios/que-falta/intentos")
    expect(mine.locator("main")).to_contain_text(f"{shown} puntos de tu docente.")
    expect(mine.locator(".mark-comment em")).to_have_text("para qué")
    assert learner.faults() == []
    mine = learner.go(f"{LESSON}/ejercicios/en-que-orden/intentos")
    expect(mine.locator("main")).to_contain_text("Revisada: la calificación cambió")
    expect(mine.locator("main")).to_contain_text("0.75 / 1 puntos")
    assert learner.faults() == []


def test_without_scripts_a_work_is_marked_all_the_same(site: Site, window: Callable[..., Window]) -> None:
    trainer, learner = window(), window()
    account = site.accounts("trainer")[0]
    trainer.sign_in_as(account)
    learner.sign_up("Beto Sol")
    join(learner, "Viernes", open_cohort(trainer, "Viernes"))
    hand_in_both(learner)

    plain = window(java_script_enabled=False)
    plain.go("/entrar")
    plain.page.fill("input[name=email]", account.email)
    plain.page.fill("input[name=password]", account.password)
    plain.page.locator("main").get_by_role("button", name="Entrar").click()
    page = plain.go("/calificar")
    page.get_by_role("link", name="Beto Sol").click()
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator("main")).to_contain_text("Elige un nivel en cada criterio.")
    for level in page.locator("fieldset.rubric").all():
        level.locator("input").first.check()
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.locator(".notice-success")).to_contain_text("La calificación quedó guardada.")
    expect(page.locator("[data-sum-shown]")).to_have_text("0")
