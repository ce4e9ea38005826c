"""When many learners worked at the exercises of a course, and how much help they took."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from webapp.services.practice.records import LessonKey, Trace
from webapp.services.practice.tables import DraftRow, DraftVersionRow, HelpRow, PlaceRow, RunRow
from webapp.store import in_parts

# A lesson, an exercise of it, and a learner.
Seat = tuple[str, str, int]


@dataclass(frozen=True)
class Help:
    """hints: how many were shown."""

    learner_id: int
    lesson_id: str
    exercise_id: str
    hints: int
    has_seen_solution: bool


def map_moments(
    session: Session, *, course_id: str, exercise_ids: Sequence[str], learner_ids: Sequence[int] | None
) -> Mapping[Seat, Sequence[datetime]]:
    """When answers were run, and saved as far as the saves are still kept, in no order. Checks are not among them.

    learner_ids: None for everybody's.
    """
    runs = select(RunRow.lesson_id, RunRow.cell_id, RunRow.learner_id, RunRow.created_at).where(
        RunRow.course_id == course_id, RunRow.kind == "cells", RunRow.cell_id.in_(exercise_ids)
    )
    saves = (
        select(DraftRow.lesson_id, DraftRow.cell_id, DraftRow.learner_id, DraftVersionRow.saved_at)
        .join(DraftVersionRow, DraftVersionRow.draft_id == DraftRow.id)
        .where(DraftRow.course_id == course_id, DraftRow.cell_id.in_(exercise_ids))
    )
    queries = (
        *in_parts(runs, RunRow.learner_id, learner_ids),
        *in_parts(saves, DraftRow.learner_id, learner_ids),
    )
    found: dict[Seat, list[datetime]] = defaultdict(list)
    for query in queries:
        for lesson_id, exercise_id, learner_id, at in session.execute(query):
            found[lesson_id, exercise_id, learner_id].append(at)
    return found


def list_traces(
    session: Session, *, lesson: LessonKey, learner_ids: Sequence[int], since: datetime
) -> tuple[Trace, ...]:
    """What these learners did in a lesson since a moment, oldest first: sections seen, cells saved, run, checked."""
    places = select(PlaceRow.learner_id, PlaceRow.section_id, literal(""), PlaceRow.seen_at).where(
        PlaceRow.course_id == lesson.course_id, PlaceRow.lesson_id == lesson.lesson_id, PlaceRow.seen_at >= since
    )
    runs = select(RunRow.learner_id, literal(""), RunRow.cell_id, RunRow.created_at).where(
        RunRow.course_id == lesson.course_id, RunRow.lesson_id == lesson.lesson_id, RunRow.created_at >= since
    )
    saves = select(DraftRow.learner_id, literal(""), DraftRow.cell_id, DraftRow.saved_at).where(
        DraftRow.course_id == lesson.course_id, DraftRow.lesson_id == lesson.lesson_id, DraftRow.saved_at >= since
    )
    queries = (
        *in_parts(places, PlaceRow.learner_id, learner_ids),
        *in_parts(runs, RunRow.learner_id, learner_ids),
        *in_parts(saves, DraftRow.learner_id, learner_ids),
    )
    found = [Trace(*row) for query in queries for row in session.execute(query)]
    return tuple(sorted(found, key=lambda one: one.at))


def list_help(session: Session, *, course_id: str, learner_ids: Sequence[int] | None) -> tuple[Help, ...]:
    """The help that was taken in a course; who took none in an exercise has none of these there."""
    columns = select(
        HelpRow.learner_id, HelpRow.lesson_id, HelpRow.exercise_id, HelpRow.hint_count, HelpRow.solution_seen_at
    ).where(HelpRow.course_id == course_id)
    return tuple(
        Help(learner_id, lesson_id, exercise_id, hints, seen_at is not None)
        for query in in_parts(columns, HelpRow.learner_id, learner_ids)
        for learner_id, lesson_id, exercise_id, hints, seen_at in session.execute(query)
    )
