"""The gradebook: marks recorded once, and read for learners and trainers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses import Course, Exercise
from graders import GradeReport, from_json, to_json
from webapp.services.cohorts.deadlines import map_deadlines
from webapp.services.cohorts.records import Lateness
from webapp.services.cohorts.rules import lateness
from webapp.services.gradebook import rules
from webapp.services.gradebook.records import Attempt, CourseProgress, Entry, Mark, Score
from webapp.services.gradebook.tables import EntryRow
from webapp.services.marking.service import list_marks_in_course
from webapp.services.submissions.reading import map_hand_ins
from webapp.services.submissions.records import ExerciseKey, SubmissionId
from webapp.services.submissions.service import get_submission, list_submissions, mark_state


def record(session: Session, submission_id: SubmissionId, report: GradeReport, *, now: datetime) -> bool:
    """Whether the mark was written now; an attempt that has one keeps it, whoever grades it again."""
    submission = get_submission(session, submission_id)
    row = EntryRow(
        submission_id=submission_id, learner_id=submission.learner_id, course_id=submission.exercise.course_id,
        lesson_id=submission.exercise.lesson_id, exercise_id=submission.exercise.exercise_id,
        verdict=report.verdict, points=report.points, max_points=report.max_points, digest=submission.digest,
        report=to_json(report), lesson_version=report.lesson_version,
        dataset_versions=dict(submission.answer.dataset_versions), recorded_at=now,
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
    session: Session, *, learner_ids: Sequence[int], course: Course
) -> Mapping[int, Mapping[tuple[str, str], Mark]]:
    """What each learner has in a course, by lesson and exercise; exercises never graded are absent."""
    found = marks_of(session, list_entries(session, learner_ids=learner_ids, course_id=course.id), course)
    return {learner_id: found.get(learner_id, {}) for learner_id in learner_ids}


def marks_of(
    session: Session, entries: Sequence[Entry], course: Course
) -> Mapping[int, Mapping[tuple[str, str], Mark]]:
    """The same by what the machine gave, or would have given: entries of any learners, each one's oldest first."""
    grouped: dict[int, dict[tuple[str, str], list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        grouped[entry.learner_id][entry.exercise.lesson_id, entry.exercise.exercise_id].append(entry)
    scores = map_scores(session, entries, course)
    return {
        learner_id: {
            place: rules.mark_of(tried, [scores[one.submission_id] for one in tried], counts=course.counts)
            for place, tried in by_place.items()
        }
        for learner_id, by_place in grouped.items()
    }


def list_scores(
    session: Session, *, learner_id: int, course: Course, exercise: ExerciseKey
) -> Mapping[SubmissionId, Score]:
    """What each of a learner's graded attempts at an exercise is worth."""
    entries = list_entries(session, learner_ids=(learner_id,), course_id=course.id)
    return map_scores(session, [one for one in entries if one.exercise == exercise], course)


def list_entries(session: Session, *, learner_ids: Sequence[int], course_id: str) -> tuple[Entry, ...]:
    """What the machine gave these learners in a course, oldest first."""
    found = session.execute(
        select(
            EntryRow.submission_id, EntryRow.learner_id, EntryRow.lesson_id, EntryRow.exercise_id, EntryRow.verdict,
            EntryRow.points, EntryRow.max_points, EntryRow.digest, EntryRow.recorded_at,
        )
        .where(EntryRow.learner_id.in_(learner_ids), EntryRow.course_id == course_id)
        .order_by(EntryRow.submission_id)
    )  # fmt: skip
    return tuple(
        Entry(
            row.submission_id, row.learner_id, ExerciseKey(course_id, row.lesson_id, row.exercise_id), row.verdict,
            row.points, row.max_points, row.digest, row.recorded_at,
        )
        for row in found
    )  # fmt: skip


def map_scores(session: Session, entries: Sequence[Entry], course: Course) -> Mapping[SubmissionId, Score]:
    """What each of these attempts at a course is worth, with people's marks and what being late costs."""
    learner_ids = sorted({entry.learner_id for entry in entries})
    by_people = list_marks_in_course(session, learner_ids=learner_ids, course_id=course.id)
    late = map_lateness(session, entries, learner_ids, course.id)
    exercises = {(str(lesson.id), str(one.id)): one for lesson in course.lessons for one in lesson.exercises}
    return {
        entry.submission_id: rules.score_of(
            entry,
            by_people.get(entry.submission_id, ()),
            exercise=exercises.get((entry.exercise.lesson_id, entry.exercise.exercise_id)),
            lateness=late.get(entry.submission_id),
            pass_share=course.pass_share,
        )
        for entry in entries
    }


def map_lateness(
    session: Session, entries: Sequence[Entry], learner_ids: Sequence[int], course_id: str
) -> Mapping[SubmissionId, Lateness]:
    """How late each of these attempts is; those in time, and those that nobody waits for, are absent."""
    deadlines = map_deadlines(session, person_ids=learner_ids, course_id=course_id)
    if not deadlines:
        return {}
    times = map_hand_ins(session, course_id=course_id, learner_ids=learner_ids)
    found = {
        one.submission_id: lateness(times[one.submission_id], deadlines.get((one.learner_id, one.exercise.lesson_id)))
        for one in entries
    }
    return {submission_id: late for submission_id, late in found.items() if late is not None}


def list_progress(session: Session, *, learner_ids: Sequence[int], course: Course) -> Mapping[int, CourseProgress]:
    """How far each learner of a cohort has come in a course."""
    marks = list_marks(session, learner_ids=learner_ids, course=course)
    return {learner_id: rules.course_progress(course, marks[learner_id]) for learner_id in learner_ids}


def get_progress(session: Session, *, learner_id: int, course: Course) -> CourseProgress:
    return list_progress(session, learner_ids=(learner_id,), course=course)[learner_id]


def list_csv_rows(
    session: Session, *, people: Sequence[tuple[int, str, str]], course: Course
) -> tuple[tuple[str, ...], ...]:
    """A cohort's marks for a spreadsheet, a header first. people: learner, name and address of each, in order."""
    progress = list_progress(session, learner_ids=[learner_id for learner_id, _, _ in people], course=course)
    return rules.csv_rows(course, people, progress)


def may_see_solution(
    session: Session, *, actor: int, key: ExerciseKey, exercise: Exercise, mark: Mark | None, attempts_most: int | None
) -> bool:
    """Whether the learner may open the solution now; see `rules.may_see_solution`.

    mark: what they have in the exercise; None before the first attempt that was graded.
    """
    found = session.scalars(
        select(EntryRow.digest).where(
            EntryRow.learner_id == actor,
            EntryRow.course_id == key.course_id,
            EntryRow.lesson_id == key.lesson_id,
            EntryRow.exercise_id == key.exercise_id,
        )
    ).all()
    return rules.may_see_solution(
        is_passed=mark is not None and mark.is_passed,
        digests=found,
        starters=(exercise.starter.es, exercise.starter.en),
        attempts_most=attempts_most,
    )
