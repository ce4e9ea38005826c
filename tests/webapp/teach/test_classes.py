"""A class as its trainer sees it: begun for a cohort, a board without names, names on demand, and its end."""

import re

import pytest
from support.marks import a_mark
from support.practice import LESSON
from support.webclient import Pages, School

from webapp.services.classes import service as classes
from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.records import Cohort
from webapp.services.people.records import Person
from webapp.services.practice import service as practice


@pytest.fixture
def trainer(school: School) -> Person:
    return school.person("trainer", name="Tere Docente")


@pytest.fixture
def learners(school: School) -> tuple[Person, ...]:
    return tuple(school.person(name=name) for name in ("Ana Ruiz", "Luis Mar", "Eva Sol"))


@pytest.fixture
def cohort(school: School, trainer: Person, learners: tuple[Person, ...]) -> Cohort:
    with school.aula.sessions.write() as session:
        now = school.clock()
        made = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=now)
        for one in learners:
            cohorts.join(session, actor=one.id, code=made.code, now=now)
        return made


@pytest.fixture
def pages(school: School, trainer: Person) -> Pages:
    return school.browser(trainer)


@pytest.fixture
def board(pages: Pages, cohort: Cohort) -> str:
    """The address of the board of a class that has just begun."""
    answer = pages.submit(f"/grupos/{cohort.id}/clases", lesson=LESSON.lesson_id)
    assert answer.status_code == 303
    return answer.headers["Location"]


def words_of(page: str) -> str:
    """The text of a page's main part, without its markup."""
    main = re.search(r"<main.*?</main>", page, re.S)
    assert main
    return " ".join(re.sub(r"<[^>]*>", " ", main[0]).split())


def ask_for_help(school: School, board: str, person: Person) -> None:
    with school.aula.sessions.write() as session:
        number = int(board.rpartition("/")[2])
        classes.ask_for_help(session, class_id=number, actor=int(person.id), now=school.clock())


def test_a_trainer_begins_a_class_from_the_cohort(pages: Pages, cohort: Cohort, board: str) -> None:
    assert f'href="/grupos/{cohort.id}/clases"' in pages.get(f"/grupos/{cohort.id}").text
    page = pages.get(board).text
    assert f"{cohort.code[:4]}-{cohort.code[4:]}" in page
    assert "En curso" in pages.get(f"/grupos/{cohort.id}/clases").text


def test_a_class_needs_a_lesson_of_the_course(pages: Pages, cohort: Cohort) -> None:
    answer = pages.submit(f"/grupos/{cohort.id}/clases", lesson="que-no-esta")
    assert answer.headers["Location"] == f"/grupos/{cohort.id}/clases"
    assert "Elige la lección de la clase" in pages.get(answer.headers["Location"]).text


def test_the_board_counts_who_is_where_and_how_it_goes(
    school: School, pages: Pages, board: str, learners: tuple[Person, ...]
) -> None:
    school.clock.advance(60)
    a_mark(school, learners[0])
    for person in learners[1:]:
        a_mark(school, person, 0.0, "failed", source="total = 4")
    school.clock.advance(60)
    for person in learners[:2]:
        with school.aula.sessions.write() as session:
            practice.keep_place(session, actor=int(person.id), lesson=LESSON, section_id="dos", now=school.clock())
    words = words_of(pages.get(board).text)
    assert "Sin actividad todavía 0 Uno 1 Dos 2" in words
    assert "Listo en esta clase: 1 En eso: 2 Sin empezar: 0" in words
    assert "Respuestas equivocadas que se repiten 2 personas" in words


def test_what_only_one_person_answered_is_not_on_the_board(
    school: School, pages: Pages, board: str, learners: tuple[Person, ...]
) -> None:
    school.clock.advance(60)
    a_mark(school, learners[0], 0.0, "failed", source="total = 4")
    assert "Respuestas equivocadas" not in pages.get(board).text


def test_names_are_on_the_page_only_where_they_were_asked_for(
    school: School, pages: Pages, board: str, learners: tuple[Person, ...]
) -> None:
    ask_for_help(school, board, learners[0])
    hidden = pages.get(board)
    assert not [one.name for one in learners if one.name in hidden.text]
    assert "Alguien" in hidden.text
    shown = pages.submit(f"{board}/nombres")
    assert [one.name for one in learners if one.name in shown.text] == [one.name for one in learners]
    assert "Alguien" not in shown.text


def test_the_address_of_the_names_opens_the_board_without_them(pages: Pages, board: str) -> None:
    answer = pages.get(f"{board}/nombres")
    assert (answer.status_code, answer.headers["Location"]) == (302, board)


def test_help_that_was_given_leaves_the_board_and_names_stay_as_they_were(
    school: School, pages: Pages, board: str, learners: tuple[Person, ...]
) -> None:
    for person in learners[:2]:
        ask_for_help(school, board, person)
    assert "2 personas piden ayuda" in pages.get(board).text
    named = pages.submit(f"{board}/ayuda/{learners[0].id}", names="1")
    assert "1 persona pide ayuda" in named.text
    assert learners[1].name in named.text
    assert pages.submit(f"{board}/ayuda/{learners[1].id}").headers["Location"] == board
    assert "Nadie pide ayuda ahora" in pages.get(board).text


def test_a_class_that_ended_says_so_and_is_asked_for_no_more(pages: Pages, board: str) -> None:
    assert "data-live=" in pages.get(board).text
    assert pages.submit(f"{board}/terminar").status_code == 303
    page = pages.get(board).text
    assert "La clase terminó" in page
    assert "data-live=" not in page
    assert "Terminar la clase" not in page


@pytest.mark.parametrize("role", ["learner", "manager", "trainer"])
def test_nobody_else_sees_a_class(school: School, cohort: Cohort, board: str, role: str) -> None:
    other = school.browser(school.person(role))  # type: ignore[arg-type]  # one of ROLES
    expected = 404 if role == "trainer" else 403
    for path in (board, f"/grupos/{cohort.id}/clases"):
        assert other.get(path).status_code == expected
    for path in (f"{board}/nombres", f"{board}/terminar", f"{board}/ayuda/1", f"/grupos/{cohort.id}/clases"):
        assert other.submit(path).status_code == expected


def test_a_class_that_there_is_not_is_not_found(pages: Pages) -> None:
    assert pages.get("/taller/clases/404").status_code == 404
