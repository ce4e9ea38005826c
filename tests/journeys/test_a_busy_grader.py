"""A site with one grader and several learners: whose answer waits reads the place in line, and moves up."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect
from support.browser import PHONE
from support.site import Site, running_site
from support.windows import RUNNING, Window

# What waits in line must still be waiting when the page is looked at.
pytestmark = pytest.mark.alone

LESSON = "/cursos/analisis-con-pandas/agrupar"
EXERCISE = "total-de-un-ramo"
SLOW = "import time\ntime.sleep(600)"
SUM = 'medio_ambiente = gasto.groupby("ramo_id")["millones"].sum().loc[16]'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """In place of the roomy one that the other journeys share."""
    settings = {"AULA_GRADERS": "1", "AULA_CELL_TIMEOUT_S": "20"}
    with running_site(tmp_path_factory.mktemp("g"), settings) as running:
        yield running


def hand_in(window: Window, source: str) -> Locator:
    """Press *Comprobar* in an account of one's own; what the answer's cell says meanwhile."""
    window.sign_up()
    window.go(LESSON)
    window.write(EXERCISE, source)
    with window.page.expect_response(lambda answer: answer.url.endswith("/comprobar")):
        window.exercise(EXERCISE).locator("button[data-act=check]").click()
    return window.exercise(EXERCISE).locator(".cell-note")


def test_an_answer_that_waits_for_the_grader_says_its_place_and_moves_up(window: Callable[..., Window]) -> None:
    ana, bruno, carla = window(), window(), window(size=PHONE)
    hand_in(ana, SLOW)
    expect(ana.exercise(EXERCISE)).to_contain_text("Comprobando…")
    expect(hand_in(bruno, SLOW)).to_contain_text("En fila: sigues tú. Revisaremos tu respuesta en cuanto haya lugar")
    place = hand_in(carla, SUM)
    expect(place).to_contain_text("En fila: hay 1 persona antes que tú.")
    assert carla.faults() == []

    # The grader gives up on Ana's answer and takes up Bruno's.
    expect(place).to_contain_text("En fila: sigues tú.")
    carla.page.reload()
    expect(place).to_contain_text("En fila: sigues tú.")
    expect(carla.exercise(EXERCISE)).not_to_have_class(RUNNING)
    expect(carla.exercise(EXERCISE).locator(".report")).to_contain_text("Superado")
    expect(place).to_be_hidden()
