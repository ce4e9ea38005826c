"""How exercises are going: the figures of all of a course, and the common wrong answers of one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from courses import Course, Lesson
from webapp.services.gradebook import reading as marks
from webapp.services.gradebook.reading import Outcome
from webapp.services.insight import rules
from webapp.services.insight.clusters import cluster
from webapp.services.insight.records import Clusters, ExerciseFacts, ExerciseId, ExerciseStudy, Try, WrongTry
from webapp.services.people.service import map_people
from webapp.services.practice.activity import Help, list_help, map_moments
from webapp.services.submissions.reading import map_hand_ins, map_written

# Of the wrong answers of an exercise the latest so many distinct ones are read.
MOST_READ = 2_000


def study_course(
    session: Session, *, course: Course, learner_ids: Sequence[int] | None
) -> Mapping[ExerciseId, ExerciseStudy]:
    """The figures of every exercise of a course, in its order.

    learner_ids: whose attempts count; None for everybody's.
    """
    keys = [(lesson.id, one.id) for lesson in course.lessons for one in lesson.exercises]
    return study(session, course, keys, learner_ids)


def study_exercise(
    session: Session, *, course: Course, exercise: ExerciseId, learner_ids: Sequence[int] | None
) -> ExerciseStudy:
    """The figures of one of them."""
    return study(session, course, [exercise], learner_ids)[exercise]


def study(
    session: Session, course: Course, keys: Sequence[ExerciseId], learner_ids: Sequence[int] | None
) -> Mapping[ExerciseId, ExerciseStudy]:
    """The figures of some exercises of a course; for how well they discriminate all of its exercises are looked at."""
    tries = list_tries(session, course, learner_ids)
    rest = rules.rest_scores({key: rules.right_at_once(some) for key, some in tries.items()})
    facts = list_facts(session, course, {key: tries.get(key, {}) for key in keys}, learner_ids)
    return {
        (one.lesson_id, one.exercise_id): rules.study(one, rest.get((one.lesson_id, one.exercise_id), {}))
        for one in facts
    }


def list_csv_rows(
    session: Session, *, course: Course, learner_ids: Sequence[int] | None
) -> tuple[tuple[str, ...], ...]:
    """The same for a spreadsheet, a header first."""
    return rules.csv_rows(tuple(study_course(session, course=course, learner_ids=learner_ids).values()))


def cluster_wrong_answers(
    session: Session, *, course: Course, exercise: ExerciseId, learner_ids: Sequence[int] | None
) -> Clusters:
    """The most common wrong answers at an exercise."""
    outcomes = marks.list_outcomes(session, course_id=course.id, learner_ids=learner_ids, exercise=exercise)
    lesson = course.find_lesson(exercise[0])
    asked = lesson.find_exercise(exercise[1]) if lesson else None
    is_code = asked is None or asked.kind == "code"
    wrong, names = read_wrong(session, outcomes)
    return cluster([tried for _, tried in wrong], names, is_code=is_code)


def cluster_attempts(session: Session, *, lesson: Lesson, outcomes: Sequence[Outcome]) -> Mapping[str, Clusters]:
    """The common wrong answers among some attempts at a lesson, by exercise; those without any are absent."""
    wrong, names = read_wrong(session, outcomes)
    grouped: dict[str, list[WrongTry]] = defaultdict(list)
    for outcome, tried in wrong:
        grouped[outcome.exercise_id].append(tried)
    return {
        one.id: cluster(grouped[one.id], names, is_code=one.kind == "code")
        for one in lesson.exercises
        if one.id in grouped
    }


def read_wrong(
    session: Session, outcomes: Sequence[Outcome]
) -> tuple[Sequence[tuple[Outcome, WrongTry]], Mapping[int, str]]:
    """What was wrong in those of these attempts that did not pass, and the names of who handed them in."""
    wrong = [one for one in outcomes if one.verdict not in ("passed", "manual")]
    # Equal answers came out equal: what is said of one of them is said of all.
    latest = {(one.exercise_id, one.digest, one.verdict): one.submission_id for one in wrong}
    read = sorted(latest.values())[-MOST_READ:]
    reports, written = marks.map_reports(session, read), map_written(session, read)
    tries = [
        (one, WrongTry(one.learner_id, reports[number], written[number].source, written[number].choice))
        for one in wrong
        if (number := latest[one.exercise_id, one.digest, one.verdict]) in reports
    ]
    people = map_people(session, {one.learner_id for one, _ in tries})
    return tries, {number: person.name for number, person in people.items()}


def list_facts(
    session: Session,
    course: Course,
    tries: Mapping[ExerciseId, Mapping[int, Sequence[Try]]],
    learner_ids: Sequence[int] | None,
) -> tuple[ExerciseFacts, ...]:
    """What is known of the exercises that are asked for, also of those without a try."""
    names = sorted({exercise_id for _, exercise_id in tries})
    moments = map_moments(session, course_id=course.id, exercise_ids=names, learner_ids=learner_ids)
    taken: dict[ExerciseId, list[Help]] = defaultdict(list)
    for one in list_help(session, course_id=course.id, learner_ids=learner_ids):
        taken[one.lesson_id, one.exercise_id].append(one)
    return tuple(
        ExerciseFacts(
            *key,
            tries=some,
            moments={learner: moments.get((*key, learner), ()) for learner in some},
            hints={one.learner_id: one.hints for one in taken[key]},
            solution_seen=frozenset(one.learner_id for one in taken[key] if one.has_seen_solution),
        )
        for key, some in tries.items()
    )


def list_tries(
    session: Session, course: Course, learner_ids: Sequence[int] | None
) -> Mapping[ExerciseId, Mapping[int, Sequence[Try]]]:
    """By exercise and learner, oldest first. Answers that wait for a person are neither right nor wrong: not here."""
    handed_in = map_hand_ins(session, course_id=course.id, learner_ids=learner_ids)
    found: dict[ExerciseId, dict[int, list[Try]]] = defaultdict(lambda: defaultdict(list))
    for one in marks.list_outcomes(session, course_id=course.id, learner_ids=learner_ids):
        if one.verdict != "manual":
            found[one.lesson_id, one.exercise_id][one.learner_id].append(to_try(one, handed_in[one.submission_id]))
    return found


def to_try(one: Outcome, at: datetime) -> Try:
    return Try(one.submission_id, one.learner_id, one.verdict, one.digest, at)
