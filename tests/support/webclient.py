"""The site without its other processes: an app over a fresh database, people in it, and a browser that reads pages."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NoReturn

from flask import Flask
from flask.testing import FlaskClient
from support.compiled import CompiledTemplates
from support.jobs import HandClock, a_context
from support.wellmade import faults_of
from werkzeug.test import TestResponse

from courses import Catalogue
from notebooks import ForkServer, KernelHost, KernelUnavailable
from webapp.factory import create_app
from webapp.jobs import JobRecord, LeaseKeeper, list_jobs, perform
from webapp.services.catalogue.shelf import Shelf
from webapp.services.people import service as people
from webapp.services.people.records import InstitutionId, NewPerson, Person, Role
from webapp.services.practice.service import LogTail
from webapp.settings import Settings
from webapp.store import Sessions
from webapp.ui.context import Aula
from webapp.ui.limits import limiter

PASSWORD = "cuatro palabras sin prisa"
# Hashing is slow on purpose; one hash serves everybody here.
PASSWORD_HASH = people.hash_password(PASSWORD)
TEMPLATES = CompiledTemplates()
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def no_kernels() -> NoReturn:
    raise KernelUnavailable("this test has no kernels")


@dataclass
class School:
    """An app and what a test puts into its database. `clock` is moved by hand."""

    app: Flask
    aula: Aula
    clock: HandClock
    fork_server: Callable[[], ForkServer] = no_kernels
    _number: int = field(default=0)

    def person(self, role: Role = "learner", *, institution: str = "", name: str = "") -> Person:
        """Somebody with an account and PASSWORD."""
        self._number += 1
        with self.aula.sessions.write() as session:
            new = NewPerson(
                name or f"Persona {self._number}", f"persona{self._number}@prueba.test", PASSWORD_HASH, "es",
                self._institution(session, institution), role,
            )  # fmt: skip
            return people.open_account(session, new, now=self.clock())

    def _institution(self, session: Any, name: str) -> InstitutionId | None:
        if not name:
            return None
        return people.find_or_add_institution(session, name=name, branch="executive", order="state").id

    def carry_out_jobs(self) -> list[JobRecord]:
        """Do what waits, as a worker would; the jobs that there are now, oldest first."""
        context = a_context(
            self.aula.sessions, self.home, self.clock, catalogue=self.aula.shelf.shipped, kernels=self.aula.kernels,
            fork_server=self.fork_server,
        )  # fmt: skip
        keeper = LeaseKeeper(context)
        with context.reading() as session:
            waiting = [one.id for one in list_jobs(session, state="queued")]
        for job_id in sorted(waiting):
            perform(context, keeper, job_id)
        with context.reading() as session:
            return sorted(list_jobs(session), key=lambda one: one.id)

    def mails(self) -> list[EmailMessage]:
        """The mails that were sent so far, in the order of their sending."""
        files = sorted((self.home / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), EmailMessage, policy=default) for path in files]

    @property
    def home(self) -> Path:
        return self.aula.settings.home

    def browser(self, person: Person | None = None) -> "Pages":
        """A browser of its own; signed in if somebody is given."""
        pages = Pages(self.app.test_client())
        if person is not None:
            answer = pages.submit("/entrar", email=person.email, password=PASSWORD)
            assert answer.status_code == 303, answer.text
        return pages


def open_school(
    sessions: Sessions,
    home: Path,
    catalogue: Catalogue,
    environ: Mapping[str, str] | None = None,
    *,
    kernels: Callable[[], KernelHost] = no_kernels,
    fork_server: Callable[[], ForkServer] = no_kernels,
) -> School:
    """environ: settings that differ from the defaults; kernels, fork_server: where the test has real ones."""
    settings = Settings.from_env({"AULA_HOME": str(home), "AULA_SECRET_KEY": "k" * 40, **(environ or {})})
    clock = HandClock()
    aula = Aula(
        settings=settings, sessions=sessions, shelf=Shelf(catalogue, sessions, settings.content), kernels=kernels,
        sandbox_grade=lambda: None, tail=LogTail(sessions), clock=clock,
    )  # fmt: skip
    app = create_app(settings, aula)
    app.jinja_env.bytecode_cache = TEMPLATES
    # Counts of one test must not reach the next.
    with app.app_context():
        limiter.reset()
    return School(app, aula, clock, fork_server)


class Pages:
    """A client that asks for pages as browsers do, and sends forms with the token of the page that they stand on."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **options: Any) -> TestResponse:
        # Read to its end at once, so that files that are sent get closed.
        answer = self.client.get(path, **{"headers": PAGE, "buffered": True, **options})
        look_at(answer, path)
        return answer

    def token(self, path: str = "/entrar") -> str:
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.get(path, follow_redirects=True).text)
        assert found, f"{path} has no token"
        return found[1]

    def submit(self, path: str, *, page: str = "/ayuda", **fields: str) -> TestResponse:
        """Send a form. page: where its token comes from; any page has one."""
        answer = self.client.post(path, data={"csrf_token": self.token(page), **fields}, headers=PAGE)
        look_at(answer, path)
        return answer

    def send(self, method: str, path: str, body: object, *, key: str = "", **headers: str) -> TestResponse:
        """Ask as the page's scripts do: JSON, with the token in a header. key: of a request that begins a run."""
        sent = {"X-CSRFToken": self.token("/ayuda"), "Accept": "application/json", **headers}
        if key:
            sent["Idempotency-Key"] = key
        return self.client.open(path, method=method, json=body, headers=sent)


def look_at(answer: TestResponse, path: str) -> None:
    """Every page that a test sees has to be well made."""
    if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 308):
        language = "en" if path == "/en" or path.startswith("/en/") else "es"
        assert faults_of(answer.text, language=language) == [], path


class TableReader(HTMLParser):
    """The texts of the cells of a page's tables, row by row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
