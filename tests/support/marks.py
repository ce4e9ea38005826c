"""Attempts and their marks, put into a school without running anybody's code."""

import itertools

from support.practice import LESSON
from support.webclient import School

from graders import CheckResult, GradeReport, Verdict
from webapp.services.gradebook import service as gradebook
from webapp.services.people.records import Person
from webapp.services.practice import service as practice
from webapp.services.submissions import service as submissions
from webapp.services.submissions.records import Answer, ExerciseKey, Submission

KEYS = itertools.count(1)
SUMA = ExerciseKey(LESSON.course_id, LESSON.lesson_id, "suma")


def a_report(points: float = 2.0, verdict: Verdict = "passed", *, of: float = 2.0) -> GradeReport:
    status = "passed" if verdict == "passed" else "failed"
    check = CheckResult("suma-check", status, points, of, "value.equal" if status == "passed" else "value.different")
    return GradeReport(SUMA.exercise_id, verdict, points, of, (check,), 0.2, "v1")


def an_attempt(
    school: School,
    person: Person,
    source: str = "total = 3",
    key: ExerciseKey = SUMA,
    choice: tuple[str, ...] = (),
) -> Submission:
    """An attempt as *Comprobar* writes it, with its run and its job."""
    actor, now = int(person.id), school.clock()
    answer = Answer(source, choice, b'{"cells": []}', "v1", {"datos": "1.0"}, "es")
    with school.aula.sessions.write() as session:
        run = practice.start_check(
            session, actor=actor, lesson=LESSON, exercise_id=key.exercise_id, language="es", key=f"key-{next(KEYS)}",
            digest="", now=now,
        )  # fmt: skip
        return submissions.hand_in(session, actor=actor, exercise=key, run_id=run.id, answer=answer, now=now)


def a_mark(
    school: School,
    person: Person,
    points: float = 2.0,
    verdict: Verdict = "passed",
    *,
    source: str = "total = 3",
    key: ExerciseKey = SUMA,
    choice: tuple[str, ...] = (),
) -> Submission:
    """A graded attempt."""
    submission = an_attempt(school, person, source, key, choice)
    with school.aula.sessions.write() as session:
        assert gradebook.record(session, submission.id, a_report(points, verdict), now=school.clock())
    return submission
