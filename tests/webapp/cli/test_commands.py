"""Operators' commands: what they print, what they write, and how they say no."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.content import EXERCISE, ROOT, a_content_folder
from support.stores import open_sessions
from support.webclient import PASSWORD, open_school

from courses import Catalogue
from webapp.cli.__main__ import cli
from webapp.cli.demo import make_demo_school
from webapp.cli.serve import CannotStart, check_port, prepare
from webapp.cli.upgrade import newest_revision, upgrade
from webapp.services.cohorts import service as cohorts
from webapp.services.people import service as people
from webapp.settings import Settings


def run(home: Path, *arguments: str, **environ: str) -> Result:
    return CliRunner().invoke(cli, arguments, env={"AULA_HOME": str(home), "AULA_DEMO": "", **environ})


def test_a_wrong_setting_stops_every_command_with_one_line(tmp_path: Path) -> None:
    result = run(tmp_path, "upgrade", PORT="ocho mil")
    assert result.exit_code == 1
    assert result.output == 'Error: PORT is "ocho mil". Use a whole number from 1 to 65535.\n'


@pytest.mark.parametrize(
    "arguments", [[], ["people"], ["people", "invite"], ["jobs"], ["content"], ["upgrade"], ["serve"]]
)
def test_every_level_explains_itself(tmp_path: Path, arguments: list[str]) -> None:
    result = run(tmp_path, *arguments, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_the_first_administrator_comes_in_by_a_link(tmp_path: Path, catalogue: Catalogue) -> None:
    result = run(
        tmp_path, "people", "invite", "ines@prueba.test", "--role", "admin", AULA_PUBLIC_URL="http://127.0.0.1:8000"
    )
    assert result.exit_code == 0, result.output
    found = re.fullmatch(r"http://127\.0\.0\.1:8000(/invitacion/\S+)\n", result.output)
    assert found
    with open_sessions(f"sqlite:///{tmp_path / 'aula.sqlite'}") as sessions:
        school = open_school(sessions, tmp_path, catalogue)
        with sessions.read() as session:
            made_at = people.get_invitation(session, found[1].rsplit("/", 1)[1], now=school.clock()).created_at
        school.clock.now = made_at
        pages = school.browser()
        assert pages.submit(found[1], name="Inés", password=PASSWORD).status_code == 303
        assert pages.get("/administracion").status_code == 200


def test_an_invitation_needs_an_address(tmp_path: Path) -> None:
    result = run(tmp_path, "people", "invite", "ines")
    assert result.exit_code == 1
    assert '"ines" is not a mail address' in result.output


def test_upgrade_makes_a_database_and_again_changes_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "upgrade").output == f"The database is at {newest_revision()}; it was at nothing.\n"
    assert run(tmp_path, "upgrade").output == f"The database is at {newest_revision()}.\n"


def test_jobs_are_listed_and_counted(tmp_path: Path) -> None:
    run(tmp_path, "upgrade")
    assert run(tmp_path, "jobs", "list").output == "There are no jobs.\n"
    assert run(tmp_path, "jobs", "list", "--state", "lost").exit_code == 2


def test_content_is_checked_with_an_exit_code(tmp_path: Path) -> None:
    assert run(tmp_path / "home", "content", "check").exit_code == 0
    broken = tmp_path / "content" / "curso"
    broken.mkdir(parents=True)
    (broken / "course.yaml").write_text("id: [")
    result = run(tmp_path / "home", "content", "check", AULA_CONTENT=str(tmp_path / "content"))
    assert result.exit_code == 1
    assert "course.yaml" in result.output


def test_lessons_are_proved_all_of_them_or_one(tmp_path: Path) -> None:
    assert run(tmp_path, "content", "prove").exit_code == 2
    assert run(tmp_path, "content", "prove", "--all", "curso/uno").exit_code == 2
    home, content = tmp_path / "home", a_content_folder(tmp_path / "content")
    before = tmp_path / "before.json"
    done = subprocess.run(
        [sys.executable, "-m", "webapp.cli", "content", "prove", "--all", "--json"],
        env={**os.environ, "AULA_HOME": str(home), "AULA_CONTENT": str(content)},
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before.write_bytes(done.stdout)
    (content / EXERCISE / "solution.py").write_text("anio_mayor = 1 / 0\n", "utf-8")
    arguments = ["content", "prove", "curso/mi-leccion", "--since", str(before)]
    assert run(home, *arguments, AULA_CONTENT=str(content)).exit_code == 1


def test_the_table_of_settings_never_shows_a_secret(tmp_path: Path) -> None:
    result = run(tmp_path, "settings", AULA_SECRET_KEY="s3cret" * 8)
    assert "s3cret" not in result.output
    assert result.output.startswith("| setting | values | default | meaning |\n")


def settings_for(home: Path, **environ: str) -> Settings:
    return Settings.from_env({"AULA_HOME": str(home), **environ})


def test_a_port_that_is_taken_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {port} of 127.0.0.1 is taken.*PORT={port + 1}"):
            check_port(settings_for(tmp_path, PORT=str(port)))


def test_a_home_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="cannot be used"):
        prepare(settings_for(tmp_path / "file" / "home", PORT="1"))


def test_the_demo_school_has_people_of_every_role_in_two_institutions(tmp_path: Path, catalogue: Catalogue) -> None:
    settings = settings_for(tmp_path)
    upgrade(settings)
    with open_sessions(settings.database_url) as sessions:
        school = open_school(sessions, tmp_path, catalogue)
        path = make_demo_school(settings, sessions, catalogue, now=school.clock())
        accounts = json.loads(path.read_text())
        assert path == tmp_path / "demo-accounts.json"
        assert path.stat().st_mode & 0o777 == 0o600
        roles = [one["role"] for one in accounts]
        assert {role: roles.count(role) for role in set(roles)} == {
            "learner": 4,
            "trainer": 2,
            "manager": 2,
            "admin": 1,
        }
        assert len({one["institution"] for one in accounts if one["institution"]}) == 2
        assert len({one["password"] for one in accounts}) == len(accounts)
        for one in accounts:
            answer = school.browser().submit("/entrar", email=one["email"], password=one["password"])
            assert answer.status_code == 303
        with sessions.read() as session:
            assert [one.member_count for one in cohorts.list_cohorts(session)] == [2, 2]


def test_a_second_start_keeps_the_demo_schools_passwords_and_work(tmp_path: Path, catalogue: Catalogue) -> None:
    settings = settings_for(tmp_path)
    upgrade(settings)
    with open_sessions(settings.database_url) as sessions:
        school = open_school(sessions, tmp_path, catalogue)
        path = make_demo_school(settings, sessions, catalogue, now=school.clock())
        first = path.read_text()
        make_demo_school(settings, sessions, catalogue, now=school.clock())
        assert path.read_text() == first
        with sessions.read() as session:
            assert people.list_people(session).total == len(json.loads(first))
            assert len(cohorts.list_cohorts(session)) == 2


def test_when_the_file_of_the_demo_school_is_gone_its_people_get_new_passwords(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    settings = settings_for(tmp_path)
    upgrade(settings)
    with open_sessions(settings.database_url) as sessions:
        school = open_school(sessions, tmp_path, catalogue)
        path = make_demo_school(settings, sessions, catalogue, now=school.clock())
        before = json.loads(path.read_text())[0]
        path.unlink()
        make_demo_school(settings, sessions, catalogue, now=school.clock())
        after = json.loads(path.read_text())[0]
        assert after["email"] == before["email"]
        assert after["password"] != before["password"]
        old = school.browser().submit("/entrar", email=before["email"], password=before["password"])
        new = school.browser().submit("/entrar", email=after["email"], password=after["password"])
        assert (old.status_code, new.status_code) == (422, 303)
