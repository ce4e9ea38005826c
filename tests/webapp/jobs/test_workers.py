"""Real worker processes over a real broker: what hangs is ended, what is killed is done again, each ends once."""

from pathlib import Path

import pytest
from support.jobs import a_context
from support.workers import a_machine, kill, reconciling, wait_until

from webapp.jobs import JobContext, JobRecord, enqueue, get_job
from webapp.store import Sessions

# Workers must begin and end within limits of seconds.
pytestmark = pytest.mark.alone


def look(context: JobContext, number: int) -> JobRecord:
    with context.reading() as session:
        return get_job(session, number)


def add(context: JobContext, path: Path, *, times: int) -> int:
    with context.session_scope() as session:
        return enqueue(session, "hang", "batch", path=str(path), times=times)


def has_lines(path: Path, count: int) -> bool:
    return path.exists() and len(path.read_text().splitlines()) >= count


def test_a_job_that_hangs_is_ended_at_its_time_limit_and_tried_again(
    sessions: Sessions, database_url: str, tmp_path: Path
) -> None:
    """Its process blocks every signal that can be blocked, so only the hard limit ends it."""
    context, diary = a_context(sessions, tmp_path), tmp_path / "diary"
    with a_machine(tmp_path, database_url) as machine:
        machine.start_broker()
        machine.start_grader(4, 6)
        number = add(context, diary, times=1)
        with reconciling(context, machine):
            wait_until(lambda: look(context, number).state == "done")
    assert (look(context, number).attempt, diary.read_text()) == (2, "began\nbegan\n")


def test_a_job_survives_its_worker_and_the_broker(sessions: Sessions, database_url: str, tmp_path: Path) -> None:
    """Both are killed while it runs, and everything that the broker knew is gone with it."""
    context, diary = a_context(sessions, tmp_path), tmp_path / "diary"
    with a_machine(tmp_path, database_url) as machine:
        broker = machine.start_broker()
        grader = machine.start_grader(60, 90)
        number = add(context, diary, times=1)
        with reconciling(context, machine):
            wait_until(lambda: has_lines(diary, 1))
            kill(grader)
            kill(broker)
            machine.start_broker()
            machine.start_grader(60, 90)
            wait_until(lambda: look(context, number).state == "done")
    assert (look(context, number).attempt, diary.read_text()) == (2, "began\nbegan\n")
