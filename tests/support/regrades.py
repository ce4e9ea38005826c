"""Regrades with the reports that a test says, and attempts at a shipped lesson whose marks were given wrongly."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from support.jobs import NOON
from support.marks import SUMA, a_report
from support.webclient import School

from courses import Catalogue
from graders import GradeReport
from notebooks import write_notebook
from webapp.services.gradebook import service as gradebook
from webapp.services.practice import service as practice
from webapp.services.practice.records import Draft, LessonKey
from webapp.services.regrades import applying, dry_run
from webapp.services.regrades import service as regrades
from webapp.services.regrades.records import Item, Regrade, RegradeId, Scope
from webapp.services.submissions import service as submissions
from webapp.services.submissions.records import Answer, ExerciseKey, Submission, SubmissionId
from webapp.store import Sessions

KEYS = itertools.count(1)
SHIPPED = ExerciseKey("analisis-con-pandas", "agrupar", "total-de-un-ramo")
SHIPPED_SCOPE = Scope(SHIPPED.course_id, SHIPPED.lesson_id, SHIPPED.exercise_id)
COURSE = Scope(SUMA.course_id)
Grade = Callable[[SubmissionId], GradeReport]


def shipped_answer(catalogue: Catalogue, source: str | None, notebook: bytes | None = None) -> Answer:
    """A notebook of the shipped lesson with this answer, or with the solution. notebook: other bytes in its place."""
    lesson = catalogue.find_lesson(SHIPPED.course_id, SHIPPED.lesson_id)
    exercise = lesson.find_exercise(SHIPPED.exercise_id) if lesson else None
    assert lesson is not None
    assert exercise is not None
    text = exercise.solutions[0] if source is None else source
    composed = practice.compose_notebook(lesson, "es", {exercise.id: Draft(exercise.id, 1, text, NOON)})
    return Answer(text, (), notebook or write_notebook(composed), "old", {}, "es")


def a_wrong_mark(
    sessions: Sessions,
    catalogue: Catalogue,
    learner_id: int,
    source: str | None = None,
    *,
    now: datetime,
    points: float = 0.0,
    key: ExerciseKey = SHIPPED,
    notebook: bytes | None = None,
) -> Submission:
    """An attempt that another version of the lesson, "old", gave these points. source: None for the solution."""
    lesson = LessonKey(key.course_id, key.lesson_id)
    with sessions.write() as session:
        run = practice.start_check(
            session, actor=learner_id, lesson=lesson, exercise_id=key.exercise_id, language="es",
            key=f"wrong-{next(KEYS)}", digest="", now=now,
        )  # fmt: skip
        answer = shipped_answer(catalogue, source, notebook)
        submission = submissions.hand_in(session, actor=learner_id, exercise=key, run_id=run.id, answer=answer, now=now)
        report = replace(a_report(points, "passed" if points else "failed", of=max(points, 2.0)), lesson_version="old")
        assert gradebook.record(session, submission.id, report, now=now)
    return submission


def start(school: School, scope: Scope = COURSE, *, actor: int | None = None) -> Regrade:
    with school.aula.sessions.write() as session:
        return regrades.start(session, school.aula.catalogue, scope, actor=actor, now=school.clock())


def begin(school: School, regrade_id: RegradeId) -> None:
    with school.aula.sessions.write() as session:
        dry_run.begin(session, school.aula.catalogue, regrade_id, now=school.clock())


def try_all(school: School, regrade_id: RegradeId, grade: Grade) -> None:
    """Each attempt of the dry run gets the report that `grade` gives for it."""
    begin(school, regrade_id)
    for item in items(school, regrade_id):
        with school.aula.sessions.write() as session:
            number = item.submission_id
            dry_run.keep_report(session, regrade_id, number, grade(number), now=school.clock())


def a_ready_one(school: School, grade: Grade, scope: Scope = COURSE, *, actor: int | None = None) -> RegradeId:
    """A dry run that has ended."""
    regrade = start(school, scope, actor=actor)
    try_all(school, regrade.id, grade)
    return regrade.id


def items(school: School, regrade_id: RegradeId) -> tuple[Item, ...]:
    with school.aula.sessions.read() as session:
        return regrades.list_items(session, regrade_id)


def state(school: School, regrade_id: RegradeId) -> str:
    with school.aula.sessions.read() as session:
        return regrades.get_regrade(session, regrade_id).state


def ask_apply(school: School, regrade_id: RegradeId, *, never_lower: bool = True, actor: int | None = None) -> None:
    with school.aula.sessions.write() as session:
        regrades.ask_apply(
            session, school.aula.catalogue, regrade_id, actor=actor, never_lower=never_lower, now=school.clock()
        )


def apply_all(school: School, regrade_id: RegradeId, *, never_lower: bool = True, actor: int | None = None) -> None:
    ask_apply(school, regrade_id, never_lower=never_lower, actor=actor)
    apply_rest(school, regrade_id)


def apply_rest(school: School, regrade_id: RegradeId) -> None:
    is_left = True
    while is_left:
        with school.aula.sessions.write() as session:
            is_left = applying.apply_next(session, school.aula.catalogue, regrade_id, now=school.clock())
