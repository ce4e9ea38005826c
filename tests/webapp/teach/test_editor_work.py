"""What a lesson in preparation does besides being written: its proof, its data, its pictures and its people."""

import base64
import io
from pathlib import Path

import pytest
from support.manuscripts import a_manuscript
from support.webclient import PAGE, Pages, School, look_at
from support.workshop import a_workshop, files_in, lesson_files
from werkzeug.test import TestResponse

from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person
from webapp.store import Sessions

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def school(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


@pytest.fixture
def author(school: School) -> Person:
    return school.person("trainer")


@pytest.fixture
def manuscript(school: School, author: Person) -> Manuscript:
    return a_manuscript(school, author, files=lesson_files(school))


@pytest.fixture
def pages(school: School, author: Person) -> Pages:
    return school.browser(author)


def base(manuscript: Manuscript) -> str:
    return f"/taller/{manuscript.id}"


def test_the_preview_shows_what_learners_will_see_and_only_our_own_pages_may_frame_it(
    pages: Pages, manuscript: Manuscript
) -> None:
    answer = pages.get(f"{base(manuscript)}/vista")
    assert "El año con más nacimientos" in answer.text
    assert "sort_values" not in answer.text  # of no solution anything is shown
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    editor = pages.get(base(manuscript))
    assert "frame-src 'self'" in editor.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in editor.headers["Content-Security-Policy"]
    assert editor.headers["X-Frame-Options"] == "DENY"


def test_the_preview_speaks_the_language_that_is_asked_for(pages: Pages, manuscript: Manuscript) -> None:
    assert "The year with the most births" in pages.get(f"/en{base(manuscript)}/vista").text
    answer = pages.client.get(f"{base(manuscript)}/vista?idioma=en", headers=PAGE)
    assert '<html lang="en"' in answer.text
    assert "The year with the most births" in answer.text


def test_a_lesson_is_proved_on_one_press_and_published_only_when_it_is_green(
    school: School, pages: Pages, manuscript: Manuscript
) -> None:
    page = pages.get(base(manuscript)).text
    assert 'aria-disabled="true" type="button" aria-describedby="why-not"' in page
    refused = pages.submit(f"{base(manuscript)}/publicar")
    assert refused.status_code == 409
    asked = pages.submit(f"{base(manuscript)}/prueba")
    assert asked.status_code == 303
    answer = pages.client.get(f"{base(manuscript)}/prueba", headers={"Accept": "application/json"})
    assert answer.json["is_going_on"] is True
    assert answer.json["state"] == "queued"
    with school.aula.sessions.read() as session:
        record = manuscripts.find_proof(session, manuscript.id)
    assert record is not None
    assert record.state == "queued"


def run(pages: Pages, manuscript: Manuscript, key: str, **body: object) -> TestResponse:
    return pages.send("POST", f"{base(manuscript)}/celdas/leer-datos/ejecutar", body, key=key)


def test_a_run_needs_a_key_and_a_text_and_says_where_no_kernel_can_be_had(pages: Pages, manuscript: Manuscript) -> None:
    assert run(pages, manuscript, "", source="1").status_code == 400
    assert run(pages, manuscript, "k1", source=7).status_code == 422
    assert run(pages, manuscript, "k2", source="1").status_code == 503


def test_data_are_found_by_their_columns_and_put_in_with_their_citation(
    school: School, pages: Pages, manuscript: Manuscript
) -> None:
    page = pages.get(f"{base(manuscript)}/datos?q=nacimientos")
    assert "Ya está en la lección" in page.text
    assert "1 conjunto de datos" in page.text or "conjuntos de datos" in page.text
    name = school.aula.catalogue.datasets[0].name
    answer = pages.submit(
        f"{base(manuscript)}/cambios", base="1", do="block.insert", kind="dataset", name=name, after="section-mirar"
    )
    assert answer.status_code == 303, answer.text
    text = files_in(school, manuscript)["lesson.es.md"].decode()
    assert text.count(f'aula.datos("{name}")') >= 2


def send_picture(pages: Pages, manuscript: Manuscript, data: bytes, name: str, **fields: str) -> TestResponse:
    path = f"{base(manuscript)}/imagen"
    given = {"alt_es": "Un punto.", "alt_en": "A dot.", "after": "section-mirar", **fields}
    answer = pages.client.post(
        path, data={"csrf_token": pages.token(path), "picture": (io.BytesIO(data), name), **given},
        headers=PAGE, content_type="multipart/form-data",
    )  # fmt: skip
    look_at(answer, path)
    return answer


def test_a_picture_comes_with_words_in_both_languages(school: School, pages: Pages, manuscript: Manuscript) -> None:
    assert send_picture(pages, manuscript, PIXEL, "punto.png").status_code == 303
    files = files_in(school, manuscript)
    assert any(name.startswith("img/") for name in files)
    assert "![Un punto.](img/" in files["lesson.es.md"].decode()
    assert "![A dot.](img/" in files["lesson.en.md"].decode()


@pytest.mark.parametrize(
    ("data", "name", "fields"),
    [
        (PIXEL, "punto.png", {"alt_en": ""}),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "dibujo.svg", {}),
        (b"<svg/>", "dibujo.png", {}),
        (b"", "vacia.png", {}),
    ],
)
def test_a_picture_without_words_or_that_is_none_is_refused_beside_its_field(
    school: School, pages: Pages, manuscript: Manuscript, data: bytes, name: str, fields: dict[str, str]
) -> None:
    answer = send_picture(pages, manuscript, data, name, **fields)
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert not any(one.startswith("img/") for one in files_in(school, manuscript))


