"""The dry run, attempt by attempt: each writes its outcome and the job of the next one together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from courses import Catalogue
from graders import GradeReport, to_json
from webapp.jobs import enqueue
from webapp.services.gradebook.replace import Graded
from webapp.services.marking import service as marking
from webapp.services.regrades import rules
from webapp.services.regrades.records import Reason, Regrade, RegradeId
from webapp.services.regrades.service import end, get_regrade, list_attempts
from webapp.services.regrades.tables import ItemRow, RegradeRow
from webapp.services.submissions.records import Submission, SubmissionId
from webapp.services.submissions.service import get_submission
from webapp.store import change


@dataclass(frozen=True)
class Turn:
    """An attempt whose turn it is. reason: why it is not to be graded, "" where it is."""

    regrade: Regrade
    submission: Submission
    reason: Reason


def begin(session: Session, catalogue: Catalogue, regrade_id: RegradeId, *, now: datetime) -> None:
    """Write down every attempt of the scope, once, and have the first one graded."""
    regrade = get_regrade(session, regrade_id)
    if regrade.state != "running":
        return
    if session.scalar(select(ItemRow.submission_id).where(ItemRow.regrade_id == regrade_id).limit(1)) is None:
        add_items(session, regrade_id, list_attempts(session, catalogue, regrade.scope))
    advance(session, regrade_id, now=now)


def add_items(session: Session, regrade_id: RegradeId, attempts: Sequence[Graded]) -> None:
    rows = [
        {
            "regrade_id": regrade_id, "submission_id": one.submission_id, "learner_id": one.learner_id,
            "lesson_id": one.exercise.lesson_id, "exercise_id": one.exercise.exercise_id, "revision": one.revision,
            "before_version": one.lesson_version, "before_verdict": one.verdict, "before_points": one.points,
            "before_max": one.max_points, "state": "waiting", "reason": "",
        }
        for one in attempts
    ]  # fmt: skip
    if rows:
        session.execute(insert(ItemRow), rows)


def advance(session: Session, regrade_id: RegradeId, *, now: datetime) -> None:
    """Have the next attempt graded; the dry run is ready where none is left."""
    following = session.scalar(
        select(ItemRow.submission_id)
        .where(ItemRow.regrade_id == regrade_id, ItemRow.state == "waiting")
        .order_by(ItemRow.submission_id)
        .limit(1)
    )
    if following is None:
        end(session, regrade_id, "ready", now=now)
    else:
        enqueue(session, "regrade_attempt", "batch", regrade_id=int(regrade_id), submission_id=following)


def find_turn(session: Session, regrade_id: RegradeId, submission_id: SubmissionId) -> Turn | None:
    """The attempt, if its dry run goes on and it has no outcome yet."""
    regrade = get_regrade(session, regrade_id)
    row = session.get(ItemRow, (regrade_id, submission_id))
    if regrade.state != "running" or row is None or row.state != "waiting":
        return None
    submission = get_submission(session, submission_id)
    reason: Reason = ""
    if submission.exercise.lesson_id not in regrade.content:
        reason = "lesson_gone"
    elif is_marked_by_person(session, submission_id):
        reason = "person"
    return Turn(regrade, submission, reason)


def is_marked_by_person(session: Session, submission_id: SubmissionId) -> bool:
    """Whether somebody gave points in place of the machine's; a rubric alone leaves the machine's part as it is."""
    return any(one.check_points is not None for one in marking.list_marks(session, submission_id))


def keep_report(
    session: Session, regrade_id: RegradeId, submission_id: SubmissionId, report: GradeReport, *, now: datetime
) -> None:
    """Write down what an attempt would have, once, and go on to the next."""
    row = session.get_one(ItemRow, (regrade_id, submission_id))
    state = rules.outcome(
        before_points=row.before_points, before_verdict=row.before_verdict,  # type: ignore[arg-type]  # kept from a report
        points=report.points, verdict=report.verdict,
    )  # fmt: skip
    values = {
        "state": state, "after_verdict": report.verdict, "after_points": report.points,
        "after_max": report.max_points, "report": to_json(report),
    }  # fmt: skip
    keep(session, regrade_id, submission_id, values, now=now)


def keep_failure(
    session: Session, regrade_id: RegradeId, submission_id: SubmissionId, reason: Reason, *, now: datetime
) -> None:
    """Write down that an attempt could not be graded, once, and go on to the next."""
    keep(session, regrade_id, submission_id, {"state": "failed", "reason": reason}, now=now)


def keep(
    session: Session,
    regrade_id: RegradeId,
    submission_id: SubmissionId,
    values: Mapping[str, object],
    *,
    now: datetime,
) -> None:
    is_first = change(
        session,
        update(ItemRow)
        .where(
            ItemRow.regrade_id == regrade_id, ItemRow.submission_id == submission_id, ItemRow.state == "waiting"
        )
        .values(**values),
    )  # fmt: skip
    if is_first and session.scalar(select(RegradeRow.state).where(RegradeRow.id == regrade_id)) == "running":
        advance(session, regrade_id, now=now)
