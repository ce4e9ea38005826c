"""Signing in and out: who gets in, what the cookie is, and how sessions end."""

import re
from http.cookies import SimpleCookie

import pytest
from sqlalchemy import text
from support.webclient import PASSWORD, Pages, School, open_school
from werkzeug.test import TestResponse

from webapp.services.people.rules import IDLE_LASTS, SESSION_LASTS

DAY_S = 86_400


def is_in(pages: Pages) -> bool:
    return pages.get("/cuenta").status_code == 200


def cookie_of(answer: TestResponse, name: str) -> SimpleCookie:
    jar = SimpleCookie()
    for header in answer.headers.getlist("Set-Cookie"):
        if header.startswith(f"{name}="):
            jar.load(header)
    return jar


def without_token(page: str) -> str:
    """The page but for what is new each time."""
    return re.sub(r'(content|value)="[^"]*"|nonce-[^;"]+', "", page)


def test_the_right_password_opens_a_session(each_school: School) -> None:
    ana = each_school.person()
    pages = each_school.browser()
    answer = pages.submit("/entrar", email=f" {ana.email.upper()} ", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_in(pages)


@pytest.mark.parametrize("password", ["otra contraseña", PASSWORD.upper(), f"{PASSWORD} ", "x" * 201])
def test_another_password_does_not(school: School, password: str) -> None:
    ana = school.person()
    pages = school.browser()
    assert pages.submit("/entrar", email=ana.email, password=password).status_code == 422
    assert not is_in(pages)


def test_a_wrong_password_and_an_unknown_address_are_told_alike(school: School) -> None:
    ana = school.person()
    wrong = school.browser().submit("/entrar", email=ana.email, password="no es esta clave")
    nobody = school.browser().submit("/entrar", email="nadie@prueba.test", password="no es esta clave")
    assert wrong.status_code == nobody.status_code == 422
    assert without_token(wrong.text) == without_token(nobody.text)


def test_failures_are_noted_and_change_nothing_else(school: School) -> None:
    ana = school.person()
    school.browser().submit("/entrar", email=ana.email, password="no es esta clave")
    with school.aula.sessions.read() as session:
        rows = session.execute(text("select action, subject from audit_events order by id")).all()
    assert ("sign_in_failed", f"person:{ana.id}") in [tuple(row) for row in rows]


def test_passwords_and_tokens_are_kept_as_hashes_only(school: School) -> None:
    ana = school.person()
    pages = school.browser(ana)
    cookie = pages.client.get_cookie("aula")
    assert cookie is not None
    assert is_in(pages)
    with school.aula.sessions.read() as session:
        password_hash = session.execute(text("select password_hash from people")).scalar_one()
        token_hash = session.execute(text("select token_hash from sign_ins")).scalar_one()
    assert password_hash.startswith("$argon2id$")
    assert re.fullmatch("[0-9a-f]{64}", token_hash)
    stored = b"".join(path.read_bytes() for path in school.home.parent.glob("aula.sqlite*"))
    assert PASSWORD.encode() not in stored


def test_signing_out_ends_the_session_on_the_server(school: School) -> None:
    pages = school.browser(school.person())
    kept = pages.client.get_cookie("aula")
    assert kept is not None
    assert pages.submit("/salir").status_code == 303
    assert not is_in(pages)
    thief = school.browser()
    thief.client.set_cookie("aula", kept.value)
    assert not is_in(thief)


def test_the_cookie_of_before_is_not_that_of_after(school: School) -> None:
    """Whoever planted a cookie in a browser does not come in with it later."""
    ana = school.person()
    pages = school.browser()
    pages.get("/entrar")
    before = pages.client.get_cookie("aula")
    pages.submit("/entrar", email=ana.email, password=PASSWORD)
    assert before is not None
    planted = school.browser()
    planted.client.set_cookie("aula", before.value)
    assert is_in(pages)
    assert not is_in(planted)


def test_a_forged_cookie_opens_nothing(school: School) -> None:
    pages = school.browser(school.person())
    cookie = pages.client.get_cookie("aula")
    assert cookie is not None
    forger = school.browser()
    forger.client.set_cookie("aula", cookie.value[:-4] + "AAAA")
    assert not is_in(forger)


def test_the_cookie_is_for_this_site_only(school: School) -> None:
    ana = school.person()
    pages = school.browser()
    flags = cookie_of(pages.submit("/entrar", email=ana.email, password=PASSWORD), "aula")["aula"]
    assert (flags["httponly"], flags["samesite"], flags["path"], flags["domain"]) == (True, "Lax", "/", "")


def test_over_https_the_cookie_never_travels_in_clear(school: School) -> None:
    secure = open_school(
        school.aula.sessions, school.home, school.aula.catalogue, {"AULA_PUBLIC_URL": "https://aula.example.org"}
    )
    answer = secure.browser().client.get("/entrar", base_url="https://aula.example.org")
    flags = cookie_of(answer, "__Host-aula")["__Host-aula"]
    assert (flags["secure"], flags["httponly"], flags["path"], flags["domain"]) == (True, True, "/", "")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_session_ends_after_a_time_without_use(school: School) -> None:
    pages = school.browser(school.person())
    school.clock.advance(IDLE_LASTS.total_seconds() - 1)
    assert is_in(pages)
    school.clock.advance(IDLE_LASTS.total_seconds())
    assert not is_in(pages)


def test_a_session_ends_in_any_case_after_its_longest_time(school: School) -> None:
    pages = school.browser(school.person())
    for _visit in range(SESSION_LASTS.days - 1):
        school.clock.advance(DAY_S)
        assert is_in(pages)
    school.clock.advance(DAY_S)
    assert not is_in(pages)


def test_a_closed_account_is_out_everywhere_and_stays_out(school: School) -> None:
    ana, admin = school.person(), school.person("admin")
    pages = school.browser(ana)
    assert school.browser(admin).submit(f"/administracion/personas/{ana.id}/cerrar").status_code == 303
    assert not is_in(pages)
    assert school.browser().submit("/entrar", email=ana.email, password=PASSWORD).status_code == 422


def test_who_is_in_already_is_not_asked_again(school: School) -> None:
    pages = school.browser(school.person())
    assert pages.get("/entrar?next=/avance").location == "/avance"
    assert pages.get("/registro").location == "/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/", "//example.com", "/\\example.com", "\\\\example.com", "///example.com",
        "http:example.com", "javascript:alert(1)", "/ /example.com", "/\t/example.com", "https:/example.com", "",
        "entrar", "/" + "x" * 3000,
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(school: School, elsewhere: str) -> None:
    ana = school.person()
    pages = school.browser()
    data = {"csrf_token": pages.token(), "email": ana.email, "password": PASSWORD}
    answer = pages.client.post("/entrar", query_string={"next": elsewhere}, data=data)
    assert (answer.status_code, answer.location) == (303, "/")


def test_after_signing_in_one_is_back_where_one_wanted_to_go(school: School) -> None:
    ana = school.person()
    pages = school.browser()
    asked = pages.get("/en/cuenta?x=1")
    assert asked.status_code == 302
    form = pages.client.post(
        asked.location, data={"csrf_token": pages.token(), "email": ana.email, "password": PASSWORD}
    )
    assert form.location == "/en/cuenta?x=1"


def test_a_token_of_before_signing_in_is_worth_nothing_after_it(school: School) -> None:
    """Somebody who had the browser before, or planted its cookie, may know that token."""
    ana = school.person()
    pages = school.browser()
    token = pages.token()
    pages.submit("/entrar", email=ana.email, password=PASSWORD)
    assert pages.client.post("/salir", data={"csrf_token": token}).status_code == 400
    assert is_in(pages)


def test_after_signing_out_the_cookie_knows_nothing_of_the_person(school: School) -> None:
    pages = school.browser(school.person())
    token = pages.token("/ayuda")
    pages.submit("/salir")
    assert pages.client.post("/registro", data={"csrf_token": token, "name": "x"}).status_code == 400
