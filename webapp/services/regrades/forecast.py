"""What a dry run comes to for each learner. Marks take all attempts together: one that gains may change none."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from courses import Catalogue
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import Entry
from webapp.services.regrades.records import Item, MarkChange, Regrade
from webapp.services.regrades.rules import TINY


def forecast(
    session: Session, catalogue: Catalogue, regrade: Regrade, items: Sequence[Item], *, never_lower: bool
) -> tuple[MarkChange, ...]:
    """The marks that would change if the regrade were applied now, by learner and exercise.

    Policies, due dates and people's marks count as they do in the gradebook, for it is asked.
    """
    states = ("gain",) if never_lower else ("gain", "lose")
    changed = {one.submission_id: one for one in items if one.state in states}
    course = catalogue.find_course(regrade.scope.course_id)
    if course is None or not changed:
        return ()
    learner_ids = sorted({one.learner_id for one in changed.values()})
    entries = gradebook.list_entries(session, learner_ids=learner_ids, course_id=course.id)
    before = gradebook.marks_of(session, entries, course)
    after = gradebook.marks_of(session, [instead(one, changed.get(one.submission_id)) for one in entries], course)
    return tuple(
        MarkChange(learner_id, lesson_id, exercise_id, old.points, new.points, new.max_points)
        for learner_id in learner_ids
        for (lesson_id, exercise_id), old in sorted(before[learner_id].items())
        if abs((new := after[learner_id][lesson_id, exercise_id]).points - old.points) > TINY
    )


def instead(entry: Entry, item: Item | None) -> Entry:
    """The entry as it would be."""
    if item is None or item.after_verdict is None or item.after_points is None or item.after_max is None:
        return entry
    return replace(entry, verdict=item.after_verdict, points=item.after_points, max_points=item.after_max)
