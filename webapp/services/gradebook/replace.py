"""A regrade's mark in the place of an attempt's own; the one before is kept, with its report and versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from graders import GradeReport, Verdict, from_json, to_json
from webapp.services.gradebook.tables import EntryRow, PastEntryRow
from webapp.services.submissions.records import ExerciseKey, SubmissionId
from webapp.store import change, in_parts


@dataclass(frozen=True)
class Graded:
    """The machine's mark of an attempt as it stands, and what it was graded with.

    lesson_version: "" where nobody knows any more; revision: 0 for the first, one more for each time it was replaced.
    """

    submission_id: SubmissionId
    learner_id: int
    exercise: ExerciseKey
    verdict: Verdict
    points: float
    max_points: float
    lesson_version: str
    dataset_versions: Mapping[str, str]
    revision: int


@dataclass(frozen=True)
class PastEntry:
    """What an attempt had before a regrade."""

    submission_id: SubmissionId
    revision: int
    report: GradeReport
    lesson_version: str
    dataset_versions: Mapping[str, str]
    regrade_id: int
    replaced_at: datetime


def list_graded(
    session: Session,
    *,
    course_id: str,
    lesson_id: str | None = None,
    exercise_id: str | None = None,
    learner_ids: Sequence[int] | None = None,
) -> tuple[Graded, ...]:
    """The graded attempts at a course, a lesson or an exercise, oldest first. learner_ids: None for everybody's."""
    query = select(
        EntryRow.submission_id, EntryRow.learner_id, EntryRow.lesson_id, EntryRow.exercise_id, EntryRow.verdict,
        EntryRow.points, EntryRow.max_points, EntryRow.lesson_version, EntryRow.dataset_versions, EntryRow.revision,
    ).where(EntryRow.course_id == course_id)  # fmt: skip
    if lesson_id is not None:
        query = query.where(EntryRow.lesson_id == lesson_id)
    if exercise_id is not None:
        query = query.where(EntryRow.exercise_id == exercise_id)
    found = [
        Graded(
            SubmissionId(row.submission_id), row.learner_id, ExerciseKey(course_id, row.lesson_id, row.exercise_id),
            row.verdict, row.points, row.max_points, row.lesson_version or "", row.dataset_versions or {}, row.revision,
        )
        for part in in_parts(query, EntryRow.learner_id, learner_ids)
        for row in session.execute(part)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.submission_id))


def replace_entry(
    session: Session,
    submission_id: SubmissionId,
    report: GradeReport,
    *,
    revision: int,
    dataset_versions: Mapping[str, str],
    regrade_id: int,
    now: datetime,
) -> bool:
    """Whether the report is the attempt's now; False where it has another revision than the one that was seen.

    Of two that replace the same revision one finds it, whatever the engine.
    """
    row = session.get(EntryRow, submission_id, populate_existing=True)
    if row is None or row.revision != revision:
        return False
    before = PastEntryRow(
        submission_id=submission_id, revision=revision, verdict=row.verdict, points=row.points,
        max_points=row.max_points, report=row.report, lesson_version=row.lesson_version,
        dataset_versions=row.dataset_versions, regrade_id=regrade_id, replaced_at=now,
    )  # fmt: skip
    is_ours = change(
        session,
        update(EntryRow)
        .where(EntryRow.submission_id == submission_id, EntryRow.revision == revision)
        .values(
            verdict=report.verdict, points=report.points, max_points=report.max_points, report=to_json(report),
            lesson_version=report.lesson_version, dataset_versions=dict(dataset_versions), revision=revision + 1,
        ),
    )  # fmt: skip
    if not is_ours:
        return False
    session.add(before)
    session.flush()
    return True


def list_past(session: Session, submission_ids: Sequence[SubmissionId]) -> Mapping[SubmissionId, tuple[PastEntry, ...]]:
    """What these attempts had before, the latest first; attempts that were never regraded are absent."""
    query: Select[PastEntryRow] = select(PastEntryRow).order_by(PastEntryRow.revision.desc())
    found: dict[SubmissionId, tuple[PastEntry, ...]] = {}
    for part in in_parts(query, PastEntryRow.submission_id, submission_ids):
        for row in session.scalars(part):
            number = SubmissionId(row.submission_id)
            found[number] = (*found.get(number, ()), to_past(row))
    return found


def to_past(row: PastEntryRow) -> PastEntry:
    return PastEntry(
        SubmissionId(row.submission_id), row.revision, from_json(row.report), row.lesson_version or "",
        row.dataset_versions or {}, row.regrade_id, row.replaced_at,
    )  # fmt: skip
