"""A learner asks for an attempt to be looked at again, and hears what came of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from support.marks import a_mark, an_attempt
from support.webclient import School

from webapp.jobs import list_jobs
from webapp.services.marking import refusals, reviews
from webapp.services.marking.records import Review
from webapp.services.people.records import Person
from webapp.services.submissions.records import Submission
from webapp.services.submissions.service import get_submission


def ask(school: School, submission: Submission, reason: str = "Sí usé groupby.") -> Review:
    with school.aula.sessions.write() as session:
        now = school.clock()
        return reviews.ask_review(
            session, submission=get_submission(session, submission.id), reason=reason, now=now
        )  # fmt: skip


def answer(school: School, actor: Person, submission: Submission, words: str = "Tienes razón.") -> Review:
    with school.aula.sessions.write() as session:
        return reviews.answer_review(
            session, actor=int(actor.id), submission=get_submission(session, submission.id), answer=words,
            state="kept", path="/cursos/curso", now=school.clock(),
        )  # fmt: skip


def test_a_review_is_asked_for_once(each_school: School) -> None:
    submission = a_mark(each_school, each_school.person())
    assert ask(each_school, submission).state == "open"
    with pytest.raises(refusals.ReviewAsked):
        ask(each_school, submission)


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 501])
def test_a_review_needs_a_reason_of_at_most_500_characters(school: School, reason: str) -> None:
    submission = a_mark(school, school.person())
    with pytest.raises(refusals.BadReason):
        ask(school, submission, reason)
    assert ask(school, submission, "x" * 500).reason == "x" * 500


def test_at_most_three_reviews_are_open_at_once(each_school: School) -> None:
    ana, trainer = each_school.person(), each_school.person("trainer")
    attempts = [a_mark(each_school, ana) for _one in range(4)]
    for one in attempts[:3]:
        ask(each_school, one)
    with pytest.raises(refusals.TooManyReviews):
        ask(each_school, attempts[3])
    answer(each_school, trainer, attempts[0])
    assert ask(each_school, attempts[3]).state == "open"


def test_there_is_nothing_to_review_before_there_is_a_result(school: School) -> None:
    with pytest.raises(refusals.NotGraded):
        ask(school, an_attempt(school, school.person()))


def test_nobody_answers_their_own_request(school: School) -> None:
    trainer = school.person("trainer")
    submission = a_mark(school, trainer)
    ask(school, submission)
    with pytest.raises(refusals.OwnWork):
        answer(school, trainer, submission)


def test_an_answer_needs_words(school: School) -> None:
    submission = a_mark(school, school.person())
    ask(school, submission)
    with pytest.raises(refusals.BadComment):
        answer(school, school.person("trainer"), submission, "  ")


def test_what_was_not_asked_for_is_not_answered(school: School) -> None:
    submission = a_mark(school, school.person())
    with pytest.raises(refusals.UnknownReview):
        answer(school, school.person("trainer"), submission)


def test_of_two_answers_at_once_one_is_kept_and_one_mail_is_sent(each_school: School) -> None:
    school = each_school
    submission = a_mark(school, school.person())
    ask(school, submission)
    people = [school.person("trainer"), school.person("trainer")]

    def try_it(actor: Person) -> bool:
        try:
            answer(school, actor, submission)
        except refusals.ReviewClosed:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_it, people)) == [False, True]
    with school.aula.sessions.read() as session:
        assert [one.name for one in list_jobs(session)].count("send_mail") == 1


@pytest.mark.parametrize(("language", "words"), [("es", "revisión"), ("en", "review")])
def test_the_learner_is_told_in_their_language_with_a_link_to_the_page(
    school: School, language: str, words: str
) -> None:
    ana = school.person()
    with school.aula.sessions.write() as session:
        session.connection().exec_driver_sql(f"update people set language = '{language}' where id = {int(ana.id)}")
    submission = a_mark(school, ana)
    ask(school, submission)
    answer(school, school.person("trainer"), submission)
    school.carry_out_jobs()
    (mail,) = school.mails()
    prefix = "/en" if language == "en" else ""
    assert words in str(mail["Subject"])
    assert f"{prefix}/cursos/curso\n" in mail.get_content()
