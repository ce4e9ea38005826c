"""The same attacks in a real browser, without the page's policy that would stop what got through."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from support.attacks import PAYLOADS, shown_everywhere
from support.browser import CHROMIUM, running_browser
from support.needs import need

from webapp.ui.outputs import render_event

pytestmark = pytest.mark.browser
ALARM = """() => {
  window.hits = [];
  for (const name of ["alert", "prompt", "confirm", "msgbox"]) window[name] = () => hits.push(name);
}"""


@pytest.fixture
def page() -> Iterator[Page]:
    need(CHROMIUM is not None, "Chromium", "Debian and Ubuntu: apt-get install chromium.")
    with running_browser() as browser:
        page = browser.new_page()
        page.goto("about:blank")
        page.evaluate(ALARM)
        yield page
        page.close()


def test_the_alarm_works(page: Page) -> None:
    page.set_content("<img src=x onerror=alert(1)>", wait_until="load")
    page.wait_for_function("window.hits.length > 0")


def test_nothing_runs_and_nothing_is_asked_of_other_sites(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    outputs = [
        render_event(event, language="es", cell_label=payload, source=payload, names=[payload], columns=[payload])
        for payload in PAYLOADS
        for event in shown_everywhere(payload)
    ]
    page.set_content("<main></main><aside></aside>" + "".join(outputs), wait_until="load")
    # As a run's stream puts it into the page, each piece alone.
    page.evaluate(
        "pieces => { for (const piece of pieces) { const place = document.createElement('div');"
        " place.innerHTML = piece; document.querySelector('main').append(place); } }",
        outputs,
    )
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = !one.open; })")
    page.wait_for_function("[...document.images].every(one => one.complete)")
    assert page.evaluate("window.hits") == []
    assert [url for url in asked if not url.startswith(("data:", "about:"))] == []
    assert (
        page.locator("main")
        .locator("script, iframe, object, embed, form, input, style, link, [onerror], [onload]")
        .count()
        == 0
    )
