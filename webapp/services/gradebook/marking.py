"""People's marks beside the machine's: what waits for somebody, and what giving a mark brings about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from courses import Course, Exercise
from webapp.services.gradebook.records import Entry
from webapp.services.gradebook.service import list_entries, map_scores
from webapp.services.marking.records import Judgement, ManualMark
from webapp.services.marking.reviews import answer_review, list_open_reviews
from webapp.services.marking.rules import latest_by_slot, sheet_of, standing
from webapp.services.marking.service import give_mark, list_marks_in_course, moderate, tell_learner
from webapp.services.submissions.records import ExerciseKey, Submission, SubmissionId

# first: nobody has marked it; second: the other marker is in; dispute: somebody must decide; review: it was asked for.
WaitKind = Literal["first", "second", "dispute", "review"]


@dataclass(frozen=True)
class Waiting:
    """An attempt that waits for a person. since: when it was graded, or when the review was asked for."""

    submission_id: SubmissionId
    learner_id: int
    exercise: ExerciseKey
    kind: WaitKind
    since: datetime


def list_waiting(session: Session, *, actor: int, learner_ids: Sequence[int], course: Course) -> tuple[Waiting, ...]:
    """What waits for this person among the work of these learners in a course, the longest waiting first.

    Of several attempts that nobody has marked only the latest waits: a learner who hands in again means the new one.
    """
    marks = list_marks_in_course(session, learner_ids=learner_ids, course_id=course.id)
    entries = list_entries(session, learner_ids=learner_ids, course_id=course.id)
    latest = {(one.learner_id, one.exercise): one.submission_id for one in entries}
    exercises = {(str(lesson.id), str(one.id)): one for lesson in course.lessons for one in lesson.exercises}
    found = [
        Waiting(one.submission_id, one.learner_id, one.exercise, kind, one.recorded_at)
        for one in entries
        if one.learner_id != actor
        and (kind := wait_kind(one, marks.get(one.submission_id, ()), actor, latest, exercises)) is not None
    ]
    reviews = [
        Waiting(one.submission_id, one.learner_id, one.exercise, "review", one.asked_at)
        for one in list_open_reviews(session, learner_ids=learner_ids, course_id=course.id)
        if one.learner_id != actor and (one.exercise.lesson_id, one.exercise.exercise_id) in exercises
    ]
    return tuple(sorted([*found, *reviews], key=lambda one: (one.since, one.submission_id)))


def wait_kind(
    entry: Entry,
    marks: Sequence[ManualMark],
    actor: int,
    latest: Mapping[tuple[int, ExerciseKey], SubmissionId],
    exercises: Mapping[tuple[str, str], Exercise],
) -> WaitKind | None:
    """What an attempt waits for from this person; None where it waits for nobody, or for somebody else.

    What the course no longer has waits for nobody: there is nothing to mark it by.
    """
    exercise = exercises.get((entry.exercise.lesson_id, entry.exercise.exercise_id))
    if exercise is None:
        return None
    given = standing(marks, machine_points=entry.points)
    by_slot = latest_by_slot(marks)
    markers = {one.marker_id for one in by_slot.values()}
    if given.state == "waiting_second":
        return None if actor in markers else "second"
    if given.state == "disputed":
        return None if actor in markers else "dispute"
    is_latest = latest[entry.learner_id, entry.exercise] == entry.submission_id
    return "first" if given.state == "none" and exercise.rubric and is_latest else None


def mark_work(
    session: Session,
    *,
    actor: int,
    submission: Submission,
    course: Course,
    exercise: Exercise,
    judgement: Judgement,
    seen_version: int,
    answer: str = "",
    is_moderator: bool = False,
    path: str,
    now: datetime,
) -> ManualMark:
    """A person's mark, written with what follows from it: an answered review, and the news to the learner.

    answer: to the open review of the attempt that this mark settles; empty where there is none. path: the learner's
    page of the attempt. The learner hears nothing while a second marker or a moderator is still to come.
    Raises what marking.give_mark, marking.moderate and marking.answer_review raise.
    """
    act = moderate if is_moderator else give_mark
    mark = act(
        session, actor=actor, submission=submission, sheet=sheet_of(exercise), judgement=judgement,
        seen_version=seen_version, now=now,
    )  # fmt: skip
    if answer:
        answer_review(session, actor=actor, submission=submission, answer=answer, state="changed", path=path, now=now)
    elif is_final(session, submission, course):
        tell_learner(session, "work_marked", submission.learner_id, path=path)
    return mark


def is_final(session: Session, submission: Submission, course: Course) -> bool:
    entries = list_entries(session, learner_ids=(submission.learner_id,), course_id=course.id)
    scores = map_scores(session, [one for one in entries if one.submission_id == submission.id], course)
    return scores[submission.id].state == "final"
