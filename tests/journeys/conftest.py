"""One running site and one Chromium for all journeys; each journey has people and windows of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support.browser import CHROMIUM, running_browser
from support.needs import need
from support.site import Site, running_site
from support.windows import PATIENCE_MS, Window, open_window


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # A unix socket's path is short, and pytest's folders are not.
    with running_site(tmp_path_factory.mktemp("s")) as running:
        yield running


# Playwright keeps an event loop for as long as it runs, so it must be gone before tests that have their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    need(CHROMIUM is not None, "Chromium", "Debian and Ubuntu: apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with running_browser() as running:
        yield running


@pytest.fixture
def window(site: Site, browser: Browser) -> Iterator[Callable[..., Window]]:
    """Opens a browser of its own on the site; at the end each must have nothing to complain of."""
    opened: list[Window] = []

    def open_one(**options: object) -> Window:
        opened.append(open_window(browser, site.address, **options))
        return opened[-1]

    yield open_one
    complaints = [complaint for one in opened for complaint in one.watch.complaints]
    for one in opened:
        one.context.close()
    assert complaints == []


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
