"""Every address, every role: who comes in is what the table says, and nothing else."""

from collections.abc import Iterator

import pytest
from support.bare import bare_app
from support.practice import LESSON
from support.webclient import PAGE, Pages, School
from werkzeug.routing import Rule

from webapp.access import Permission, may
from webapp.services.people.records import Role
from webapp.ui.doors import door_of

WRITING = ("POST", "PUT", "PATCH", "DELETE")
PLACES = {
    "course_id": LESSON.course_id, "lesson_id": LESSON.lesson_id, "cell_id": "primera", "exercise_id": "suma",
    "name": "datos", "file": "datos.csv", "token": "ninguno", "cohort_id": 1, "learner_id": 1, "person_id": 1,
    "sign_in_id": 1, "submission_id": 1, "regrade_id": 1, "class_id": 1, "manuscript_id": 1, "number": 1,
    "suggestion_id": 1, "language": "es", "filename": "img/mark.svg",
}  # fmt: skip


def doors() -> Iterator[tuple[str, Rule, Permission | str | None]]:
    """Every method of every address, with what its view asks."""
    for rule in bare_app().url_map.iter_rules():
        for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
            yield method, rule, door_of(bare_app(), rule.endpoint)


GUARDED = [(method, rule, asked) for method, rule, asked in doors() if isinstance(asked, Permission)]
OPEN = [(method, rule) for method, rule, asked in doors() if asked == "public"]


def knock(pages: Pages, method: str, rule: Rule) -> int:
    """The status that somebody gets who does all else right: the token is there, the body is a JSON object."""
    path = rule.build(PLACES)
    assert path is not None, f"add the parameters of {rule.rule} to PLACES"
    headers = {**PAGE, "X-CSRFToken": pages.token("/ayuda")}
    body = {"json": {"section": "uno", "source": "x = 1", "base_version": 0}} if method in WRITING else {}
    return pages.client.open(path[1], method=method, headers=headers, buffered=True, **body).status_code


def test_every_view_has_a_door() -> None:
    assert {asked for _method, _rule, asked in doors() if asked is None} == set()
    assert {one.value for one in Permission} >= {asked.value for _method, _rule, asked in GUARDED}


def test_a_visitor_is_sent_to_sign_in_or_told_to(school: School) -> None:
    pages = school.browser()
    wrong = []
    for method, rule, _asked in GUARDED:
        status = knock(pages, method, rule)
        if status != (302 if method == "GET" else 401):
            wrong.append((method, rule.rule, status))
    assert wrong == []


@pytest.mark.parametrize("role", ["learner", "trainer", "manager", "admin"])
def test_who_has_the_permission_comes_in_and_nobody_else(school: School, role: Role) -> None:
    """Past the door there may be other reasons for a "no": a thing of others' is not there (404), kernels are away."""
    wrong = []
    for method, rule, asked in GUARDED:
        person = school.person(role, institution="Secretaría")
        status = knock(school.browser(person), method, rule)
        has_come_in = status not in (401, 403)
        if has_come_in != may(person, asked) and not is_shut_for_another_reason(rule):
            wrong.append((method, rule.rule, status))
    assert wrong == []


def is_shut_for_another_reason(rule: Rule) -> bool:
    """A solution that is not open yet is a 403 of its own."""
    return rule.endpoint == "learn.practice_solution"


def test_public_addresses_are_open_to_visitors(school: School) -> None:
    pages = school.browser()
    wrong = [(rule.rule, status) for method, rule in OPEN if (status := knock(pages, method, rule)) in (302, 401, 403)]
    assert wrong == []


def test_the_menu_offers_what_one_may_and_nothing_else(school: School) -> None:
    offered = {
        role: [
            path
            for path in ("/avance", "/grupos", "/administracion")
            if f'href="{path}"' in school.browser(school.person(role, institution="Secretaría")).get("/").text
        ]
        for role in ("learner", "trainer", "manager", "admin")
    }
    assert offered == {
        "learner": ["/avance"],
        "trainer": ["/avance", "/grupos"],
        "manager": ["/avance", "/grupos", "/administracion"],
        "admin": ["/avance", "/grupos", "/administracion"],
    }
