"""A forgotten password: a link by mail that works once, for an hour, and tells nobody who has an account."""

import re
from pathlib import Path

import pytest
from support.practice import a_catalogue
from support.webclient import PASSWORD, Pages, School, open_school

from webapp.services.people.rules import RESET_LASTS
from webapp.store import Sessions

NEW = "lluvia de mayo en el patio"


def ask(school: School, email: str, language: str = "") -> Pages:
    pages = school.browser()
    answer = pages.submit(f"{language}/clave/olvidada", email=email)
    assert (answer.status_code, answer.location) == (303, f"{language}/entrar")
    return pages


def link_in(school: School) -> str:
    """The path of the link in the latest mail."""
    text = school.mails()[-1].get_content()
    found = re.search(r"http://127\.0\.0\.1:8000(\S+)", text)
    assert found, text
    return found[1]


def a_link(school: School, email: str) -> str:
    ask(school, email)
    school.carry_out_jobs()
    return link_in(school)


def test_a_link_comes_by_mail_and_sets_a_new_password(each_school: School) -> None:
    ana = each_school.person(name="Ana Ñandú")
    link = a_link(each_school, ana.email.upper())
    mail = each_school.mails()[-1]
    assert (mail["To"], mail["Subject"]) == (ana.email, "Una contraseña nueva para Aula Abierta")
    assert "Hola, Ana Ñandú:" in mail.get_content()
    pages = each_school.browser()
    assert ana.email in pages.get(link).text
    assert pages.submit(link, password=NEW).status_code == 303
    assert each_school.browser().submit("/entrar", email=ana.email, password=NEW).status_code == 303
    assert each_school.browser().submit("/entrar", email=ana.email, password=PASSWORD).status_code == 422


def test_the_mail_is_written_in_the_language_of_the_page(school: School) -> None:
    ana = school.person()
    ask(school, ana.email, "/en")
    school.carry_out_jobs()
    assert "password" in school.mails()[-1]["Subject"]
    assert link_in(school).startswith("/en/clave/nueva/")


def test_a_link_works_once(each_school: School) -> None:
    link = a_link(each_school, each_school.person().email)
    each_school.browser().submit(link, password=NEW)
    again = each_school.browser()
    assert again.get(link).status_code == 404
    assert again.submit(link, password="otra vez la misma liga").status_code == 404


def test_a_link_lasts_an_hour(school: School) -> None:
    link = a_link(school, school.person().email)
    school.clock.advance(RESET_LASTS.total_seconds() - 1)
    assert school.browser().get(link).status_code == 200
    school.clock.advance(1)
    assert school.browser().get(link).status_code == 404


def test_a_newer_link_takes_the_place_of_an_older_one(school: School) -> None:
    ana = school.person()
    older = a_link(school, ana.email)
    newer = a_link(school, ana.email)
    assert older != newer
    assert (school.browser().get(older).status_code, school.browser().get(newer).status_code) == (404, 200)


def test_a_new_password_by_link_signs_out_everywhere(school: School) -> None:
    ana = school.person()
    pages = school.browser(ana)
    school.browser().submit(a_link(school, ana.email), password=NEW)
    assert pages.get("/cuenta").status_code == 302


def test_nobody_learns_from_the_page_who_has_an_account(school: School) -> None:
    ana = school.person()
    here, nowhere = ask(school, ana.email), ask(school, "nadie@prueba.test")
    shown = [re.sub(r'(content|value)="[^"]*"', "", one.get("/entrar").text) for one in (here, nowhere)]
    assert shown[0] == shown[1]
    assert [job.state for job in school.carry_out_jobs()] == ["done", "done"]
    assert [mail["To"] for mail in school.mails()] == [ana.email]


def test_a_closed_account_gets_no_link(school: School) -> None:
    ana, admin = school.person(), school.person("admin")
    school.browser(admin).submit(f"/administracion/personas/{ana.id}/cerrar")
    ask(school, ana.email)
    school.carry_out_jobs()
    assert school.mails() == []


def test_the_token_is_nowhere_in_the_database(school: School) -> None:
    link = a_link(school, school.person().email)
    stored = b"".join(path.read_bytes() for path in school.home.parent.glob("aula.sqlite*"))
    assert link.rsplit("/", 1)[1].encode() not in stored


def test_a_page_with_a_secret_address_is_not_kept_and_not_told(school: School) -> None:
    answer = school.browser().get(a_link(school, school.person().email))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("corta", "Usa al menos 10 caracteres"),
        ("contraseña123", "de las primeras que se prueban"),
        ("aaaaaaaaaaaa", "repite casi siempre lo mismo"),
        ("x1" * 101, "200 caracteres como máximo"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason_and_the_link_still_works(
    school: School, password: str, reason: str
) -> None:
    link = a_link(school, school.person().email)
    answer = school.browser().submit(link, password=password)
    assert answer.status_code == 422
    assert reason in answer.text
    assert school.browser().submit(link, password=NEW).status_code == 303


def test_a_mail_that_could_not_leave_is_tried_again(sqlite_sessions: Sessions, tmp_path: Path) -> None:
    """The mail folder is in the way as a file: the job stays queued and nothing is lost."""
    school = open_school(sqlite_sessions, tmp_path / "home", a_catalogue())
    school.home.mkdir()
    (school.home / "mail").write_text("not a folder")
    ask(school, school.person().email)
    assert [(job.state, job.attempt) for job in school.carry_out_jobs()] == [("queued", 1)]
    (school.home / "mail").unlink()
    assert [job.state for job in school.carry_out_jobs()] == ["done"]
    assert len(school.mails()) == 1


def test_mails_are_for_the_sites_own_account_only(school: School) -> None:
    a_link(school, school.person().email)
    (mail,) = (school.home / "mail").glob("*.eml")
    assert (mail.stat().st_mode & 0o777, mail.parent.stat().st_mode & 0o777) == (0o600, 0o700)
