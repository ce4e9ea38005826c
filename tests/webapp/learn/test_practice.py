"""Saving, running and checking over HTTP: what is accepted is kept, what is refused is told, and nothing is lost."""

import json
from typing import Any

import pytest
from support.practice import LESSON
from support.webclient import Pages, School
from werkzeug.test import TestResponse

BASE = f"/cursos/{LESSON.course_id}/{LESSON.lesson_id}"
CELL = f"{BASE}/celdas/primera"
CHECK = f"{BASE}/ejercicios/suma/comprobar"
PROBLEM = "application/problem+json"


@pytest.fixture
def pages(school: School) -> Pages:
    return school.browser(school.person())


def save(pages: Pages, source: object, base: object = 0, cell: str = "primera") -> TestResponse:
    return pages.send("PUT", f"{BASE}/celdas/{cell}", {"source": source, "base_version": base})


def kept(pages: Pages) -> list[tuple[int, str]]:
    """The versions of the cell, newest first."""
    return [(one["version"], one["source"]) for one in pages.get(f"{CELL}/versiones").json["versions"]]


def told(answer: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal, which is a problem document with a sentence for its reader."""
    assert answer.mimetype == PROBLEM
    assert set(answer.json) >= {"type", "title", "status", "detail", "code"}
    assert answer.json["status"] == answer.status_code
    assert answer.json["type"] == f"urn:aula:problem:{answer.json['code']}"
    assert answer.json["detail"].endswith(".")
    return answer.status_code, answer.json["code"]


def test_a_save_is_told_with_its_version_and_is_there_in_another_browser(each_school: School) -> None:
    ana = each_school.person()
    here, elsewhere = each_school.browser(ana), each_school.browser(ana)
    answer = save(here, "x = 'año'\n# 🌵")
    assert (answer.status_code, answer.json["version"]) == (200, 1)
    assert kept(elsewhere) == [(1, "x = 'año'\n# 🌵")]
    assert "x = &#39;año&#39;\n# 🌵" in elsewhere.get(BASE).text


@pytest.mark.parametrize(("cell", "section"), [("primera", "uno"), ("segunda", "dos")])
def test_who_worked_in_a_lesson_is_led_back_to_where_they_worked(school: School, cell: str, section: str) -> None:
    ana = school.person()
    save(school.browser(ana), "x = 1", cell=cell)
    assert f'href="{BASE}#{section}"' in school.browser(ana).get("/").text


def test_a_save_from_an_older_tab_is_refused_with_what_is_there(each_school: School) -> None:
    ana = each_school.person()
    one, other = each_school.browser(ana), each_school.browser(ana)
    save(one, "from one")
    answer = save(other, "from the other", 0)
    assert told(answer) == (409, "stale_draft")
    assert answer.json["current"]["source"] == "from one"
    assert answer.json["current"]["version"] == 1
    assert kept(one) == [(1, "from one")]


@pytest.mark.parametrize(
    ("source", "status", "code"),
    [
        ("x" * (256 * 1024 + 1), 413, "too_large"),
        ("ñ" * (128 * 1024 + 1), 413, "too_large"),
        ("x = '\ud800'", 422, "bad_text"),
        ("x = '\x00'", 422, "bad_text"),
        (None, 422, "bad_text"),
        (["x = 1"], 422, "bad_text"),
        (7, 422, "bad_text"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_and_the_earlier_one_stays(
    pages: Pages, source: object, status: int, code: str
) -> None:
    save(pages, "x = 1")
    assert told(save(pages, source, 1)) == (status, code)
    assert kept(pages) == [(1, "x = 1")]


def test_the_largest_text_is_kept_whole(pages: Pages) -> None:
    largest = "ñ" * (128 * 1024)
    assert save(pages, largest).status_code == 200
    assert kept(pages) == [(1, largest)]


@pytest.mark.parametrize("base", ["1", None, True, 1.5, [], {}, -1, 2**31, 10**30])
def test_a_version_is_a_whole_number(pages: Pages, base: object) -> None:
    assert told(save(pages, "x = 1", base)) == (422, "bad_text")
    assert kept(pages) == []


def test_a_version_that_never_was_is_no_conflict_for_a_first_save_and_one_later(pages: Pages) -> None:
    assert save(pages, "x = 1", 5).status_code == 200
    assert told(save(pages, "x = 2", 5)) == (409, "stale_draft")
    assert kept(pages) == [(1, "x = 1")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b'{"source": "x", "base_version": NaN}',
        b"\xff\xfe",
        b'{"source": "\\ud8"}',
    ],
)
def test_what_is_no_json_object_is_refused(pages: Pages, body: bytes) -> None:
    answer = pages.client.put(
        CELL, data=body, headers={"X-CSRFToken": pages.token("/ayuda"), "Content-Type": "application/json"}
    )
    assert told(answer)[0] in (400, 422)
    assert kept(pages) == []


def test_json_of_any_depth_is_refused_or_ignored_but_breaks_nothing(pages: Pages) -> None:
    headers = {"X-CSRFToken": pages.token("/ayuda"), "Content-Type": "application/json"}
    deep = b'{"source": "x = 1", "base_version": 0, "more": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    assert told(pages.client.put(CELL, data=deep, headers=headers))[0] == 400
    assert kept(pages) == []


def test_a_request_that_is_far_too_large_is_not_even_read(pages: Pages) -> None:
    assert told(save(pages, "x" * 2_000_000)) == (413, "too_large")


def test_a_cell_that_is_not_there_and_one_that_is_locked(pages: Pages) -> None:
    assert told(save(pages, "x = 1", cell="otra")) == (404, "unknown_cell")
    assert told(save(pages, "x = 1", cell="cerrada")) == (409, "cell_locked")
    assert told(pages.send("PUT", "/cursos/curso/otra/celdas/primera", {"source": "", "base_version": 0}))[0] == 404


def test_a_run_needs_kernels_and_says_so(pages: Pages) -> None:
    answer = pages.send("POST", f"{CELL}/ejecutar", {"source": "x = 1", "base_version": 0}, key="k1")
    assert told(answer) == (503, "kernels_away")
    assert answer.headers["Retry-After"] == "5"


@pytest.mark.parametrize("key", ["", "x" * 81])
def test_a_check_needs_a_key(pages: Pages, key: str) -> None:
    answer = pages.send("POST", CHECK, {"source": "total = 3", "base_version": 0}, key=key)
    assert told(answer) == (400, "key_missing")
    assert pages.get(f"{BASE}/celdas/suma/versiones").json["versions"] == []


def test_a_key_belongs_to_one_request(each_school: School) -> None:
    pages = each_school.browser(each_school.person())
    pages.send("POST", CHECK, {"source": "total = 3", "base_version": 0}, key="k1")
    other = pages.send("POST", CHECK, {"source": "total = 4", "base_version": 1}, key="k1")
    assert told(other) == (422, "key_reused")
    luis = each_school.browser(each_school.person())
    assert luis.send("POST", CHECK, {"source": "total = 4", "base_version": 0}, key="k1").status_code == 202


def test_a_check_tells_where_its_events_are(pages: Pages) -> None:
    answer = pages.send("POST", CHECK, {"source": "total = 3", "base_version": 0}, key="k1")
    assert answer.status_code == 202
    assert answer.headers["Location"] == answer.json["url"] == f"/ejecuciones/{answer.json['run']}"
    assert answer.json["version"] == 1


@pytest.mark.parametrize("choice", [[], ["c"], ["a", "b"], "a", None, [["a"]], [1], {"a": True}])
def test_a_choice_is_of_the_options_that_there_are(pages: Pages, choice: object) -> None:
    answer = pages.send("POST", f"{BASE}/ejercicios/elige/comprobar", {"choice": choice}, key="k1")
    assert told(answer) == (422, "bad_choice")


def test_a_choice_is_handed_in(pages: Pages) -> None:
    answer = pages.send("POST", f"{BASE}/ejercicios/elige/comprobar", {"choice": ["b"]}, key="k1")
    assert answer.status_code == 202


def test_hints_come_one_by_one_and_the_last_comes_again(pages: Pages) -> None:
    hints = [pages.send("POST", f"{BASE}/ejercicios/suma/pistas", {}).json for _press in range(3)]
    assert [(one["number"], one["of"]) for one in hints] == [(1, 2), (2, 2), (2, 2)]
    assert hints[0]["html"] == "<p>Suma.</p>\n"
    page = pages.get(BASE).text
    assert "Suma.</p>" in page
    assert told(pages.send("POST", f"{BASE}/ejercicios/elige/pistas", {})) == (404, "no_hints")
    assert told(pages.send("POST", f"{BASE}/ejercicios/otro/pistas", {})) == (404, "unknown_exercise")


@pytest.mark.parametrize("section", ["tres", "", None, 7, ["uno"], {}])
def test_a_place_is_a_section_of_the_lesson(pages: Pages, section: object) -> None:
    assert told(pages.send("PUT", f"{BASE}/lugar", {"section": section}))[0] == 422


def test_one_comes_back_to_where_one_left(each_school: School) -> None:
    ana = each_school.person()
    assert each_school.browser(ana).send("PUT", f"{BASE}/lugar", {"section": "dos"}).status_code == 204
    elsewhere = each_school.browser(ana)
    home = elsewhere.get("/").text
    assert f'href="{BASE}#dos"' in home
    assert 'href="#dos"' in elsewhere.get(BASE).text


def test_the_notebook_is_taken_along_with_ones_own_code(pages: Pages) -> None:
    save(pages, "x = 99")
    answer = pages.get(f"{BASE}/cuaderno.ipynb")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{LESSON.lesson_id}.ipynb"'
    notebook: dict[str, Any] = json.loads(answer.text)
    assert notebook["nbformat"] == 4
    sources = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert sources[0] == "x = 99"
    assert "y = 2" in sources


def test_refusals_are_told_in_the_readers_language(pages: Pages) -> None:
    spanish = save(pages, None)
    english = pages.send("PUT", f"/en{CELL}", {"source": None, "base_version": 0})
    assert told(spanish) == told(english)
    assert spanish.json["detail"] != english.json["detail"]
