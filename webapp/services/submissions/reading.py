"""The attempts of many learners at once, as a study of exercises needs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.services.submissions.records import SubmissionId
from webapp.services.submissions.tables import SubmissionRow
from webapp.store import in_parts


@dataclass(frozen=True)
class Written:
    """What was handed in: the text of the answer, or the options that were marked."""

    source: str
    choice: tuple[str, ...]


def map_hand_ins(
    session: Session, *, course_id: str, learner_ids: Sequence[int] | None
) -> Mapping[SubmissionId, datetime]:
    """When each attempt at a course was handed in. learner_ids: None for everybody's."""
    columns = select(SubmissionRow.id, SubmissionRow.handed_in_at).where(SubmissionRow.course_id == course_id)
    return {
        SubmissionId(number): handed_in_at
        for query in in_parts(columns, SubmissionRow.learner_id, learner_ids)
        for number, handed_in_at in session.execute(query)
    }


def list_handed_in(
    session: Session, *, course_id: str, lesson_id: str, learner_ids: Sequence[int], since: datetime
) -> frozenset[SubmissionId]:
    """The attempts at a lesson's exercises that these learners handed in since a moment, graded or not."""
    columns = select(SubmissionRow.id).where(
        SubmissionRow.course_id == course_id, SubmissionRow.lesson_id == lesson_id, SubmissionRow.handed_in_at >= since
    )
    return frozenset(
        SubmissionId(number)
        for query in in_parts(columns, SubmissionRow.learner_id, learner_ids)
        for number in session.scalars(query)
    )


def map_written(session: Session, submission_ids: Sequence[SubmissionId]) -> Mapping[SubmissionId, Written]:
    """What these attempts say, without the notebooks around them."""
    columns = select(SubmissionRow.id, SubmissionRow.source, SubmissionRow.choice)
    return {
        SubmissionId(number): Written(source, tuple(choice))
        for query in in_parts(columns, SubmissionRow.id, submission_ids)
        for number, source, choice in session.execute(query)
    }
