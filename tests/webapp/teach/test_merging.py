"""A fork's page of its original: what changed on both sides, a choice for each part, and the result first."""

import re
from pathlib import Path

import pytest
from support.forks import SOLUTION, STARTER, Pair, a_fork, write_file
from support.webclient import School
from support.workshop import a_workshop, files_in

from webapp.services.manuscripts import service as manuscripts
from webapp.services.people.records import Person
from webapp.store import Sessions

OWN, THEIRS = "gasto = 'propio'\n", "gasto = 'suyo'\n"


@pytest.fixture
def workshop(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


@pytest.fixture
def teresa(workshop: School) -> Person:
    return workshop.person("trainer", name="Teresa Rivas")


@pytest.fixture
def luis(workshop: School) -> Person:
    return workshop.person("trainer", name="Luis Ortega")


@pytest.fixture
def pair(workshop: School, teresa: Person, luis: Person) -> Pair:
    return a_fork(workshop, teresa, luis)


def value_of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, name
    return found[1]


def parts_of(page: str) -> list[str]:
    """The names of the choices on a page, each once."""
    return list(dict.fromkeys(re.findall(r'type="radio" name="(part-[0-9a-f]+)"', page)))


def test_without_changes_there_is_nothing_to_bring(workshop: School, pair: Pair, luis: Person) -> None:
    page = workshop.browser(luis).get(f"/taller/{pair.fork.id}/original").text
    assert "La original no ha cambiado" in page
    assert "Teresa Rivas" in page


def test_what_only_the_original_changed_is_chosen_already(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.fork, luis, STARTER, OWN)
    write_file(workshop, pair.original, teresa, SOLUTION, THEIRS)
    browser, path = workshop.browser(luis), f"/taller/{pair.fork.id}/original"
    assert "La original cambió" in browser.get("/taller").text
    page = browser.get(path).text
    assert len(parts_of(page)) == 2
    sent = {"number": value_of(page, "number"), "version": value_of(page, "version")}
    shown = browser.submit(path, do="preview", **sent)
    assert "Así quedaría tu lección" in shown.text
    assert files_in(workshop, pair.fork)[SOLUTION] != THEIRS.encode()
    answer = browser.submit(path, do="apply", **sent)
    assert (answer.status_code, answer.location) == (303, f"/taller/{pair.fork.id}")
    files = files_in(workshop, pair.fork)
    assert (files[STARTER], files[SOLUTION]) == (OWN.encode(), THEIRS.encode())
    assert "La original cambió" not in browser.get("/taller").text


def test_a_conflict_waits_for_a_choice(workshop: School, pair: Pair, teresa: Person, luis: Person) -> None:
    write_file(workshop, pair.fork, luis, STARTER, OWN)
    write_file(workshop, pair.original, teresa, STARTER, THEIRS)
    browser, path = workshop.browser(luis), f"/taller/{pair.fork.id}/original"
    page = browser.get(path).text
    (part,) = parts_of(page)
    assert "Cambió en las dos" in page
    sent = {"number": value_of(page, "number"), "version": value_of(page, "version")}
    refused = browser.submit(path, do="apply", **sent)
    assert refused.status_code == 422
    assert "Falta elegir en 1 parte" in refused.text
    assert files_in(workshop, pair.fork)[STARTER] == OWN.encode()
    assert browser.submit(path, do="apply", **sent, **{part: "theirs"}).status_code == 303
    assert files_in(workshop, pair.fork)[STARTER] == THEIRS.encode()


def test_an_original_that_changed_while_somebody_chose_is_shown_anew(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.original, teresa, STARTER, THEIRS)
    browser, path = workshop.browser(luis), f"/taller/{pair.fork.id}/original"
    page = browser.get(path).text
    sent = {"number": value_of(page, "number"), "version": value_of(page, "version")}
    write_file(workshop, pair.original, teresa, SOLUTION, THEIRS)
    shown = browser.submit(path, do="apply", **sent)
    assert "La original cambió otra vez" in shown.text
    assert files_in(workshop, pair.fork)[STARTER] != THEIRS.encode()


def test_a_withdrawn_original_leaves_the_fork_whole_and_says_so(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    with workshop.aula.sessions.write() as session:
        manuscripts.share(session, pair.original.id, actor_id=int(teresa.id), is_shared=False, now=workshop.clock())
    page = workshop.browser(luis).get(f"/taller/{pair.fork.id}/original").text
    assert "La original ya no se ofrece" in page
    assert "Teresa Rivas" in page


def test_a_lesson_made_from_none_says_so(workshop: School, pair: Pair, teresa: Person) -> None:
    page = workshop.browser(teresa).get(f"/taller/{pair.original.id}/original").text
    assert "no salió de otra" in page
