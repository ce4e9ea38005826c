"""A learner's attempt as a person marks it, and the line of all that waits to be marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, g

from courses import Course, Exercise, Lesson
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.gradebook.marking import Waiting, list_waiting
from webapp.services.people import service as people
from webapp.services.people.records import Person
from webapp.services.submissions import service as submissions
from webapp.services.submissions.records import Submission
from webapp.teach.cohorts import find_course, list_seen, list_seen_members
from webapp.ui.context import current_aula
from webapp.ui.urls import url


@dataclass(frozen=True)
class Work:
    """An attempt of a cohort's member, with everything that it is about."""

    cohort: Cohort
    learner: Person
    course: Course
    lesson: Lesson
    exercise: Exercise
    submission: Submission

    @property
    def trainer_id(self) -> int:
        return self.cohort.trainer_id

    @property
    def institution_id(self) -> int | None:
        return self.cohort.institution_id

    @property
    def needs_second_marker(self) -> bool:
        return self.exercise.needs_second_marker


@dataclass(frozen=True)
class Line:
    """One thing that waits, with its cohort and its learner."""

    cohort: Cohort
    learner: Person
    course: Course
    waiting: Waiting


def load_work(cohort_id: int, submission_id: int) -> Work:
    """Aborts with 404 where the cohort has no such member, or its course no such exercise."""
    cohort = cohorts.get_cohort(g.db, cohort_id)
    course = find_course(cohort)
    submission = submissions.find_submission(g.db, submission_id)
    if course is None or submission is None or submission.exercise.course_id != course.id:
        abort(404)
    lesson = course.find_lesson(submission.exercise.lesson_id)
    exercise = lesson.find_exercise(submission.exercise.exercise_id) if lesson else None
    learner = next((one for one in list_seen_members(cohort) if one.id == submission.learner_id), None)
    if lesson is None or exercise is None or learner is None:
        abort(404)
    return Work(cohort, learner, course, lesson, exercise, submission)


def list_lines(person: Person) -> tuple[Line, ...]:
    """All that waits for somebody, the longest waiting first; a work of a learner in two cohorts once.

    A trainer's line has, besides their own cohorts' work, what their institution's other cohorts need a second marker
    or a moderator for.
    """
    own = list_seen(person)
    lines = lines_of(own, person)
    if person.role == "trainer" and person.institution_id is not None:
        others = cohorts.list_cohorts(g.db, institution_id=person.institution_id)
        seen = lines_of([one for one in others if one.trainer_id != person.id], person)
        lines = [*lines, *(line for line in seen if needs_second(line))]
    once = {(line.waiting.submission_id, line.waiting.kind): line for line in reversed(lines)}
    return tuple(sorted(once.values(), key=lambda line: (line.waiting.since, line.waiting.submission_id)))


def lines_of(among: Sequence[Cohort], person: Person) -> Sequence[Line]:
    """What waits in these cohorts. A manager's line has the people of their own institution only."""
    members = cohorts.map_member_ids(g.db, cohort_ids=[one.id for one in among])
    lines = []
    for course in current_aula().catalogue.courses:
        homes = {
            learner_id: one for one in among if one.course_id == course.id for learner_id in members.get(one.id, ())
        }
        found = list_waiting(g.db, actor=int(person.id), learner_ids=list(homes), course=course) if homes else ()
        learners = people.map_people(g.db, [one.learner_id for one in found]) if found else {}
        lines += [Line(homes[one.learner_id], learners[one.learner_id], course, one) for one in found]
    is_manager = person.role == "manager"
    return [line for line in lines if not is_manager or line.learner.institution_id == person.institution_id]


def needs_second(line: Line) -> bool:
    lesson = line.course.find_lesson(line.waiting.exercise.lesson_id)
    exercise = lesson.find_exercise(line.waiting.exercise.exercise_id) if lesson else None
    return exercise is not None and exercise.needs_second_marker and line.waiting.kind != "review"


def neighbours(lines: Sequence[Line], submission_id: int) -> tuple[Line | None, Line | None]:
    """The works before and after one in the line; around one that waits no more, nothing and the first."""
    order = list({line.waiting.submission_id: line for line in lines}.values())
    numbers = [line.waiting.submission_id for line in order]
    if submission_id not in numbers:
        return None, (order[0] if order else None)
    place = numbers.index(submission_id)  # type: ignore[arg-type]  # a plain number stands for the named id
    return (order[place - 1] if place else None), (order[place + 1] if place + 1 < len(order) else None)


def address(work: Work) -> dict[str, Any]:
    return {"cohort_id": int(work.cohort.id), "submission_id": int(work.submission.id)}


def work_href(work: Work) -> str:
    return url("teach.marking_show", **address(work))


def line_href(line: Line) -> str:
    return url("teach.marking_show", cohort_id=line.cohort.id, submission_id=line.waiting.submission_id)


def learner_path(work: Work) -> str:
    """The page on which the learner reads of it, without any prefix of a language: a mail puts its own before it."""
    key = work.submission.exercise
    return f"/cursos/{key.course_id}/{key.lesson_id}/ejercicios/{key.exercise_id}/intentos#attempt-{work.submission.id}"
