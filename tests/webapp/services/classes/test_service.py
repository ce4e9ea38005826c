"""Classes: when one is open, whose it is, and how far everybody is by what they did since it began."""

from collections.abc import Sequence

import pytest
from support.marks import SUMA, a_mark, an_attempt
from support.practice import LESSON, a_lesson
from support.webclient import School

from webapp.services.classes import service as classes
from webapp.services.classes.records import Board, ClassSession
from webapp.services.classes.rules import LASTS
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.people.records import Person
from webapp.services.practice import service as practice
from webapp.services.submissions.records import ExerciseKey

ELIGE = ExerciseKey(LESSON.course_id, LESSON.lesson_id, "elige")


def a_cohort(school: School, trainer: Person, learners: Sequence[Person]) -> Cohort:
    with school.aula.sessions.write() as session:
        now = school.clock()
        made = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=now)
        for one in learners:
            cohorts.join(session, actor=one.id, code=made.code, now=now)
        return cohorts.get_cohort(session, made.id)


def a_class(school: School, cohort: Cohort, lesson_id: str = LESSON.lesson_id) -> ClassSession:
    with school.aula.sessions.write() as session:
        actor, now = cohort.trainer_id, school.clock()
        return classes.start(session, actor=actor, cohort=cohort, lesson_id=lesson_id, now=now)


def the_board(school: School, taught: ClassSession) -> Board:
    with school.aula.sessions.read() as session:
        return classes.read_board(session, taught=taught, lesson=a_lesson())


def go_to(school: School, person: Person, section_id: str) -> None:
    with school.aula.sessions.write() as session:
        practice.keep_place(session, actor=int(person.id), lesson=LESSON, section_id=section_id, now=school.clock())


def test_a_class_ends_by_itself_and_its_trainer_ends_it_sooner(each_school: School) -> None:
    taught = a_class(each_school, a_cohort(each_school, each_school.person("trainer"), ()))
    assert taught.is_open(each_school.clock())
    assert not taught.is_open(taught.started_at + LASTS)
    each_school.clock.advance(60)
    with each_school.aula.sessions.write() as session:
        classes.end(session, taught.id, actor=taught.trainer_id, now=each_school.clock())
    with each_school.aula.sessions.read() as session:
        assert not classes.get_class(session, taught.id).is_open(each_school.clock())


def test_beginning_the_same_class_again_goes_on_with_it_and_another_one_ends_it(school: School) -> None:
    cohort = a_cohort(school, school.person("trainer"), ())
    first = a_class(school, cohort)
    school.clock.advance(60)
    assert a_class(school, cohort).id == first.id
    other = a_class(school, cohort, "otra")
    with school.aula.sessions.read() as session:
        held = classes.list_classes(session, cohort=cohort)
    assert [(one.id, one.is_open(school.clock())) for one in held] == [(other.id, True), (first.id, False)]


def test_a_learner_finds_the_open_class_of_their_own_cohort(school: School) -> None:
    ana, stranger = school.person(), school.person()
    taught = a_class(school, a_cohort(school, school.person("trainer"), (ana,)))

    def found(person: Person) -> int | None:
        with school.aula.sessions.read() as session:
            one = classes.find_open(session, learner_id=int(person.id), lesson=LESSON, now=school.clock())
        return one.id if one else None

    assert (found(ana), found(stranger)) == (taught.id, None)
    school.clock.advance(LASTS.total_seconds())
    assert found(ana) is None


def test_everybody_is_where_they_last_did_something(each_school: School) -> None:
    ana, luis, eva = (each_school.person() for _ in range(3))
    cohort = a_cohort(each_school, each_school.person("trainer"), (ana, luis, eva))
    go_to(each_school, eva, "dos")
    each_school.clock.advance(60)
    taught = a_class(each_school, cohort)
    go_to(each_school, ana, "uno")
    go_to(each_school, luis, "uno")
    each_school.clock.advance(60)
    an_attempt(each_school, luis, key=ELIGE, choice=("b",))
    places = {one.learner_id: one.section_id for one in the_board(each_school, taught).learners}
    assert places == {ana.id: "uno", luis.id: "dos", eva.id: ""}, "what Eva did before the class does not count"


