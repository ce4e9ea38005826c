"""Figures and clusters from what the other services keep."""

import pytest
from support.marks import SUMA, a_mark
from support.practice import a_course
from support.webclient import School

from webapp.services.insight import service as insight
from webapp.services.submissions.records import ExerciseKey

KEY = (SUMA.lesson_id, SUMA.exercise_id)


def test_an_exercise_has_the_same_figures_alone_and_among_the_others(school: School) -> None:
    for number in range(12):
        person = school.person()
        for exercise_id in ("suma", "elige"):
            key = ExerciseKey(SUMA.course_id, SUMA.lesson_id, exercise_id)
            is_right = number % (2 if exercise_id == "suma" else 3) == 0
            a_mark(school, person, 2.0 if is_right else 0.0, "passed" if is_right else "failed", key=key)
    with school.aula.sessions.read() as session:
        course = school.aula.catalogue.courses[0]
        alone = insight.study_exercise(session, course=course, exercise=KEY, learner_ids=None)
        among = insight.study_course(session, course=course, learner_ids=None)
    assert among[KEY] == alone
    # Of twelve, six are right in one and four in the other, two in both: phi = (2·4 − 4·2) / … = 0.
    assert alone.discrimination == pytest.approx(0, abs=1e-12)


def test_equal_answers_are_read_once_and_each_is_counted(school: School) -> None:
    people = [school.person() for _ in range(3)]
    for person in (*people, people[0]):
        a_mark(school, person, 0.0, "failed", source="total = 4")
    a_mark(school, people[1])
    with school.aula.sessions.read() as session:
        found = insight.cluster_wrong_answers(session, course=a_course(), exercise=KEY, learner_ids=None)
    assert [(one.learners, one.attempts, one.variants) for one in found.shown] == [(3, 4, 1)]
    assert found.attempts == 4


def test_attempts_at_an_exercise_that_the_course_no_longer_has_are_left_out(school: School) -> None:
    person = school.person()
    a_mark(school, person, key=ExerciseKey(SUMA.course_id, SUMA.lesson_id, "quitado"))
    with school.aula.sessions.read() as session:
        found = insight.study_course(session, course=a_course(), learner_ids=None)
    assert {key: one.learners for key, one in found.items()} == {KEY: 0, (SUMA.lesson_id, "elige"): 0}


def test_nobody_has_no_figures_though_others_have(school: School) -> None:
    a_mark(school, school.person())
    with school.aula.sessions.read() as session:
        found = insight.study_course(session, course=a_course(), learner_ids=())
    assert found[KEY].learners == 0
