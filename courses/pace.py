"""How many minutes of a lesson each of its sections takes: the lesson's own, dealt out by what there is to do."""

from collections.abc import Mapping

from courses.model import CodeBlock, ExerciseBlock, Lesson
from courses.readable import WORD

# Trauzettel-Klosinski & Dietz, "Standardized assessment of reading performance: the new International Reading Speed
# Texts IReST", Investigative Ophthalmology & Visual Science 53 (2012): 218 words a minute in Spanish, 228 in English.
WORDS_A_MINUTE = 218
CELL_MINUTES = 0.25  # to run a cell of the lesson and look at what it gives


def plan_minutes(lesson: Lesson) -> Mapping[str, int]:
    """Whole minutes for each section, by its id and in order; their sum is the lesson's.

    Every section has at least one while there are as many minutes as sections. What is left over goes to those that
    were rounded down the most (largest remainder); of equal ones to the earlier.
    """
    weights = weigh_sections(lesson)
    total = sum(weights.values())
    if not weights:
        return {}
    floor = 1 if lesson.minutes >= len(weights) else 0
    left = lesson.minutes - floor * len(weights)
    exact = {one: left * weight / total if total else left / len(weights) for one, weight in weights.items()}
    planned = {one: floor + int(share) for one, share in exact.items()}
    behind = sorted(exact, key=lambda one: int(exact[one]) - exact[one])
    for one in behind[: lesson.minutes - sum(planned.values())]:
        planned[one] += 1
    return planned


def weigh_sections(lesson: Lesson) -> Mapping[str, float]:
    """The minutes that a newcomer takes for each section: to read its Spanish text, run its cells, do its exercises."""
    weights = {str(one.id): 0.0 for one in lesson.sections}
    minutes = {one.id: one.minutes for one in lesson.exercises}
    for block in lesson.blocks_es:
        weight = CELL_MINUTES if isinstance(block, CodeBlock) else len(WORD.findall(block.markdown)) / WORDS_A_MINUTE
        if isinstance(block, ExerciseBlock):
            weight += minutes.get(block.exercise_id, 0)
        if block.section_id in weights:
            weights[block.section_id] += weight
    return weights
