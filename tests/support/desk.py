"""The editor of a lesson as its author uses it in a browser."""

import re

from playwright.sync_api import Locator, Page, expect
from support.windows import PATIENCE_MS

SAVED = re.compile(r"versión (\d+)")


def open_block(page: Page, key: str, tab: str = "") -> Locator:
    """A block of the editor, open; of an exercise with one of its tabs."""
    page.evaluate("key => { location.hash = ''; document.querySelector(`a[href='#block-${key}']`).click(); }", key)
    block = page.locator(f"#block-{key}")
    expect(block).to_have_class(re.compile(r"\bis-open\b"))
    if tab:
        block.locator(f"[role=tab][data-for={tab}]").click()
    return block


def version(page: Page) -> int:
    """The number of the version that the page says is saved."""
    found = SAVED.search(page.locator("#saved").inner_text())
    assert found
    return int(found[1])


def until_saved(page: Page, after: int) -> None:
    """Wait until a later version than `after` is saved."""
    page.wait_for_function(
        "after => Number(/versión (\\d+)/.exec(document.querySelector('#saved').textContent)?.[1] ?? 0) > after",
        arg=after, timeout=PATIENCE_MS,
    )  # fmt: skip
