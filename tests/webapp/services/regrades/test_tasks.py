"""The jobs of a regrade, with the real grader in the real sandbox: who goes first, and what cannot be graded."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.jobs import a_context
from support.regrades import SHIPPED, SHIPPED_SCOPE, a_wrong_mark, apply_all, items, start, state
from support.runs import start as begin_run
from support.sandbox import running_fork_server
from support.webclient import School, open_school

from courses import Catalogue
from notebooks import ForkServer
from webapp.jobs import JobContext, JobRecord, LeaseKeeper, enqueue, list_jobs, perform
from webapp.jobs.lease import LEASE_S, claim, new_owner
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.replace import list_graded
from webapp.services.practice import line as practice
from webapp.services.regrades.records import RegradeId
from webapp.services.submissions.records import Submission
from webapp.store import Sessions


@pytest.fixture
def live_school(sessions: Sessions, tmp_path: Path, catalogue: Catalogue, fork_server: ForkServer) -> School:
    return open_school(sessions, tmp_path / "home", catalogue, fork_server=lambda: fork_server)


@pytest.fixture
def plain_school(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue, fork_server: ForkServer) -> School:
    """The same on SQLite alone, for what does not depend on the engine."""
    return open_school(sqlite_sessions, tmp_path / "home", catalogue, fork_server=lambda: fork_server)


def a_mark(school: School, source: str | None = None, **options: object) -> Submission:
    learner = int(school.person().id)
    submission = a_wrong_mark(
        school.aula.sessions, school.aula.catalogue, learner, source, now=school.clock(), **options
    )  # type: ignore[arg-type]  # handed on
    # The job of its hand-in has nothing to do any more; it would only hold up the regrade.
    school.carry_out_jobs()
    return submission


def carry_out(school: School, number: RegradeId) -> str:
    """Do the jobs that wait until the dry run has ended; how it ended."""
    for _job in range(20):
        if state(school, number) != "running":
            break
        school.carry_out_jobs()
    return state(school, number)


def the_context(school: School, **parts: object) -> JobContext:
    world = {"catalogue": school.aula.catalogue, "fork_server": school.fork_server, **parts}
    return a_context(school.aula.sessions, school.home, school.clock, **world)


def batch_job(school: School) -> JobRecord:
    """The newest job of the lane."""
    with school.aula.sessions.read() as session:
        return next(one for one in list_jobs(session) if one.lane == "batch")


def outcomes(school: School, number: RegradeId) -> list[tuple[str, str]]:
    return [(one.state, one.reason) for one in items(school, number)]


def test_what_was_handed_in_is_graded_with_the_lesson_that_there_is_now(live_school: School) -> None:
    right, wrong = a_mark(live_school), a_mark(live_school, "total = 0", points=2.0)
    number = start(live_school, SHIPPED_SCOPE).id
    assert carry_out(live_school, number) == "ready"
    assert outcomes(live_school, number) == [("gain", ""), ("lose", "")]
    apply_all(live_school, number, never_lower=False)
    lesson = live_school.aula.catalogue.find_lesson(SHIPPED.course_id, SHIPPED.lesson_id)
    assert lesson is not None
    with live_school.aula.sessions.read() as session:
        reports = [gradebook.get_report(session, one.id) for one in (right, wrong)]
    assert [(one.verdict, one.lesson_version) for one in reports][0] == ("passed", lesson.version)
    assert reports[1].points == 0.0
    assert dataset_versions(live_school) == [{one.name: one.version for one in lesson.datasets}] * 2


def dataset_versions(school: School) -> list[dict[str, str]]:
    """The versions of the data that each mark was given with."""
    with school.aula.sessions.read() as session:
        return [dict(one.dataset_versions) for one in list_graded(session, course_id=SHIPPED.course_id)]


def test_a_dry_run_waits_while_a_check_waits(live_school: School) -> None:
    a_mark(live_school)
    number = start(live_school, SHIPPED_SCOPE).id
    live_school.carry_out_jobs()
    with live_school.aula.sessions.write() as session:
        waiting = enqueue(session, "probe_grading", "check")
    regrade = batch_job(live_school)
    perform(the_context(live_school), LeaseKeeper(the_context(live_school)), regrade.id)
    assert (batch_job(live_school).state, batch_job(live_school).attempt) == ("queued", 0)
    assert outcomes(live_school, number) == [("waiting", "")]
    perform(the_context(live_school), LeaseKeeper(the_context(live_school)), waiting)
    perform(the_context(live_school), LeaseKeeper(the_context(live_school)), regrade.id)
    assert outcomes(live_school, number) == [("gain", "")]


def test_a_dry_run_waits_while_cells_wait_for_room(plain_school: School) -> None:
    submission = a_mark(plain_school)
    number = start(plain_school, SHIPPED_SCOPE).id
    plain_school.carry_out_jobs()
    context = the_context(plain_school)
    run = begin_run(context, submission.learner_id, "1 + 1")
    with context.session_scope() as session:
        practice.join(session, run, now=context.clock())
    perform(context, LeaseKeeper(context), batch_job(plain_school).id)
    assert outcomes(plain_school, number) == [("waiting", "")]


def test_a_dry_run_waits_while_memory_is_short(plain_school: School) -> None:
    """A fork server whose reserve is more than the machine has refuses every session, and nothing counts."""
    a_mark(plain_school)
    number = start(plain_school, SHIPPED_SCOPE).id
    plain_school.carry_out_jobs()
    with running_fork_server(reserve_mib=10_000_000) as full:
        context = the_context(plain_school, fork_server=lambda: full)
        for _look in range(6):
            perform(context, LeaseKeeper(context), batch_job(plain_school).id)
    assert (batch_job(plain_school).state, batch_job(plain_school).attempt) == ("queued", 0)
    assert carry_out(plain_school, number) == "ready"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"key": replace(SHIPPED, exercise_id="ya-no-esta")}, "exercise_gone"),
        ({"key": replace(SHIPPED, lesson_id="ya-no-esta")}, "lesson_gone"),
        ({"notebook": b"no notebook"}, "unreadable"),
    ],
)
def test_what_cannot_be_graded_keeps_its_mark_and_says_why(
    plain_school: School, options: dict[str, object], reason: str
) -> None:
    submission = a_mark(plain_school, points=1.0, **options)
    number = start(plain_school, replace(SHIPPED_SCOPE, lesson_id=None, exercise_id=None)).id
    assert carry_out(plain_school, number) == "ready"
    assert outcomes(plain_school, number) == [("failed", reason)]
    with plain_school.aula.sessions.read() as session:
        assert gradebook.get_report(session, submission.id).points == 1.0


def test_an_exercise_whose_own_solution_fails_costs_nobody_anything(
    sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue, fork_server: ForkServer
) -> None:
    broken = with_solution(catalogue, "total = None")
    school = open_school(sqlite_sessions, tmp_path / "home", broken, fork_server=lambda: fork_server)
    a_mark(school, "total = 0", points=2.0)
    number = start(school, SHIPPED_SCOPE).id
    assert carry_out(school, number) == "ready"
    assert outcomes(school, number) == [("failed", "own_solution")]


def with_solution(catalogue: Catalogue, source: str) -> Catalogue:
    course = catalogue.find_course(SHIPPED.course_id)
    assert course is not None
    lessons = tuple(
        replace(
            lesson,
            exercises=tuple(
                replace(one, solutions=(source,)) if one.id == SHIPPED.exercise_id else one for one in lesson.exercises
            ),
        )
        for lesson in course.lessons
    )
    return replace(catalogue, courses=(replace(course, lessons=lessons),))


def test_an_attempt_that_kills_its_workers_is_told_and_the_next_ones_are_graded(plain_school: School) -> None:
    a_mark(plain_school)
    a_mark(plain_school)
    number = start(plain_school, SHIPPED_SCOPE).id
    plain_school.carry_out_jobs()
    context = the_context(plain_school)
    poison = batch_job(plain_school)
    for _death in range(4):
        assert claim(context, poison.id, new_owner()) is not None
        plain_school.clock.advance(LEASE_S + 0.1)
    perform(context, LeaseKeeper(context), poison.id)
    assert carry_out(plain_school, number) == "ready"
    assert outcomes(plain_school, number) == [("failed", "ours"), ("gain", "")]


def test_a_lesson_that_moves_on_ends_the_dry_run(plain_school: School) -> None:
    a_mark(plain_school)
    number = start(plain_school, SHIPPED_SCOPE).id
    plain_school.carry_out_jobs()
    course = plain_school.aula.catalogue.find_course(SHIPPED.course_id)
    assert course is not None
    lessons = tuple(replace(one, version="v9") for one in course.lessons)
    moved_on = replace(plain_school.aula.catalogue, courses=(replace(course, lessons=lessons),))
    context = the_context(plain_school, catalogue=moved_on)
    perform(context, LeaseKeeper(context), batch_job(plain_school).id)
    assert state(plain_school, number) == "stale"
    assert outcomes(plain_school, number) == [("waiting", "")]
