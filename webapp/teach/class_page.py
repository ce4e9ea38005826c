"""The board of a class as its page shows it: counts first, and names only where they are asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_time
from flask_babel import gettext as _
from markupsafe import Markup

from courses import Exercise, Language, Lesson
from webapp.services.classes.records import EXERCISE_STATES, Board, ExerciseState, Standing
from webapp.services.insight.records import Clusters
from webapp.teach.wrong_answers import cluster_tag, cluster_words
from webapp.ui.inline import inline

MOST_CLUSTERS = 3
# What one person alone answered is nobody else's business on a projector.
LEAST_LEARNERS = 2
IN_BAR: tuple[ExerciseState, ...] = ("done", "before", "trying", "none")


@dataclass(frozen=True)
class SectionCount:
    """How many are in a section now. width: of 100; id: empty for those who have not done anything yet."""

    id: str
    title: str
    count: int
    width: int


@dataclass(frozen=True)
class Common:
    """A wrong answer that several gave. learners: how many."""

    tag: str
    words: tuple[Markup, ...]
    learners: int


@dataclass(frozen=True)
class ExerciseCount:
    """How everybody stands at an exercise, by state, and its common wrong answers."""

    name: str
    title: Markup
    counts: Mapping[ExerciseState, int]
    pieces: tuple[tuple[ExerciseState, float, float], ...]
    common: tuple[Common, ...]


@dataclass(frozen=True)
class Wanted:
    """Somebody waits for help. name: empty where names are hidden; place: the section where they are; since: a time."""

    learner_id: int
    name: str
    place: str
    since: str


@dataclass(frozen=True)
class PersonLine:
    """One person's line, for the trainer's eyes only. states: of the exercises, in order."""

    name: str
    place: str
    states: tuple[ExerciseState, ...]
    is_waiting: bool


@dataclass(frozen=True)
class BoardView:
    """people: empty where names are hidden."""

    total: int
    sections: tuple[SectionCount, ...]
    exercises: tuple[ExerciseCount, ...]
    wanted: tuple[Wanted, ...]
    people: tuple[PersonLine, ...]


def board_view(board: Board, lesson: Lesson, language: Language, *, names: Mapping[int, str] | None) -> BoardView:
    """names: of the learners, where they are shown; None hides them, and then none is in the answer at all."""
    titles = {str(one.id): one.title.for_language(language) for one in lesson.sections}
    asking = sorted((one for one in board.learners if one.asked_at), key=lambda one: str(one.asked_at))
    return BoardView(
        total=len(board.learners),
        sections=section_counts(board.learners, titles),
        exercises=tuple(
            exercise_count(board.learners, one, number, board.clusters.get(one.id), language)
            for number, one in enumerate(lesson.exercises, 1)
        ),
        wanted=tuple(
            Wanted(one.learner_id, (names or {}).get(one.learner_id, ""), titles.get(one.section_id, ""), time_of(at))
            for one in asking
            if (at := one.asked_at)
        ),
        people=people_lines(board.learners, lesson, titles, names) if names is not None else (),
    )


def time_of(moment: datetime) -> str:
    return str(format_time(moment, "short"))


def section_counts(learners: Sequence[Standing], titles: Mapping[str, str]) -> tuple[SectionCount, ...]:
    """Those without activity first, then the sections in order."""
    places = {"": str(_("Sin actividad todavía")), **titles}
    counts = {one: sum(standing.section_id == one for standing in learners) for one in places}
    most = max(counts.values(), default=0)
    return tuple(
        SectionCount(one, title, counts[one], round(100 * counts[one] / most) if most else 0)
        for one, title in places.items()
    )


def exercise_count(
    learners: Sequence[Standing], exercise: Exercise, number: int, clusters: Clusters | None, language: Language
) -> ExerciseCount:
    counts = {state: sum(one.exercises[exercise.id] == state for one in learners) for state in EXERCISE_STATES}
    pieces, start = [], 0.0
    for state in IN_BAR:
        width = 100 * counts[state] / len(learners) if learners else 0.0
        pieces.append((state, round(start, 2), round(width, 2)))
        start += width
    return ExerciseCount(
        name=str(_("Ejercicio %(number)s", number=number)),
        title=inline(exercise.title.for_language(language)),
        counts=counts,
        pieces=tuple(pieces),
        common=common_answers(clusters, exercise, language) if clusters else (),
    )


def common_answers(clusters: Clusters, exercise: Exercise, language: Language) -> tuple[Common, ...]:
    """The wrong answers that most people of the class gave; never anybody's code."""
    return tuple(
        Common(cluster_tag(one), cluster_words(one, exercise, language), one.learners)
        for one in clusters.shown[:MOST_CLUSTERS]
        if one.learners >= LEAST_LEARNERS
    )


def people_lines(
    learners: Sequence[Standing], lesson: Lesson, titles: Mapping[str, str], names: Mapping[int, str]
) -> tuple[PersonLine, ...]:
    lines = [
        PersonLine(
            name=names.get(one.learner_id, ""),
            place=titles.get(one.section_id, str(_("Sin actividad todavía"))),
            states=tuple(one.exercises[exercise.id] for exercise in lesson.exercises),
            is_waiting=one.asked_at is not None,
        )
        for one in learners
    ]
    return tuple(sorted(lines, key=lambda one: one.name.casefold()))


def state_words() -> Mapping[ExerciseState, str]:
    return {
        "none": str(_("Sin empezar")),
        "trying": str(_("En eso")),
        "done": str(_("Listo en esta clase")),
        "before": str(_("Listo desde antes")),
    }
