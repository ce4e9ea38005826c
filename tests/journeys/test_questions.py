"""Somebody answers every kind of exercise without code: with a mouse, by keyboard on a phone, and without scripts."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from support.browser import DESKTOP, PHONE
from support.content import SHIPPED, a_content_folder
from support.site import Site, running_site
from support.windows import Window

LESSON = "/cursos/curso/mi-leccion"
OPEN_ANSWER = (
    "Falta la edad de la madre,\npara saber a quién ofrecer la vacuna y cuándo; saldría del acta de nacimiento."
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With the template of lessons as one that can be taken: it has an exercise of each kind."""
    folder = tmp_path_factory.mktemp("q")
    shutil.copytree(SHIPPED, folder / "content", ignore=shutil.ignore_patterns("mx-estadisticas-vitales"))
    a_content_folder(folder / "content")
    with running_site(folder / "h", {"AULA_CONTENT": str(folder / "content")}) as running:
        yield running


def order_on(page: Page) -> list[str]:
    found: list[str] = page.locator('[data-exercise="en-que-orden"] [data-item]').evaluate_all(
        "items => items.map(item => item.dataset.item)"
    )
    return found


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_kind_of_question_is_answered_and_found_again(
    window: Callable[..., Window], size: dict[str, int]
) -> None:
    learner = window(size=size)
    learner.sign_up()
    page = learner.go(LESSON)
    assert learner.faults() == []

    order = learner.exercise("en-que-orden")
    for place, item in enumerate(("tabla", "mayor", "columnas", "vacios"), 1):
        order.locator(f'[data-item="{item}"] select').select_option(str(place))
    expect(learner.check("en-que-orden")).to_contain_text("antes de saber si la tabla está completa")
    order.get_by_role("button", name="Bajar: Quedarse con el año mayor").click()
    order.get_by_role("button", name="Bajar: Quedarse con el año mayor").click()
    assert order_on(page) == ["tabla", "columnas", "vacios", "mayor"]
    expect(learner.check("en-que-orden")).to_contain_text("Superado: 1 de 1 puntos")

    match = learner.exercise("que-guarda")
    match.get_by_label("anio").select_option(label="Un momento")
    match.get_by_label("nacimientos").select_option(label="Una tasa por cada mil habitantes")
    report = learner.check("que-guarda")
    expect(report).to_contain_text("Vas bien: 0.5 de 1 puntos")
    expect(report).to_contain_text("Ya está bien: «anio». Cada nacimiento suma uno.")

    number = learner.exercise("al-dia")
    number.get_by_label("Tu respuesta").fill("208 333")
    expect(learner.check("al-dia")).to_contain_text("Divide entre los días del año")
    number.get_by_label("Tu respuesta").fill("6,85 mil")
    expect(learner.check("al-dia")).to_contain_text("Superado: 1 de 1 puntos")

    text = learner.exercise("que-falta")
    text.get_by_label("Tu respuesta").fill(OPEN_ANSWER)
    expect(text.locator("[data-words]")).to_have_text("20")
    report = learner.check("que-falta")
    expect(report).to_contain_text("Lo revisará tu docente")
    expect(report).to_contain_text("Falta la edad de la madre,")
    expect(text).not_to_have_class("exercise-element is-passed")

    learner.go(LESSON)
    assert order_on(page) == ["tabla", "columnas", "vacios", "mayor"]
    expect(learner.exercise("que-guarda").get_by_label("anio")).to_have_value("tiempo")
    expect(learner.exercise("que-falta").get_by_label("Tu respuesta")).to_have_value(OPEN_ANSWER)
    assert learner.faults() == []


def test_on_a_phone_items_move_by_keyboard_and_what_is_written_is_saved_as_it_is_typed(
    window: Callable[..., Window],
) -> None:
    learner = window(size=PHONE)
    learner.sign_up()
    page = learner.go(LESSON)
    before = order_on(page)
    last = learner.exercise("en-que-orden").locator("[data-item]").last
    last.get_by_role("button", name="Subir").focus()
    for _ in range(len(before)):
        page.keyboard.press("Enter")
    assert order_on(page) == [before[-1], *before[:-1]]
    expect(
        learner.exercise("en-que-orden").locator("[data-item]").first.get_by_role("button", name="Subir")
    ).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text("lugar 1 de 4")

    text = learner.exercise("que-falta")
    text.get_by_label("Tu respuesta").fill("A medio escribir")
    expect(text.locator(".cell-state")).to_contain_text("Guardado")
    learner.go(LESSON)
    expect(learner.exercise("que-falta").get_by_label("Tu respuesta")).to_have_value("A medio escribir")
    assert learner.faults() == []


def test_questions_are_answered_without_scripts_too(window: Callable[..., Window]) -> None:
    learner = window(java_script_enabled=False)
    learner.sign_up()
    learner.go(LESSON)

    def send(exercise_id: str, said: str) -> None:
        learner.exercise(exercise_id).locator("button[data-check]").click()
        learner.page.wait_for_load_state()

        def is_told() -> bool:
            learner.go(LESSON)
            return learner.exercise(exercise_id).locator(".report").count() > 0

        for _ in range(200):
            if is_told():
                break
        expect(learner.exercise(exercise_id)).to_contain_text(said)

    learner.exercise("que-significa").get_by_label("Nunca han nacido").check()
    send("que-significa", "Mira qué años trae")
    order = learner.exercise("en-que-orden")
    for place, item in enumerate(("tabla", "vacios", "columnas", "mayor"), 1):
        order.locator(f'[data-item="{item}"] select').select_option(str(place))
    send("en-que-orden", "Superado: 1 de 1 puntos")
    match = learner.exercise("que-guarda")
    match.get_by_label("anio").select_option(label="Un momento")
    match.get_by_label("nacimientos").select_option(label="Una cuenta de registros")
    send("que-guarda", "Superado: 1 de 1 puntos")
    learner.exercise("al-dia").get_by_label("Tu respuesta").fill("6849 nacimientos")
    send("al-dia", "Superado: 1 de 1 puntos")
    learner.exercise("que-falta").get_by_label("Tu respuesta").fill(OPEN_ANSWER)
    send("que-falta", "Lo revisará tu docente")
