"""Administration: finding people, giving roles, closing accounts, and the trace that each leaves."""

import re

import pytest
from sqlalchemy import text
from support.webclient import PASSWORD, School

from webapp.services.people import service as people
from webapp.services.people.records import Person

PEOPLE = "/administracion/personas"


def again(school: School, person: Person) -> Person:
    with school.aula.sessions.read() as session:
        return people.get_person(session, person.id)


def test_people_are_found_by_words_of_their_name_or_address(each_school: School) -> None:
    ana = each_school.person(name="Ana María Ñáñez Pérez")
    each_school.person(name="Luis Pérez")
    pages = each_school.browser(each_school.person("admin", name="Inés"))
    for query in ("nanez", "PÉREZ ana", "ana perez", ana.email, "persona1@"):
        found = pages.get(PEOPLE, query_string={"q": query}).text
        assert "Ana María Ñáñez Pérez" in found, query
        assert "Luis Pérez" not in found, query
    assert "Ana María" not in pages.get(f"{PEOPLE}?q=nadie").text
    assert "Ana María" not in pages.get(f"{PEOPLE}?q=%25@").text, "a percent sign is no wildcard"


def test_long_lists_come_in_pages(school: School) -> None:
    for number in range(60):
        school.person(name=f"Persona {number:02}")
    pages = school.browser(school.person("admin", name="Zoe"))
    assert "Persona 00" in pages.get(PEOPLE).text
    assert "Persona 59" in pages.get(f"{PEOPLE}?pagina=2").text
    for number in ("0", "-3", "99", str(10**30), "x"):
        assert pages.get(f"{PEOPLE}?pagina={number}").status_code == 200


def test_a_manager_sees_the_people_of_their_institution(school: School) -> None:
    ours, theirs = school.person(institution="Salud", name="Ana"), school.person(institution="Agua", name="Luis")
    pages = school.browser(school.person("manager", institution="Salud"))
    listed = pages.get(PEOPLE).text
    assert "Ana" in listed
    assert "Luis" not in listed
    assert pages.get(f"{PEOPLE}/{ours.id}").status_code == 200
    assert pages.get(f"{PEOPLE}/{theirs.id}").status_code == 404
    assert pages.submit(f"{PEOPLE}/{ours.id}/rol", role="admin").status_code == 403


def test_an_admin_gives_a_role_and_it_counts_at_once(each_school: School) -> None:
    ana = each_school.person()
    hers = each_school.browser(ana)
    admin = each_school.browser(each_school.person("admin", name="Inés"))
    assert hers.get("/grupos").status_code == 403
    assert admin.submit(f"{PEOPLE}/{ana.id}/rol", role="trainer").status_code == 303
    assert hers.get("/grupos").status_code == 200
    page = admin.get(f"{PEOPLE}/{ana.id}").text
    assert "Cambió su rol" in page
    assert "Inés" in page


@pytest.mark.parametrize("role", ["", "root", "Admin"])
def test_a_role_is_one_of_those_that_there_are(school: School, role: str) -> None:
    ana = school.person()
    assert school.browser(school.person("admin")).submit(f"{PEOPLE}/{ana.id}/rol", role=role).status_code == 422
    assert again(school, ana).role == "learner"


def test_nobody_locks_themselves_out(school: School) -> None:
    admin = school.person("admin")
    pages = school.browser(admin)
    assert pages.submit(f"{PEOPLE}/{admin.id}/rol", role="learner").status_code == 422
    assert pages.submit(f"{PEOPLE}/{admin.id}/cerrar").status_code == 409
    assert (again(school, admin).role, again(school, admin).is_active) == ("admin", True)


def test_a_closed_account_is_opened_again_with_all_that_it_had(each_school: School) -> None:
    ana = each_school.person(name="Ana")
    admin = each_school.browser(each_school.person("admin"))
    admin.submit(f"{PEOPLE}/{ana.id}/cerrar")
    assert not again(each_school, ana).is_active
    admin.submit(f"{PEOPLE}/{ana.id}/reabrir")
    pages = each_school.browser()
    assert pages.submit("/entrar", email=ana.email, password=PASSWORD).status_code == 303
    assert 'value="Ana"' in pages.get("/cuenta").text


def test_the_audit_log_knows_who_did_what_to_whom(each_school: School) -> None:
    ana, admin = each_school.person(), each_school.person("admin")
    pages = each_school.browser(admin)
    pages.submit(f"{PEOPLE}/{ana.id}/rol", role="trainer")
    pages.submit(f"{PEOPLE}/{ana.id}/cerrar")
    pages.submit("/administracion/cursos/curso/ocultar")
    with each_school.aula.sessions.read() as session:
        rows = session.execute(
            text("select actor_id, action, subject, details from audit_events where actor_id = :admin order by id"),
            {"admin": admin.id},
        ).all()
    done = [(row.action, row.subject) for row in rows if row.action not in ("account_opened", "signed_in")]
    assert done == [
        ("role_changed", f"person:{ana.id}"), ("closed", f"person:{ana.id}"), ("course_hidden", "course:curso"),
    ]  # fmt: skip
    assert rows[2].details == '{"after":"trainer","before":"learner"}'


def test_a_refused_change_leaves_no_trace_of_success(school: School) -> None:
    admin = school.person("admin")
    school.browser(admin).submit(f"{PEOPLE}/{admin.id}/cerrar")
    with school.aula.sessions.read() as session:
        assert session.execute(text("select count(*) from audit_events where action = 'closed'")).scalar_one() == 0


def test_the_status_page_tells_an_admin_what_does_not_work(school: School) -> None:
    page = school.browser(school.person("admin")).get("/administracion").text
    assert "No responde" in page
    assert "this test has no kernels" in page
    assert "Desconocido" in page
    assert re.search(r"<code>[0-9a-f]{16}</code>", page)


def test_a_manager_sees_no_machine_room(school: School) -> None:
    page = school.browser(school.person("manager", institution="Salud")).get("/administracion").text
    assert "Salud" in page
    assert "No responde" not in page
