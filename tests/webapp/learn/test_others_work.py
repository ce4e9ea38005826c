"""What a learner writes, runs and hands in is theirs: nobody else reads it, nobody else stops it."""

import json

from support.marks import SUMA, a_mark, an_attempt
from support.practice import LESSON
from support.webclient import School

from webapp.services.practice import service as practice

BASE = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}"
SECRET = "clave_de_ana = 41"


def test_a_learner_finds_only_their_own_code(each_school: School) -> None:
    ana, luis = each_school.browser(each_school.person()), each_school.browser(each_school.person())
    saved = ana.send("PUT", f"{BASE}/celdas/primera", {"source": SECRET, "base_version": 0})
    assert saved.status_code == 200
    for path in (BASE, f"{BASE}/celdas/primera/versiones", f"{BASE}/cuaderno.ipynb"):
        assert "clave_de_ana" in ana.get(path).text
        assert "clave_de_ana" not in luis.get(path).text
    assert "clave_de_ana" not in each_school.browser().get(f"{BASE}/cuaderno.ipynb").text


def test_a_learner_neither_reads_nor_stops_somebody_elses_run(each_school: School) -> None:
    ana, luis = each_school.person(), each_school.person()
    anas, luiss = each_school.browser(ana), each_school.browser(luis)
    run = anas.send("POST", f"{BASE}/ejercicios/suma/comprobar", {"source": SECRET, "base_version": 0}, key="k1")
    address = run.json["url"]
    assert anas.get(address, headers={"Accept": "application/json"}).status_code == 200
    for accept in ("application/json", "text/event-stream"):
        answer = luiss.get(address, headers={"Accept": accept})
        assert (answer.status_code, answer.json["code"]) == (404, "unknown_run")
    assert luiss.send("POST", f"{address}/interrumpir", {}).status_code == 404
    with each_school.aula.sessions.read() as session:
        assert not practice.get_run(session, actor=int(ana.id), token=run.json["run"]).is_stop_wanted
    assert anas.send("POST", f"{address}/interrumpir", {}).status_code == 202


def test_a_learner_does_not_see_that_somebody_else_has_passed(school: School) -> None:
    ana, luis = school.person(), school.person()
    a_mark(school, ana)
    assert "Superado" in school.browser(ana).get(BASE).text
    assert "Superado" not in school.browser(luis).get(BASE).text
    solution = school.browser(luis).send("POST", f"{BASE}/ejercicios/suma/solucion", {})
    assert (solution.status_code, solution.json["code"]) == (403, "solution_locked")


def test_solutions_and_wrong_answers_are_on_no_page_before_they_are_due(school: School) -> None:
    ana = school.person()
    pages = school.browser(ana)
    page = pages.get(BASE).text + json.dumps(json.loads(pages.get(f"{BASE}/cuaderno.ipynb").text))
    assert "total = 3" not in page
    assert pages.send("POST", f"{BASE}/ejercicios/suma/solucion", {}).status_code == 403
    for source in ("total = 1", "total = 2", "total = 2  # otra vez"):
        a_mark(school, ana, 0.0, "failed", source=source)
    opened = pages.send("POST", f"{BASE}/ejercicios/suma/solucion", {})
    assert opened.status_code == 200
    assert "3" in opened.json["html"]


def test_the_same_try_three_times_does_not_open_the_solution(school: School) -> None:
    ana = school.person()
    for source in ("total = 1", "total = 1  ", "\ntotal = 1\n"):
        a_mark(school, ana, 0.0, "failed", source=source)
    an_attempt(school, ana, "total = 4", SUMA)
    pages = school.browser(ana)
    assert pages.send("POST", f"{BASE}/ejercicios/suma/solucion", {}).status_code == 403
