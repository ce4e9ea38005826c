"""How far everybody of a class is, from what they did since it began. Facts in, standings out."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from courses import Lesson
from webapp.services.classes.records import ExerciseState, Standing, Tried
from webapp.services.practice.records import Trace

# A class that nobody ends is over by itself: longer than any, and gone before the next morning.
LASTS = timedelta(hours=4)


def stand(
    lesson: Lesson,
    learner_ids: Sequence[int],
    *,
    traces: Sequence[Trace],
    tries: Sequence[Tried],
    asked: Mapping[int, datetime],
) -> tuple[Standing, ...]:
    """The standing of each learner, in the order given.

    traces: since the class began, the oldest first; tries: at the lesson's exercises, whenever; asked: since when
    somebody waits for help.
    """
    return tuple(
        standing(
            lesson,
            learner_id,
            [one for one in traces if one.learner_id == learner_id],
            [one for one in tries if one.learner_id == learner_id],
            asked_at=asked.get(learner_id),
        )
        for learner_id in learner_ids
    )


def standing(
    lesson: Lesson, learner_id: int, traces: Sequence[Trace], tries: Sequence[Tried], *, asked_at: datetime | None
) -> Standing:
    touched = {one.cell_id for one in traces}
    seen = [(section_of(lesson, one), one.at) for one in traces]
    here = next(((section_id, at) for section_id, at in reversed(seen) if section_id), ("", None))
    return Standing(
        learner_id,
        section_id=here[0],
        last_at=here[1],
        exercises={
            one.id: state_of([some for some in tries if some.exercise_id == one.id], is_touched=one.id in touched)
            for one in lesson.exercises
        },
        asked_at=asked_at,
    )


def state_of(tries: Sequence[Tried], *, is_touched: bool) -> ExerciseState:
    """How somebody stands at an exercise. An answer that waits for a person is done for this class."""
    done = [one for one in tries if one.is_done]
    if done:
        return "done" if any(one.is_here for one in done) else "before"
    return "trying" if is_touched or any(one.is_here for one in tries) else "none"


def section_of(lesson: Lesson, trace: Trace) -> str:
    """The section in which somebody left a trace; empty if the lesson has it no more."""
    if trace.cell_id:
        return lesson.find_section_id(trace.cell_id) or ""
    return trace.section_id if any(one.id == trace.section_id for one in lesson.sections) else ""
