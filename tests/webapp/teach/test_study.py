"""How exercises are going, as trainers, managers and administrators see it."""

import csv
import io

import pytest
from support.marks import a_mark
from support.practice import LESSON
from support.webclient import Pages, School, TableReader

from webapp.services.cohorts import service as cohorts
from webapp.services.people.records import Person
from webapp.services.practice import service as practice
from webapp.services.submissions.records import ExerciseKey

ELIGE = ExerciseKey(LESSON.course_id, LESSON.lesson_id, "elige")
COURSE_PAGE = f"/estudio/{LESSON.course_id}"
SUMA_PAGE = f"{COURSE_PAGE}/{LESSON.lesson_id}/suma"


def a_cohort(school: School, trainer: Person, *learners: Person) -> int:
    with school.aula.sessions.write() as session:
        now = school.clock()
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=LESSON.course_id, now=now)
        for learner in learners:
            cohorts.join(session, actor=learner.id, code=cohort.code, now=now)
    return int(cohort.id)


def row_of(pages: Pages, path: str, title: str = "1.1 Suma") -> list[str]:
    """The cells of an exercise's row after its name."""
    answer = pages.get(path)
    assert answer.status_code == 200, answer.text
    return next(row[1:] for row in TableReader(answer.text).rows if row and row[0] == title)


def learners_of(pages: Pages, path: str) -> str:
    return row_of(pages, path)[3]


def test_a_trainer_sees_the_figures_of_a_cohort_and_of_nobody_else(each_school: School) -> None:
    school = each_school
    trainer, ana, luis, stranger = school.person("trainer"), school.person(), school.person(), school.person()
    cohort = a_cohort(school, trainer, ana, luis)
    a_mark(school, ana)
    a_mark(school, luis, 0.0, "failed", source="total = 4")
    school.clock.advance(120)
    a_mark(school, luis)
    a_mark(school, stranger, 0.0, "failed")
    row = row_of(school.browser(trainer), f"/grupos/{cohort}/estudio")
    assert row[:2] == ["50 %", "100 %"]
    assert row[3:7] == ["2", "3", "1.5", "2"], "the median of 1 and 2 attempts, and of two minutes"


def test_a_course_is_shown_to_each_reader_with_the_people_they_may_see(school: School) -> None:
    ana = school.person(institution="Salud")
    luis, eva = school.person(institution="Salud"), school.person(institution="Obras")
    trainer = school.person("trainer", institution="Salud")
    a_cohort(school, trainer, ana)
    a_cohort(school, school.person("trainer"), luis)
    for learner in (ana, luis, eva):
        a_mark(school, learner)
    readers = {
        "1": trainer, "2": school.person("manager", institution="Salud"), "3": school.person("admin"),
        "0": school.person("trainer"),
    }  # fmt: skip
    for learners, reader in readers.items():
        assert learners_of(school.browser(reader), COURSE_PAGE) == learners, reader.role


def test_a_learner_may_not_look_and_another_trainer_does_not_find_it(school: School) -> None:
    ana, trainer = school.person(), school.person("trainer")
    cohort = a_cohort(school, trainer, ana)
    for path in (f"/grupos/{cohort}/estudio", f"/grupos/{cohort}/estudio/{LESSON.lesson_id}/suma", COURSE_PAGE):
        assert school.browser(ana).get(path).status_code == 403
    other = school.browser(school.person("trainer"))
    for path in ("estudio", "estudio.csv", f"estudio/{LESSON.lesson_id}/suma"):
        assert other.get(f"/grupos/{cohort}/{path}").status_code == 404


def test_what_the_course_does_not_have_is_not_found(school: School) -> None:
    pages = school.browser(school.person("admin"))
    for path in ("/estudio/otro", f"{COURSE_PAGE}/otra/suma", f"{COURSE_PAGE}/{LESSON.lesson_id}/otro"):
        assert pages.get(path).status_code == 404


