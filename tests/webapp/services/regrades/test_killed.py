"""A regrade goes on where it was, whatever is killed in between, and each attempt has one outcome."""

from pathlib import Path

from support.jobs import NOON, a_context
from support.practice import a_learner
from support.regrades import SHIPPED_SCOPE, a_wrong_mark
from support.workers import a_machine, kill, reconciling, wait_until

from courses import SHIPPED, Catalogue
from notebooks import ForkServer
from webapp.jobs import JobContext, list_jobs
from webapp.services.audit.service import list_events
from webapp.services.gradebook.replace import list_past
from webapp.services.regrades import service as regrades
from webapp.services.regrades.records import RegradeId
from webapp.store import Sessions

ATTEMPTS = 6


def is_in_the_middle(context: JobContext, number: RegradeId, least: int) -> bool:
    """Whether so many attempts are done and one is just being graded."""
    with context.reading() as session:
        is_grading = any(one.name == "regrade_attempt" for one in list_jobs(session, state="running"))
        return is_grading and regrades.count_items(session, number).done >= least


def state(context: JobContext, number: RegradeId) -> str:
    with context.reading() as session:
        return regrades.get_regrade(session, number).state


def test_a_regrade_survives_the_end_of_its_worker_and_of_the_broker(
    sessions: Sessions, database_url: str, tmp_path: Path, catalogue: Catalogue, fork_server: ForkServer
) -> None:
    """The grader is killed twice in mid-attempt, the second time with the broker and all that it knew."""
    context = a_context(sessions, tmp_path, catalogue=catalogue)
    learners = [a_learner(sessions) for _one in range(ATTEMPTS)]
    submissions = [a_wrong_mark(sessions, catalogue, one, f"total = {one}", now=NOON).id for one in learners[:-1]]
    submissions.append(a_wrong_mark(sessions, catalogue, learners[-1], now=NOON).id)
    with context.session_scope() as session:
        number = regrades.start(session, catalogue, SHIPPED_SCOPE, actor=None, now=NOON).id
    with a_machine(tmp_path, database_url, fork_server.socket_path, content=SHIPPED) as machine:
        broker, grader = machine.start_broker(), machine.start_grader()
        with reconciling(context, machine):
            wait_until(lambda: is_in_the_middle(context, number, 1))
            kill(grader)
            grader = machine.start_grader()
            wait_until(lambda: is_in_the_middle(context, number, 3))
            kill(grader)
            kill(broker)
            machine.start_broker()
            machine.start_grader()
            wait_until(lambda: state(context, number) == "ready")
            with context.session_scope() as session:
                regrades.ask_apply(session, catalogue, number, actor=None, never_lower=True, now=NOON)
            wait_until(lambda: state(context, number) == "applied")
    with context.reading() as session:
        items = regrades.list_items(session, number)
        jobs = [one for one in list_jobs(session, limit=1000) if one.name == "regrade_attempt"]
        applied = [one for one in list_events(session) if one.action == "regrade_applied"]
        past = list_past(session, submissions)
    assert [one.submission_id for one in items] == submissions
    assert [one.state for one in items] == ["same"] * (ATTEMPTS - 1) + ["gain"]
    assert sorted(int(one.args["submission_id"]) for one in jobs) == submissions
    assert {one.state for one in jobs} == {"done"}
    assert (len(applied), {key: len(found) for key, found in past.items()}) == (1, {submissions[-1]: 1})