def test_an_exercise_is_begun_tried_done_or_was_done_before(each_school: School) -> None:
    ana, luis, eva, beto = (each_school.person() for _ in range(4))
    cohort = a_cohort(each_school, each_school.person("trainer"), (ana, luis, eva, beto))
    a_mark(each_school, eva)
    a_mark(each_school, beto, 0.0, "failed")
    each_school.clock.advance(60)
    taught = a_class(each_school, cohort)
    each_school.clock.advance(60)
    a_mark(each_school, ana)
    a_mark(each_school, luis, 0.0, "failed")
    states = {one.learner_id: one.exercises["suma"] for one in the_board(each_school, taught).learners}
    assert states == {ana.id: "done", luis.id: "trying", eva.id: "before", beto.id: "none"}


def test_an_answer_that_a_person_will_mark_is_done_for_the_class(school: School) -> None:
    ana = school.person()
    taught = a_class(school, a_cohort(school, school.person("trainer"), (ana,)))
    a_mark(school, ana, 0.0, "manual")
    assert the_board(school, taught).learners[0].exercises["suma"] == "done"


def test_the_common_wrong_answers_are_those_of_this_class(each_school: School) -> None:
    ana, luis = each_school.person(), each_school.person()
    cohort = a_cohort(each_school, each_school.person("trainer"), (ana, luis))
    a_mark(each_school, ana, 0.0, "failed", source="total = 9")
    each_school.clock.advance(60)
    taught = a_class(each_school, cohort)
    assert the_board(each_school, taught).clusters == {}
    each_school.clock.advance(60)
    a_mark(each_school, ana, 0.0, "failed", source="total = 4")
    a_mark(each_school, luis, 0.0, "failed", source="total = 4")
    a_mark(each_school, each_school.person(), 0.0, "failed", source="total = 4")
    found = the_board(each_school, taught).clusters
    assert list(found) == [SUMA.exercise_id]
    assert [(one.learners, one.attempts) for one in found["suma"].shown] == [(2, 2)]


def test_help_is_asked_for_once_and_settled(each_school: School) -> None:
    ana = each_school.person()
    taught = a_class(each_school, a_cohort(each_school, each_school.person("trainer"), (ana,)))
    with each_school.aula.sessions.write() as session:
        asked_at = each_school.clock()
        classes.ask_for_help(session, class_id=taught.id, actor=int(ana.id), now=asked_at)
    each_school.clock.advance(60)
    with each_school.aula.sessions.write() as session:
        classes.ask_for_help(session, class_id=taught.id, actor=int(ana.id), now=each_school.clock())
    assert the_board(each_school, taught).learners[0].asked_at == asked_at, "who asks again keeps their place"
    with each_school.aula.sessions.write() as session:
        classes.settle_help(session, class_id=taught.id, learner_id=int(ana.id))
        classes.settle_help(session, class_id=taught.id, learner_id=int(ana.id))
    assert the_board(each_school, taught).learners[0].asked_at is None


def test_nobody_asks_for_help_in_anothers_class_or_after_it(school: School) -> None:
    ana, stranger = school.person(), school.person()
    taught = a_class(school, a_cohort(school, school.person("trainer"), (ana,)))

    def ask(person: Person) -> None:
        with school.aula.sessions.write() as session:
            classes.ask_for_help(session, class_id=taught.id, actor=int(person.id), now=school.clock())

    with pytest.raises(classes.UnknownClass):
        ask(stranger)
    school.clock.advance(LASTS.total_seconds())
    with pytest.raises(classes.ClassOver):
        ask(ana)
