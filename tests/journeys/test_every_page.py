"""Every page, wide and narrow, light and dark: nothing for axe-core to find, little to load."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Response
from support.browser import DESKTOP, PHONE
from support.site import Site
from support.windows import Window

COURSE = "/cursos/analisis-con-pandas"
OF_VISITORS = (
    "/", COURSE, f"{COURSE}/agrupar", "/datos", "/datos/mx-presupuesto-cambio-climatico", "/entrar",
    "/registro", "/clave/olvidada", "/ayuda", "/ayuda/atajos", "/ayuda/accesibilidad",
)  # fmt: skip
OF_ROLES = {
    "learner": ("/", COURSE, f"{COURSE}/agrupar", "/avance", "/cuenta"),
    "trainer": ("/grupos", "/grupos/1", "/estudio", "/grupos/1/estudio", "/recalificaciones", "/grupos/1/recalificar"),
    "manager": ("/cuenta",),
    "admin": ("/administracion", "/administracion/personas", "/administracion/invitaciones"),
}
LOOKS = [(size, scheme) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]
NAMES = [f"{size['width']}-{scheme}" for size, scheme in LOOKS]
MOST_KB = {"/": 95, f"{COURSE}/agrupar": 130}


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=NAMES)
def test_a_visitors_pages_are_for_everyone(window: Callable[..., Window], size: dict[str, int], scheme: str) -> None:
    visitor = window(size=size, color_scheme=scheme)
    found = {path: faults_of(visitor, prefix + path) for prefix in ("", "/en") for path in OF_VISITORS}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("role", OF_ROLES)
@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=NAMES)
def test_the_pages_of_a_role_are_for_everyone(
    site: Site, window: Callable[..., Window], role: str, size: dict[str, int], scheme: str
) -> None:
    person = window(size=size, color_scheme=scheme)
    person.sign_in_as(site.accounts(role)[0])
    found = {path: faults_of(person, path) for path in OF_ROLES[role]}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=NAMES)
def test_a_lesson_at_work_is_for_everyone(window: Callable[..., Window], size: dict[str, int], scheme: str) -> None:
    learner = window(size=size, color_scheme=scheme)
    learner.sign_up()
    learner.go(f"{COURSE}/agrupar")
    learner.run("cargar-gasto")
    learner.write("total-de-un-ramo", "gasto['Ramo'].sum() # " + "una línea que no cabe en la pantalla " * 5)
    learner.run("total-de-un-ramo")
    learner.check("total-de-un-ramo")
    learner.exercise("total-de-un-ramo").get_by_role("button", name="Ver pista 1 de 3").click()
    learner.exercise("total-de-un-ramo").locator(".hint-card").wait_for()
    assert learner.faults() == []


@pytest.mark.parametrize("path", MOST_KB)
def test_a_first_visit_stays_light(window: Callable[..., Window], path: str) -> None:
    visitor = window()
    answers: list[Response] = []
    visitor.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - playwright marks its handlers
    visitor.go(path)
    visitor.page.wait_for_load_state("networkidle")
    assert sum(weight(answer) for answer in answers) / 1024 <= MOST_KB[path]


def weight(answer: Response) -> int:
    """Bytes of an answer as they travel, compressed where the server says so."""
    body = answer.body()
    if answer.header_value("content-encoding") == "gzip":
        return len(gzip.compress(body, 9))
    return len(body)


def faults_of(window: Window, path: str) -> list[str]:
    window.go(path)
    return window.faults()
