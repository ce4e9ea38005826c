"""The jobs of regrades, on the lane of work that nobody waits for. Each gives way to learners first."""

from graders import UngradableExercise
from notebooks import KernelUnavailable, NoRoom, NotebookRefused, SandboxUnavailable
from webapp.jobs import JobContext, Later, job
from webapp.services.gradebook.tasks import ExerciseGone, mark
from webapp.services.practice.rules import is_memory_short
from webapp.services.regrades import applying, dry_run
from webapp.services.regrades.dry_run import Turn
from webapp.services.regrades.records import Reason, RegradeId
from webapp.services.regrades.service import end, is_held_up, is_stale
from webapp.services.submissions.records import SubmissionId

# How soon to look again where learners wait, where memory is short, and where there is no sandbox.
LEARNERS_WAIT_S, SHORT_S, AWAY_S = 1.0, 5.0, 10.0
LEARNERS_AT_ONCE = 20


def give_up_regrade(context: JobContext, *, regrade_id: int) -> None:
    """Its attempts could not be listed: the others have their turn."""
    with context.session_scope() as session:
        end(session, RegradeId(regrade_id), "stopped", now=context.clock())


@job("begin_regrade", "batch", attempts=5, on_failed=give_up_regrade)
def begin_regrade(context: JobContext, *, regrade_id: int) -> None:
    """List the attempts of a dry run and begin with the first."""
    with context.session_scope() as session:
        dry_run.begin(session, context.catalogue, RegradeId(regrade_id), now=context.clock())


def give_up_attempt(context: JobContext, *, regrade_id: int, submission_id: int) -> None:
    """Grading broke off at each try: the attempt keeps its mark, and the dry run goes on."""
    with context.session_scope() as session:
        dry_run.keep_failure(session, RegradeId(regrade_id), SubmissionId(submission_id), "ours", now=context.clock())


@job("regrade_attempt", "batch", attempts=4, on_failed=give_up_attempt)
def regrade_attempt(context: JobContext, *, regrade_id: int, submission_id: int) -> None:
    """Grade one attempt with the lesson that there is now, and write down the difference. Raises: Later."""
    regrade, number = RegradeId(regrade_id), SubmissionId(submission_id)
    with context.reading() as session:
        turn = dry_run.find_turn(session, regrade, number)
    if turn is None:
        return
    if is_stale(context.catalogue, turn.regrade):
        with context.session_scope() as session:
            end(session, regrade, "stale", now=context.clock())
        return
    reason = turn.reason or try_grading(context, turn)
    if reason:
        with context.session_scope() as session:
            dry_run.keep_failure(session, regrade, number, reason, now=context.clock())


def try_grading(context: JobContext, turn: Turn) -> Reason:
    """Why the attempt could not be graded; "" where its report has been written. Raises: Later."""
    give_way(context)
    try:
        report = mark(context, turn.submission, by_todays=True)
    except NoRoom:
        raise Later(SHORT_S) from None
    except ExerciseGone:
        return "exercise_gone"
    except UngradableExercise:
        return "own_solution"
    except NotebookRefused:
        return "unreadable"
    with context.session_scope() as session:
        dry_run.keep_report(session, turn.regrade.id, turn.submission.id, report, now=context.clock())
    return ""


def give_way(context: JobContext) -> None:
    """Go on only where no learner waits for a check or for room, and memory is not short. Raises: Later."""
    with context.reading() as session:
        if is_held_up(session):
            raise Later(LEARNERS_WAIT_S)
    try:
        status = context.fork_server().status()
    except (KernelUnavailable, SandboxUnavailable):
        raise Later(AWAY_S) from None
    if is_memory_short(status.available_mib, status.reserve_mib):
        raise Later(SHORT_S)


def take_back_apply(context: JobContext, *, regrade_id: int) -> None:
    with context.session_scope() as session:
        applying.take_back(session, RegradeId(regrade_id))


@job("apply_regrade", "batch", attempts=5, on_failed=take_back_apply)
def apply_regrade(context: JobContext, *, regrade_id: int) -> None:
    """Write the new marks of some learners, each in a transaction of their own, then come again for the others."""
    for _learner in range(LEARNERS_AT_ONCE):
        with context.session_scope() as session:
            if not applying.apply_next(session, context.catalogue, RegradeId(regrade_id), now=context.clock()):
                return
    raise Later(0)
