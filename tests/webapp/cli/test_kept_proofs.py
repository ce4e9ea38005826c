"""Proofs that are kept: of the content's lessons and of those written here, with what changed since the last time."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from support.content import ROOT, a_content_folder

from courses import Complaints, load_catalogue, read_folder
from webapp.cli.upgrade import upgrade
from webapp.factory import make_shelf, open_sessions
from webapp.services.catalogue import editions
from webapp.services.manuscripts import service as manuscripts
from webapp.services.people import service as people
from webapp.services.people.records import NewPerson
from webapp.settings import Settings, prepare_home

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WRITTEN = "mi-curso"


def prove(home: Path, content: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "webapp.cli", "content", "prove", "--all", "--keep", *more],
        capture_output=True, text=True, cwd=ROOT, check=False,
        env={"AULA_HOME": str(home), "AULA_CONTENT": str(content), "PATH": "/usr/bin:/bin", "AULA_DEMO": ""},
    )  # fmt: skip


def publish(settings: Settings, content: Path) -> None:
    """A lesson of the content as somebody's own, published here."""
    prepare_home(settings)
    upgrade(settings)
    sessions = open_sessions(settings)
    catalogue = load_catalogue(content)
    lesson = catalogue.courses[0].lessons[0]
    files = read_folder(content / lesson.course_id / lesson.id, Complaints()).contents
    with sessions.write() as session:
        teresa = people.open_account(
            session, NewPerson("Teresa", "teresa@prueba.test", "x", "es", None, "trainer"), now=NOW
        )
        made = manuscripts.start(
            session, catalogue, actor=teresa, course_id=WRITTEN, lesson_id=lesson.id, files=files,
            what={"do": "start"}, now=NOW,
        )  # fmt: skip
        edition = editions.keep_edition(
            session, course_id=WRITTEN, lesson_id=lesson.id, version=lesson.version,
            files=manuscripts.read_files(session, made.id), authors=["Teresa"], now=NOW,
        )  # fmt: skip
        editions.offer(session, edition, actor_id=int(teresa.id), proof_token="", now=NOW)


def test_what_was_written_here_is_proved_too_and_the_next_time_says_what_changed(tmp_path: Path) -> None:
    home, content = tmp_path / "home", a_content_folder(tmp_path / "content")
    settings = Settings.from_env({"AULA_HOME": str(home), "AULA_CONTENT": str(content)})
    publish(settings, content)
    first = prove(home, content)
    assert f"{WRITTEN}/" in first.stdout, first.stderr
    sessions = open_sessions(settings)
    with sessions.read() as session:
        for course in make_shelf(settings, sessions).current().courses:
            for lesson in course.lessons:
                (kept,) = manuscripts.list_proofs(session, course.id, lesson.id)
                assert kept.version == lesson.version
    second = prove(home, content)
    assert second.returncode == first.returncode, second.stderr
    assert "Nada cambió." in second.stdout
