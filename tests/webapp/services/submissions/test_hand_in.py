"""An attempt is kept as it was handed in, once for each press of the button, and for ever."""

from support.marks import SUMA, an_attempt
from support.practice import LESSON
from support.webclient import School

from notebooks import read_notebook
from webapp.jobs import list_jobs
from webapp.services.submissions import service as submissions
from webapp.services.submissions.records import Submission

CHECK = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}/ejercicios/suma/comprobar"


def kept(school: School, learner_id: int) -> tuple[Submission, ...]:
    with school.aula.sessions.read() as session:
        return submissions.list_submissions(session, learner_id=learner_id, exercise=SUMA)


def test_pressing_check_keeps_the_answer_with_its_notebook_and_versions(each_school: School) -> None:
    ana = each_school.person()
    pages = each_school.browser(ana)
    base = CHECK.partition("/ejercicios")[0]
    pages.send("PUT", f"{base}/celdas/primera", {"source": "x = 'ñ 🌵'", "base_version": 0})
    answer = pages.send("POST", CHECK, {"source": "total = 3", "base_version": 0}, key="k1")
    assert answer.status_code == 202
    (one,) = kept(each_school, int(ana.id))
    assert (one.answer.source, one.answer.lesson_version, one.answer.language, one.state) == (
        "total = 3", "v1", "es", "queued",
    )  # fmt: skip
    sources = [cell.source for cell in read_notebook(one.answer.notebook).cells]
    assert "x = 'ñ 🌵'" in sources
    assert "total = 3" in sources
    assert "y = 2" in sources, "a locked cell is handed in as the lesson has it"


def test_the_same_press_sent_twice_is_one_attempt(each_school: School) -> None:
    ana = each_school.person()
    pages = each_school.browser(ana)
    first, again = (
        pages.send("POST", CHECK, {"source": "total = 3", "base_version": 0}, key="k1") for _time in range(2)
    )
    assert first.json == again.json
    assert len(kept(each_school, int(ana.id))) == 1
    with each_school.aula.sessions.read() as session:
        assert len(list_jobs(session)) == 1


def test_pressing_again_is_another_attempt_even_with_the_same_answer(each_school: School) -> None:
    ana = each_school.person()
    pages = each_school.browser(ana)
    for key, base in (("k1", 0), ("k2", 1)):
        sent = pages.send("POST", CHECK, {"source": "total = 3", "base_version": base}, key=key)
        assert sent.status_code == 202
    first, second = kept(each_school, int(ana.id))
    assert first.digest == second.digest
    assert first.run_id != second.run_id


def test_an_attempt_does_not_change_when_the_draft_does(each_school: School) -> None:
    ana = each_school.person()
    pages = each_school.browser(ana)
    pages.send("POST", CHECK, {"source": "total = 3", "base_version": 0}, key="k1")
    pages.send("PUT", f"{CHECK.partition('/ejercicios')[0]}/celdas/suma", {"source": "total = 4", "base_version": 1})
    assert [one.answer.source for one in kept(each_school, int(ana.id))] == ["total = 3"]


def test_latest_means_latest(school: School) -> None:
    ana = school.person()
    an_attempt(school, ana, "total = 1")
    newest = an_attempt(school, ana, "total = 2")
    with school.aula.sessions.read() as session:
        latest = submissions.list_latest(
            session, learner_id=int(ana.id), course_id=LESSON.course_id, lesson_id=LESSON.lesson_id
        )
    assert latest == {"suma": newest}
