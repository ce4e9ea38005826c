"""A learner at work over HTTP, as the page's scripts are: opens a lesson, runs cells, reads their logs on."""

import html
import json
import re
import secrets
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import requests

from benchmarks.site import COURSE, LESSON_PATH, Account

ANSWER_S = 60.0
POLL_S = 20
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
TAG = re.compile(r"<[^>]+>")
Event = Mapping[str, Any]


class Refused(Exception):
    """The site answered with something else than a page or a run."""


@dataclass
class Reading:
    """What a learner heard of one run. heard: every event in the order in which it came; moments beside them.

    asked_at, first_output_at: moments of time.perf_counter; None while nothing was printed.
    """

    token: str
    asked_at: float
    heard: list[Event] = field(default_factory=list)
    first_output_at: float | None = None

    @property
    def last_number(self) -> int:
        return int(self.heard[-1]["seq"]) if self.heard else 0

    @property
    def end(self) -> Event | None:
        return self.heard[-1] if self.heard and self.heard[-1]["op"] == "end" else None

    def take(self, event: Event) -> None:
        if event["op"] in ("out", "replace") and self.first_output_at is None:
            self.first_output_at = time.perf_counter()
        self.heard.append(event)

    def output(self) -> str:
        """The text that the cell shows at the end, without its marks."""
        shown = ""
        for event in self.heard:
            if event["op"] == "replace":
                shown = event["html"]
            elif event["op"] == "out":
                shown += event["html"]
        return html.unescape(TAG.sub("", shown))


class Learner:
    """One person with cookies of their own. Every method raises Refused where the site does not do as asked."""

    def __init__(self, address: str, account: Account) -> None:
        self._address, self._account = address, account
        self._http = requests.Session()
        self._http.trust_env = False
        self._csrf = ""
        self._versions: dict[str, int] = {}

    def sign_in(self) -> None:
        self._read_page("/entrar")
        form = {"csrf_token": self._csrf, "email": self._account.email, "password": self._account.password}
        self._ask("POST", "/entrar", data=form, headers={"Accept": "text/html"}, allow_redirects=False)

    def open_lesson(self, path: str = LESSON_PATH) -> str:
        return self._read_page(path)

    def run(self, cell_id: str, source: str, path: str = LESSON_PATH) -> Reading:
        """A run that has begun; nothing of it has been read."""
        return self._begin(f"{path}/celdas/{cell_id}/ejecutar", cell_id, {"source": source, "above": False})

    def check(self, exercise_id: str, source: str, path: str = LESSON_PATH) -> Reading:
        return self._begin(f"{path}/ejercicios/{exercise_id}/comprobar", exercise_id, {"source": source})

    def interrupt(self, reading: Reading) -> None:
        self._ask("POST", f"/ejecuciones/{reading.token}/interrumpir")

    def restart(self, path: str = LESSON_PATH) -> None:
        self._ask("POST", f"{path}/entorno/reiniciar")

    def stream(self, reading: Reading) -> Generator[Event, None, None]:
        """Events from the last one heard on, by event stream; ends with the run or where the stream is cut."""
        with self._log(reading, "", "text/event-stream", is_stream=True) as answer:
            if not answer.headers.get("Content-Type", "").startswith("text/event-stream"):
                yield from heard(reading, answer.json())
                return
            for line in answer.iter_lines(chunk_size=1, decode_unicode=True):
                if line.startswith("data:"):
                    yield from heard(reading, [json.loads(line[5:])])

    def poll(self, reading: Reading, wait_s: int = POLL_S) -> Generator[Event, None, None]:
        """Events from the last one heard on, by one long poll."""
        yield from heard(reading, self._log(reading, f"&espera={wait_s}", "application/json").json())

    def follow(
        self, reading: Reading, ways: Iterator[str], on_event: Callable[[Event], bool] = lambda _event: False
    ) -> None:
        """Read a run to its end, each time in the next way. on_event: whether to hang up after this event."""
        while reading.end is None:
            events = self.stream(reading) if next(ways) == "stream" else self.poll(reading)
            with closing(events):
                for event in events:
                    if on_event(event):
                        break

    def read_again(self, reading: Reading) -> list[Event]:
        """The whole log as it stands now."""
        whole, at_once = Reading(reading.token, 0.0), 500
        while len(list(self.poll(whole, wait_s=0))) == at_once:
            pass
        return whole.heard

    def close(self) -> None:
        self._http.close()

    def _begin(self, path: str, cell_id: str, body: Mapping[str, Any]) -> Reading:
        asked_at = time.perf_counter()
        whole = {**body, "base_version": self._versions.get(cell_id, 0)}
        begun = self._ask("POST", path, json=whole, headers={"Idempotency-Key": secrets.token_hex(16)}).json()
        self._versions[cell_id] = begun["version"]
        return Reading(begun["run"], asked_at)

    def _log(self, reading: Reading, query: str, accepts: str, *, is_stream: bool = False) -> requests.Response:
        path = f"/ejecuciones/{reading.token}?desde={reading.last_number}{query}"
        return self._ask("GET", path, headers={"Accept": accepts}, stream=is_stream)

    def _read_page(self, path: str) -> str:
        page = self._ask("GET", path, headers={"Accept": "text/html"}).text
        found = TOKEN.search(page)
        if found is None:
            raise Refused(f"{path} has no token for forms")
        self._csrf = found[1]
        return page

    def _ask(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Accept": "application/json", "X-CSRFToken": self._csrf, **options.pop("headers", {})}
        answer = self._http.request(method, self._address + path, headers=headers, timeout=ANSWER_S, **options)
        if answer.status_code >= 400:
            raise Refused(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return answer


def heard(reading: Reading, events: list[Event]) -> Iterator[Event]:
    for event in events:
        reading.take(event)
        yield event


def other_lesson(lesson_id: str) -> str:
    return f"/cursos/{COURSE}/{lesson_id}"
