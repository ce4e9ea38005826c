"""A dry run changes nobody's mark; applied, each attempt gets its new mark once, and the one before stays readable."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from support.marks import SUMA, a_mark, a_report, an_attempt
from support.regrades import (
    COURSE,
    a_ready_one,
    apply_all,
    apply_rest,
    ask_apply,
    begin,
    items,
    start,
    state,
    try_all,
)
from support.webclient import School

from courses import Catalogue
from graders import GradeReport
from webapp.jobs import list_jobs
from webapp.services.audit.service import list_events
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.replace import list_past, replace_entry
from webapp.services.marking import service as marking
from webapp.services.marking.records import Judgement, Sheet
from webapp.services.people.records import Person
from webapp.services.regrades import applying, dry_run
from webapp.services.regrades import service as regrades
from webapp.services.regrades.forecast import forecast
from webapp.services.regrades.records import Scope
from webapp.services.submissions.records import ExerciseKey, Submission
from webapp.services.submissions.service import get_submission


def newer(points: float, verdict: str = "passed") -> GradeReport:
    return replace(a_report(points, verdict), lesson_version="v2")  # type: ignore[arg-type]  # a verdict's word


def points_of(school: School, *submissions: Submission) -> list[float]:
    with school.aula.sessions.read() as session:
        return [gradebook.get_report(session, one.id).points for one in submissions]


def mark_points(school: School, person: Person) -> float:
    (course,) = school.aula.catalogue.courses
    with school.aula.sessions.read() as session:
        found = gradebook.list_marks(session, learner_ids=[int(person.id)], course=course)
    return found[int(person.id)][SUMA.lesson_id, SUMA.exercise_id].points


def mails(school: School) -> list[dict[str, object]]:
    with school.aula.sessions.read() as session:
        return [dict(one.args) for one in list_jobs(session) if one.name == "send_mail"]


def jobs_named(school: School, name: str) -> int:
    with school.aula.sessions.read() as session:
        return sum(one.name == name for one in list_jobs(session))


def with_lesson_version(catalogue: Catalogue, version: str) -> Catalogue:
    (course,) = catalogue.courses
    lessons = tuple(replace(one, version=version) for one in course.lessons)
    return replace(catalogue, courses=(replace(course, lessons=lessons),))


def test_a_dry_run_tells_who_gains_and_loses_and_changes_nothing(each_school: School) -> None:
    ana, luis, eva = (each_school.person() for _one in range(3))
    up, down, same = a_mark(each_school, ana, 0.0, "failed"), a_mark(each_school, luis), a_mark(each_school, eva)
    after = {up.id: newer(2.0), down.id: newer(1.0, "partial"), same.id: newer(2.0)}
    number = a_ready_one(each_school, after.__getitem__)
    assert state(each_school, number) == "ready"
    assert [one.state for one in items(each_school, number)] == ["gain", "lose", "same"]
    assert points_of(each_school, up, down, same) == [0.0, 2.0, 2.0]
    assert mails(each_school) == []


def test_each_attempt_is_written_down_once_though_its_job_runs_twice(each_school: School) -> None:
    first = a_mark(each_school, each_school.person(), 0.0, "failed")
    a_mark(each_school, each_school.person(), 0.0, "failed")
    number = start(each_school).id
    begin(each_school, number)
    begin(each_school, number)
    for points in (2.0, 1.0):
        with each_school.aula.sessions.write() as session:
            dry_run.keep_report(session, number, first.id, newer(points), now=each_school.clock())
    assert [(one.state, one.after_points) for one in items(each_school, number)] == [("gain", 2.0), ("waiting", None)]


def test_only_one_dry_run_goes_on_and_the_next_begins_when_it_ends(each_school: School) -> None:
    a_mark(each_school, each_school.person())
    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(one.id for one in pool.map(lambda _one: start(each_school), range(4)))
    states = [state(each_school, number) for number in numbers]
    assert sorted(states) == ["running", "waiting", "waiting", "waiting"]
    assert jobs_named(each_school, "begin_regrade") == 1
    running = numbers[states.index("running")]
    try_all(each_school, running, lambda _number: newer(2.0))
    states = [state(each_school, number) for number in numbers]
    assert sorted(states) == ["ready", "running", "waiting", "waiting"]
    assert jobs_named(each_school, "begin_regrade") == 2


def test_applied_the_new_mark_stands_and_the_old_report_is_kept_under_its_version(each_school: School) -> None:
    ana = each_school.person()
    submission = a_mark(each_school, ana, 0.5, "partial")
    apply_all(each_school, a_ready_one(each_school, lambda _number: newer(2.0)))
    with each_school.aula.sessions.read() as session:
        assert gradebook.get_report(session, submission.id) == newer(2.0)
        (past,) = list_past(session, [submission.id])[submission.id]
    assert (past.report, past.lesson_version, past.dataset_versions) == (
        a_report(0.5, "partial"),
        "v1",
        {"datos": "1.0"},
    )
    assert mark_points(each_school, ana) == 2.0


@pytest.mark.parametrize(("never_lower", "points"), [(True, [2.0, 2.0]), (False, [2.0, 1.0])])
def test_nobody_loses_where_never_lower_is_asked_for(
    each_school: School, never_lower: bool, points: list[float]
) -> None:
    up, down = a_mark(each_school, each_school.person(), 0.0, "failed"), a_mark(each_school, each_school.person())
    after = {up.id: newer(2.0), down.id: newer(1.0, "partial")}
    number = a_ready_one(each_school, after.__getitem__)
    apply_all(each_school, number, never_lower=never_lower)
    assert points_of(each_school, up, down) == points
    assert [one.applied for one in items(each_school, number)] == ["written", "higher" if never_lower else "written"]


def test_losing_the_pass_counts_as_losing_though_the_points_rise(school: School) -> None:
    submission = a_mark(school, school.person(), 2.0, "passed")
    report = replace(a_report(2.5, "partial", of=4.0), lesson_version="v2")
    number = a_ready_one(school, lambda _number: report)
    assert [one.state for one in items(school, number)] == ["lose"]
    assert points_of(school, submission) == [2.0]


def test_applied_twice_and_by_two_at_once_each_attempt_is_written_once(each_school: School) -> None:
    submissions = [a_mark(each_school, each_school.person(), 0.0, "failed") for _one in range(6)]
    number = a_ready_one(each_school, lambda _number: newer(2.0))
    ask_apply(each_school, number)
    with pytest.raises(regrades.NotReady):
        ask_apply(each_school, number)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _worker: apply_rest(each_school, number), range(3)))
    assert state(each_school, number) == "applied"
    with each_school.aula.sessions.read() as session:
        past = list_past(session, [one.id for one in submissions])
        applied = [one for one in list_events(session) if one.action == "regrade_applied"]
    assert [len(past[one.id]) for one in submissions] == [1] * 6
    assert [dict(one.details) for one in applied] == [{"never_lower": True, "written": 6}]
    assert len(mails(each_school)) == 6
    with pytest.raises(regrades.NotReady):
        ask_apply(each_school, number)


def test_an_attempt_that_was_regraded_meanwhile_is_left_as_it_is(each_school: School) -> None:
    submission = a_mark(each_school, each_school.person(), 0.0, "failed")
    older = a_ready_one(each_school, lambda _number: newer(1.0, "partial"))
    apply_all(each_school, a_ready_one(each_school, lambda _number: newer(2.0)))
    apply_all(each_school, older)
    assert [one.applied for one in items(each_school, older)] == ["changed"]
    assert points_of(each_school, submission) == [2.0]


def test_of_two_that_replace_the_same_mark_one_does(each_school: School) -> None:
    submission = a_mark(each_school, each_school.person(), 0.0, "failed")

    def put(points: float) -> bool:
        with each_school.aula.sessions.write() as session:
            return replace_entry(
                session, submission.id, newer(points), revision=0, dataset_versions={}, regrade_id=1,
                now=each_school.clock(),
            )  # fmt: skip

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(put, [0.5, 1.0, 1.5, 2.0]))
    assert written.count(True) == 1
    assert points_of(each_school, submission) == [[0.5, 1.0, 1.5, 2.0][written.index(True)]]


def test_the_points_that_a_person_gave_are_never_touched(each_school: School) -> None:
    ana, teresa = each_school.person(), each_school.person("trainer")
    submission = a_mark(each_school, ana, 0.0, "failed")
    give_points(each_school, teresa, submission, 1.5)
    number = start(each_school).id
    begin(each_school, number)
    with each_school.aula.sessions.read() as session:
        turn = dry_run.find_turn(session, number, submission.id)
    assert turn is not None
    assert turn.reason == "person"


def test_points_that_a_person_gives_between_dry_run_and_application_stand(each_school: School) -> None:
    ana, teresa = each_school.person(), each_school.person("trainer")
    submission = a_mark(each_school, ana, 0.0, "failed")
    number = a_ready_one(each_school, lambda _number: newer(2.0))
    give_points(each_school, teresa, submission, 1.5)
    apply_all(each_school, number)
    assert [one.applied for one in items(each_school, number)] == ["person"]
    assert (points_of(each_school, submission), mark_points(each_school, ana)) == ([0.0], 1.5)


def give_points(school: School, marker: Person, submission: Submission, points: float) -> None:
    with school.aula.sessions.write() as session:
        marking.give_mark(
            session, actor=int(marker.id), submission=get_submission(session, submission.id), sheet=Sheet(2.0, {}),
            judgement=Judgement(points, {}), seen_version=0, now=school.clock(),
        )  # fmt: skip


def test_a_mail_goes_to_those_whose_mark_changed_and_to_nobody_else(each_school: School) -> None:
    """Luis has passed before; that an old attempt of his gains changes nothing of what he has."""
    ana, luis = each_school.person(), each_school.person()
    a_mark(each_school, ana, 0.0, "failed")
    a_mark(each_school, luis, 0.0, "failed")
    a_mark(each_school, luis, 2.0, "passed")
    number = a_ready_one(each_school, lambda _number: newer(2.0))
    apply_all(each_school, number)
    assert [(one["email"], one["kind"]) for one in mails(each_school)] == [(ana.email, "marks_changed")]
    with each_school.aula.sessions.read() as session:
        (changed,) = regrades.list_mark_changes(session, number)
    assert (changed.learner_id, changed.before_points, changed.after_points) == (ana.id, 0.0, 2.0)


def test_a_dry_run_of_another_lesson_version_is_not_applied(school: School) -> None:
    submission = a_mark(school, school.person(), 0.0, "failed")
    number = a_ready_one(school, lambda _number: newer(2.0))
    moved_on = with_lesson_version(school.aula.catalogue, "v9")
    with school.aula.sessions.write() as session, pytest.raises(regrades.StaleRegrade):
        regrades.ask_apply(session, moved_on, number, actor=None, never_lower=True, now=school.clock())
    assert points_of(school, submission) == [0.0]


def test_a_lesson_that_moves_on_while_marks_are_written_ends_the_writing(school: School) -> None:
    submissions = [a_mark(school, school.person(), 0.0, "failed") for _one in range(2)]
    number = a_ready_one(school, lambda _number: newer(2.0))
    ask_apply(school, number)
    moved_on = with_lesson_version(school.aula.catalogue, "v9")
    for catalogue in (school.aula.catalogue, moved_on):
        with school.aula.sessions.write() as session:
            is_left = applying.apply_next(session, catalogue, number, now=school.clock())
    assert not is_left
    assert [one.applied for one in items(school, number)] == ["written", "stale"]
    assert points_of(school, *submissions) == [2.0, 0.0]


def test_older_marks_only_leaves_out_what_was_graded_with_this_version(school: School) -> None:
    """The lesson is at v1, with no datasets; marks.py grades with v1 and a dataset."""
    submission = a_mark(school, school.person(), 0.0, "failed")
    scope = replace(COURSE, only_older=True)
    with school.aula.sessions.read() as session:
        assert len(regrades.list_attempts(session, school.aula.catalogue, scope)) == 1
    with school.aula.sessions.write() as session:
        replace_entry(
            session, submission.id, a_report(1.0, "partial"), revision=0, dataset_versions={}, regrade_id=1,
            now=school.clock(),
        )  # fmt: skip
    with school.aula.sessions.write() as session, pytest.raises(regrades.NothingToRegrade):
        regrades.start(session, school.aula.catalogue, scope, actor=None, now=school.clock())


def test_attempts_without_a_mark_are_not_taken_up(school: School) -> None:
    an_attempt(school, school.person())
    with school.aula.sessions.write() as session, pytest.raises(regrades.NothingToRegrade):
        regrades.start(session, school.aula.catalogue, COURSE, actor=None, now=school.clock())


def test_a_scope_takes_up_its_exercise_only(school: School) -> None:
    ana = school.person()
    a_mark(school, ana)
    wanted = a_mark(school, ana, key=ExerciseKey(SUMA.course_id, SUMA.lesson_id, "elige"))
    number = start(school, Scope(SUMA.course_id, SUMA.lesson_id, "elige")).id
    begin(school, number)
    assert [one.submission_id for one in items(school, number)] == [wanted.id]


def test_a_stopped_dry_run_goes_no_further_and_cannot_be_applied(school: School) -> None:
    for _person in range(2):
        a_mark(school, school.person(), 0.0, "failed")
    number = start(school).id
    begin(school, number)
    with school.aula.sessions.write() as session:
        regrades.stop(session, number, actor=None, now=school.clock())
    first = items(school, number)[0].submission_id
    with school.aula.sessions.write() as session:
        assert dry_run.find_turn(session, number, first) is None
        dry_run.keep_report(session, number, first, newer(2.0), now=school.clock())
    assert jobs_named(school, "regrade_attempt") == 1
    with pytest.raises(regrades.NotReady):
        ask_apply(school, number)
    with school.aula.sessions.write() as session, pytest.raises(regrades.NotReady):
        regrades.stop(session, number, actor=None, now=school.clock())


def test_what_changes_nothing_cannot_be_applied(school: School) -> None:
    a_mark(school, school.person(), 2.0)
    same = a_ready_one(school, lambda _number: newer(2.0))
    lower = a_ready_one(school, lambda _number: newer(1.0, "partial"))
    for number in (same, lower):
        with pytest.raises(regrades.NothingToApply):
            ask_apply(school, number, never_lower=True)


def test_the_log_tells_who_began_and_applied_and_how_many(school: School) -> None:
    ines = school.person("admin")
    a_mark(school, school.person(), 0.0, "failed")
    number = a_ready_one(school, lambda _number: newer(2.0), actor=int(ines.id))
    apply_all(school, number, actor=int(ines.id))
    with school.aula.sessions.read() as session:
        told = [(one.action, one.actor_id) for one in list_events(session, subject=f"regrade:{number}")]
    wanted = ["regrade_applied", "regrade_apply_asked", "regrade_started"]
    assert told == [(action, ines.id) for action in wanted]


@pytest.mark.parametrize("never_lower", [True, False])
def test_what_is_forecast_comes_to_pass(each_school: School, never_lower: bool) -> None:
    """Ana gains; Luis loses by one attempt and has a better one; Eva loses all that she has."""
    ana, luis, eva = (each_school.person() for _one in range(3))
    after = {
        a_mark(each_school, ana, 0.0, "failed").id: newer(2.0),
        a_mark(each_school, luis, 1.5, "partial").id: newer(0.0, "failed"),
        a_mark(each_school, luis, 2.0).id: newer(2.0),
        a_mark(each_school, eva, 2.0).id: newer(0.5, "partial"),
    }
    number = a_ready_one(each_school, after.__getitem__)
    catalogue = each_school.aula.catalogue
    with each_school.aula.sessions.read() as session:
        regrade, found = regrades.get_regrade(session, number), regrades.list_items(session, number)
        told = forecast(session, catalogue, regrade, found, never_lower=never_lower)
    apply_all(each_school, number, never_lower=never_lower)
    with each_school.aula.sessions.read() as session:
        assert told == regrades.list_mark_changes(session, number)
    assert [one.learner_id for one in told] == ([ana.id] if never_lower else [ana.id, eva.id])
