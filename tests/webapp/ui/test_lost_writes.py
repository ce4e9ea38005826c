"""A database that cannot take a write: the asker hears of it, nothing is acknowledged, and nothing older is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import OperationalError
from support.practice import LESSON, a_catalogue
from support.stores import open_sessions
from support.webclient import PASSWORD, Pages, School, open_school
from werkzeug.test import TestResponse

from webapp.migrations.tables import every_table
from webapp.store import Sessions, make_engine, session_factory

CELL = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}/celdas/primera"
PATIENCE_MS = 50


def save(pages: Pages, source: str, base: int) -> TestResponse:
    return pages.send("PUT", CELL, {"source": source, "base_version": base})


def kept(pages: Pages) -> list[str]:
    return [one["source"] for one in pages.get(f"{CELL}/versiones").json["versions"]]


def each_connection(sessions: Sessions, act: Callable[[Any], None]) -> None:
    """From now on every new connection begins with this."""
    sessions.engine.dispose()
    event.listen(sessions.engine, "connect", lambda connection, _record: act(connection))


def be_impatient(connection: Any) -> None:
    is_sqlite = isinstance(connection, sqlite3.Connection)
    connection.execute(f"pragma busy_timeout = {PATIENCE_MS}" if is_sqlite else f"set lock_timeout = {PATIENCE_MS}")
    connection.commit()


@contextmanager
def a_long_write(url: str) -> Iterator[None]:
    """Somebody else who has the drafts to themselves for a while."""
    engine = create_engine(url) if url.startswith("postgresql") else make_engine(url)
    try:
        with engine.begin() as connection:
            if url.startswith("postgresql"):
                connection.execute(text("lock table drafts in access exclusive mode"))
            yield
    finally:
        engine.dispose()


def test_a_locked_database_refuses_the_save_and_takes_it_later(each_school: School, database_url: str) -> None:
    each_connection(each_school.aula.sessions, be_impatient)
    pages = each_school.browser(each_school.person())
    save(pages, "x = 1", 0)
    with a_long_write(database_url):
        answer = save(pages, "x = 2", 1)
    assert (answer.status_code, answer.json["code"]) == (503, "database_busy")
    assert answer.headers["Retry-After"] == "5"
    assert kept(pages) == ["x = 1"]
    assert save(pages, "x = 2", 1).status_code == 200
    assert kept(pages) == ["x = 2", "x = 1"]


def test_while_one_writes_others_read(school: School, database_url_of_school: str) -> None:
    pages = school.browser(school.person())
    with a_long_write(database_url_of_school):
        assert pages.get(f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}").status_code == 200


@pytest.fixture
def database_url_of_school(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'aula.sqlite'}"


def test_a_full_disk_refuses_the_save_and_keeps_what_was_there(school: School) -> None:
    """SQLite may not take another page, which is what a full disk does to it."""
    pages = school.browser(school.person())
    save(pages, "x = 1", 0)
    sessions = school.aula.sessions
    with sessions.read() as session:
        pages_now = session.execute(text("pragma page_count")).scalar_one()
    each_connection(sessions, lambda connection: connection.execute(f"pragma max_page_count = {pages_now}").close())
    random_text = "".join(f"{number * 2654435761 % 2**32:08x}\n" for number in range(20_000))
    answer = save(pages, random_text, 1)
    assert (answer.status_code, answer.json["code"]) == (507, "disk_full")
    assert kept(pages) == ["x = 1"]


def test_a_form_on_a_full_disk_says_so_on_a_page(school: School) -> None:
    ana = school.person()
    pages = school.browser(ana)
    fail_commits(school.aula.sessions, sqlite3.SQLITE_FULL)
    answer = pages.submit("/cuenta/perfil", name="Ana Nueva", institution="")
    assert answer.status_code == 507
    assert "El disco del sitio está lleno" in answer.text
    assert "Guardamos tus datos" not in answer.text


def fail_commits(sessions: Sessions, code: int) -> Callable[[], None]:
    """Every commit of a write fails from now on; the result undoes it."""

    def fail(_session: object) -> None:
        cause = sqlite3.OperationalError("the disk refused")
        cause.sqlite_errorcode = code
        raise OperationalError("commit", {}, cause)

    event.listen(sessions.writing, "before_commit", fail)
    return lambda: event.remove(sessions.writing, "before_commit", fail)


@pytest.mark.parametrize(
    ("code", "status"), [(sqlite3.SQLITE_FULL, 507), (sqlite3.SQLITE_BUSY, 503), (sqlite3.SQLITE_CORRUPT, 500)]
)
def test_a_failed_commit_promises_nothing(school: School, code: int, status: int) -> None:
    """The view has run to its end and would have said "saved"; the commit comes after it and has the last word."""
    ana = school.person(name="Ana")
    pages = school.browser(ana)
    undo = fail_commits(school.aula.sessions, code)
    assert pages.submit("/cuenta/perfil", name="Otra", institution="").status_code == status
    assert save(pages, "x = 1", 0).status_code == status
    undo()
    page = pages.get("/cuenta").text
    assert "Guardamos tus datos" not in page
    assert 'value="Ana"' in page
    assert kept(pages) == []


def test_nobody_is_signed_in_by_a_session_that_was_not_written(school: School) -> None:
    ana = school.person()
    undo = fail_commits(school.aula.sessions, sqlite3.SQLITE_FULL)
    pages = school.browser()
    assert pages.submit("/entrar", email=ana.email, password=PASSWORD).status_code == 507
    undo()
    assert pages.get("/cuenta").status_code == 302


def test_without_a_database_pages_say_so_and_the_process_lives(tmp_path: Path) -> None:
    (tmp_path / "aula.sqlite").mkdir()
    with open_sessions(f"sqlite:///{tmp_path / 'aula.sqlite'}") as sessions:
        school = open_school(sessions, tmp_path / "home", a_catalogue())
        pages = school.browser()
        answer = pages.get("/")
        assert answer.status_code == 503
        assert "El sitio no puede leer ni guardar" in answer.text
        assert pages.get("/healthz").status_code == 200
        ready = pages.get("/readyz")
        assert (ready.status_code, ready.json["checks"]["database"]["up"]) == (503, False)


def test_a_database_that_comes_back_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "aula.sqlite"
    path.mkdir()
    with open_sessions(f"sqlite:///{path}") as sessions:
        school = open_school(sessions, tmp_path / "home", a_catalogue())
        assert school.browser().get("/").status_code == 503
        path.rmdir()
        every_table().create_all(sessions.engine)
        assert school.browser().get("/").status_code == 200


@pytest.mark.postgres
def test_a_postgresql_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    sessions = session_factory(make_engine(f"postgresql+psycopg://aula@/aula?host={tmp_path}"))
    school = open_school(sessions, tmp_path / "home", a_catalogue())
    answer = school.browser().get("/", headers={"Accept": "application/json"})
    sessions.engine.dispose()
    assert (answer.status_code, answer.json["code"]) == (503, "database_away")
