"""Marks that people give: kept for ever, never written over, and never one's own."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.marking import ESSAY, PROJECT, a_judgement, a_marked_catalogue, a_project
from support.marks import a_mark, an_attempt
from support.webclient import School, open_school

from webapp.services.audit.service import list_events
from webapp.services.marking import refusals
from webapp.services.marking import service as marking
from webapp.services.marking.records import Judgement, ManualMark, Sheet
from webapp.services.marking.rules import sheet_of
from webapp.services.people.records import Person
from webapp.services.submissions.records import Submission
from webapp.services.submissions.service import get_submission
from webapp.store import Sessions

SHEET = sheet_of(a_project())
BLIND = sheet_of(a_project(needs_second=True))


@pytest.fixture
def marked_school(sessions: Sessions, tmp_path: Path) -> School:
    """The site with a course whose exercises people mark, on each engine."""
    return open_school(sessions, tmp_path / "home", a_marked_catalogue())


def give(
    school: School, actor: Person, submission: Submission, judgement: Judgement, seen: int = 0, sheet: Sheet = SHEET
) -> ManualMark:
    with school.aula.sessions.write() as session:
        return marking.give_mark(
            session, actor=int(actor.id), submission=get_submission(session, submission.id), sheet=sheet,
            judgement=judgement, seen_version=seen, now=school.clock(),
        )  # fmt: skip


def kept(school: School, submission: Submission) -> list[tuple[str, int, int]]:
    with school.aula.sessions.read() as session:
        return [(one.slot, one.version, one.marker_id) for one in marking.list_marks(session, submission.id)]


def test_a_change_is_a_new_version_and_the_old_one_stays(marked_school: School) -> None:
    school = marked_school
    trainer, other, ana = school.person("trainer"), school.person("trainer"), school.person()
    submission = a_mark(school, ana, key=ESSAY)
    first = give(school, trainer, submission, a_judgement(0, 0, comment="Falta el método."))
    second = give(school, other, submission, a_judgement(2, 1, checks=1.5), seen=1)
    assert (first.version, second.version) == (1, 2)
    assert (first.rubric_points, second.rubric_points, second.check_points) == (0.0, 4.0, 1.5)
    assert kept(school, submission) == [("first", 1, trainer.id), ("first", 2, other.id)]


def test_every_version_is_in_the_audit_log(marked_school: School) -> None:
    school = marked_school
    trainer, ana = school.person("trainer"), school.person()
    submission = a_mark(school, ana, key=ESSAY)
    give(school, trainer, submission, a_judgement())
    give(school, trainer, submission, a_judgement(1, 1), seen=1)
    with school.aula.sessions.read() as session:
        events = list_events(session, subject=f"submission:{submission.id}")
    told = [(one.action, one.actor_id, one.details["version"], one.details["rubric_points"]) for one in events]
    assert told == [("work_marked", trainer.id, 2, 3.0), ("work_marked", trainer.id, 1, 6.0)]


def test_a_mark_given_meanwhile_is_not_written_over(marked_school: School) -> None:
    school = marked_school
    trainer, other, ana = school.person("trainer"), school.person("trainer"), school.person()
    submission = a_mark(school, ana, key=ESSAY)
    give(school, trainer, submission, a_judgement())
    with pytest.raises(refusals.MarkConflict) as conflict:
        give(school, other, submission, a_judgement(0, 0))
    assert conflict.value.current.marker_id == trainer.id
    assert kept(school, submission) == [("first", 1, trainer.id)]


def test_of_many_who_mark_at_once_one_is_kept_and_the_others_are_told(marked_school: School) -> None:
    school = marked_school
    people, ana = [school.person("trainer") for _one in range(5)], school.person()
    submission = a_mark(school, ana, key=ESSAY)

    def try_it(actor: Person) -> bool:
        try:
            give(school, actor, submission, a_judgement())
        except refusals.MarkConflict:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(try_it, people)).count(True) == 1
    assert len(kept(school, submission)) == 1


def test_of_two_blind_markers_at_once_both_are_kept(marked_school: School) -> None:
    school = marked_school
    people, ana = [school.person("trainer") for _one in range(2)], school.person()
    submission = a_mark(school, ana, key=PROJECT)
    with ThreadPoolExecutor(2) as pool:
        marks = list(pool.map(lambda actor: give(school, actor, submission, a_judgement(), sheet=BLIND), people))
    assert {one.slot for one in marks} == {"first", "second"}


def test_a_marker_of_two_changes_their_own_mark_only_until_the_other_is_in(marked_school: School) -> None:
    school = marked_school
    one, two, ana = school.person("trainer"), school.person("trainer"), school.person()
    submission = a_mark(school, ana, key=PROJECT)
    give(school, one, submission, a_judgement(), sheet=BLIND)
    assert give(school, one, submission, a_judgement(1, 1), seen=1, sheet=BLIND).slot == "first"
    give(school, two, submission, a_judgement(), sheet=BLIND)
    with pytest.raises(refusals.MarksAreIn):
        give(school, one, submission, a_judgement(), seen=2, sheet=BLIND)


def test_a_moderator_is_neither_of_the_two_and_comes_after_both(marked_school: School) -> None:
    school = marked_school
    one, two, three, ana = (*(school.person("trainer") for _one in range(3)), school.person())
    submission = a_mark(school, ana, key=PROJECT)

    def decide(actor: Person) -> ManualMark:
        with school.aula.sessions.write() as session:
            return marking.moderate(
                session, actor=int(actor.id), submission=get_submission(session, submission.id), sheet=BLIND,
                judgement=a_judgement(1, 1), seen_version=0, now=school.clock(),
            )  # fmt: skip

    give(school, one, submission, a_judgement(), sheet=BLIND)
    with pytest.raises(refusals.NotModerator):
        decide(three)
    give(school, two, submission, a_judgement(0, 0), sheet=BLIND)
    for marker in (one, two):
        with pytest.raises(refusals.NotModerator):
            decide(marker)
    assert decide(three).slot == "moderator"


def test_nobody_marks_their_own_work(marked_school: School) -> None:
    trainer = marked_school.person("trainer")
    submission = a_mark(marked_school, trainer, key=ESSAY)
    with pytest.raises(refusals.OwnWork):
        give(marked_school, trainer, submission, a_judgement())
    assert kept(marked_school, submission) == []


def test_an_attempt_without_a_result_is_not_marked(marked_school: School) -> None:
    submission = an_attempt(marked_school, marked_school.person(), key=ESSAY)
    with pytest.raises(refusals.NotGraded):
        give(marked_school, marked_school.person("trainer"), submission, a_judgement())


def test_a_judgement_that_does_not_fit_is_refused(marked_school: School) -> None:
    submission = a_mark(marked_school, marked_school.person(), key=ESSAY)
    trainer = marked_school.person("trainer")
    with pytest.raises(refusals.BadMark):
        give(marked_school, trainer, submission, a_judgement(2, 9))
    with pytest.raises(refusals.BadComment):
        give(marked_school, trainer, submission, a_judgement(comment="x" * 4001))
