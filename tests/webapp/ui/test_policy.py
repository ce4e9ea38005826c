"""What every answer carries, and what every form must bring."""

import re

import pytest
from support.bare import bare_app
from support.practice import LESSON, a_catalogue
from support.webclient import PAGE, School, open_school
from werkzeug.routing import Rule

LESSON_PAGE = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}"
WRITING = ("POST", "PUT", "PATCH", "DELETE")


def writing_rules() -> list[tuple[str, Rule]]:
    rules = bare_app().url_map.iter_rules()
    return [(method, rule) for rule in rules for method in sorted(rule.methods or ()) if method in WRITING]


def path_of(rule: Rule) -> str:
    return re.sub(r"<int:\w+>", "1", re.sub(r"<\w+>", "x", rule.rule))


def test_nothing_is_done_without_the_token_of_ones_own_page(school: School) -> None:
    """Every address that changes something, asked by an admin's browser that another site has sent."""
    pages = school.browser(school.person("admin"))
    wrong = []
    for method, rule in writing_rules():
        for headers in ({}, {"X-CSRFToken": "IjEyMyI.forged"}):
            answer = pages.client.open(path_of(rule), method=method, headers={**PAGE, **headers}, data={"x": "1"})
            if answer.status_code != 400 or "Por seguridad no se hizo nada" not in answer.text:
                wrong.append((method, rule.rule, answer.status_code))
    assert wrong == []
    assert pages.get("/cuenta").status_code == 200, "signing out was among them"


def test_the_token_of_another_browser_is_worth_nothing(school: School) -> None:
    ana = school.browser(school.person())
    token = school.browser(school.person()).token()
    assert ana.client.post("/salir", data={"csrf_token": token}).status_code == 400


@pytest.mark.parametrize("path", ["/", LESSON_PAGE, "/entrar", "/no-hay", "/healthz", "/datos", "/static/img/mark.svg"])
def test_every_answer_tells_browsers_what_they_may_do(school: School, path: str) -> None:
    headers = school.browser().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy, "nothing is asked of other origins"


def test_a_nonce_is_new_for_each_page(school: School) -> None:
    pages = school.browser()
    nonces = {re.findall(r"'nonce-([^']+)'", pages.get("/").headers["Content-Security-Policy"])[0] for _visit in "abc"}
    assert len(nonces) == 3


def test_no_page_has_a_script_or_style_of_its_own(school: School) -> None:
    """A script element may only carry data."""
    for path in ("/", LESSON_PAGE, "/entrar", "/datos"):
        page = school.browser(school.person()).get(path, follow_redirects=True).text
        assert re.findall(r"<script(?![^>]*(?:src=|type=\"application/(?:ld\+)?json\"))[^>]*>", page) == []
        assert re.findall(r"<style|\sstyle=|\son\w+=", page) == []


def test_pages_ask_nothing_of_other_origins(school: School) -> None:
    for path in ("/", LESSON_PAGE, "/entrar", "/ayuda"):
        page = school.browser(school.person()).get(path, follow_redirects=True).text
        assert re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//[^"]*"', page) == []


def test_what_a_person_sees_is_not_kept_by_browsers(school: School) -> None:
    assert school.browser(school.person()).get("/").headers["Cache-Control"] == "no-store"
    assert school.browser().get("/").headers["Cache-Control"] == "no-cache"


def test_built_files_are_kept_for_ever_and_come_compressed(school: School) -> None:
    pages = school.browser()
    found = re.search(r'href="(/static/dist/[^"]+\.css)"', pages.get("/").text)
    assert found
    answer = pages.get(found[1], headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in pages.get(found[1]).headers


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/..%2f..%2fsettings.py", "/static//etc/passwd"])
def test_files_outside_the_folder_are_not_served(school: School, path: str) -> None:
    assert school.browser().get(path).status_code in (404, 308)


def test_a_host_that_is_not_ours_is_refused(school: School) -> None:
    """The default site listens on this machine only, so it is called by this machine's names."""
    answer = school.browser().client.get("/", base_url="http://evil.example.com")
    assert answer.status_code == 400
    assert school.browser().client.get("/", base_url="http://127.0.0.1:8000").status_code == 200


def test_forwarded_headers_count_only_where_a_proxy_is_ours(school: School) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example.com", "X-Forwarded-For": "10.0.0.9", "X-Forwarded-Proto": "https"}
    assert school.browser().get("/", headers=forwarded).status_code == 200
    environ = {"AULA_TRUSTED_PROXIES": "1", "AULA_PUBLIC_URL": "https://aula.example.org"}
    behind = open_school(school.aula.sessions, school.home, school.aula.catalogue, environ)
    assert behind.browser().get("/", headers=forwarded).status_code == 400
    ours = {**forwarded, "X-Forwarded-Host": "aula.example.org"}
    assert behind.browser().get("/", headers=ours).status_code == 200


@pytest.mark.parametrize("path", ["/grupos/99999999999999999999", "/administracion/personas/2147483648"])
def test_a_number_that_no_row_can_have_is_not_found(school: School, path: str) -> None:
    assert school.browser(school.person("admin")).get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/%00", "/%ff%fe", "/cursos/%F0%9F%8C%B5", "/" + "a" * 5000, "/cursos/..%2f..", "/?q=%00"]
)
def test_strange_addresses_are_answered(school: School, path: str) -> None:
    assert school.browser().get(path).status_code in (200, 308, 404)


def test_a_form_that_is_far_too_large_is_refused(school: School) -> None:
    pages = school.browser()
    assert pages.submit("/registro", name="n" * 400_000).status_code == 413


def test_an_error_page_is_a_page_for_people_and_a_document_for_scripts(school: School) -> None:
    pages = school.browser()
    page = pages.get("/no-hay")
    assert page.mimetype == "text/html"
    assert "<h1" in page.text
    document = pages.get("/no-hay", headers={"Accept": "application/json"})
    assert document.mimetype == "application/problem+json"
    assert document.json["status"] == 404
    assert pages.client.get("/api/v1/no-hay").mimetype == "application/problem+json"


def test_a_method_that_an_address_does_not_take_is_told_with_those_it_does(school: School) -> None:
    answer = school.browser().client.get("/salir", headers=PAGE)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_view_without_a_door_stays_shut(school: School) -> None:
    fresh = open_school(school.aula.sessions, school.home, a_catalogue())
    fresh.app.add_url_rule("/olvidada", "forgotten", lambda: "open!")
    assert fresh.browser().get("/olvidada").status_code == 403
    assert fresh.browser(fresh.person("admin")).get("/olvidada").status_code == 403
