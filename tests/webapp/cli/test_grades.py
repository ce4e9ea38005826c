"""Operators grade again from the command line, by the same service as the pages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.marks import a_report
from support.regrades import SHIPPED, a_wrong_mark, apply_rest, state, try_all
from support.stores import open_sessions
from support.webclient import School, open_school

from courses import Catalogue
from webapp.cli.__main__ import cli
from webapp.services.gradebook import service as gradebook
from webapp.services.regrades.records import RegradeId
from webapp.services.submissions.records import Submission

START = ("start", SHIPPED.course_id, "--lesson", SHIPPED.lesson_id)


def run(home: Path, *arguments: str) -> Result:
    # A broker that is away: the order is written all the same.
    environ = {"AULA_HOME": str(home), "AULA_DEMO": "", "AULA_BROKER_URL": "filesystem://"}
    return CliRunner().invoke(cli, ("grades", "regrade", *arguments), env=environ)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert CliRunner().invoke(cli, ["upgrade"], env={"AULA_HOME": str(tmp_path)}).exit_code == 0
    return tmp_path


@pytest.fixture
def shipped_school(home: Path, catalogue: Catalogue) -> Iterator[School]:
    with open_sessions(f"sqlite:///{home / 'aula.sqlite'}") as sessions:
        yield open_school(sessions, home, catalogue)


@pytest.fixture
def submission(shipped_school: School, catalogue: Catalogue) -> Submission:
    learner = int(shipped_school.person().id)
    return a_wrong_mark(shipped_school.aula.sessions, catalogue, learner, now=shipped_school.clock())


def test_a_regrade_is_begun_shown_and_applied(shipped_school: School, home: Path, submission: Submission) -> None:
    begun = run(home, *START, "--older")
    assert (begun.exit_code, begun.output) == (
        0, "Regrade 1 has begun. Follow it with `grades regrade show 1`.\n",
    )  # fmt: skip
    try_all(shipped_school, RegradeId(1), lambda _number: replace(a_report(2.0), lesson_version="new"))
    shown = run(home, "show", "1").output
    assert "ready" in shown
    assert "1 of 1 attempts: 1 gain, 0 lose, 0 stay, 0 could not be graded." in shown
    assert run(home, "apply", "1", "--yes").output == "The new marks of regrade 1 are being written.\n"
    apply_rest(shipped_school, RegradeId(1))
    assert "Applied: 1 written." in run(home, "show", "1").output
    with shipped_school.aula.sessions.read() as session:
        assert gradebook.get_report(session, submission.id).points == 2.0
    assert "applied" in run(home, "list").output


def test_nothing_is_written_without_a_yes(shipped_school: School, home: Path, submission: Submission) -> None:
    run(home, *START)
    try_all(shipped_school, RegradeId(1), lambda _number: a_report(2.0))
    assert run(home, "apply", "1").exit_code == 1
    assert state(shipped_school, RegradeId(1)) == "ready"


def test_a_dry_run_is_stopped(shipped_school: School, home: Path, submission: Submission) -> None:
    run(home, *START)
    assert run(home, "stop", "1").output == "Regrade 1 is stopped.\n"
    assert state(shipped_school, RegradeId(1)) == "stopped"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "7"), "There is no regrade with this number"),
        (("start", SHIPPED.course_id), "No attempt was graded"),
        (("start", SHIPPED.course_id, "--exercise", "x"), "--exercise needs the --lesson"),
        (("apply", "7", "--yes"), "There is no regrade with this number"),
        (("stop", "7"), "It has ended, was stopped"),
    ],
)
def test_a_no_says_what_to_do(home: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(home, *arguments)
    assert result.exit_code in (1, 2)
    assert words in result.output