def test_a_picture_that_is_too_large_is_not_read(pages: Pages, manuscript: Manuscript) -> None:
    answer = pages.client.post(
        f"{base(manuscript)}/imagen", headers=PAGE, environ_overrides={"CONTENT_LENGTH": str(3 * 2**20)}
    )
    assert answer.status_code == 413


def test_an_author_shows_the_lesson_to_colleagues_before_it_is_published(
    school: School, pages: Pages, manuscript: Manuscript
) -> None:
    luis = school.browser(school.person("trainer"))
    fork = f"{base(manuscript)}/mi-version"
    assert luis.get(fork).status_code == 404
    assert luis.submit(f"{base(manuscript)}/mostrar", shared="1").status_code == 404
    assert pages.submit(f"{base(manuscript)}/mostrar", shared="1").status_code == 303
    assert fork in luis.get("/taller").text
    assert luis.get(fork).status_code == 200
    assert pages.submit(f"{base(manuscript)}/mostrar", shared="0").status_code == 303
    assert luis.get(fork).status_code == 404


def test_an_author_lets_another_trainer_write_and_takes_it_back(
    school: School, pages: Pages, manuscript: Manuscript
) -> None:
    colleague = school.person("trainer", name="Rosa Luna")
    other = school.browser(colleague)
    path = f"{base(manuscript)}/personas"
    assert other.get(base(manuscript)).status_code == 404
    assert pages.submit(path, email=colleague.email).status_code == 303
    assert other.get(base(manuscript)).status_code == 200
    assert other.submit(path, email=colleague.email).status_code == 404  # only the owner says who writes
    assert "Rosa Luna" in pages.get(path).text
    assert pages.submit(f"{path}/{colleague.id}/quitar").status_code == 303
    assert other.get(base(manuscript)).status_code == 404


def test_nobody_is_let_in_who_does_not_teach(school: School, pages: Pages, manuscript: Manuscript) -> None:
    learner = school.person("learner")
    for email in (learner.email, "nadie@prueba.test", "", "no es un correo"):
        assert pages.submit(f"{base(manuscript)}/personas", email=email).status_code == 422


def test_the_file_of_the_lesson_can_be_written_as_text(school: School, pages: Pages, manuscript: Manuscript) -> None:
    page = pages.get(f"{base(manuscript)}/archivo")
    assert "id: agrupar" in page.text
    sheet = files_in(school, manuscript)["lesson.yaml"].decode().replace("minutes: 8", "minutes: 9")
    answer = pages.submit(f"{base(manuscript)}/cambios", base="1", do="file.write", name="lesson.yaml", text=sheet)
    assert answer.status_code == 303
    assert "minutes: 9" in files_in(school, manuscript)["lesson.yaml"].decode()
    bad = pages.submit(f"{base(manuscript)}/cambios", base="2", do="file.write", name="lesson.yaml", text="id: [")
    assert bad.status_code == 422
    assert "id: [" in bad.text


@pytest.mark.parametrize("path", ["", "/datos", "/imagen", "/personas", "/archivo"])
def test_the_pages_speak_english_too(pages: Pages, manuscript: Manuscript, path: str) -> None:
    assert pages.get(f"/en{base(manuscript)}{path}").status_code == 200
