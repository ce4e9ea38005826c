"""A mark is written once, however often the attempt is graded, and a failure of ours is no mark."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import NoResultFound
from support.jobs import a_context
from support.marks import SUMA, a_mark, a_report, an_attempt
from support.practice import a_course
from support.webclient import School

from webapp.jobs import list_jobs
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.tasks import tell_failure
from webapp.services.practice import service as practice
from webapp.services.practice.records import RunId
from webapp.services.submissions.records import Submission
from webapp.services.submissions.service import get_submission


def record(school: School, submission: Submission, points: float) -> bool:
    with school.aula.sessions.write() as session:
        return gradebook.record(session, submission.id, a_report(points), now=school.clock())


def points_of(school: School, submission: Submission) -> float:
    with school.aula.sessions.read() as session:
        return gradebook.get_report(session, submission.id).points


def log_of(school: School, submission: Submission) -> Sequence[str]:
    with school.aula.sessions.read() as session:
        return [entry.body["kind"] for entry in practice.list_entries(session, RunId(submission.run_id))]


def test_an_attempt_and_its_job_are_written_together(each_school: School) -> None:
    submission = an_attempt(each_school, each_school.person())
    with each_school.aula.sessions.read() as session:
        (job,) = list_jobs(session, state="queued")
        assert session.execute(text("select args from jobs")).scalar_one() == f'{{"submission_id":{submission.id}}}'
    assert (job.name, job.lane) == ("grade_submission", "check")


def test_the_first_mark_stays(each_school: School) -> None:
    submission = an_attempt(each_school, each_school.person())
    assert record(each_school, submission, 2.0) is True
    assert record(each_school, submission, 0.0) is False
    assert points_of(each_school, submission) == 2.0


def test_of_many_graders_at_once_one_writes_the_mark(each_school: School) -> None:
    submission = an_attempt(each_school, each_school.person())
    with ThreadPoolExecutor(6) as pool:
        written = list(
            pool.map(lambda points: record(each_school, submission, points), [0.0, 0.5, 1.0, 1.5, 2.0, 0.25])
        )
    assert written.count(True) == 1
    assert points_of(each_school, submission) == [0.0, 0.5, 1.0, 1.5, 2.0, 0.25][written.index(True)]


def test_a_report_comes_back_as_it_was_written(each_school: School) -> None:
    report = a_report(0.5, "partial")
    check = replace(report.checks[0], fields={"seen": "118 filas ñ 🌵", "rows": [1, 2.5, None]}, wrong_answer_id="otra")
    report = replace(report, checks=(check,))
    submission = an_attempt(each_school, each_school.person())
    with each_school.aula.sessions.write() as session:
        gradebook.record(session, submission.id, report, now=each_school.clock())
    with each_school.aula.sessions.read() as session:
        assert gradebook.get_report(session, submission.id) == report


def test_a_failure_of_ours_is_no_mark_and_no_try(each_school: School) -> None:
    ana = each_school.person()
    submission = an_attempt(each_school, ana)
    tell_failure(a_context(each_school.aula.sessions, each_school.home, each_school.clock), submission_id=submission.id)
    with each_school.aula.sessions.read() as session:
        assert get_submission(session, submission.id).state == "platform_failure"
        attempt = gradebook.list_attempts(session, learner_id=int(ana.id), exercise=SUMA)
        marks = gradebook.list_marks(session, learner_ids=[int(ana.id)], course=a_course())
        with pytest.raises(NoResultFound):
            gradebook.get_report(session, submission.id)
    assert [one.report for one in attempt] == [None]
    assert marks == {ana.id: {}}
    assert log_of(each_school, submission) == ["state", "report", "end"]


def test_a_failure_that_is_told_late_takes_no_mark_away(each_school: School) -> None:
    submission = a_mark(each_school, each_school.person())
    tell_failure(a_context(each_school.aula.sessions, each_school.home, each_school.clock), submission_id=submission.id)
    with each_school.aula.sessions.read() as session:
        assert get_submission(session, submission.id).state == "graded"


def test_a_job_that_cannot_grade_is_tried_again_and_then_told(school: School) -> None:
    """There is no sandbox in this world, so each attempt fails; the fifth is the last."""
    submission = an_attempt(school, school.person())
    states = [school.carry_out_jobs()[0].state for _try in range(5)]
    assert states == ["queued"] * 4 + ["failed"]
    with school.aula.sessions.read() as session:
        assert get_submission(session, submission.id).state == "platform_failure"
    assert log_of(school, submission)[-2:] == ["report", "end"]
