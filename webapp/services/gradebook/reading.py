"""The marks of many learners at once, as a study of exercises needs them: lean rows, and reports where asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from graders import GradeReport, Verdict, from_json
from webapp.services.gradebook.tables import EntryRow
from webapp.services.submissions.records import SubmissionId
from webapp.store import in_parts


@dataclass(frozen=True)
class Outcome:
    """How a graded attempt came out. digest: equal for equal answers."""

    submission_id: SubmissionId
    learner_id: int
    lesson_id: str
    exercise_id: str
    verdict: Verdict
    digest: str


def list_outcomes(
    session: Session,
    *,
    course_id: str,
    learner_ids: Sequence[int] | None,
    lesson_id: str | None = None,
    exercise: tuple[str, str] | None = None,
) -> tuple[Outcome, ...]:
    """The graded attempts at a course in the order of their handing in.

    learner_ids: None for everybody's; lesson_id, exercise: where only one lesson, or only one exercise of one, is
    asked for.
    """
    columns = select(
        EntryRow.submission_id, EntryRow.learner_id, EntryRow.lesson_id, EntryRow.exercise_id, EntryRow.verdict,
        EntryRow.digest,
    ).where(EntryRow.course_id == course_id)  # fmt: skip
    if lesson_id is not None:
        columns = columns.where(EntryRow.lesson_id == lesson_id)
    if exercise is not None:
        columns = columns.where(EntryRow.lesson_id == exercise[0], EntryRow.exercise_id == exercise[1])
    found = [
        Outcome(SubmissionId(number), learner_id, lesson_id, exercise_id, verdict, digest)  # type: ignore[arg-type]  # written from a Verdict
        for query in in_parts(columns, EntryRow.learner_id, learner_ids)
        for number, learner_id, lesson_id, exercise_id, verdict, digest in session.execute(query)
    ]
    return tuple(sorted(found, key=lambda one: one.submission_id))


def map_reports(session: Session, submission_ids: Sequence[SubmissionId]) -> Mapping[SubmissionId, GradeReport]:
    """The reports of these attempts; those without a mark are absent."""
    columns = select(EntryRow.submission_id, EntryRow.report)
    return {
        SubmissionId(number): from_json(report)
        for query in in_parts(columns, EntryRow.submission_id, submission_ids)
        for number, report in session.execute(query)
    }
