"""How often a page asks the database does not grow with what it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from support.marking import ESSAY, a_marked_catalogue
from support.marks import SUMA, a_mark
from support.practice import LESSON
from support.webclient import School, open_school

from courses import Catalogue
from webapp.services.cohorts import service as cohorts
from webapp.services.people.records import Person
from webapp.services.submissions.records import ExerciseKey
from webapp.store import Sessions

MOST = 40


@contextmanager
def counted(sessions: Sessions) -> Iterator[list[str]]:
    """The statements that are carried out meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(sessions.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(sessions.engine, "before_cursor_execute", note)


def a_class(school: School, trainer: Person, size: int, key: ExerciseKey = SUMA) -> int:
    with school.aula.sessions.write() as session:
        now = school.clock()
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=now)
    for _place in range(size):
        learner = school.person()
        with school.aula.sessions.write() as session:
            cohorts.join(session, actor=learner.id, code=cohort.code, now=school.clock())
        a_mark(school, learner, key=key)
    return int(cohort.id)


@pytest.mark.parametrize(
    "path",
    [
        "/grupos/{}",
        "/grupos/{}/calificaciones.csv",
        "/grupos/{}/estudio",
        "/grupos/{}/estudio.csv",
        f"/grupos/{{}}/estudio/{LESSON.lesson_id}/suma",
    ],
)
def test_the_marks_of_a_large_cohort_take_no_more_questions_than_those_of_a_small_one(
    school: School, path: str
) -> None:
    trainer = school.person("trainer")
    small, large = a_class(school, trainer, 2), a_class(school, trainer, 12)
    pages = school.browser(trainer)
    asked = []
    for cohort_id in (small, large):
        with counted(school.aula.sessions) as statements:
            assert pages.get(path.format(cohort_id)).status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_the_board_of_a_large_class_takes_no_more_questions_than_that_of_a_small_one(school: School) -> None:
    trainer = school.person("trainer")
    pages, asked = school.browser(trainer), []
    for size in (2, 12):
        cohort_id = a_class(school, trainer, size)
        begun = pages.submit(f"/grupos/{cohort_id}/clases", lesson=LESSON.lesson_id)
        for one in (0.0, 1.0):
            with school.aula.sessions.read() as session:
                learners = cohorts.list_members(session, cohort_id=cohort_id)
            for number, learner in enumerate(learners):
                a_mark(school, learner, one, "failed", source=f"total = {number}")
        with counted(school.aula.sessions) as statements:
            assert pages.get(begun.headers["Location"]).status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1] < 30


def test_the_line_of_what_waits_takes_no_more_questions_for_many_cohorts_than_for_one(
    sqlite_sessions: Sessions, tmp_path: Path
) -> None:
    school = open_school(sqlite_sessions, tmp_path / "home", a_marked_catalogue())
    trainer = school.person("trainer")
    pages = school.browser(trainer)
    asked = []
    for _more in range(2):
        for _cohort in range(1 + 3 * len(asked)):
            a_class(school, trainer, 2, ESSAY)
        with counted(school.aula.sessions) as statements:
            assert pages.get("/calificar").text.count("Por calificar</span>") == 2 + 8 * len(asked)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_no_page_of_the_shipped_courses_asks_the_database_too_often(
    sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue
) -> None:
    school = open_school(sqlite_sessions, tmp_path / "home", catalogue)
    pages = school.browser(school.person("admin"))
    course = catalogue.courses[0]
    paths = ["/", "/avance", "/cuenta", "/datos", "/grupos", "/estudio", "/administracion", "/administracion/personas"]
    paths += [f"/cursos/{course.id}", *(f"/cursos/{course.id}/{one.id}" for one in course.lessons)]
    asked = {}
    for path in paths:
        with counted(school.aula.sessions) as statements:
            pages.get(path)
        asked[path] = len(statements)
    assert {path: count for path, count in asked.items() if count > MOST} == {}
