"""A real Chromium, watched: every page it opens is checked for errors, foreign requests and accessibility."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = next((path for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists()), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
POLICY = "policy violated: "
# Chromium itself tries to style what one types over a selection; the editor draws that line again at once.
POLICY_WATCH = """document.addEventListener("securitypolicyviolation", (event) => {
  if (event.target instanceof Element && event.target.closest(".cm-content")) return;
  console.log("policy violated: " + event.effectiveDirective + " " + event.blockedURI + " " + event.sample);
});"""
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@contextmanager
def running_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """What went wrong in a browser context: script errors, failed policies, requests to another origin."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.complaints: list[str] = []
        self.origin = origin
        context.on("request", self._request)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("console", self._console)
        context.add_init_script(POLICY_WATCH)

    def _request(self, request: object) -> None:
        address = request.url  # type: ignore[attr-defined]
        if not address.startswith((self.origin, "data:", "blob:", "about:")):
            self.complaints.append(f"left the origin: {address}")

    def _console(self, message: object) -> None:
        text = message.text  # type: ignore[attr-defined]
        if text.startswith(POLICY):
            self.complaints.append(text)


def accessibility_faults(page: Page) -> list[str]:
    """Every axe-core violation on the page, with the elements concerned."""
    page.evaluate(AXE.read_text())
    asked = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
    found = page.evaluate(asked, RULES)
    return [
        f"{fault['id']}: {fault['help']} at {', '.join(' '.join(node['target']) for node in fault['nodes'][:4])}"
        for fault in found["violations"]
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))
