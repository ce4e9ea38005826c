"""A person at a browser: what they see and press, in the words of the page."""

import itertools
import re
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from support.browser import DESKTOP, Watch, accessibility_faults, scrolls_sideways
from support.site import Account

PASSWORD = "cuatro palabras sin prisa"
NUMBERS = itertools.count(1)
# A cell may wait for its kernel on a slow machine; nothing here is a measure of time.
PATIENCE_MS = 60_000
RUNNING = re.compile(r"\bis-(running|checking)\b")


@dataclass(frozen=True)
class Window:
    """A browser with cookies of its own, and its only page."""

    context: BrowserContext
    page: Page
    watch: Watch
    address: str

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        return self.page

    def sign_up(self, name: str = "Guadalupe Prueba") -> str:
        """Open an account, as a visitor does; the address that signs in."""
        email = f"persona{next(NUMBERS)}@prueba.test"
        self.go("/registro")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.get_by_role("button", name="Abrir la cuenta").click()
        expect(self.page.locator("summary.me")).to_be_visible()
        return email

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/entrar")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.locator("main").get_by_role("button", name="Entrar").click()
        expect(self.page.locator("summary.me")).to_be_visible()

    def sign_in_as(self, account: Account) -> None:
        self.sign_in(account.email, account.password)

    def sign_out(self) -> None:
        self.page.locator("summary.me").click()
        self.page.get_by_role("button", name="Salir").click()
        expect(self.page.locator("summary.me")).to_have_count(0)

    def cell(self, cell_id: str) -> Locator:
        return self.page.locator(f'aula-cell[data-cell="{cell_id}"]')

    def exercise(self, exercise_id: str) -> Locator:
        return self.page.locator(f'aula-exercise[data-exercise="{exercise_id}"]')

    def write(self, cell_id: str, source: str) -> None:
        """Put a text in a cell as somebody who types or pastes it, whichever editor stands there."""
        cell = self.cell(cell_id)
        cell.locator(".cm-content, textarea:visible").first.click()
        # The first click brings the full editor in the textarea's place.
        expect(cell.locator(".cm-content")).to_be_focused(timeout=PATIENCE_MS)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)
        expect(cell.locator(".cm-content")).to_contain_text(source.split("\n")[0])

    def run(self, cell_id: str) -> Locator:
        """Press Run, wait for the end, and give the output."""
        self.press_run(cell_id)
        return self.ended(cell_id)

    def press_run(self, cell_id: str) -> None:
        """Press Run and see that it has begun, or is over already."""
        cell = self.cell(cell_id)
        with self.page.expect_response(lambda answer: answer.url.endswith("/ejecutar")):
            cell.locator("button[data-act=run]").click()

    def ended(self, cell_id: str) -> Locator:
        cell = self.cell(cell_id)
        expect(cell).not_to_have_class(RUNNING, timeout=PATIENCE_MS)
        return cell.locator(".output")

    def check(self, exercise_id: str) -> Locator:
        """Press *Comprobar*, wait for the verdict, and give the report."""
        exercise = self.exercise(exercise_id)
        with self.page.expect_response(lambda answer: answer.url.endswith("/comprobar")):
            exercise.locator("button[data-act=check], button[data-check]").click()
        expect(exercise).not_to_have_class(RUNNING, timeout=PATIENCE_MS)
        return exercise.locator(".report")

    def faults(self) -> list[str]:
        """What is wrong with the page for somebody who reads by ear, by keyboard or on a narrow screen."""
        sideways = ["the page scrolls sideways"] if scrolls_sideways(self.page) else []
        return accessibility_faults(self.page) + sideways


def open_window(browser: Browser, address: str, *, size: dict[str, int] = DESKTOP, **options: object) -> Window:
    """options: those of Playwright's new_context, such as color_scheme or java_script_enabled."""
    context = browser.new_context(viewport=size, locale="es-MX", reduced_motion="reduce", **options)  # type: ignore[arg-type]
    return Window(context, context.new_page(), Watch(context, address), address)
