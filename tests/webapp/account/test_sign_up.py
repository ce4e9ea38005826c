"""Opening an account: by oneself, and by an invitation."""

import re

import pytest
from support.webclient import PASSWORD, Pages, School

from webapp.services.cohorts import service as cohorts
from webapp.services.cohorts.rules import shown_code
from webapp.services.people import service as people
from webapp.services.people.records import Person, Role
from webapp.services.people.rules import INVITATION_LASTS

EMAIL = "lupita@prueba.test"


def fill(pages: Pages, **fields: str) -> int:
    answer = pages.submit("/registro", **{"name": "Lupita", "email": EMAIL, "password": PASSWORD, **fields})
    return answer.status_code


def find(school: School, email: str) -> Person | None:
    with school.aula.sessions.read() as session:
        return people.find_person_by_email(session, email)


def test_who_opens_an_account_is_in_and_is_a_learner(each_school: School) -> None:
    pages = each_school.browser()
    assert fill(pages, email="Lupita@Prueba.test") == 303
    assert pages.get("/cuenta").status_code == 200
    lupita = find(each_school, EMAIL)
    assert lupita is not None
    assert (lupita.name, lupita.role, lupita.institution_id) == ("Lupita", "learner", None)


def test_nobody_gives_themselves_a_role(school: School) -> None:
    fill(school.browser(), role="admin", is_active="1")
    lupita = find(school, EMAIL)
    assert lupita is not None
    assert lupita.role == "learner"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no es un correo"), ("email", ""), ("email", "a@b"), ("email", "x" * 300 + "@prueba.test"),
        ("email", "dos@prueba.test,otro@prueba.test"), ("email", "linea@prueba.test\nBcc: otro@prueba.test"),
        ("name", ""), ("name", " \t\x00"), ("name", "n" * 121), ("password", "corta"),
        ("password", "Lupita Lupita" * 20),
        ("password", EMAIL), ("code", "AAAA-AAAA"), ("institution", "999"), ("institution", "no es un número"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(school: School, field: str, value: str) -> None:
    assert fill(school.browser(), **{field: value}) == 422
    assert find(school, EMAIL) is None


def test_what_was_typed_comes_back_but_for_the_password(school: School) -> None:
    answer = school.browser().submit("/registro", name="Lupita", email="no es", password="una clave muy buena")
    assert 'value="Lupita"' in answer.text
    assert "una clave muy buena" not in answer.text


def test_an_address_that_is_taken_hears_of_it_by_mail(each_school: School) -> None:
    """The page says no more than that it did not work; what it says is also true for other reasons."""
    ana = each_school.person(name="Ana")
    answer = each_school.browser().submit("/registro", name="Otra", email=ana.email, password=PASSWORD)
    assert answer.status_code == 422
    each_school.carry_out_jobs()
    (mail,) = each_school.mails()
    assert mail["To"] == ana.email
    assert "/clave/olvidada" in mail.get_content()
    again = find(each_school, ana.email)
    assert again is not None
    assert again.name == "Ana"


def test_a_name_is_kept_as_it_is_written(school: School) -> None:
    name = "María José de la Cruz-Ñáñez O’Brian 李"
    fill(school.browser(), name=f"  {name}  ")
    lupita = find(school, EMAIL)
    assert lupita is not None
    assert lupita.name == name


def test_a_name_cannot_write_into_the_page(school: School) -> None:
    pages = school.browser()
    fill(pages, name="<script>alert(1)</script>")
    page = pages.get("/cuenta").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_with_a_code_one_joins_the_cohort_and_takes_its_course(each_school: School) -> None:
    trainer = each_school.person("trainer")
    with each_school.aula.sessions.write() as session:
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id="curso", now=each_school.clock())
    pages = each_school.browser()
    assert fill(pages, code=shown_code(cohort.code).lower()) == 303
    assert "Lunes" in pages.get("/cuenta").text
    assert "Lupita" in each_school.browser(trainer).get(f"/grupos/{cohort.id}").text
    assert "Curso" in pages.get("/avance").text


def invite(school: School, email: str, role: Role = "trainer", institution: str = "") -> str:
    """The path of a new invitation, as the page of an admin shows it."""
    number = str(school.person(institution=institution).institution_id or "") if institution else ""
    pages = school.browser(school.person("admin"))
    answer = pages.submit("/administracion/invitaciones", email=email, role=role, institution=number)
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r"<code>http://127\.0\.0\.1:8000(/invitacion/[^<]+)</code>", answer.text)
    assert found, answer.text
    return found[1]


def accept(school: School, link: str, **fields: str) -> Pages:
    pages = school.browser()
    answer = pages.submit(link, **{"name": "Lupita", "password": PASSWORD, **fields})
    assert answer.status_code == 303
    return pages


def test_an_invitation_opens_an_account_with_its_role_and_institution(each_school: School) -> None:
    link = invite(each_school, EMAIL, "trainer", "Secretaría de Salud")
    pages = accept(each_school, link, email="otra@prueba.test", role="admin")
    assert pages.get("/grupos").status_code == 200
    lupita = find(each_school, EMAIL)
    assert lupita is not None
    assert lupita.role == "trainer"
    assert lupita.institution_id is not None


def test_an_invitation_works_once(school: School) -> None:
    link = invite(school, EMAIL)
    accept(school, link)
    assert school.browser().get(link).status_code == 404


def test_an_invitation_lasts_two_weeks(school: School) -> None:
    link = invite(school, EMAIL)
    school.clock.advance(INVITATION_LASTS.total_seconds() - 1)
    assert school.browser().get(link).status_code == 200
    school.clock.advance(1)
    assert school.browser().get(link).status_code == 404


def test_a_later_invitation_takes_the_place_of_an_earlier_one(school: School) -> None:
    first, second = invite(school, EMAIL), invite(school, EMAIL, "manager")
    assert (school.browser().get(first).status_code, school.browser().get(second).status_code) == (404, 200)


def test_who_has_an_account_accepts_as_oneself(each_school: School) -> None:
    ana = each_school.person()
    link = invite(each_school, ana.email, "trainer")
    assert "Entra con ella para aceptar" in each_school.browser().get(link).text
    pages = each_school.browser(ana)
    assert pages.submit(f"{link}/aceptar", page=link).status_code == 303
    assert pages.get("/grupos").status_code == 200
    assert pages.get(link).status_code == 404


def test_nobody_accepts_somebody_elses_invitation(school: School) -> None:
    ana, luis = school.person(), school.person()
    link = invite(school, ana.email, "admin")
    pages = school.browser(luis)
    assert pages.submit(f"{link}/aceptar").status_code == 403
    assert pages.get("/administracion").status_code == 403
    assert school.browser(ana).get(link).status_code == 200
