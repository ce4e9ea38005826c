"""Pressing Run on the site with a real kernel: once for each press, and there again after a reload."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from support.gateways import running_gateway
from support.jobs import a_context
from support.practice import LESSON, a_catalogue
from support.webclient import Pages, School, open_school
from werkzeug.test import TestResponse

from notebooks import KernelHost
from notebooks.host.gateway import GatewayChild
from webapp.services.practice.tasks import rest_idle_kernels
from webapp.store import Sessions

BASE = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}"
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def gateway() -> Iterator[GatewayChild]:
    with running_gateway() as child:
        yield child


@pytest.fixture
def live_school(sqlite_sessions: Sessions, tmp_path: Path, gateway: GatewayChild) -> School:
    host = KernelHost([gateway.address], kernel_name="python3")
    return open_school(sqlite_sessions, tmp_path / "home", a_catalogue(), kernels=lambda: host)


def press(
    pages: Pages, source: str, base: int, key: str, cell: str = "primera", *, above: bool | None = False
) -> TestResponse:
    body = {"source": source, "base_version": base, "above": above}
    return pages.send("POST", f"{BASE}/celdas/{cell}/ejecutar", body, key=key)


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def told(pages: Pages, run: TestResponse) -> str:
    """All that the run has told so far, in words."""
    events = pages.get(run.json["url"], headers=JSON).json
    return " ".join(words(one.get("html") or one.get("text", "")) for one in events)


def test_a_press_that_is_sent_twice_runs_once(live_school: School) -> None:
    pages = live_school.browser(live_school.person())
    first, again = (press(pages, "print(6 * 7)", 0, "k1") for _time in range(2))
    assert first.status_code == again.status_code == 202
    assert first.json == again.json
    live_school.carry_out_jobs()
    assert told(pages, first).count("42") == 1
    third = press(pages, "print(6 * 7)", 1, "k2")
    assert third.json["run"] != first.json["run"]


def test_what_a_cell_showed_is_there_after_a_reload_and_on_another_computer(live_school: School) -> None:
    ana = live_school.person()
    pages = live_school.browser(ana)
    run = press(pages, "print('hola ' + 'mundo')", 0, "k1")
    live_school.carry_out_jobs()
    elsewhere = live_school.browser(ana)
    page = elsewhere.get(BASE).text
    assert "hola mundo" in page
    assert f'data-run="{run.json["run"]}"' not in page, "the run is over, so nobody follows it"
    assert "hola mundo" not in live_school.browser(live_school.person()).get(BASE).text


def test_a_run_that_waits_is_followed_after_a_reload(live_school: School) -> None:
    pages = live_school.browser(live_school.person())
    run = press(pages, "print(1)", 0, "k1")
    assert run.json["run"] in pages.get(BASE).text
    live_school.carry_out_jobs()
    assert pages.get(run.json["url"], headers=JSON).json[-1]["op"] == "end"


def test_an_error_is_explained_in_the_readers_language(live_school: School) -> None:
    pages = live_school.browser(live_school.person())
    run = press(pages, "print(primero)", 0, "k1")
    live_school.carry_out_jobs()
    assert "NameError" in told(pages, run)
    spanish = pages.get(BASE).text
    english = pages.get(f"/en{BASE}").text
    assert "primero" in words(spanish)
    assert words(spanish) != words(english)


def test_run_with_all_above_runs_what_is_saved_above_and_stops_at_an_error(live_school: School) -> None:
    pages = live_school.browser(live_school.person())
    pages.send("PUT", f"{BASE}/celdas/primera", {"source": "x = 41", "base_version": 0})
    run = press(pages, "print(x + y - 1)", 0, "k1", "segunda", above=True)
    live_school.carry_out_jobs()
    assert "42" in told(pages, run)
    pages.send("PUT", f"{BASE}/celdas/primera", {"source": "1 / 0", "base_version": 1})
    broken = press(pages, "print('never')", 1, "k2", "segunda", above=True)
    live_school.carry_out_jobs()
    assert "ZeroDivisionError" in told(pages, broken)
    assert "never" not in told(pages, broken)


def test_a_locked_cell_runs_as_the_lesson_has_it(live_school: School) -> None:
    pages = live_school.browser(live_school.person())
    run = press(pages, "y = 'forged'", 0, "k1", "cerrada")
    assert (run.status_code, run.json["version"]) == (202, 0)
    live_school.carry_out_jobs()
    shown = press(pages, "print(y)", 0, "k2")
    live_school.carry_out_jobs()
    assert "2" in told(pages, shown)
    assert "forged" not in told(pages, shown)


def test_the_state_of_the_kernel_is_told_and_it_starts_afresh_on_wish(live_school: School) -> None:
    pages = live_school.browser(live_school.person())
    assert pages.get(f"{BASE}/entorno", headers=JSON).json["state"] == "none"
    press(pages, "x = 1", 0, "k1")
    live_school.carry_out_jobs()
    assert pages.get(f"{BASE}/entorno", headers=JSON).json["state"] == "ready"
    assert pages.send("POST", f"{BASE}/entorno/reiniciar", {}).status_code == 202
    live_school.carry_out_jobs()
    run = press(pages, "print('x' in dir())", 1, "k2")
    live_school.carry_out_jobs()
    assert "False" in told(pages, run)


def put_to_rest(school: School) -> None:
    """Everybody's kernels, as those that nobody has used for long."""
    before = school.clock.now
    school.clock.advance(school.aula.settings.idle_kernel_s + 60)
    context = a_context(school.aula.sessions, school.home, school.clock, kernels=school.aula.kernels)
    rest_idle_kernels(context)
    school.clock.now = before


def test_after_a_rest_what_is_above_runs_again_by_itself_and_the_page_is_told_why(live_school: School) -> None:
    pages = live_school.browser(live_school.person())
    press(pages, "x = 41", 0, "k1")
    live_school.carry_out_jobs()
    put_to_rest(live_school)
    assert pages.get(f"{BASE}/entorno", headers=JSON).json["state"] == "resting"
    only = press(pages, "print('x' in dir())", 0, "k2", "segunda", above=False)
    live_school.carry_out_jobs()
    assert "False" in told(pages, only), "who says so has this cell alone"
    put_to_rest(live_school)
    run = press(pages, "print(x + y - 1)", 1, "k3", "segunda", above=None)
    live_school.carry_out_jobs()
    assert "42" in told(pages, run)
    assert "Tu entorno descansaba" in told(pages, run)


def test_a_cell_above_that_fails_at_waking_is_explained_with_its_own_code(live_school: School) -> None:
    """Also to a page that began to listen before anybody knew that it would run."""
    pages = live_school.browser(live_school.person())
    press(pages, "x = 1", 0, "k1")
    live_school.carry_out_jobs()
    put_to_rest(live_school)
    pages.send("PUT", f"{BASE}/celdas/primera", {"source": "x = 1\nx.nada", "base_version": 1})
    run = press(pages, "print(x)", 0, "k2", "segunda", above=None)
    heard = pages.get(run.json["url"], headers={"Accept": "text/event-stream"}, buffered=False)
    next(heard.response)
    live_school.carry_out_jobs()
    events = [json.loads(line) for line in words_of(heard) if line]
    fault = next(one for one in events if one["op"] == "out")
    assert (fault["cell"], "x.nada" in words(fault["html"])) == ("primera", True)
    assert events[-1]["ok"] is False


def words_of(stream: TestResponse) -> list[str]:
    """The data of a stream's messages, to its end."""
    text = "".join(piece if isinstance(piece, str) else piece.decode() for piece in stream.response)
    return [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
