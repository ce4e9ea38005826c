"""Place, hints and enrolment when two tabs of one learner ask for the same at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text
from sqlalchemy.orm import Session
from support.jobs import NOON
from support.practice import LESSON, a_learner
from support.webclient import School

from webapp.services.cohorts import service as cohorts
from webapp.services.enrolment import service as enrolment
from webapp.services.practice import service as practice
from webapp.store import Sessions

AT_ONCE = 6


def all_at_once(sessions: Sessions, act: Callable[[Session], object]) -> Sequence[object]:
    def one(_number: int) -> object:
        with sessions.write() as session:
            return act(session)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_two_tabs_that_open_a_lesson_at_once_keep_one_place(sessions: Sessions) -> None:
    ana = a_learner(sessions)
    all_at_once(
        sessions, lambda session: practice.keep_place(session, actor=ana, lesson=LESSON, section_id="dos", now=NOON)
    )
    with sessions.read() as session:
        assert [(one.lesson, one.section_id) for one in practice.list_places(session, actor=ana)] == [(LESSON, "dos")]


def test_every_press_for_a_hint_shows_one_more_and_none_is_skipped(sessions: Sessions) -> None:
    ana = a_learner(sessions)
    shown = all_at_once(
        sessions,
        lambda session: practice.reveal_hint(session, actor=ana, lesson=LESSON, exercise_id="suma", of=AT_ONCE),
    )
    assert sorted(map(int, map(str, shown))) == list(range(1, AT_ONCE + 1))


def test_a_course_is_taken_once(sessions: Sessions) -> None:
    ana = a_learner(sessions)
    all_at_once(sessions, lambda session: enrolment.enrol(session, actor=ana, course_id="curso", now=NOON))
    with sessions.read() as session:
        assert len(enrolment.list_enrolments(session, actor=ana)) == 1
        noted = session.execute(text("select count(*) from audit_events where action = 'enrolled'")).scalar_one()
    assert noted == 1


def test_a_cohort_is_joined_once(each_school: School) -> None:
    sessions, trainer, ana = each_school.aula.sessions, each_school.person("trainer"), each_school.person()
    with sessions.write() as session:
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id="curso", now=NOON)
    all_at_once(sessions, lambda session: cohorts.join(session, actor=ana.id, code=cohort.code, now=NOON))
    with sessions.read() as session:
        assert cohorts.get_cohort(session, cohort.id).member_count == 1
