"""Open sessions: seen by their owner, ended one by one, and never by somebody else."""

import re

from support.webclient import PASSWORD, Pages, School

from webapp.services.people import service as people
from webapp.services.people.records import Person

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def is_in(pages: Pages) -> bool:
    return pages.get("/cuenta").status_code == 200


def listed(pages: Pages) -> list[str]:
    """The numbers of the other sessions, as the account page offers to end them."""
    return re.findall(r"/cuenta/sesiones/(\d+)/cerrar", pages.get("/cuenta").text)


def with_firefox(school: School, person: Person) -> Pages:
    pages = school.browser()
    data = {"csrf_token": pages.token(), "email": person.email, "password": PASSWORD}
    pages.client.post("/entrar", data=data, headers={"User-Agent": FIREFOX})
    return pages


def test_one_sees_where_ones_account_is_open(school: School) -> None:
    ana = school.person()
    with_firefox(school, ana)
    here = school.browser(ana)
    page = here.get("/cuenta").text
    assert "Firefox en Windows" in page
    assert "Es esta" in page
    assert "Firefox on Windows" in here.get("/en/cuenta").text


def test_one_session_is_ended_and_the_others_go_on(each_school: School) -> None:
    ana = each_school.person()
    lost, home = with_firefox(each_school, ana), each_school.browser(ana)
    here = each_school.browser(ana)
    number = min(listed(here), key=int)
    assert here.submit(f"/cuenta/sesiones/{number}/cerrar").status_code == 303
    assert (is_in(lost), is_in(home), is_in(here)) == (False, True, True)


def test_all_others_are_ended_at_once(school: School) -> None:
    ana = school.person()
    others = [school.browser(ana) for _one in range(2)]
    here = school.browser(ana)
    here.submit("/cuenta/sesiones/cerrar-otras")
    assert [is_in(one) for one in others] == [False, False]
    assert is_in(here)


def test_nobody_ends_somebody_elses_session(school: School) -> None:
    ana, luis = school.person(), school.person()
    anas, luiss = school.browser(ana), school.browser(luis)
    with school.aula.sessions.read() as session:
        number = people.list_sign_ins(session, actor=ana.id, now=school.clock())[0].id
    assert luiss.submit(f"/cuenta/sesiones/{number}/cerrar").status_code == 303
    assert is_in(anas)


def test_a_new_password_ends_all_sessions_but_this_one(school: School) -> None:
    ana = school.person()
    other, here = school.browser(ana), school.browser(ana)
    answer = here.submit("/cuenta/clave", current_password=PASSWORD, new_password="lluvia de mayo en el patio")
    assert answer.status_code == 303
    assert (is_in(other), is_in(here)) == (False, True)
    assert school.browser().submit("/entrar", email=ana.email, password=PASSWORD).status_code == 422


def test_a_new_password_needs_the_old_one(school: School) -> None:
    ana = school.person()
    here = school.browser(ana)
    answer = here.submit("/cuenta/clave", current_password="no es esta", new_password="lluvia de mayo en el patio")
    assert answer.status_code == 422
    assert "Esa no es tu contraseña actual." in answer.text
    assert school.browser(ana).get("/cuenta").status_code == 200
