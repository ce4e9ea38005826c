"""The gradebook: marks recorded once, and read for learners and trainers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses import Course, Exercise
from graders import GradeReport, from_json, to_json
from webapp.services.gradebook import rules
from webapp.services.gradebook.records import Attempt, CourseProgress, Entry, Mark
from webapp.services.gradebook.tables import EntryRow
from webapp.services.submissions.records import ExerciseKey, SubmissionId
from webapp.services.submissions.service import get_submission, list_submissions, mark_state


def record(session: Session, submission_id: SubmissionId, report: GradeReport, *, now: datetime) -> bool:
    """Whether the mark was written now; an attempt that has one keeps it, whoever grades it again."""
    submission = get_submission(session, submission_id)
    row = EntryRow(
        submission_id=submission_id, learner_id=submission.learner_id, course_id=submission.exercise.course_id,
        lesson_id=submission.exercise.lesson_id, exercise_id=submission.exercise.exercise_id,
        verdict=report.verdict, points=report.points, max_points=report.max_points, digest=submission.digest,
        report=to_json(report), recorded_at=now,
    )  # fmt: skip
    if session.get(EntryRow, submission_id) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    mark_state(session, (submission_id,), "graded")
    return True


def has_entry(session: Session, submission_id: SubmissionId) -> bool:
    return session.get(EntryRow, submission_id) is not None


def get_report(session: Session, submission_id: SubmissionId) -> GradeReport:
    """Raises: sqlalchemy.exc.NoResultFound for an attempt that has no mark."""
    return from_json(session.get_one(EntryRow, submission_id).report)


def list_attempts(session: Session, *, learner_id: int, exercise: ExerciseKey) -> tuple[Attempt, ...]:
    """A learner's attempts at an exercise with their reports, oldest first."""
    submissions = list_submissions(session, learner_id=learner_id, exercise=exercise)
    found = session.scalars(select(EntryRow).where(EntryRow.submission_id.in_([one.id for one in submissions])))
    reports = {row.submission_id: from_json(row.report) for row in found}
    return tuple(Attempt(one, reports.get(one.id)) for one in submissions)


def list_latest_reports(
    session: Session, *, learner_id: int, course_id: str, lesson_id: str
) -> Mapping[str, GradeReport]:
    """The report of a learner's latest graded attempt at each exercise of a lesson, by exercise."""
    found = session.scalars(
        select(EntryRow)
        .where(
            EntryRow.learner_id == learner_id,
            EntryRow.course_id == course_id,
            EntryRow.lesson_id == lesson_id,
        )
        .order_by(EntryRow.submission_id)
    )
    latest = {row.exercise_id: row for row in found}
    return {exercise_id: from_json(row.report) for exercise_id, row in latest.items()}


def list_marks(
    session: Session, *, learner_ids: Sequence[int], course_id: str
) -> Mapping[int, Mapping[tuple[str, str], Mark]]:
    """What each learner has in a course, by lesson and exercise; exercises never graded are absent."""
    found = session.execute(
        select(
            EntryRow.submission_id, EntryRow.learner_id, EntryRow.lesson_id, EntryRow.exercise_id, EntryRow.verdict,
            EntryRow.points, EntryRow.max_points, EntryRow.digest, EntryRow.recorded_at,
        )
        .where(EntryRow.learner_id.in_(learner_ids), EntryRow.course_id == course_id)
        .order_by(EntryRow.submission_id)
    )  # fmt: skip
    grouped: dict[int, dict[tuple[str, str], list[Entry]]] = {
        learner_id: defaultdict(list) for learner_id in learner_ids
    }
    for row in found:
        key = ExerciseKey(course_id, row.lesson_id, row.exercise_id)
        entry = Entry(
            row.submission_id,
            row.learner_id,
            key,
            row.verdict,
            row.points,
            row.max_points,
            row.digest,
            row.recorded_at,
        )
        grouped[row.learner_id][row.lesson_id, row.exercise_id].append(entry)
    return {
        learner_id: {place: rules.mark_of(entries) for place, entries in by_place.items()}
        for learner_id, by_place in grouped.items()
    }


def list_progress(session: Session, *, learner_ids: Sequence[int], course: Course) -> Mapping[int, CourseProgress]:
    """How far each learner of a cohort has come in a course."""
    marks = list_marks(session, learner_ids=learner_ids, course_id=course.id)
    return {learner_id: rules.course_progress(course, marks[learner_id]) for learner_id in learner_ids}


def get_progress(session: Session, *, learner_id: int, course: Course) -> CourseProgress:
    return list_progress(session, learner_ids=(learner_id,), course=course)[learner_id]


def list_csv_rows(
    session: Session, *, people: Sequence[tuple[int, str, str]], course: Course
) -> tuple[tuple[str, ...], ...]:
    """A cohort's marks for a spreadsheet, a header first. people: learner, name and address of each, in order."""
    progress = list_progress(session, learner_ids=[learner_id for learner_id, _, _ in people], course=course)
    return rules.csv_rows(course, people, progress)


def may_see_solution(session: Session, *, actor: int, key: ExerciseKey, exercise: Exercise) -> bool:
    """Whether the learner may open the solution now; see `rules.may_see_solution`."""
    found = session.execute(
        select(EntryRow.digest, EntryRow.verdict).where(
            EntryRow.learner_id == actor,
            EntryRow.course_id == key.course_id,
            EntryRow.lesson_id == key.lesson_id,
            EntryRow.exercise_id == key.exercise_id,
        )
    ).all()
    return rules.may_see_solution(
        is_passed=any(row.verdict == "passed" for row in found),
        digests=[row.digest for row in found],
        starters=(exercise.starter.es, exercise.starter.en),
    )
