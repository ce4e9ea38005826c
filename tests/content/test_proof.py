"""Every shipped lesson is proved: solutions pass, starters do not, each wrong answer gets its own message."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.content import a_content_folder

from courses import Catalogue, load_catalogue
from graders import AnswerKeys, Place, prove, prove_lesson
from notebooks import ForkServer

CONTENT = Path(__file__).parents[2] / "courses" / "content"
# By their folders, so that a lesson that does not load fails here instead of going unproved.
LESSONS = sorted((path.parent.parent.name, path.parent.name) for path in CONTENT.glob("[!_.]*/[!_.]*/lesson.yaml"))


@pytest.mark.parametrize(("course", "name"), LESSONS)
def test_a_shipped_lesson_is_green(
    course: str, name: str, catalogue: Catalogue, fork_server: ForkServer, tmp_path: Path
) -> None:
    place = Place(fork_server, AnswerKeys(tmp_path / "keys"))
    proof = prove(CONTENT / course / name, catalogue, place=place, proved_at=datetime(2026, 1, 2, tzinfo=UTC))
    assert proof.version
    # What gets past the checks is for a person to weigh: docs/proof.md has the table.
    found = [one for one in proof.findings if one.code != "weak_checks"]
    assert [f"{one.exercise_id} ({one.language}): {one.message.es}" for one in found] == []


def test_the_template_holds_with_an_exercise_of_every_kind(fork_server: ForkServer, tmp_path: Path) -> None:
    lesson = load_catalogue(a_content_folder(tmp_path / "content")).find_lesson("curso", "mi-leccion")
    assert lesson is not None
    assert {exercise.kind for exercise in lesson.exercises} == {"code", "choice", "order", "match", "number", "text"}
    complaints = prove_lesson(lesson, sandbox=fork_server, keys=AnswerKeys(tmp_path / "keys"))
    assert [f"{one.exercise_id} ({one.language}): {one.message.es}" for one in complaints] == []
