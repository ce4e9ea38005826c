"""How often one may try: guesses at passwords, links by mail, codes of cohorts."""

from support.webclient import PASSWORD, Pages, School

from webapp.services.people.records import Person

WRONG = "no es esta clave"


def guess(pages: Pages, email: str, password: str = WRONG) -> int:
    return pages.submit("/entrar", email=email, password=password).status_code


def test_guessing_at_an_account_is_stopped_and_others_go_on(school: School) -> None:
    ana, luis = school.person(), school.person()
    pages = school.browser()
    assert {guess(pages, ana.email) for _time in range(10)} == {422}
    assert guess(pages, ana.email) == 429
    assert guess(pages, ana.email.upper(), PASSWORD) == 429, "the right password does not show that it is right"
    assert guess(pages, luis.email, PASSWORD) == 303


def test_another_browser_does_not_help_the_guesser(school: School) -> None:
    ana = school.person()
    for _time in range(10):
        guess(school.browser(), ana.email)
    assert guess(school.browser(), ana.email, PASSWORD) == 429


def test_guessing_at_many_accounts_from_one_address_is_stopped(school: School) -> None:
    pages = school.browser()
    assert {guess(pages, f"nadie{number}@prueba.test") for number in range(60)} == {422}
    assert guess(pages, "nadie60@prueba.test") == 429


def test_a_class_that_signs_in_at_once_is_not_stopped(school: School) -> None:
    ana = school.person()
    assert {guess(school.browser(), ana.email, PASSWORD) for _time in range(40)} == {303}


def test_being_stopped_is_told_as_a_page_in_the_readers_language(school: School) -> None:
    ana = school.person()
    pages = school.browser()
    for _time in range(10):
        guess(pages, ana.email)
    answer = pages.submit("/entrar", email=ana.email, password=WRONG)
    assert "Demasiados intentos" in answer.text
    assert "Espera unos minutos" in answer.text


def test_links_by_mail_are_limited_by_account(school: School) -> None:
    ana = school.person()
    answers = [school.browser().submit("/clave/olvidada", email=ana.email).status_code for _time in range(6)]
    assert answers == [303] * 5 + [429]
    assert school.browser().submit("/clave/olvidada", email="otra@prueba.test").status_code == 303


def test_codes_of_cohorts_cannot_be_tried_out(school: School) -> None:
    ana = school.person()
    pages = school.browser(ana)
    answers = {pages.submit("/cuenta/grupos", code=f"AAAA-AA{number:02}").status_code for number in range(20)}
    assert answers == {422}
    assert pages.submit("/cuenta/grupos", code="AAAA-AAAA").status_code == 429


def test_ones_own_password_cannot_be_guessed_from_an_open_session(school: School) -> None:
    def change(person: Person, password: str) -> int:
        return pages.submit("/cuenta/clave", current_password=password, new_password="lluvia de mayo").status_code

    ana = school.person()
    pages = school.browser(ana)
    assert [change(ana, WRONG) for _time in range(10)] == [422] * 10
    assert change(ana, PASSWORD) == 429
