"""The place in a lesson, the help taken in an exercise, and everything of a lesson on one desk."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.services.practice.drafts import list_drafts
from webapp.services.practice.kernels import look_at
from webapp.services.practice.outputs import list_outputs, read_unfinished
from webapp.services.practice.records import LessonKey, Place, Workbook
from webapp.services.practice.runs import list_active
from webapp.services.practice.tables import HelpRow, PlaceRow
from webapp.store import add_once


def keep_place(session: Session, *, actor: int, lesson: LessonKey, section_id: str, now: datetime) -> None:
    """Remember the section that the learner has on the screen."""
    key = (actor, lesson.course_id, lesson.lesson_id)
    row = session.get(PlaceRow, key)
    if row is None:
        row = PlaceRow(
            learner_id=actor, course_id=lesson.course_id, lesson_id=lesson.lesson_id, section_id=section_id, seen_at=now
        )
        if add_once(session, row):
            return
        row = session.get_one(PlaceRow, key)
    row.section_id, row.seen_at = section_id, now


def list_places(session: Session, *, actor: int) -> tuple[Place, ...]:
    """Where the learner was in each lesson, the latest first."""
    found = session.scalars(select(PlaceRow).where(PlaceRow.learner_id == actor).order_by(PlaceRow.seen_at.desc()))
    return tuple(Place(LessonKey(row.course_id, row.lesson_id), row.section_id, row.seen_at) for row in found)


def reveal_hint(session: Session, *, actor: int, lesson: LessonKey, exercise_id: str, of: int) -> int:
    """Record that the next hint is shown; its number from 1, or 0 if the exercise has none. Past the last, the last."""
    row = get_help(session, actor, lesson, exercise_id)
    row.hint_count = min(of, row.hint_count + 1)
    return row.hint_count


def open_solution(session: Session, *, actor: int, lesson: LessonKey, exercise_id: str, now: datetime) -> None:
    """Record that the learner has seen the solution. Whether they may is `gradebook.may_see_solution`'s to say."""
    row = get_help(session, actor, lesson, exercise_id)
    row.solution_seen_at = row.solution_seen_at or now


def get_help(session: Session, actor: int, lesson: LessonKey, exercise_id: str) -> HelpRow:
    key = (actor, lesson.course_id, lesson.lesson_id, exercise_id)
    row = session.get(HelpRow, key, with_for_update=True)
    if row is None:
        row = HelpRow(
            learner_id=actor,
            course_id=lesson.course_id,
            lesson_id=lesson.lesson_id,
            exercise_id=exercise_id,
            hint_count=0,
        )
        if not add_once(session, row):
            row = session.get_one(HelpRow, key, with_for_update=True)
    return row


def open_workbook(session: Session, *, actor: int, lesson: LessonKey) -> Workbook:
    """All that a learner has in a lesson, at one moment: who follows an active run goes on after its `seq`."""
    active = list_active(session, actor=actor, lesson=lesson)
    outputs = list_outputs(session, actor=actor, lesson=lesson)
    for run in active:
        outputs.update(read_unfinished(session, run))
    helped = session.scalars(
        select(HelpRow).where(
            HelpRow.learner_id == actor,
            HelpRow.course_id == lesson.course_id,
            HelpRow.lesson_id == lesson.lesson_id,
        )
    ).all()
    place = session.get(PlaceRow, (actor, lesson.course_id, lesson.lesson_id))
    return Workbook(
        drafts=list_drafts(session, actor=actor, lesson=lesson),
        outputs=outputs,
        active_runs=active,
        hints={row.exercise_id: row.hint_count for row in helped},
        solutions_seen=frozenset(row.exercise_id for row in helped if row.solution_seen_at),
        place=place.section_id if place else "",
        environment=look_at(session, actor=actor, lesson=lesson)[0],
    )