def test_a_cohort_whose_course_is_gone_has_no_figures(school: School) -> None:
    trainer = school.person("trainer")
    with school.aula.sessions.write() as session:
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id="ido", now=school.clock())
    assert school.browser(trainer).get(f"/grupos/{cohort.id}/estudio").status_code == 404


def wrong_answers(school: School, count: int, source: str = "total = 4") -> list[Person]:
    people = [school.person(name=f"Zenobia{number} Quintanar") for number in range(count)]
    for person in people:
        a_mark(school, person, 0.0, "failed", source=source)
    return people


def test_the_code_of_a_common_wrong_answer_is_shown_without_names_and_comments(school: School) -> None:
    wrong_answers(school, 5, "total = 'Quintanar'  # de Zenobia")
    page = school.browser(school.person("admin")).get(SUMA_PAGE).text
    main = page[page.index("<main") : page.index("</main>")]
    assert "5 personas" in main
    assert "total" in main
    assert "Zenobia" not in main
    assert "Quintanar" not in main


def test_the_code_of_a_small_group_is_not_shown(school: School) -> None:
    wrong_answers(school, 4, "secreto = 4")
    page = school.browser(school.person("admin")).get(SUMA_PAGE).text
    assert "4 personas" in page
    assert "secreto" not in page


def test_the_options_that_were_marked_are_shown_as_words(school: School) -> None:
    a_mark(school, school.person(), 0.0, "failed", source="", key=ELIGE, choice=("b",))
    page = school.browser(school.person("admin")).get(f"{COURSE_PAGE}/{LESSON.lesson_id}/elige").text
    assert "Opción b" in page


def test_hints_and_solutions_are_counted(school: School) -> None:
    ana, luis = school.person(), school.person()
    for learner in (ana, luis):
        a_mark(school, learner)
    with school.aula.sessions.write() as session:
        practice.reveal_hint(session, actor=ana.id, lesson=LESSON, exercise_id="suma", of=2)
        practice.open_solution(session, actor=ana.id, lesson=LESSON, exercise_id="suma", now=school.clock())
    pages = school.browser(school.person("admin"))
    assert row_of(pages, COURSE_PAGE)[7:] == ["50 %", "50 %"]
    rows = TableReader(pages.get(SUMA_PAGE).text).rows
    assert ["Ninguna pista", "1", ""] in rows
    assert ["1 pista", "1", ""] in rows
    assert ["2 pistas", "0", ""] in rows


@pytest.mark.parametrize("reader", ["admin", "trainer"])
def test_the_file_has_the_figures_of_the_page(school: School, reader: str) -> None:
    trainer, ana = school.person("trainer"), school.person()
    cohort = a_cohort(school, trainer, ana)
    a_mark(school, ana, 1.0, "partial")
    paths = {"admin": f"{COURSE_PAGE}/ejercicios.csv", "trainer": f"/grupos/{cohort}/estudio.csv"}
    answer = school.browser(school.person("admin") if reader == "admin" else trainer).get(paths[reader])
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    header, suma, elige = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    cells = dict(zip(header, suma, strict=True))
    assert (cells["exercise"], cells["learners"], cells["right_at_first_try_share"]) == ("suma", "1", "0")
    assert dict(zip(header, elige, strict=True))["right_at_first_try_share"] == ""


def test_an_answer_that_waits_for_a_person_is_neither_right_nor_wrong(school: School) -> None:
    ana = school.person()
    a_mark(school, ana, 0.0, "manual")
    assert learners_of(school.browser(school.person("admin")), COURSE_PAGE) == "0"


def test_a_course_that_a_trainer_does_not_teach_is_not_offered_to_them(school: School) -> None:
    trainer = school.person("trainer")
    assert COURSE_PAGE not in school.browser(trainer).get("/estudio").text
    a_cohort(school, trainer)
    assert COURSE_PAGE in school.browser(trainer).get("/estudio").text
