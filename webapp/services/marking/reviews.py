"""Reviews: a learner asks once for an attempt to be looked at again, and hears what came of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.services.audit.service import note
from webapp.services.marking import rules
from webapp.services.marking.records import Review, ReviewId, ReviewState
from webapp.services.marking.refusals import (
    BadComment,
    BadReason,
    NotGraded,
    OwnWork,
    ReviewAsked,
    ReviewClosed,
    TooManyReviews,
    UnknownReview,
)
from webapp.services.marking.service import tell_learner
from webapp.services.marking.tables import ReviewRow
from webapp.services.submissions.records import ExerciseKey, Submission, SubmissionId
from webapp.store import add_once, change


def ask_review(session: Session, *, submission: Submission, reason: str, now: datetime) -> Review:
    """The request of the attempt's own learner. Raises: BadReason, NotGraded, ReviewAsked, TooManyReviews."""
    cleaned = rules.clean_words(reason, most=rules.MOST_REASON)
    if not cleaned:
        raise BadReason
    if submission.state != "graded":
        raise NotGraded
    if find_review(session, submission.id) is not None:
        raise ReviewAsked
    if count_open(session, learner_id=submission.learner_id) >= rules.MOST_OPEN_REVIEWS:
        raise TooManyReviews
    key = submission.exercise
    row = ReviewRow(
        submission_id=submission.id, learner_id=submission.learner_id, course_id=key.course_id,
        lesson_id=key.lesson_id, exercise_id=key.exercise_id, reason=cleaned, state="open", asked_at=now, answer="",
    )  # fmt: skip
    if not add_once(session, row):
        raise ReviewAsked
    note(session, "review_asked", "submission", submission.id, actor=submission.learner_id, now=now)
    return to_record(row)


def answer_review(
    session: Session,
    *,
    actor: int,
    submission: Submission,
    answer: str,
    state: ReviewState,
    path: str,
    now: datetime,
) -> Review:
    """The request, answered, and its learner told. A changed mark is given first, in the same transaction.

    path: the learner's page of the attempt, for the mail. Raises: UnknownReview, OwnWork, BadComment for an answer
    without words or with too many, ReviewClosed where somebody was faster.
    """
    review = find_review(session, submission.id)
    if review is None:
        raise UnknownReview
    if review.learner_id == actor:
        raise OwnWork
    cleaned = rules.clean_words(answer, most=rules.MOST_COMMENT)
    if not cleaned:
        raise BadComment
    answered = change(
        session,
        update(ReviewRow)
        .where(ReviewRow.id == review.id, ReviewRow.state == "open")
        .values(state=state, answer=cleaned, answered_by=actor, answered_at=now),
    )
    if not answered:
        raise ReviewClosed
    note(session, "review_answered", "submission", submission.id, actor=actor, now=now, state=state)
    tell_learner(session, "review_answered", review.learner_id, path=path)
    return get_review(session, submission.id)


def find_review(session: Session, submission_id: SubmissionId) -> Review | None:
    row = session.scalar(select(ReviewRow).where(ReviewRow.submission_id == submission_id))
    return to_record(row) if row else None


def get_review(session: Session, submission_id: SubmissionId) -> Review:
    """Raises: UnknownReview."""
    found = find_review(session, submission_id)
    if found is None:
        raise UnknownReview
    return found


def count_open(session: Session, *, learner_id: int) -> int:
    query = select(func.count()).where(ReviewRow.learner_id == learner_id, ReviewRow.state == "open")
    return session.scalar(query) or 0


def list_open_reviews(session: Session, *, learner_ids: Sequence[int], course_id: str) -> tuple[Review, ...]:
    """What waits for an answer, the longest waiting first."""
    found = session.scalars(
        select(ReviewRow)
        .where(ReviewRow.learner_id.in_(learner_ids), ReviewRow.course_id == course_id, ReviewRow.state == "open")
        .order_by(ReviewRow.id)
    )
    return tuple(to_record(row) for row in found)


def list_reviews(session: Session, *, learner_id: int, exercise: ExerciseKey) -> tuple[Review, ...]:
    """What a learner has asked for in one exercise, oldest first."""
    found = session.scalars(
        select(ReviewRow)
        .where(
            ReviewRow.learner_id == learner_id,
            ReviewRow.course_id == exercise.course_id,
            ReviewRow.lesson_id == exercise.lesson_id,
            ReviewRow.exercise_id == exercise.exercise_id,
        )
        .order_by(ReviewRow.id)
    )
    return tuple(to_record(row) for row in found)


def to_record(row: ReviewRow) -> Review:
    return Review(
        id=ReviewId(row.id), submission_id=SubmissionId(row.submission_id), learner_id=row.learner_id,
        exercise=ExerciseKey(row.course_id, row.lesson_id, row.exercise_id), reason=row.reason,
        state=row.state, asked_at=row.asked_at, answer=row.answer,  # type: ignore[arg-type]  # the check constraint keeps the words
        answered_by=row.answered_by, answered_at=row.answered_at,
    )  # fmt: skip
