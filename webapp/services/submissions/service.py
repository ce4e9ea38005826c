"""Handing in: the attempt and its grading job are written together, once."""

import zlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.jobs import enqueue
from webapp.services.submissions.records import Answer, ExerciseKey, Submission, SubmissionId, SubmissionState
from webapp.services.submissions.rules import answer_digest
from webapp.services.submissions.tables import SubmissionRow
from webapp.store import Refusal


class AttemptsSpent(Refusal):
    """The exercise has as many graded attempts as its course lets it have."""

    code = "attempts_spent"


def hand_in(
    session: Session,
    *,
    actor: int,
    exercise: ExerciseKey,
    run_id: int,
    answer: Answer,
    now: datetime,
    attempts_most: int | None = None,
) -> Submission:
    """The attempt, kept for ever, with the job that grades it.

    run_id: the run of kind check through which the learner hears of it; handing in for the same run again gives the
    same attempt. attempts_most: of the course, None for any number. Raises: AttemptsSpent; nothing is written then.
    """
    row = session.scalar(select(SubmissionRow).where(SubmissionRow.run_id == run_id))
    if row is not None:
        return to_record(row)
    if attempts_most is not None and count_attempts(session, learner_id=actor, exercise=exercise) >= attempts_most:
        raise AttemptsSpent
    row = SubmissionRow(
        learner_id=actor, course_id=exercise.course_id, lesson_id=exercise.lesson_id,
        exercise_id=exercise.exercise_id, run_id=run_id, source=answer.source, choice=list(answer.choice),
        notebook=zlib.compress(answer.notebook), digest=answer_digest(answer.source, answer.choice),
        lesson_version=answer.lesson_version, dataset_versions=dict(answer.dataset_versions),
        language=answer.language, state="queued", handed_in_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    enqueue(session, "grade_submission", "check", submission_id=row.id)
    return to_record(row)


def get_submission(session: Session, submission_id: SubmissionId) -> Submission:
    return to_record(session.get_one(SubmissionRow, submission_id))


def find_submission(session: Session, submission_id: int) -> Submission | None:
    row = session.get(SubmissionRow, submission_id)
    return to_record(row) if row else None


def count_attempts(session: Session, *, learner_id: int, exercise: ExerciseKey) -> int:
    """How many attempts count: graded, or on their way to it. Those that we failed to grade do not."""
    query = select(func.count()).where(
        SubmissionRow.learner_id == learner_id,
        SubmissionRow.course_id == exercise.course_id,
        SubmissionRow.lesson_id == exercise.lesson_id,
        SubmissionRow.exercise_id == exercise.exercise_id,
        SubmissionRow.state != "platform_failure",
    )
    return session.scalar(query) or 0


def list_submissions(session: Session, *, learner_id: int, exercise: ExerciseKey) -> tuple[Submission, ...]:
    """A learner's attempts at an exercise, oldest first."""
    found = session.scalars(
        select(SubmissionRow)
        .where(
            SubmissionRow.learner_id == learner_id,
            SubmissionRow.course_id == exercise.course_id,
            SubmissionRow.lesson_id == exercise.lesson_id,
            SubmissionRow.exercise_id == exercise.exercise_id,
        )
        .order_by(SubmissionRow.id)
    )
    return tuple(to_record(row) for row in found)


def list_latest(session: Session, *, learner_id: int, course_id: str, lesson_id: str) -> dict[str, Submission]:
    """A learner's latest attempt at each exercise of a lesson, by exercise."""
    found = session.scalars(
        select(SubmissionRow)
        .where(
            SubmissionRow.learner_id == learner_id,
            SubmissionRow.course_id == course_id,
            SubmissionRow.lesson_id == lesson_id,
        )
        .order_by(SubmissionRow.id)
    )
    return {row.exercise_id: to_record(row) for row in found}


def mark_state(session: Session, submission_ids: Sequence[SubmissionId], state: SubmissionState) -> None:
    session.execute(update(SubmissionRow).where(SubmissionRow.id.in_(submission_ids)).values(state=state))


def to_record(row: SubmissionRow) -> Submission:
    answer = Answer(
        source=row.source, choice=tuple(row.choice), notebook=zlib.decompress(row.notebook),
        lesson_version=row.lesson_version, dataset_versions=row.dataset_versions,
        language=row.language,  # type: ignore[arg-type]  # written from a Language
    )  # fmt: skip
    return Submission(
        id=SubmissionId(row.id), learner_id=row.learner_id,
        exercise=ExerciseKey(row.course_id, row.lesson_id, row.exercise_id), run_id=row.run_id, answer=answer,
        digest=row.digest, state=row.state, handed_in_at=row.handed_in_at,  # type: ignore[arg-type]  # the check constraint keeps the words
    )  # fmt: skip
