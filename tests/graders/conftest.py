"""What the tests of this room share: a grading call with a real sandbox and a folder of keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.lessons import answered

from courses import Lesson
from graders import AnswerKeys, GradeReport, grade
from notebooks import ForkServer, Limits

LIMITS = Limits(cell_timeout_s=20.0)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> AnswerKeys:
    return AnswerKeys(tmp_path_factory.mktemp("keys") / "answer-keys")


@pytest.fixture
def mark(fork_server: ForkServer, keys: AnswerKeys) -> Callable[..., GradeReport]:
    """mark(lesson, source, …): the report of the lesson's first exercise with this answer."""

    def _mark(lesson: Lesson, source: str, *, limits: Limits = LIMITS, **sources: str) -> GradeReport:
        exercise_id = lesson.exercises[0].id
        work = answered(lesson, **{**sources, exercise_id: source})
        return grade(lesson, exercise_id, work, sandbox=fork_server, keys=keys, limits=limits, language="es")

    return _mark


@pytest.fixture
def keys_folder(tmp_path: Path) -> Path:
    return tmp_path / "answer-keys"
